"""The price of a piece, and what no plan can undercut.

For any price per piece λ and any premium per maker μ ≥ 0 every feasible plan x costs at least

    λ·Q + μ·N + Σ min(0, min over lot ≤ x ≤ most of (price − λ)·x + visit − μ)

because the plan meets Q and uses at least N makers. The inner minimum is linear in x, so it is at the lot or
at most. λ is a fraction; everything is computed in whole numbers scaled by its denominator.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd
from typing import Any

import numpy as np
import numpy.typing as npt

from ordersplit.market import SAFE, Flags, Market
from ordersplit.problem import Ints


@dataclass(frozen=True)
class Prices:
    """The published prices: ``numerator / denominator`` rupiah per piece, ``maker / denominator`` rupiah
    for each maker used (0 unless a least number of makers binds)."""

    numerator: int
    denominator: int = 1
    maker: int = 0

    def __post_init__(self) -> None:
        if self.denominator < 1 or self.maker < 0:
            raise ValueError("prices: the denominator is at least 1 and the premium at least 0")

    @property
    def piece(self) -> Fraction:
        """Rupiah per piece."""
        return Fraction(self.numerator, self.denominator)


@dataclass(frozen=True, eq=False)
class Bound:
    """What ``prices`` prove about ``market``.

    ``at_lot`` and ``at_most`` are the scaled reduced costs of using each maker at its lot and at its most;
    ``scaled`` is the bound without what is kept, times the denominator.
    """

    market: Market
    prices: Prices
    at_lot: npt.NDArray[Any]
    at_most: npt.NDArray[Any]
    order: Ints
    scaled: int

    @property
    def lower(self) -> int:
        """No plan of this market costs less, in rupiah, rounded down; with what is kept."""
        return self.market.spent + self.scaled // self.prices.denominator

    @cached_property
    def floor(self) -> npt.NDArray[Any]:
        """Scaled reduced cost of the best way to use each maker, or of leaving it out."""
        lowest: npt.NDArray[Any] = np.minimum(np.minimum(self.at_lot, self.at_most), 0)
        return lowest

    @cached_property
    def inside(self) -> Flags:
        """Whom the prices draw in."""
        inside: Flags = self.floor < 0
        return inside

    @cached_property
    def tied(self) -> Ints:
        """Places of those exactly at the cut-off."""
        return np.flatnonzero((self.at_most == 0) & ~self.inside)

    def excess(self, cost: int) -> int:
        """How far ``cost`` lies above the bound, scaled."""
        return (cost - self.market.spent) * self.prices.denominator - self.scaled

    def proves(self, cost: int) -> bool:
        """Whether no whole number of rupiah below ``cost`` is possible."""
        return self.excess(cost) < self.prices.denominator


def slopes(market: Market) -> npt.NDArray[np.float64]:
    """All-in price per piece at full amount: price + visit / most. For ordering only."""
    return market.price + market.visit / market.most


def fits(market: Market, prices: Prices) -> bool:
    """Whether 64 bits hold every scaled number of this market, with room for sums."""
    if len(market) == 0:
        return True
    steepest = prices.denominator * int(np.abs(market.price).max()) + abs(prices.numerator)
    visits = prices.denominator * int(market.visit.max()) * len(market) + prices.maker * len(market)
    total = max(market.supply, market.quantity)
    return steepest * total + visits < SAFE // 4


def bound_at(market: Market, prices: Prices, order: Ints) -> Bound:
    """The bound that ``prices`` give; exact for numbers of any size."""
    kind: Any = np.int64 if fits(market, prices) else object
    price, visit = market.price.astype(kind), market.visit.astype(kind)
    lot, most = market.lot.astype(kind), market.most.astype(kind)
    gain = prices.denominator * price - prices.numerator
    entry = prices.denominator * visit - prices.maker * market.fresh.astype(kind)
    at_most = gain * most + entry
    at_lot = gain * lot + entry if len(market) else at_most
    lowest = np.minimum(np.minimum(at_lot, at_most), 0)
    drawn = int(lowest.sum()) if len(market) else 0
    scaled = prices.numerator * market.quantity + prices.maker * market.fewest + drawn
    return Bound(market, prices, at_lot, at_most, order, scaled)


def cut_off(market: Market) -> Bound:
    """The best bound for a market that can supply the quantity, at the all-in price of the last maker needed.

    The envelope of {0} ∪ [lot, most] has slope price + visit / most, so taking makers by that slope until
    the quantity is met solves the relaxed problem, and the slope of the last one is the best price.
    """
    slope = slopes(market)
    order = np.argsort(slope, kind="stable" if len(market) < 4096 else None)
    if market.quantity == 0:
        return bound_at(market, Prices(int(market.price.min(initial=0))), order)
    reached = np.cumsum(market.most[order])
    last = canonical(market, slope, int(order[np.searchsorted(reached, market.quantity)]))
    prices = price_of(int(market.price[last]), int(market.visit[last]), int(market.most[last]))
    if not fits(market, prices):
        rounded = Prices(prices.numerator // prices.denominator)
        prices = rounded if fits(market, rounded) else prices
    return bound_at(market, prices, order)


def canonical(market: Market, slope: npt.NDArray[np.float64], place: int) -> int:
    """Of those with the same slope as ``place`` the one that no order of input changes."""
    level = np.flatnonzero(slope == slope[place])
    first = np.lexsort((market.most[level], market.visit[level], market.price[level]))[0]
    return int(level[first])


def price_of(price: int, visit: int, most: int) -> Prices:
    """price + visit / most as a reduced fraction."""
    numerator, shared = price * most + visit, gcd(price * most + visit, most)
    return Prices(numerator // shared, most // shared)
