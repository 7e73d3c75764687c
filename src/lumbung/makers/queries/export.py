"""The register as a sheet: a row a good, and a row for who has none."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import QuerySet

from lumbung.makers.choices import MakerKind
from lumbung.makers.models import Good, Household, Maker

IN_MEMORY = 800
FIELDS = (
    "pk",
    "party__name",
    "kind",
    "owner__full_name",
    "owner__salutation",
    "owner__phone",
    "village__name",
    "village__district__name",
    "village__district__regency__short_name",
    "village_id",
    "hamlet",
    "house",
    "bank_name",
    "bank_account",
    "nib",
    "households",
    "last_made_on",
    "state",
)
GOOD_FIELDS = (
    "maker_id",
    "kind__name",
    "kind__name_en",
    "kind__unit",
    "price_rupiah",
    "weekly_capacity",
    "minimum_lot",
)
NO_GOOD = (None, None, None, None, None, None)


class Exported(NamedTuple):
    """A maker and one of its goods."""

    maker: dict[str, Any]
    members: tuple[str, ...]
    good: tuple[Any, ...]
    """Both names, unit, price, capacity, lot; nothing where no good is written down."""


def exported_rows(makers: QuerySet[Maker]) -> Iterator[Exported]:
    """The makers in their order with all that a sheet may show of them; a few hundred in memory at a time."""
    rows = makers.select_related(None).values_list(*FIELDS).iterator(IN_MEMORY)
    while part := [dict(zip(FIELDS, row, strict=True)) for row in islice(rows, IN_MEMORY)]:
        goods = _goods([row["pk"] for row in part])
        members = _members([row["pk"] for row in part if row["kind"] == MakerKind.GROUP])
        for row in part:
            for good in goods.get(row["pk"], [NO_GOOD]):
                yield Exported(row, members.get(row["pk"], ()), good)


def _goods(numbers: list[int]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    goods = Good.objects.filter(maker__in=numbers, stopped_on__isnull=True).order_by("kind__name", "pk")
    for maker, *good in goods.values_list(*GOOD_FIELDS):
        found[maker].append(tuple(good))
    return found


def _members(groups: list[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    houses = Household.objects.filter(maker__in=groups, left_on__isnull=True) if groups else None
    for maker, name in (
        [] if houses is None else houses.order_by("pk").values_list("maker", "person__full_name")
    ):
        found[maker] = (*found.get(maker, ()), name)
    return found
