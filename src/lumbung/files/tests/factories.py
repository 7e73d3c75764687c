"""Photos and PDFs for the tests of all rooms."""

import io
from typing import Any

from PIL import Image


def photo(
    size: tuple[int, int] = (64, 48),
    *,
    kind: str = "JPEG",
    mode: str = "RGB",
    colour: str = "#285e37",
    **saved: Any,
) -> io.BytesIO:
    """A picture as a browser sends it."""
    written = io.BytesIO()
    Image.new(mode, size, colour).save(written, kind, **saved)
    written.seek(0)
    return written


def photo_with_position() -> io.BytesIO:
    """A photo of a phone: lying on its side, and telling where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "S"
    exif.get_ifd(0x8825)[2] = (8.0, 35.0, 12.0)
    return photo((64, 48), exif=exif)


def pdf() -> io.BytesIO:
    return io.BytesIO(b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
