"""How far a recall has come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q, Sum

from lumbung.lots.models import Holding, Lot
from lumbung.lots.queries.subjects import holders_in_words

IN_STORE = Q(holder__startswith="store:")


@dataclass(frozen=True)
class Back:
    """Of all that was there when it was recalled, what lies in a store of the office or was destroyed."""

    whole: int
    back: int


def back_of(lots: Collection[int]) -> Back:
    """What was poured on into another lot is counted there, and only there."""
    sums = Holding.objects.filter(lot__in=list(lots)).aggregate(
        there=Sum("quantity", default=0),
        in_stores=Sum("quantity", filter=IN_STORE, default=0),
        gone=Sum("lost", default=0),
    )
    return Back(sums["there"] + sums["gone"], sums["in_stores"] + sums["gone"])


@dataclass(frozen=True)
class PartOf:
    """A part of a recalled lot, and who has it."""

    lot: Lot
    holder: str
    words: str
    quantity: int

    @property
    def is_back(self) -> bool:
        return self.holder.startswith("store:")


def lying_of(lots: Sequence[Lot]) -> list[PartOf]:
    """Who has how much of which lot, those first who still have to be told."""
    by_number = {lot.pk: lot for lot in lots}
    rows = list(Holding.objects.filter(lot__in=by_number, quantity__gt=0).order_by("lot", "pk"))
    words = holders_in_words(row.holder for row in rows)
    found = [PartOf(by_number[row.lot_id or 0], row.holder, words[row.holder], row.quantity) for row in rows]
    return sorted(found, key=lambda one: (one.is_back, -one.quantity))
