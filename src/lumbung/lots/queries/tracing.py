"""From a lot back to the households and the material, and forward to everything that was made of it.

Level by level: two queries a level, whatever its width. A tree deeper or wider than these bounds is cut, and says so.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q

from lumbung.lots.models import Lot, LotMaker, LotUse
from lumbung.lots.queries.lots import with_makers
from lumbung.lots.rules.public import Place
from lumbung.makers.models import Good

DEEPEST = 12
WIDEST = 500


@dataclass(frozen=True)
class Step:
    """A lot on the way, how far it is from where one stands, and how much of it went on from there."""

    lot: Lot
    depth: int
    quantity: int


@dataclass
class Trace:
    """All lots on one side of a lot, the nearest first."""

    steps: list[Step] = field(default_factory=list)
    is_cut: bool = False
    """Whether there is more than was read."""

    @property
    def lots(self) -> list[Lot]:
        return [step.lot for step in self.steps]


def origin_of(lot: Lot) -> Trace:
    """The lots that went into it, down to what was bought and what households made."""
    return _walk(lot, here="lot", there="parent")


def fate_of(lot: Lot) -> Trace:
    """The lots in which it went on."""
    return _walk(lot, here="parent", there="lot")


def _walk(lot: Lot, *, here: str, there: str) -> Trace:
    trace, known, level = Trace(), {lot.pk}, [lot.pk]
    for depth in range(1, DEEPEST + 1):
        amounts: dict[int, int] = defaultdict(int)
        uses = LotUse.objects.filter(**{f"{here}__in": level}).order_by("pk")
        for number, quantity in uses.values_list(there, "quantity"):
            amounts[number] += quantity
        level = [number for number in amounts if number not in known][: WIDEST - len(trace.steps)]
        trace.is_cut |= len(level) < len(amounts.keys() - known)
        if not level:
            return trace
        known |= set(level)
        lots = {one.pk: one for one in with_makers(Lot.objects.filter(pk__in=level))}
        trace.steps += [Step(lots[number], depth, amounts[number]) for number in level]
    trace.is_cut |= LotUse.objects.filter(**{f"{here}__in": level}).exists()
    return trace


def with_origins(lots: Sequence[Lot]) -> list[int]:
    """The numbers of these lots, and of all that went into them."""
    found = {lot.pk for lot in lots}
    for lot in lots:
        found |= {one.pk for one in origin_of(lot).lots}
    return sorted(found)


def makers_behind(lots: Collection[int]) -> list[LotMaker]:
    """Who made these lots, each with the amount, household by household."""
    found = LotMaker.objects.filter(lot__in=list(lots)).select_related(
        "lot",
        "maker__party",
        "maker__owner",
        "maker__village__district__regency__province",
        "household__person",
    )
    return list(found.order_by("lot", "-quantity", "pk"))


def places_of(lot: Lot, made: Sequence[LotMaker]) -> list[Place]:
    """The villages behind a lot, each with how many makers of these goods there and in the regency; two queries."""
    villages = {row.maker.village for row in made}
    if not villages or lot.goods_id is None:
        return []
    codes = {village.district.regency_id for village in villages}
    here = Q(pk__in=[])
    for code in codes:
        here |= Q(maker__village__code__startswith=f"{code}.")
    making = Good.objects.filter(here, kind=lot.goods_id, stopped_on__isnull=True).order_by()
    counts = dict(making.values_list("maker__village").annotate(Count("maker", distinct=True)))
    in_regency: dict[str, int] = defaultdict(int)
    for code, count in counts.items():
        in_regency[code[:5]] += count
    return [
        Place(
            village.name,
            village.district.regency.short_name,
            village.district.regency.province.name,
            counts.get(village.pk, 0),
            in_regency[village.pk[:5]],
        )
        for village in villages
    ]


def houses_behind(made: Sequence[LotMaker]) -> int:
    """How many houses had a hand in it: those named, and one for a maker who named none."""
    return len({(row.maker_id, row.household_id) for row in made})
