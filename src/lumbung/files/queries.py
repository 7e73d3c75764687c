"""Which files a person may see, and where their bytes lie."""

from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from foundation.access import may
from lumbung.files.choices import Visibility
from lumbung.files.models import Attachment


def attachments_seen_by(person: object) -> QuerySet[Attachment]:
    """Public ones for all, the office's for the office, and everybody's own."""
    found = Attachment.objects.filter(removed_at__isnull=True).select_related("file").order_by("pk")
    seen = Q(visibility=Visibility.PUBLIC)
    if may("office", person):
        seen |= Q(visibility=Visibility.OFFICE)
    if getattr(person, "is_authenticated", False):
        seen |= Q(attached_by=getattr(person, "key", ""))
    return found.filter(seen)


def attachments_of(subject: str, *, seen_by: object) -> QuerySet[Attachment]:
    """A subject's files that this person may see."""
    return attachments_seen_by(seen_by).filter(subject=subject)


def is_held(hash_: str) -> bool:
    """Whether something still shows this file."""
    return Attachment.objects.filter(file_id=hash_, removed_at__isnull=True).exists()


def path_of(hash_: str) -> Path:
    """Where the bytes of a hash lie."""
    return Path(settings.FILES_ROOT) / hash_[:2] / hash_[2:]
