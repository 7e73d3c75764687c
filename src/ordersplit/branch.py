"""Branch and bound, for few makers with large amounts.

The dynamic programme grows with the pieces in play, this search does not. A node says of some makers that they
are used or left out; the relaxed problem of the rest is a selection by slope in which at most one maker is
neither. When that one could really make its part, the node gives a plan; then it is used in one child and left
out in the other. The node of the lowest bound goes first, so the search ends as soon as it reaches the cost of
the best plan.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heappop, heappush

FREE, USED, OUT = 0, 1, 2


@dataclass(frozen=True)
class Seat:
    """A maker: nothing, or ``lot`` to ``most`` pieces at ``price`` and once ``visit``."""

    lot: int
    most: int
    price: int
    visit: int

    def cost(self, amount: int) -> int:
        """Rupiah for ``amount``."""
        return self.price * amount + self.visit if amount else 0

    def slope(self, state: int) -> Fraction:
        """All-in price per piece of what can be taken: beyond the lot once used, else up to most."""
        return Fraction(self.price) if state == USED else Fraction(self.cost(self.most), self.most)


@dataclass(frozen=True)
class Relaxed:
    """Amounts of a relaxed node and its bound, rounded up to whole rupiah; ``part`` is the maker that is neither
    used nor left out."""

    bound: int
    amounts: list[int]
    part: int | None


@dataclass
class Search:
    """A search for a plan of ``quantity`` that costs less than ``ceiling``, over at most ``nodes`` nodes; one of
    at most ``enough`` ends it."""

    seats: list[Seat]
    quantity: int
    ceiling: int | None
    enough: int | None
    nodes: int
    late: Callable[[], bool] = bool
    amounts: list[int] | None = None
    finished: bool = False
    segments: list[tuple[int, int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        kinds = [
            (seat.slope(state), place, state) for place, seat in enumerate(self.seats) for state in (0, 1)
        ]
        for _, place, state in sorted(kinds):
            seat = self.seats[place]
            self.segments.append((place, state, seat.most - seat.lot if state == USED else seat.most))

    def run(self) -> Search:
        """Search; ``amounts`` is the best plan found, ``finished`` tells that nothing better exists."""
        queue: list[tuple[int, bytes, Relaxed]] = []
        self.offer(queue, bytes(len(self.seats)))
        for step in range(self.nodes):
            if not queue or self.beaten(queue[0][0]):
                self.finished = True
                break
            if self.contented() or (step % 64 == 63 and self.late()):
                break
            _, states, node = heappop(queue)
            for state in (USED, OUT):
                place = node.part
                if place is not None:
                    self.offer(queue, states[:place] + bytes([state]) + states[place + 1 :])
        return self

    def contented(self) -> bool:
        """Whether the plan found is good enough."""
        return self.amounts is not None and self.enough is not None and self.worth() <= self.enough

    def worth(self) -> int:
        """What the plan found costs."""
        return 0 if self.ceiling is None else self.ceiling

    def beaten(self, bound: int) -> bool:
        """Whether a node with ``bound`` cannot hold a better plan."""
        return self.ceiling is not None and bound >= self.ceiling

    def offer(self, queue: list[tuple[int, bytes, Relaxed]], states: bytes) -> None:
        """Put a node into the queue unless it is empty, beaten or solved."""
        node = self.relax(states)
        if node is None or self.beaten(node.bound):
            return
        self.try_plan(node)
        if node.part is not None:
            heappush(queue, (node.bound, states, node))

    def try_plan(self, node: Relaxed) -> None:
        """Take the amounts of ``node`` as a plan if they are one, and the best so far."""
        part = node.part
        if part is not None and node.amounts[part] < self.seats[part].lot:
            return
        cost = sum(seat.cost(amount) for seat, amount in zip(self.seats, node.amounts, strict=True))
        if not self.beaten(cost):
            self.ceiling, self.amounts = cost, node.amounts

    def relax(self, states: bytes) -> Relaxed | None:
        """The relaxed node: makers in use hold their lot, the rest is taken by slope."""
        seats, left, bound, part = self.seats, self.quantity, 0, None
        amounts = [0] * len(seats)
        for place, state in enumerate(states):
            if state == USED:
                amounts[place] = seats[place].lot
                left -= seats[place].lot
                bound += seats[place].cost(seats[place].lot)
        for place, state, width in self.segments:
            if left <= 0:
                break
            if states[place] != state:
                continue
            seat, taken = seats[place], min(width, left)
            amounts[place] += taken
            left -= taken
            if state == USED:
                bound += seat.price * taken
            else:
                bound -= -seat.cost(seat.most) * taken // seat.most
                part = place if taken < width else None
        return Relaxed(bound, amounts, part) if left == 0 else None
