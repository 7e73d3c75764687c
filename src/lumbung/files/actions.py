"""Keeping photos and documents, and taking them away."""

import hashlib
import io
import os
import secrets
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from django.db import connection, transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from foundation import clock
from foundation.errors import Refused, refuse
from lumbung.files import queries, rules
from lumbung.files.choices import Visibility
from lumbung.files.models import Attachment, StoredFile
from lumbung.records.actions import leave_record

LONGEST_SIDE = 1600
QUALITY = 80
SHEET_TYPE = "application/octet-stream"
"""Of a spreadsheet only its content says what it is: nobody shall open it in the browser."""


@dataclass(frozen=True)
class Kept:
    """The bytes as they are kept."""

    content: bytes
    media_type: str
    width: int | None = None
    height: int | None = None


def keep_file(
    *, upload: IO[bytes], subject: str, by: str, name: str, visibility: Visibility = Visibility.OFFICE
) -> Attachment:
    """Keep a photo or PDF at a subject; photos are shrunk, and lose their position and all other notes."""
    kept = _as_kept(upload.read(rules.LARGEST_BYTES + 1))
    hash_ = hashlib.sha256(kept.content).hexdigest()
    with transaction.atomic():
        stored = _stored(hash_, kept)
        _write(queries.path_of(hash_), kept.content)
        attachment = Attachment.objects.create(
            file=stored,
            subject=subject,
            name=rules.tidy_name(name, kept.media_type),
            visibility=visibility,
            attached_by=by,
        )
        content = {"attachment": attachment.pk, "file": hash_, "visibility": str(visibility)}
        leave_record(subject=subject, deed="files.kept", by=by, content=content)
    return attachment


def keep_sheet(*, content: bytes, subject: str, by: str, name: str) -> Attachment:
    """Keep a spreadsheet as it was sent, for nobody but who sent it; who keeps it has looked into it."""
    hash_ = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        stored = _stored(hash_, Kept(content, SHEET_TYPE))
        _write(queries.path_of(hash_), content)
        attachment = Attachment.objects.create(
            file=stored,
            subject=subject,
            name=rules.tidy_sheet_name(name),
            visibility=Visibility.OWN,
            attached_by=by,
        )
        content_told = {"attachment": attachment.pk, "file": hash_, "visibility": str(Visibility.OWN)}
        leave_record(subject=subject, deed="files.kept", by=by, content=content_told)
    return attachment


def keep_made(*, content: bytes, media_type: str, subject: str, name: str) -> Attachment:
    """Keep what a room made itself, within its own deed, whose record names the hash; only that room serves it."""
    if not connection.in_atomic_block:
        raise RuntimeError("What a room made is kept within the transaction of its deed.")
    hash_ = hashlib.sha256(content).hexdigest()
    stored = _stored(hash_, Kept(content, media_type))
    _write(queries.path_of(hash_), content)
    return Attachment.objects.create(
        file=stored,
        subject=subject,
        name=rules.tidy_name(name, media_type),
        visibility=Visibility.OWN,
        attached_by=subject,
    )


def open_to_everybody(*, subject: str, by: str) -> int:
    """From now on everybody sees the files of a subject; how many were not seen before."""
    with transaction.atomic():
        kept = Attachment.objects.select_for_update().filter(
            subject=subject, removed_at__isnull=True, visibility=Visibility.OFFICE
        )
        opened = list(kept.order_by("pk").values_list("pk", flat=True))
        if opened:
            Attachment.objects.filter(pk__in=opened).update(visibility=Visibility.PUBLIC)
            leave_record(subject=subject, deed="files.opened", by=by, content={"attachments": opened})
    return len(opened)


def remove_attachment(attachment: Attachment, by: str, *, reason: str = "") -> None:
    """Take a file away from its subject; the bytes go when nothing else shows them.

    What everybody could see is taken away with a reason only.
    """
    with transaction.atomic():
        attachment = Attachment.objects.select_for_update().get(pk=attachment.pk)
        if attachment.removed_at:
            return
        refuse(rules.why_not_remove(attachment, reason=reason), field="reason")
        attachment.removed_at = clock.now()
        attachment.save(update_fields=["removed_at"])
        content = {"attachment": attachment.pk, "file": attachment.file_id, "reason": reason.strip()}
        leave_record(subject=attachment.subject, deed="files.removed", by=by, content=content)
        transaction.on_commit(partial(_forget_bytes, attachment.file_id))


def _as_kept(content: bytes) -> Kept:
    refuse(rules.why_not_keep(content), field="file")
    media_type = rules.media_type_of(content)
    if media_type == "application/pdf":
        return Kept(content, media_type)
    try:
        return _shrunk(content)
    except Image.DecompressionBombError:
        raise Refused(_("The photo has too many dots. Send a smaller one."), field="file") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Refused(_("The photo is damaged and cannot be opened."), field="file") from None


def _shrunk(content: bytes) -> Kept:
    """WebP of at most 1600 pixels, upright, without EXIF."""
    with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as picture:
        refuse(rules.why_not_picture(width=picture.width, height=picture.height), field="file")
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(picture)
        plain = upright.convert("RGBA" if "A" in upright.mode or "transparency" in upright.info else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain.info.clear()
    written = io.BytesIO()
    plain.save(written, "WEBP", quality=QUALITY, method=4)
    return Kept(written.getvalue(), "image/webp", plain.width, plain.height)


def _stored(hash_: str, kept: Kept) -> StoredFile:
    """The row of these bytes, locked, so that nobody takes them away while they are being kept again."""
    known = {
        "media_type": kept.media_type,
        "size_bytes": len(kept.content),
        "width": kept.width,
        "height": kept.height,
    }
    StoredFile.objects.bulk_create([StoredFile(hash=hash_, **known)], ignore_conflicts=True)
    return StoredFile.objects.select_for_update().get(pk=hash_)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name[:16]}-{secrets.token_hex(4)}")
    with half.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


def _forget_bytes(hash_: str) -> None:
    with transaction.atomic():
        StoredFile.objects.select_for_update().get(pk=hash_)
        if not queries.is_held(hash_):
            queries.path_of(hash_).unlink(missing_ok=True)
