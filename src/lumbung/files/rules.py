"""What a file really is, and why it is not kept."""

import re
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from lumbung.files.choices import Visibility
from lumbung.files.models import Attachment

LARGEST_BYTES = 10 * 1024 * 1024
LARGEST_PIXELS = 60_000_000
LONGEST_REASON = 200
EXTENSIONS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
}


def media_type_of(content: bytes) -> str | None:
    """What the first bytes say; a name or a browser may say anything."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "application/pdf" if content.startswith(b"%PDF-") else None


def why_not_keep(content: bytes) -> str | None:
    """The reason why a file is refused, as a sentence, or None."""
    if not content:
        return _("The file is empty.")
    if len(content) > LARGEST_BYTES:
        return _("The file is larger than 10 MB. Send a smaller photo.")
    if media_type_of(content) is None:
        return _("This is neither a photo (JPEG, PNG, WebP) nor a PDF.")
    return None


def why_not_picture(*, width: int, height: int) -> str | None:
    """The reason why a picture is not opened: a small file can unfold into gigabytes."""
    if width * height > LARGEST_PIXELS:
        return _("The photo has too many dots: %(width)s by %(height)s. Send a smaller one.") % {
            "width": width,
            "height": height,
        }
    return None


def tidy_sheet_name(name: str) -> str:
    """The name of a spreadsheet, safe in an address and a header; its ending stays what it was."""
    path = PurePosixPath(name.replace("\\", "/"))
    ending = path.suffix.lower() if re.fullmatch(r"\.[a-z]{2,5}", path.suffix.lower()) else ""
    stem = re.sub(r"[^\w .()-]", "", path.stem).strip(" .")[:120]
    return f"{stem or 'tabel'}{ending}"


def why_not_remove(attachment: Attachment, *, reason: str) -> str | None:
    """The reason why a file cannot be taken away like this, or None."""
    if attachment.visibility == Visibility.PUBLIC and not reason.strip():
        return _("Everybody could see this file. Write why it is taken away.")
    if len(reason) > LONGEST_REASON:
        return _("Write the reason in at most %(most)s letters.") % {"most": LONGEST_REASON}
    return None


def tidy_name(name: str, media_type: str) -> str:
    """A name that is safe in an address and a header, with the ending of what the file is."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    stem = re.sub(r"[^\w .()-]", "", stem).strip(" .")[:120]
    return f"{stem or 'berkas'}{EXTENSIONS[media_type]}"
