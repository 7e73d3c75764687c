"""The problem as the method sees it: who may still take how much, once limits and kept shares are set."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import mul

import numpy as np
import numpy.typing as npt

from ordersplit.lottery import Lottery
from ordersplit.policy import Policy
from ordersplit.problem import Ints, SourcingProblem

Flags = npt.NDArray[np.bool_]
SAFE = 2**62


def exact_dot(left: Ints, right: Ints) -> int:
    """The sum of products, exact whatever the size of the numbers."""
    if left.size == 0:
        return 0
    largest = int(np.abs(left).max()) * int(np.abs(right).max())
    if largest * left.size < SAFE:
        return int(np.dot(left, right))
    return sum(map(mul, left.tolist(), right.tolist()))


@dataclass(frozen=True, eq=False)
class Market:
    """Makers who can take part under one cap: 0 or ``lot`` to ``most`` pieces each, ``quantity`` in all.

    All arrays are aligned. ``index`` is the position among the suppliers, ``price`` the ranking price per
    piece (credits taken off), ``visit`` the cost of using the maker, ``fresh`` tells who has nothing yet,
    ``fewest`` how many fresh makers are needed, and ``spent`` the ranking cost of what is kept already.
    """

    index: Ints
    price: Ints
    lot: Ints
    most: Ints
    visit: Ints
    preference: Ints
    fresh: Flags
    quantity: int
    fewest: int
    spent: int
    lottery: Lottery

    def __len__(self) -> int:
        return int(self.index.size)

    @cached_property
    def supply(self) -> int:
        """All that these makers could make together."""
        return int(self.most.sum())

    def cost(self, amount: Ints) -> int:
        """Ranking cost of ``amount`` with what is kept, in rupiah."""
        used = amount > 0
        return self.spent + exact_dot(self.price[used], amount[used]) + int(self.visit[used].sum())

    def holds(self, amount: Ints) -> bool:
        """Whether ``amount`` keeps every rule of this market."""
        used = amount > 0
        within = (amount >= self.lot) & (amount <= self.most)
        fits = bool((within | (amount == 0)).all()) and int(amount.sum()) == self.quantity
        return fits and int((used & self.fresh).sum()) >= self.fewest

    def ordered(self, places: Ints) -> Ints:
        """``places`` (positions in this market) by preference, then by ticket."""
        if places.size < 2:
            return places
        ranked = self.lottery.ordered(self.index[places], self.preference[places])
        return np.searchsorted(self.index, ranked)

    def content(self, places: Ints) -> list[tuple[int, ...]]:
        """What the method knows of each maker at ``places``; equal makers have equal content."""
        columns = (self.price, self.lot, self.most, self.visit, self.preference, self.fresh)
        return list(zip(*(column[places].tolist() for column in columns), strict=True))


@dataclass(frozen=True, eq=False)
class Ground:
    """The market before any common cap; arrays are aligned with the suppliers.

    ``floor`` is what is kept of earlier answers (0 for nothing), ``ceiling`` the most a maker can take for
    reasons of its own: capacity, a partial answer, 0 for whoever declined.
    """

    price: Ints
    floor: Ints
    ceiling: Ints
    lot: Ints
    visit: Ints
    households: Ints
    preference: Ints
    quantity: int
    max_share: int | None
    max_quantity: int | None
    fewest: int
    lottery: Lottery

    @cached_property
    def held(self) -> Flags:
        """Who keeps a share."""
        kept: Flags = self.floor > 0
        return kept

    @cached_property
    def kept(self) -> int:
        """Pieces kept in all."""
        return int(self.floor.sum())

    @cached_property
    def open(self) -> int:
        """Pieces still to be given out."""
        return self.quantity - self.kept

    @cached_property
    def spent(self) -> int:
        """Ranking cost of the kept shares."""
        return exact_dot(self.price[self.held], self.floor[self.held]) + int(self.visit[self.held].sum())

    def limit(self, cap: int | None) -> Ints:
        """The most each maker may have under the common cap per household ``cap`` and the hard limits."""
        limit = self.rule_limit(cap)
        return np.minimum(self.ceiling, limit)

    def rule_limit(self, cap: int | None) -> Ints:
        """What cap and policy alone allow each maker."""
        shares = [share for share in (cap, self.max_share) if share is not None]
        rule = np.full(self.price.size, self.quantity, dtype=np.int64)
        if shares:
            rule = np.minimum(rule, min(shares) * self.households)
        if self.max_quantity is not None:
            rule = np.minimum(rule, self.max_quantity)
        return rule

    def market(self, cap: int | None = None) -> Market:
        """Who can take how much under the common cap per household ``cap``."""
        held = self.held
        most = np.minimum(np.maximum(self.limit(cap) - self.floor, 0), self.open)
        lot = np.maximum(np.where(held, 1, self.lot), 1)
        index = np.flatnonzero(most >= lot)
        return Market(
            index=index,
            price=self.price[index],
            lot=lot[index],
            most=most[index],
            visit=np.where(held, 0, self.visit)[index],
            preference=self.preference[index],
            fresh=~held[index],
            quantity=self.open,
            fewest=max(0, self.fewest - int(held.sum())),
            spent=self.spent,
            lottery=self.lottery,
        )

    def whole(self, market: Market, amount: Ints) -> Ints:
        """The amount of every supplier, kept shares and ``amount`` of ``market`` together."""
        quantity = self.floor.copy()
        quantity[market.index] += amount
        return quantity


def ground_of(
    problem: SourcingProblem,
    policy: Policy,
    frozen: Mapping[str, int] | None = None,
    ceilings: Mapping[str, int] | None = None,
    excluded: Collection[str] = (),
) -> Ground:
    """The ground of ``problem`` under ``policy``.

    ``frozen`` shares are kept and may rise, ``ceilings`` bound single makers, ``excluded`` makers get
    nothing beyond what is frozen. Raises ValueError for unknown makers and impossible numbers.
    """
    suppliers = problem.suppliers
    floor = np.zeros(len(suppliers), dtype=np.int64)
    ceiling = suppliers.column("capacity").copy()
    for key in excluded:
        ceiling[place_of(problem, key)] = 0
    for key, amount in (ceilings or {}).items():
        place = place_of(problem, key)
        ceiling[place] = min(int(ceiling[place]), whole_amount(key, amount))
    for key, amount in (frozen or {}).items():
        floor[place_of(problem, key)] = whole_amount(key, amount)
    if int(floor.sum()) > problem.quantity:
        raise ValueError(f"{floor.sum()} pieces are kept, but only {problem.quantity} are ordered")
    return Ground(
        price=suppliers.column("unit_cost") - policy.credits_of(len(suppliers)),
        floor=floor,
        ceiling=ceiling,
        lot=suppliers.column("min_lot"),
        visit=suppliers.column("fixed_cost"),
        households=suppliers.column("households"),
        preference=suppliers.column("preference"),
        quantity=problem.quantity,
        max_share=policy.max_share,
        max_quantity=policy.max_quantity,
        fewest=policy.fewest_makers,
        lottery=problem.lottery(policy.tie_seed),
    )


def place_of(problem: SourcingProblem, key: str) -> int:
    """Where the supplier ``key`` stands; raises ValueError for an unknown one."""
    place = problem.suppliers.position.get(key)
    if place is None:
        raise ValueError(f"{key!r} is not among the suppliers")
    return place


def whole_amount(key: str, amount: object) -> int:
    """``amount`` as a number of pieces; raises ValueError unless it is a whole number of at least 0."""
    if isinstance(amount, bool) or not isinstance(amount, int | np.integer) or amount < 0:
        raise ValueError(f"{key!r}: a whole number of pieces is needed, not {amount!r}")
    return int(amount)
