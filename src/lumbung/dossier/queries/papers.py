"""Photos and other files of the order, as they lie there."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from lumbung.dossier.queries.order import Row, moment
from lumbung.files.models import Attachment
from lumbung.files.queries import path_of

Papers = tuple[list[Row], Mapping[str, bytes]]


def files_of(subjects: Iterable[str]) -> Papers:
    """The rows of data/files.json, and the bytes under the paths that they name; the same photo twice lies once."""
    found = Attachment.objects.filter(subject__in=list(subjects), removed_at__isnull=True)
    rows: list[Row] = []
    content: dict[str, bytes] = {}
    for attachment in found.order_by("pk"):
        path = f"files/{attachment.file_id[:16]}{_ending(attachment.name)}"
        if path not in content and path_of(attachment.file_id).exists():
            content[path] = path_of(attachment.file_id).read_bytes()
        rows.append(_row(attachment, path))
    return rows, content


def _row(attachment: Attachment, path: str) -> dict[str, Any]:
    return {
        "subject": attachment.subject,
        "name": attachment.name,
        "path": path,
        "sha256": attachment.file_id,
        "attached_at": moment(attachment.attached_at),
        "attached_by": attachment.attached_by,
    }


def _ending(name: str) -> str:
    found = re.search(r"\.[A-Za-z0-9]{1,5}$", name)
    return found.group().lower() if found else ""
