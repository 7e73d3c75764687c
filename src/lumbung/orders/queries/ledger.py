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
from lumbung.orders.rules.turns import Turn, counted_after_passing

LEDGER_DAYS = 365
PASSED = Q(state__in=[ShareState.DECLINED, ShareState.LAPSED, ShareState.PARTLY]) | Q(released_quantity__gt=0)
"""Shares of which something was offered and not kept, by the maker's own answer or silence."""


def ledger_splits(*kinds: GoodsKind | str, until: datetime | None = None) -> QuerySet[Split]:
    """The decided splits that count: of these kinds, of the last year, of orders that were not cancelled."""
    until = until or clock.now()
    return Split.objects.filter(
        line__kind__in=kinds,
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
    return {maker: turn for (_kind, maker), turn in _turns(splits, makers).items()}


def turns_of_kinds(kinds: Collection[str], *, makers: Collection[int]) -> dict[tuple[str, int], Turn]:
    """By kind and maker, the turns of these makers in all of these kinds; four queries."""
    return _turns(ledger_splits(*kinds), makers)


def _turns(splits: QuerySet[Split], makers: Collection[int] | None) -> dict[tuple[str, int], Turn]:
    counted = list(splits.values_list("pk", "line", "line__kind"))
    kind_of_split = {split: kind for split, _line, kind in counted}
    kind_of_line = {line: kind for _split, line, kind in counted}
    rows = SplitRow.objects.filter(split__in=splits, eligible=True)
    shares = Share.objects.filter(line__in=splits.values("line"))
    if makers is not None:
        rows, shares = rows.filter(maker__in=makers), shares.filter(maker__in=makers)
    entitled: dict[tuple[str, int], int] = defaultdict(int)
    orders: dict[tuple[str, int], int] = defaultdict(int)
    for split, maker, quantity in rows.values_list("split", "maker", "entitled_quantity").iterator(
        chunk_size=10_000
    ):
        entitled[kind_of_split[split], maker] += quantity
        orders[kind_of_split[split], maker] += 1
    received: dict[tuple[str, int], int] = defaultdict(int)
    had, held = _had_and_held(shares)
    for (line, maker), quantity in had.items():
        received[kind_of_line[line], maker] += quantity
    for line, maker, quantity in _passed_rows(rows):
        counts = counted_after_passing(quantity, held=held[line, maker])
        entitled[kind_of_line[line], maker] -= quantity - counts
    return {whose: Turn(due, received.get(whose, 0), orders[whose]) for whose, due in entitled.items()}


def _had_and_held(
    shares: QuerySet[Share],
) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], int]]:
    """By line and maker: what is held or still offered, and what is held."""
    had: dict[tuple[int, int], int] = defaultdict(int)
    held: dict[tuple[int, int], int] = defaultdict(int)
    given = shares.values_list(
        "line", "maker", "state", "quantity", "confirmed_quantity", "released_quantity"
    )
    for line, maker, state, quantity, confirmed, released in given.iterator(chunk_size=10_000):
        held[line, maker] += confirmed - released
        had[line, maker] += quantity if state == ShareState.OFFERED else confirmed - released
    return had, held


def _passed_rows(rows: QuerySet[SplitRow]) -> Iterable[tuple[int, int, int]]:
    """Line, maker and entitlement wherever a maker took less than it was offered."""
    passed = Share.objects.filter(PASSED, line=OuterRef("split__line"), maker=OuterRef("maker"))
    found = rows.filter(Exists(passed)).values_list("split__line", "maker", "entitled_quantity")
    return found.iterator(chunk_size=10_000)


def priority_villages(line: OrderLine) -> frozenset[str]:
    """The codes of the villages that a line's order prefers: those published when the order was."""
    published = line.order.published_at
    day = clock.today() if published is None else clock.day_of(published)
    rows = PriorityVillage.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)
    if published is not None:
        rows = rows.filter(added_at__lte=published)
    return frozenset(rows.values_list("village_id", flat=True))
