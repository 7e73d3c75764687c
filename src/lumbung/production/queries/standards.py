"""The versions of a standard, and who confirmed which."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from lumbung.files.models import Attachment
from lumbung.orders.models import OrderLine, Share
from lumbung.production.models import Confirmation, Making, Standard


def standard_of(line: OrderLine) -> Standard | None:
    """The version that counts: the newest that was approved."""
    return approved_of(line).first()


def approved_of(line: OrderLine) -> QuerySet[Standard]:
    return line.standards.filter(approved_at__isnull=False).order_by("-number")


def draft_of(line: OrderLine) -> Standard | None:
    return line.standards.filter(approved_at__isnull=True, dropped_at__isnull=True).first()


def versions_of(line: OrderLine) -> list[Standard]:
    """Every version, the newest first, with its rows and how many makers confirmed it; two queries."""
    confirmed = Count("confirmations", distinct=True)
    return list(line.standards.prefetch_related("rows").annotate(confirmed=confirmed).order_by("-number"))


def newest_of(lines: Iterable[int]) -> dict[int, int]:
    """Line → the number (pk) of the standard that counts; one query."""
    rows = Standard.objects.filter(line__in=list(lines), approved_at__isnull=False).order_by("number")
    return dict(rows.values_list("line_id", "pk"))


def photos_of(standard: Standard) -> tuple[list[Attachment], list[Attachment]]:
    """The photos of the sheet and those of the golden sample; who asks has found the standard already."""
    rows = Attachment.objects.filter(
        subject__in=[standard.key, standard.sample_key],
        removed_at__isnull=True,
        file__media_type__startswith="image/",
    ).select_related("file")
    photos = list(rows.order_by("pk"))
    return (
        [photo for photo in photos if photo.subject == standard.key],
        [photo for photo in photos if photo.subject == standard.sample_key],
    )


def sample_photos(standard: Standard) -> int:
    return len(photos_of(standard)[1])


def confirmation_of(share: Share, standard: Standard) -> Confirmation | None:
    return share.confirmations.filter(standard=standard).first()


def making_of(share: Share) -> Making | None:
    """The share's making, if it was begun."""
    return Making.objects.select_related("standard").filter(pk=share.pk).first()


def started(share: Share) -> bool:
    """Whether the share is in production: confirmed, and its maker has confirmed the sheet that counts."""
    making = making_of(share)
    if making is None or share.held_quantity <= 0 or share.line.order.cancelled_at:
        return False
    standard = standard_of(share.line)
    return standard is not None and making.standard_id == standard.pk


def locked_draft(standard_id: int) -> Standard:
    """The version as it stands, held until the transaction ends."""
    locked = Standard.objects.select_for_update(of=("self",))
    return locked.select_related("line__order", "line__kind").get(pk=standard_id)


def drafts_to_approve() -> QuerySet[Standard]:
    """Drafts of running orders, the oldest first."""
    open_drafts = Q(approved_at__isnull=True, dropped_at__isnull=True, line__order__cancelled_at__isnull=True)
    return Standard.objects.filter(open_drafts).select_related("line__order", "line__kind").order_by("pk")
