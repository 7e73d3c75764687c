"""How paper leads to a page: the address as a picture to scan, and the link's secret as a code to type."""

from dataclasses import dataclass

import segno
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from foundation.links import absolute, page_of

BLOCK = 4


@dataclass(frozen=True)
class Scan:
    """What is printed beside a slip."""

    picture: SafeString | None
    """None where there is no link, or it must be issued anew."""
    code: str


def scan_of(request: HttpRequest, purpose: str, secret: str) -> Scan:
    """The picture and the code of a link; of an empty secret there is neither."""
    picture = picture_of(absolute(request, page_of(purpose, secret))) if secret else None
    return Scan(picture, code_shown(secret))


def code_shown(secret: str) -> str:
    """The secret as it is printed: capitals in blocks of four."""
    blocks = (secret[at : at + BLOCK] for at in range(0, len(secret), BLOCK))
    return "-".join(blocks).upper()


def picture_of(address: str) -> SafeString:
    """A QR code as SVG, drawn by attributes alone; the address is our own, so nothing in it needs escaping."""
    drawn = segno.make(address, error="m").svg_inline(
        scale=4, border=4, omitsize=True, svgclass="qr", lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 - segno draws it from an address of ours
