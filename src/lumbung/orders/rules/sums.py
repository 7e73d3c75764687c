"""What the rows of a split add up to, by household, by reason and by village."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from lumbung.orders.choices import Reason
from lumbung.orders.rules.plan import by_household

Pairs = list[list[int]]


@dataclass(frozen=True, slots=True)
class Counted:
    """One row of a split: what is added up."""

    village: str
    eligible: bool
    quantity: int
    households: int
    entitled: int
    price: int
    reason: str
    numbers: Mapping[str, Any]


@dataclass
class VillageSum:
    makers: int = 0
    households: int = 0
    chosen_makers: int = 0
    chosen_households: int = 0
    quantity: int = 0
    entitled_quantity: int = 0

    def add(self, row: Counted) -> None:
        self.makers += 1
        self.households += row.households
        self.entitled_quantity += row.entitled
        self.quantity += row.quantity
        if row.quantity:
            self.chosen_makers += 1
            self.chosen_households += row.households


@dataclass(frozen=True)
class RowSums:
    value_rupiah: int
    household_amounts: Pairs
    eligible_households: int
    waiting: dict[str, int]
    refused: dict[str, int]
    nearest_misses: dict[str, int]
    villages: dict[str, VillageSum] = field(repr=False)

    def kept(self) -> dict[str, Any]:
        """The sums that stand on the split itself."""
        return {name: value for name, value in vars(self).items() if name != "villages"}


def sums_of_rows(rows: Sequence[Counted]) -> RowSums:
    """Add up every row once."""
    eligible = [row for row in rows if row.eligible]
    villages: dict[str, VillageSum] = defaultdict(VillageSum)
    for row in eligible:
        villages[row.village].add(row)
    return RowSums(
        value_rupiah=sum(row.quantity * row.price for row in eligible),
        household_amounts=paired(by_household((row.quantity, row.households) for row in eligible)),
        eligible_households=sum(row.households for row in eligible),
        waiting=dict(Counter(str(row.reason) for row in eligible if not row.quantity)),
        refused=dict(Counter(str(row.reason) for row in rows if not row.eligible)),
        nearest_misses=_nearest_misses(eligible),
        villages=dict(villages),
    )


def _nearest_misses(eligible: Iterable[Counted]) -> dict[str, int]:
    """By regency the least by which a maker's own cost lies above the threshold, in rupiah a unit."""
    found: dict[str, int] = {}
    for row in eligible:
        if row.reason == Reason.COST and not row.quantity:
            above = int(row.numbers["own"]) - int(row.numbers.get("credit", 0)) - int(row.numbers["limit"])
            regency = row.village[:5]
            found[regency] = min(above, found.get(regency, above))
    return found


def paired(amounts: Iterable[int]) -> Pairs:
    """`[175, 175, 40]` as `[[175, 2], [40, 1]]`: what a hundred thousand households get fits into a line."""
    return [[amount, sum(1 for _one in same)] for amount, same in groupby(amounts)]


def unpaired(pairs: Iterable[Sequence[int]]) -> list[int]:
    """The amounts again, one a household."""
    return [amount for amount, count in pairs for _one in range(count)]
