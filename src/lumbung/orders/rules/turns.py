"""Turns: what a maker was entitled to by capacity, what it got, and the credit that makes up for the difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WHOLE = 10_000
"""Basis points in a whole."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A maker's ledger of one kind of goods, over the ledger's time. Units of the kind.

    entitled   what would have been its part of the orders it could take part in, by capacity alone; of an order
               in which it took less than it was offered, no more than what it took
    received   what it holds or is being offered
    orders     in how many order lines it could take part
    """

    entitled: int = 0
    received: int = 0
    orders: int = 0

    @property
    def behind(self) -> int:
        return max(0, self.entitled - self.received)

    @property
    def behind_bp(self) -> int:
        """The part of the entitlement that is missing."""
        return self.behind * WHOLE // self.entitled if self.entitled else 0


@dataclass(frozen=True, slots=True)
class Credits:
    """Rupiah a unit by which a maker is ranked cheaper, and what each part rests on."""

    turn: int = 0
    priority: int = 0
    newcomer: int = 0
    entitled: int = 0
    received: int = 0

    @property
    def total(self) -> int:
        return self.turn + self.priority + self.newcomer

    def told(self) -> dict[str, int]:
        """The parts that are there, to be kept with the row."""
        parts = {"turn": self.turn, "priority": self.priority, "newcomer": self.newcomer}
        told = {name: rupiah for name, rupiah in parts.items() if rupiah}
        return told | ({"entitled": self.entitled, "received": self.received} if self.entitled else {})


NOTHING = Credits()


def part_of_price(price_rupiah: int, basis_points: int) -> int:
    """A credit in rupiah a unit, rounded down."""
    return price_rupiah * basis_points // WHOLE


def turn_credit(turn: Turn, *, highest: int) -> int:
    """The highest credit, in the proportion in which the maker is behind; rounded down to the rupiah."""
    return highest * turn.behind_bp // WHOLE


def entitled_amounts(quantity: int, capacities: Sequence[int]) -> list[int]:
    """The order's units in proportion to capacity, exact to the piece by largest remainders."""
    total = sum(capacities)
    if not total:
        return [0] * len(capacities)
    parts = [divmod(quantity * capacity, total) for capacity in capacities]
    amounts = [whole for whole, _rest in parts]
    places = sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))
    for place in places[: quantity - sum(amounts)]:
        amounts[place] += 1
    return amounts


def counted_after_passing(entitled: int, *, held: int) -> int:
    """What counts of an order's entitlement where less was taken than offered: no more than what is held.

    A refusal costs no turn and earns none.
    """
    return min(entitled, held)


def newcomers_least(quantity: int, quota_bp: int, capacity: int) -> int:
    """The units that newcomers are to get: the quota, rounded up, or all they can make if that is less."""
    return min(-(-quantity * quota_bp // WHOLE), capacity)
