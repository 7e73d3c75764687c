"""What is to be split, and over whom: values that check themselves at birth."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from ordersplit.lottery import Lottery

Ints = npt.NDArray[np.int64]
IntsLike = int | Sequence[int] | npt.NDArray[Any]

HIGHEST_PRICE = 10**15
HIGHEST_QUANTITY = 10**12
MOST_HOUSEHOLDS = 10**6


def whole_numbers(values: IntsLike, name: str, length: int, lowest: int, highest: int) -> Ints:
    """``values`` as a read-only int64 array of ``length``; a single number counts for everyone.

    Raises ValueError, naming the field and the first position, for fractions, wrong lengths and numbers
    outside ``lowest`` to ``highest``.
    """
    array = np.asarray(values)
    if array.ndim == 0:
        array = np.full(length, array[()])
    if array.shape != (length,):
        raise ValueError(f"{name}: {length} numbers are needed, not {array.shape}")
    if length == 0:
        array = np.zeros(0, dtype=np.int64)
    if array.dtype == object and not all(isinstance(value, int) for value in array):
        raise ValueError(f"{name}: whole numbers only")
    if array.dtype != object and (array.dtype.kind not in "iu"):
        raise ValueError(f"{name}: whole numbers only, not {array.dtype}")
    outside = np.flatnonzero((array < lowest) | (array > highest))
    if outside.size:
        first = int(outside[0])
        raise ValueError(f"{name}: {array[first]} at position {first} is outside {lowest} to {highest}")
    result = array.astype(np.int64)
    result.flags.writeable = False
    return result


def keys(values: str | Sequence[str], name: str) -> tuple[str, ...]:
    """``values`` as a tuple of distinct, non-empty texts; raises ValueError otherwise."""
    result = (values,) if isinstance(values, str) else tuple(values)
    if not all(isinstance(key, str) and key for key in result):
        raise ValueError(f"{name}: every id is a text that is not empty")
    if len(set(result)) != len(result):
        twice = next(key for position, key in enumerate(result) if key in result[:position])
        raise ValueError(f"{name}: {twice!r} occurs twice")
    return result


@dataclass(frozen=True, eq=False)
class Suppliers:
    """The eligible makers, one position each.

    id           distinct texts
    unit_cost    rupiah per piece, all in: price and transport
    capacity     most pieces until the due date
    min_lot      fewest pieces worth starting for; a share is nothing or at least this
    fixed_cost   rupiah once if used at all: inspection, pick-up
    households   houses where the goods are made; a captain's group of twelve counts 12, its cap is twelve
                 times the common cap
    preference   among makers of equal all-in price the higher goes first, before the lottery
    """

    id: Sequence[str]
    unit_cost: IntsLike
    capacity: IntsLike
    min_lot: IntsLike = 1
    fixed_cost: IntsLike = 0
    households: IntsLike = 1
    preference: IntsLike = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", keys(self.id, "suppliers.id"))
        ranges = {
            "unit_cost": (0, HIGHEST_PRICE),
            "capacity": (0, HIGHEST_QUANTITY),
            "min_lot": (0, HIGHEST_QUANTITY),
            "fixed_cost": (0, HIGHEST_PRICE),
            "households": (1, MOST_HOUSEHOLDS),
            "preference": (-(10**9), 10**9),
        }
        for name, (lowest, highest) in ranges.items():
            numbers = whole_numbers(getattr(self, name), f"suppliers.{name}", len(self.id), lowest, highest)
            object.__setattr__(self, name, numbers)

    def __len__(self) -> int:
        return len(self.id)

    def column(self, name: str) -> Ints:
        """The int64 array of the field ``name``."""
        column: Ints = getattr(self, name)
        return column

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Where each id stands."""
        return {key: place for place, key in enumerate(self.id)}


@dataclass(frozen=True, eq=False)
class Orders:
    """The orders: id and pieces wanted. One order is split at a time."""

    id: str | Sequence[str]
    quantity: IntsLike

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", keys(self.id, "orders.id"))
        quantity = whole_numbers(self.quantity, "orders.quantity", len(self.id), 1, HIGHEST_QUANTITY)
        object.__setattr__(self, "quantity", quantity)
        if len(self.id) != 1:
            raise ValueError(f"orders: exactly one order is split at a time, not {len(self.id)}")

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True, eq=False)
class SourcingProblem:
    """One order and the makers who may take part in it."""

    suppliers: Suppliers
    orders: Orders

    @classmethod
    def from_arrays(
        cls,
        id: Sequence[str],
        unit_cost: IntsLike,
        capacity: IntsLike,
        min_lot: IntsLike = 1,
        fixed_cost: IntsLike = 0,
        *,
        quantity: int,
        order: str = "order",
        households: IntsLike = 1,
        preference: IntsLike = 0,
    ) -> SourcingProblem:
        """A problem from columns; see ``Suppliers`` for their meaning."""
        suppliers = Suppliers(id, unit_cost, capacity, min_lot, fixed_cost, households, preference)
        return cls(suppliers, Orders(order, quantity))

    @classmethod
    def from_records(
        cls, records: Iterable[Mapping[str, Any]], *, quantity: int, order: str = "order"
    ) -> SourcingProblem:
        """A problem from rows: ``id``, ``unit_cost``, ``capacity``, and optionally the other columns."""
        rows = list(records)
        defaults = {"min_lot": 1, "fixed_cost": 0, "households": 1, "preference": 0}
        for name in ("id", "unit_cost", "capacity"):
            if any(name not in row for row in rows):
                raise ValueError(f"records: every row needs {name!r}")
        columns = {name: [row.get(name, value) for row in rows] for name, value in defaults.items()}
        return cls.from_arrays(
            [row["id"] for row in rows],
            [row["unit_cost"] for row in rows],
            [row["capacity"] for row in rows],
            quantity=quantity,
            order=order,
            **columns,
        )

    @property
    def quantity(self) -> int:
        """Pieces wanted."""
        return int(np.asarray(self.orders.quantity)[0])

    @cached_property
    def _lotteries(self) -> dict[str, Lottery]:
        return {}

    def lottery(self, seed: str) -> Lottery:
        """The lottery among the suppliers for ``seed``; drawn once and kept."""
        return self._lotteries.setdefault(seed, Lottery(seed, self.suppliers.id))

    @cached_property
    def input_hash(self) -> str:
        """sha256, as hexadecimal, of the canonical form.

        The canonical form is UTF-8 lines, each ended by a line feed: ``ordersplit-input-1``; per order
        ``order <bytes of id>:<id> <quantity>``; and, sorted by the bytes of the id, per maker
        ``<bytes of id>:<id> <unit_cost> <capacity> <min_lot> <fixed_cost> <households> <preference>``.
        The order in which makers were given makes no difference.
        """
        names = ("unit_cost", "capacity", "min_lot", "fixed_cost", "households", "preference")
        columns = [self.suppliers.column(name).tolist() for name in names]
        ids = [key.encode() for key in self.suppliers.id]
        lines = sorted(zip(ids, *columns, strict=True))
        digest = hashlib.sha256(b"ordersplit-input-1\n")
        order = self.orders.id[0].encode()
        digest.update(b"order %d:%b %d\n" % (len(order), order, self.quantity))
        digest.update(b"".join(b"%d:%b %d %d %d %d %d %d\n" % (len(row[0]), *row) for row in lines))
        return digest.hexdigest()
