"""What was sent before is known again by its key; photos are kept beside what they show."""

from collections.abc import Iterable
from typing import IO, NamedTuple, TypeVar

from django.db.models import Model, QuerySet

from lumbung.files.actions import keep_file

Entry = TypeVar("Entry", bound=Model)


class Photo(NamedTuple):
    """A photo as it was sent."""

    upload: IO[bytes]
    name: str


def known(entries: QuerySet[Entry], entry_key: str) -> Entry | None:
    """What was written down under this key before, among the entries of the same thing."""
    return entries.filter(entry_key=entry_key).first() if entry_key else None


def keep_photos(subject: str, photos: Iterable[Photo], *, by: str) -> None:
    for photo in photos:
        keep_file(upload=photo.upload, name=photo.name, subject=subject, by=by)
