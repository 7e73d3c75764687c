"""What was made of a share, on which day, by whom."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from lumbung.orders.models import Share
from lumbung.orders.queries.kept_back import register_kept
from lumbung.production.models import Made, Making

MOST_ASKED = 900


def made_of(share_pks: Collection[int]) -> dict[int, int]:
    """Share → pieces made so far; shares of which nothing was told are left out."""
    pks = sorted(set(share_pks))
    found: dict[int, int] = {}
    for start in range(0, len(pks), MOST_ASKED):
        rows = Making.objects.filter(pk__in=pks[start : start + MOST_ASKED], made_quantity__gt=0)
        found.update(rows.values_list("pk", "made_quantity"))
    return found


def made_of_share(share_id: int) -> int:
    return made_of([share_id]).get(share_id, 0)


register_kept(made_of_share)


def entries_of(share: Share) -> QuerySet[Made]:
    """The entries as they stand, the newest day first."""
    standing = Made.objects.filter(share=share, correction__isnull=True)
    return standing.select_related("part__person").order_by("-made_on", "-pk")


def history_of(entry: Made) -> list[Made]:
    """An entry and those it corrects, the newest first."""
    found, corrects = [entry], entry.corrects_id
    while corrects is not None:
        older = Made.objects.select_related("part__person").get(pk=corrects)
        found.append(older)
        corrects = older.corrects_id
    return found


def entry_with_key(share: Share, entry_key: str) -> Made | None:
    return Made.objects.filter(share=share, entry_key=entry_key).first()


def is_corrected(entry: Made) -> bool:
    return Made.objects.filter(corrects=entry).exists()


@dataclass(frozen=True)
class DaySum:
    day: date
    quantity: int


def days_of(share: Share) -> list[DaySum]:
    """Pieces of each day, the first day first."""
    rows = Made.objects.filter(share=share, correction__isnull=True, quantity__gt=0).order_by("made_on")
    return [DaySum(day, total) for day, total in rows.values_list("made_on").annotate(total=Sum("quantity"))]


def told_on(shares: Sequence[Share], day: date) -> dict[int, int]:
    """Share → pieces told of this day; one query."""
    rows = Made.objects.filter(share__in=shares, made_on=day, correction__isnull=True)
    return dict(rows.order_by().values_list("share").annotate(total=Sum("quantity")))
