"""The ledger of turns: who was entitled to how much of a kind of goods, and who got it, over the last year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from foundation import clock
from lumbung.makers.models import GoodsKind
from lumbung.orders.choices import ShareState, SplitState
from lumbung.orders.models import OrderLine, PriorityVillage, Share, Split, SplitRow
from lumbung.orders.rules.turns import Turn, counted_entitlement

LEDGER_DAYS = 365
PASSED = Q(state__in=[ShareState.DECLINED, ShareState.LAPSED, ShareState.PARTLY]) | Q(released_quantity__gt=0)
"""Shares of which something was offered and not kept, by the maker's own answer or silence."""


def ledger_splits(kind: GoodsKind | str, *, until: datetime | None = None) -> QuerySet[Split]:
    """The decided splits that count: of this kind, of the last year, of orders that were not cancelled."""
    until = until or clock.now()
    return Split.objects.filter(
        line__kind=kind,
        line__order__cancelled_at__isnull=True,
        state=SplitState.DECIDED,
        parent__isnull=True,
        decided_at__gt=until - timedelta(days=LEDGER_DAYS),
        decided_at__lte=until,
    )


def turns_of(
    kind: GoodsKind | str, *, except_line: OrderLine | None = None, makers: Collection[int] | None = None
) -> dict[int, Turn]:
    """The turn of every maker (or of these) who could take part in a counted order; four queries."""
    splits = ledger_splits(kind)
    if except_line is not None:
        splits = splits.exclude(line=except_line)
    rows = SplitRow.objects.filter(split__in=splits, eligible=True)
    shares = Share.objects.filter(line__in=splits.values("line"))
    if makers is not None:
        rows, shares = rows.filter(maker__in=makers), shares.filter(maker__in=makers)
    entitled: dict[int, int] = defaultdict(int)
    orders: dict[int, int] = defaultdict(int)
    for maker, quantity in rows.values_list("maker", "entitled_quantity").iterator(chunk_size=10_000):
        entitled[maker] += quantity
        orders[maker] += 1
    received, too_much = _received(rows, shares)
    return {
        maker: Turn(entitled[maker] - too_much.get(maker, 0), received.get(maker, 0), orders[maker])
        for maker in entitled
    }


def _received(rows: QuerySet[SplitRow], shares: QuerySet[Share]) -> tuple[dict[int, int], dict[int, int]]:
    """What each maker holds or is offered; and what of its entitlement it gave up itself."""
    had: dict[tuple[int, int], int] = defaultdict(int)
    held: dict[tuple[int, int], int] = defaultdict(int)
    given = shares.values_list(
        "line", "maker", "state", "quantity", "confirmed_quantity", "released_quantity"
    )
    for line, maker, state, quantity, confirmed, released in given.iterator(chunk_size=10_000):
        held[line, maker] += confirmed - released
        had[line, maker] += quantity if state == ShareState.OFFERED else confirmed - released
    received: dict[int, int] = defaultdict(int)
    for (_line, maker), quantity in had.items():
        received[maker] += quantity
    too_much: dict[int, int] = defaultdict(int)
    for line, maker, entitled in _passed_rows(rows):
        too_much[maker] += entitled - counted_entitlement(entitled, held=held[line, maker], passed=1)
    return received, too_much


def _passed_rows(rows: QuerySet[SplitRow]) -> Iterable[tuple[int, int, int]]:
    """Line, maker and entitlement wherever a maker took less than it was offered."""
    passed = Share.objects.filter(PASSED, line=OuterRef("split__line"), maker=OuterRef("maker"))
    found = rows.filter(Exists(passed)).values_list("split__line", "maker", "entitled_quantity")
    return [(line, maker, entitled) for line, maker, entitled in found.iterator(chunk_size=10_000)]


def priority_villages(line: OrderLine) -> frozenset[str]:
    """The codes of the villages that a line's order prefers: those published when the order was."""
    published = line.order.published_at
    day = clock.today() if published is None else clock.day_of(published)
    rows = PriorityVillage.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)
    if published is not None:
        rows = rows.filter(added_at__lte=published)
    return frozenset(rows.values_list("village_id", flat=True))
