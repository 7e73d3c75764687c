"""A split as its page shows it: who gets how much, who does not, by village and by regency."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from foundation import clock
from foundation.paging import Page, page_of
from lumbung.orders.choices import SplitState
from lumbung.orders.models import Order, OrderLine, Split, SplitRow
from lumbung.orders.rules.sums import unpaired
from lumbung.organisations.models import Membership
from lumbung.people.choices import Decider
from lumbung.places.models import Regency

WITH_ALL = ("maker__party", "maker__village__district__regency")
CHOSEN_ROWS = 20
LEFT_ROWS = 10
STANDING = (SplitState.DECIDED, SplitState.PROPOSED, SplitState.DRAFTED, SplitState.RETURNED)
"""Which plan of a line counts: a decided one before a proposed one before a draft before a returned one."""


def splits_of(line: OrderLine) -> QuerySet[Split]:
    """The line's splits with all but the packed inputs."""
    return line.splits.defer("snapshot").select_related("line__order__buyer", "line__kind", "parent")


def standing_split(line: OrderLine) -> Split | None:
    """The plan that counts now, no re-split and nothing that was replaced."""
    plans = splits_of(line).filter(parent__isnull=True, state__in=STANDING).order_by("-id")
    return min(plans, key=lambda split: STANDING.index(SplitState(split.state)), default=None)


def splits_of_order(order: Order) -> QuerySet[Split]:
    """Every plan of an order, newest first, without what was only tried."""
    kept = Split.objects.filter(line__order=order).exclude(state=SplitState.SUPERSEDED)
    return (
        kept.defer("snapshot", "certificate", "frontier", "cheapest_amounts", "household_amounts")
        .select_related("line__kind")
        .order_by("-id")
    )


def chosen_rows(split: Split) -> QuerySet[SplitRow]:
    return split.rows.filter(quantity__gt=0).select_related(*WITH_ALL)


def left_rows(split: Split) -> QuerySet[SplitRow]:
    """Who was eligible and gets nothing in this plan."""
    return split.rows.filter(eligible=True, quantity=0).select_related(*WITH_ALL)


def chosen_page(split: Split, *, after: str = "", before: str = "") -> Page[SplitRow]:
    return page_of(
        chosen_rows(split),
        by=("-quantity", "pk"),
        after=after,
        before=before,
        size=CHOSEN_ROWS,
        total=split.makers,
    )


def left_page(split: Split, *, after: str = "", before: str = "") -> Page[SplitRow]:
    return page_of(
        left_rows(split),
        by=("pk",),
        after=after,
        before=before,
        size=LEFT_ROWS,
        total=split.eligible - split.makers,
    )


@dataclass(frozen=True)
class Sums:
    """The foot of the table: exact sums over all rows; and what each household gets, for the picture."""

    quantity: int
    value_rupiah: int
    by_household: Sequence[int]
    cheapest: Sequence[int]
    eligible_households: int


def sums_of(split: Split) -> Sums:
    """Over every eligible maker's row, as they were added up when the split was saved."""
    return Sums(
        quantity=split.quantity,
        value_rupiah=split.value_rupiah,
        by_household=unpaired(split.household_amounts),
        cheapest=unpaired(split.cheapest_amounts),
        eligible_households=split.eligible_households,
    )


@dataclass(frozen=True)
class VillagePart:
    """What a village makes, and of how many makers; open: eligible makers and no share."""

    village_code: str
    quantity: int
    makers: int

    @property
    def open(self) -> bool:
        return self.quantity == 0

    @property
    def regency_code(self) -> str:
        return self.village_code[:5]


def villages_of(split: Split) -> list[VillagePart]:
    """Every village with an eligible maker, in one query."""
    rows = split.village_sums.order_by("village_id").values_list(
        "village_id", "quantity", "chosen_makers", "makers"
    )
    return [VillagePart(code, made, chosen or everybody) for code, made, chosen, everybody in rows]


@dataclass(frozen=True)
class LeftOut:
    """A regency whose eligible makers get nothing, and by how many rupiah the nearest misses the threshold."""

    name: str
    makers: int
    above: int | None


def regencies_left_out(split: Split, villages: Iterable[VillagePart]) -> list[LeftOut]:
    made: dict[str, int] = defaultdict(int)
    makers: dict[str, int] = defaultdict(int)
    for village in villages:
        made[village.regency_code] += village.quantity
        makers[village.regency_code] += village.makers
    without = [code for code in makers if made[code] == 0]
    if not without:
        return []
    names = dict(Regency.objects.filter(pk__in=without).values_list("pk", "short_name"))
    return [LeftOut(names[code], makers[code], split.nearest_misses.get(code)) for code in without]


def deciders() -> list[str]:
    """Who decides splits today, by name."""
    day = clock.today()
    heads = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        role=Decider.key,
        starts_on__lte=day,
        person__is_active=True,
    )
    return list(heads.order_by("person__full_name").values_list("person__full_name", flat=True).distinct())
