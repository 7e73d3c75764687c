"""What became of a decided plan: who decided it and when, what came back, and who holds how much today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Count, F, Max, Q, Sum

from lumbung.orders.choices import CONFIRMED_STATES, Reason
from lumbung.orders.models import Share, Split, SplitVillage
from lumbung.orders.queries.ledger import PASSED, ledger_splits, priority_villages
from lumbung.orders.rules.public import may_be_told
from lumbung.people.queries import names_of
from lumbung.places.rules.marks import SMALLEST_GROUP

FRESH_SECONDS = 60


@dataclass(frozen=True)
class CameBack:
    """What came back of a line since its decision, and where it went; units and makers."""

    units: int = 0
    makers: int = 0
    resplits: int = 0
    holding: int = 0
    """Makers who hold a confirmed part now."""
    held: int = 0
    largest_house: int = 0
    """The most that a house holds now; a group's part by its houses, rounded up."""

    @property
    def may_be_told(self) -> bool:
        return self.holding >= SMALLEST_GROUP


def came_back(split: Split) -> CameBack:
    """At most three queries, whose answer is at most a minute old."""
    key = f"came-back:{split.line_id}"
    found: CameBack | None = cache.get(key)
    if found is None:
        found = _came_back(split)
        cache.set(key, found, FRESH_SECONDS)
    return found


def _came_back(split: Split) -> CameBack:
    shares = Share.objects.filter(line=split.line_id)
    gone = shares.filter(PASSED).aggregate(
        makers=Count("maker", distinct=True),
        units=Sum(F("quantity") - F("confirmed_quantity") + F("released_quantity"), default=0),
    )
    units = gone["units"]
    if not units:
        return CameBack()
    by_maker = shares.filter(state__in=CONFIRMED_STATES).values("maker").order_by()
    houses = Max("maker__households")
    holding = by_maker.annotate(
        holds=Sum(F("confirmed_quantity") - F("released_quantity")), houses=houses
    ).aggregate(
        makers=Count("maker", filter=Q(holds__gt=0)),
        held=Sum("holds", default=0),
        most=Max((F("holds") + F("houses") - 1) / F("houses"), default=0),
    )
    return CameBack(
        units=units,
        makers=gone["makers"],
        resplits=Split.objects.filter(line=split.line_id, parent__isnull=False).count(),
        holding=holding["makers"],
        held=holding["held"],
        largest_house=holding["most"],
    )


@dataclass(frozen=True)
class Decision:
    """Who did what to a plan, and when; names as of the office's accounts, empty where unknown."""

    published_at: datetime | None
    published_by: str
    sealed_at: datetime | None
    computed: int
    """How often the line was computed since, this plan included."""
    proposed_at: datetime | None
    proposed_by: str
    decided_at: datetime | None
    decided_by: str


def decisions_of(splits: Sequence[Split]) -> dict[int, Decision]:
    """For each plan (by its key) how it came about; two queries."""
    lines = [split.line_id for split in splits]
    counts = dict(
        Split.objects.filter(line__in=lines, parent__isnull=True)
        .values_list("line")
        .annotate(computed=Count("id"))
        .order_by()
    )
    orders = [split.line.order for split in splits]
    names = names_of(
        {key for s in splits for key in (s.proposed_by, s.decided_by)} | {o.published_by for o in orders}
    )
    return {
        split.pk: Decision(
            published_at=order.published_at,
            published_by=names.get(order.published_by, ""),
            sealed_at=order.draw_sealed_at if order.draw_seal else None,
            computed=counts.get(split.line_id, 0),
            proposed_at=split.proposed_at,
            proposed_by=names.get(split.proposed_by, ""),
            decided_at=split.decided_at,
            decided_by=names.get(split.decided_by, ""),
        )
        for split, order in zip(splits, orders, strict=True)
    }


def threshold_of(split: Split) -> int | None:
    """The cost of a unit, less credits, up to which makers got a share; None where nobody was left above it."""
    if not split.waiting.get(Reason.COST):
        return None
    row = split.rows.filter(quantity=0, eligible=True, reason=Reason.COST).only("numbers").first()
    return None if row is None else int(row.numbers["limit"])


def orders_behind(split: Split) -> int:
    """How many decided splits of these goods counted for the turns when this one was computed."""
    earlier = ledger_splits(split.line.kind_id, until=split.computed_at).exclude(line=split.line_id)
    return earlier.count()


@dataclass(frozen=True)
class Preferred:
    """What the villages on the list of priority got in a plan."""

    listed: int
    makers: int = 0
    chosen: int = 0
    units: int = 0

    @property
    def may_be_told(self) -> bool:
        return may_be_told(self.makers, self.chosen)


def preferred_in(split: Split) -> Preferred:
    """Two queries."""
    codes = priority_villages(split.line)
    rows = SplitVillage.objects.filter(split=split, village__in=codes)
    sums = rows.aggregate(
        makers=Sum("makers", default=0),
        chosen=Sum("chosen_makers", default=0),
        units=Sum("quantity", default=0),
    )
    return Preferred(len(codes), **sums)
