"""Who makes which part of a captain's share."""

from django.db.models import QuerySet, Sum

from lumbung.makers.models import Household
from lumbung.orders.models import Share
from lumbung.production.models import Made, Part


def parts_of(share: Share) -> QuerySet[Part]:
    """The parts as they stand, each member once; what was taken back is left out."""
    return standing_parts(share).filter(quantity__gt=0)


def standing_parts(share: Share) -> QuerySet[Part]:
    """The newest entry of each member."""
    return share.parts.filter(correction__isnull=True).select_related("person").order_by("pk")


def passed_quantity(share: Share, *, but: int | None = None) -> int:
    """What members have together, without the person `but`."""
    found = share.parts.filter(correction__isnull=True).exclude(person=but).aggregate(sum=Sum("quantity"))
    return int(found["sum"] or 0)


def part_of_member(share: Share, person_id: int) -> Part | None:
    """What this member has now; also what was taken back."""
    return standing_parts(share).filter(person=person_id).first()


def is_corrected(part: Part) -> bool:
    return Part.objects.filter(corrects=part).exists()


def made_by_members(share: Share) -> dict[int, int]:
    """Person → pieces made of this share."""
    rows = Made.objects.filter(share=share, correction__isnull=True, part__isnull=False)
    return dict(rows.order_by().values_list("part__person").annotate(sum=Sum("quantity")))


def made_by_member(share: Share, person_id: int) -> int:
    rows = Made.objects.filter(share=share, correction__isnull=True, part__person=person_id)
    return int(rows.aggregate(sum=Sum("quantity"))["sum"] or 0)


def members_without_part(share: Share) -> QuerySet[Household]:
    """The houses of the group that have no part of this share yet."""
    taken = standing_parts(share).filter(quantity__gt=0).values("person")
    houses = share.maker.houses.filter(left_on__isnull=True).exclude(person__in=taken)
    return houses.select_related("person").order_by("person__full_name", "pk")
