"""What the pages of the ledger show: totals by place for everybody, maker by maker for the office and the auditor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Sum

from foundation import clock
from lumbung.makers.models import GoodsKind, Maker
from lumbung.makers.queries import FEW_GOODS, WITH_ALL, within
from lumbung.makers.rules import search_words
from lumbung.orders.choices import CONFIRMED_STATES, SplitState
from lumbung.orders.models import PriorityVillage, Share, Split, SplitRow, SplitVillage
from lumbung.orders.queries.ledger import ledger_splits, turns_of
from lumbung.orders.rules.grouping import PlaceSum
from lumbung.orders.rules.turns import Turn

BATCH = 2_000
BULKY = ("snapshot", "certificate", "frontier", "cheapest_amounts", "household_amounts")


def ledger_kinds() -> list[GoodsKind]:
    """The kinds of goods that were split, the one decided last first."""
    decided = Split.objects.filter(state=SplitState.DECIDED, parent__isnull=True)
    last = dict(decided.values_list("line__kind").annotate(last=Max("decided_at")).order_by())
    kinds = GoodsKind.objects.filter(pk__in=last).order_by("name")
    return sorted(kinds, key=lambda kind: last[kind.pk], reverse=True)


def counted_splits(kind: GoodsKind) -> list[Split]:
    """The splits that the ledger counts, newest first, without their bulky parts."""
    splits = ledger_splits(kind).defer(*BULKY).select_related("line__order", "line__kind")
    return list(splits.order_by("-decided_at", "-pk"))


def place_sums(kind: GoodsKind) -> list[PlaceSum]:
    """By village: makers and households of the largest order, entitlements of all, and what is held; two queries."""
    splits = ledger_splits(kind)
    sums = (
        SplitVillage.objects.filter(split__in=splits)
        .values("village")
        .annotate(
            most=Max("makers"),
            houses=Max("households"),
            due=Sum("entitled_quantity"),
        )
        .order_by("village")
    )
    shares = Share.objects.filter(line__in=splits.values("line"), state__in=CONFIRMED_STATES)
    held: dict[str, int] = defaultdict(int)
    holders: dict[str, int] = defaultdict(int)
    got = (
        shares.values("maker", "maker__village")
        .annotate(held=Sum(F("confirmed_quantity") - F("released_quantity")))
        .order_by()
    )
    for row in got.iterator(chunk_size=10_000):
        held[row["maker__village"]] += row["held"]
        holders[row["maker__village"]] += row["held"] > 0
    return [
        PlaceSum(
            row["village"],
            makers=row["most"],
            chosen=holders[row["village"]],
            households=row["houses"],
            entitled=row["due"],
            received=held[row["village"]],
        )
        for row in sums
    ]


@dataclass(frozen=True)
class Wanted:
    text: str = ""
    regency: str = ""


def ledger_makers(kind: GoodsKind, wanted: Wanted) -> QuerySet[Maker]:
    """The makers who could take part in a counted order of this kind, by name."""
    makers = Maker.objects.filter(_taken_part(kind))
    if wanted.regency:
        makers = makers.filter(within(wanted.regency))
    for word in search_words(wanted.text):
        makers = makers.filter(search_text__contains=word)
    return makers.order_by("sort_name", "pk")


def _taken_part(kind: GoodsKind) -> Q | Exists:
    """A few are gathered from the splits; where they are many, every maker is asked."""
    splits = list(ledger_splits(kind).values_list("pk", flat=True))
    rows = SplitRow.objects.filter(split__in=splits, eligible=True)
    if rows[: FEW_GOODS + 1].count() > FEW_GOODS:
        return Exists(rows.filter(maker=OuterRef("pk")))
    return Q(pk__in=rows.values("maker"))


@dataclass(frozen=True)
class LedgerRow:
    maker: Maker
    turn: Turn


def rows_for(kind: GoodsKind, makers: Sequence[Maker]) -> list[LedgerRow]:
    found = turns_of(kind, makers=[maker.pk for maker in makers])
    return [LedgerRow(maker, found.get(maker.pk, Turn())) for maker in makers]


def exported_rows(kind: GoodsKind, makers: QuerySet[Maker]) -> Iterator[LedgerRow]:
    """Every row of the list, in batches."""
    turns = turns_of(kind)
    for maker in makers.select_related(*WITH_ALL).iterator(chunk_size=BATCH):
        yield LedgerRow(maker, turns.get(maker.pk, Turn()))


def priority_list(*, ended: bool = False) -> QuerySet[PriorityVillage]:
    """Villages that are preferred today (or, `ended`, that were), by place."""
    day = clock.today()
    now = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    rows = PriorityVillage.objects.select_related("village__district__regency")
    rows = rows.filter(ends_on__lt=day) if ended else rows.filter(now)
    return rows.order_by("village__district__regency__code", "village__name", "pk")
