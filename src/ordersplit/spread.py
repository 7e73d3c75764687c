"""When a least number of makers binds: a premium per maker, and makers who get their lot beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ordersplit.bound import Bound, Prices, bound_at, slopes
from ordersplit.market import Market, exact_dot
from ordersplit.problem import Ints


@dataclass(frozen=True, eq=False)
class Trial:
    """``chosen`` makers of ``market`` hold their lot; ``rest`` is what then remains to be split."""

    market: Market
    chosen: Ints
    rest: Market

    def whole(self, amount: Ints) -> Ints:
        """The amounts of all makers of the market, from those of ``rest``."""
        base = np.zeros(len(self.market), dtype=np.int64)
        base[self.chosen] = self.market.lot[self.chosen]
        places = np.searchsorted(self.market.index, self.rest.index)
        base[places] += amount
        return base


def spread(market: Market) -> tuple[Bound, list[Trial]]:
    """The best bound over premiums, and the two choices worth trying: the makers cheapest to add at these
    prices, and those with the smallest lots."""
    bound = best_premium(market)
    fresh = np.flatnonzero(market.fresh)
    return bound, list(trials(market, bound, fresh))


def trials(market: Market, bound: Bound, fresh: Ints) -> Iterator[Trial]:
    """The choices that leave something non-negative to split."""
    cheapest = np.minimum(bound.at_lot, bound.at_most)
    for key in (cheapest, market.lot):
        chosen = first_of(market, key, fresh)
        if int(market.lot[chosen].sum()) <= market.quantity:
            yield Trial(market, chosen, after(market, chosen))


def first_of(market: Market, key: Ints, fresh: Ints) -> Ints:
    """As many makers as are needed, the lowest ``key`` first, ties by preference and ticket."""
    count = market.fewest
    last = np.sort(key[fresh])[count - 1]
    surely = fresh[key[fresh] < last]
    level = market.ordered(fresh[key[fresh] == last])
    return np.concatenate([surely, level[: count - surely.size]])


def after(market: Market, chosen: Ints) -> Market:
    """What remains of ``market`` when ``chosen`` hold their lot: they may rise, their visit is spent."""
    is_chosen = np.zeros(len(market), dtype=np.bool_)
    is_chosen[chosen] = True
    open_quantity = market.quantity - int(market.lot[chosen].sum())
    most = np.minimum(np.where(is_chosen, market.most - market.lot, market.most), open_quantity)
    lot = np.where(is_chosen, 1, market.lot)
    spent = exact_dot(market.price[chosen], market.lot[chosen]) + int(market.visit[chosen].sum())
    keep = np.flatnonzero(most >= lot)
    return replace(
        market,
        index=market.index[keep],
        price=market.price[keep],
        lot=lot[keep],
        most=most[keep],
        visit=np.where(is_chosen, 0, market.visit)[keep],
        preference=market.preference[keep],
        fresh=(market.fresh & ~is_chosen)[keep],
        quantity=open_quantity,
        fewest=0,
        spent=market.spent + spent,
    )


def best_premium(market: Market) -> Bound:
    """The highest bound among whole premiums: the bound is concave in the premium, and grows while fewer
    makers than needed are drawn in."""
    low, high = 0, 1
    while drawn_in(best := with_premium(market, high)) < market.fewest and high < 2**60:
        low, high = high, high * 4
    while high - low > 1:
        middle = (low + high) // 2
        bound = with_premium(market, middle)
        if bound.lower > best.lower:
            best = bound
        low, high = (middle, high) if drawn_in(bound) < market.fewest else (low, middle)
    return max(best, with_premium(market, low), key=lambda bound: bound.lower)


def drawn_in(bound: Bound) -> int:
    """How many fresh makers the prices draw in."""
    return int((bound.inside & bound.market.fresh).sum())


def with_premium(market: Market, premium: int) -> Bound:
    """The bound at ``premium`` rupiah per maker and the price per piece that meets the quantity.

    With the premium a maker's envelope has up to two pieces: to the lot (or to most, when the visit costs
    more than the premium), and from the lot to most.
    """
    entry = market.visit - premium * market.fresh
    early = entry < 0
    first_width = np.where(early, market.lot, market.most)
    widths = np.concatenate([first_width, np.where(early, market.most - market.lot, 0)])
    steep = np.concatenate([market.price + entry / first_width, market.price.astype(np.float64)])
    order = np.argsort(steep, kind="stable")
    last = int(order[np.searchsorted(np.cumsum(widths[order]), market.quantity)])
    price = Prices(int(np.floor(steep[last])), 1, premium)
    return bound_at(market, price, np.argsort(slopes(market), kind="stable"))
