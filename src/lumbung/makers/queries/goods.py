"""Goods with all that eligibility asks, light enough for a hundred thousand makers."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import QuerySet

from foundation import clock
from lumbung.makers.models import BusyWeek, Good, GoodsKind
from lumbung.makers.rules import WEEK

FIELDS = (
    "pk",
    "maker_id",
    "maker__kind",
    "maker__party__name",
    "maker__owner_id",
    "maker__village_id",
    "maker__village__latitude_e6",
    "maker__village__longitude_e6",
    "maker__households",
    "maker__state",
    "price_rupiah",
    "weekly_capacity",
    "minimum_lot",
    "maker__registered_at",
)


class GoodRow(NamedTuple):
    """One good of one maker. `rules.available_each` takes these rows."""

    good: int
    maker: int
    kind: str
    """workshop or group"""
    name: str
    owner: int
    village: str
    latitude_e6: int | None
    longitude_e6: int | None
    households: int
    state: str
    price_rupiah: int
    weekly_capacity: int
    minimum_lot: int
    registered_at: datetime
    busy_mondays: tuple[date, ...] = ()


def goods_of_kind(kind_code: str) -> list[GoodRow]:
    """Every maker, of whatever state, that makes goods of this kind now, by maker; two queries.

    Busy weeks are those that are not over yet.
    """
    busy = busy_mondays(kind_code)
    goods = Good.objects.filter(kind_id=kind_code, stopped_on__isnull=True).order_by("maker_id")
    rows = goods.values_list(*FIELDS).iterator(chunk_size=5000)
    return [GoodRow._make((*row, busy.get(row[1], ()))) for row in rows]


def busy_mondays(kind_code: str) -> dict[int, tuple[date, ...]]:
    """The Mondays of the weeks, not over yet, in which makers of this kind take no new work."""
    weeks = BusyWeek.objects.filter(
        maker__goods__kind_id=kind_code, monday__gt=clock.today() - timedelta(days=WEEK)
    )
    found: dict[int, list[date]] = defaultdict(list)
    for maker, monday in weeks.order_by("monday").values_list("maker_id", "monday").iterator():
        found[maker].append(monday)
    return {maker: tuple(mondays) for maker, mondays in found.items()}


def goods_kinds() -> QuerySet[GoodsKind]:
    return GoodsKind.objects.order_by("name")
