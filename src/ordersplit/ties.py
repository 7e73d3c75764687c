"""Equal makers are interchangeable for cost: the lottery decides which of them gets the larger amount."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from ordersplit.bound import Bound
from ordersplit.market import Market
from ordersplit.problem import Ints


def by_ticket(market: Market, bound: Bound, amount: Ints) -> Ints:
    """``amount`` with the amounts of equal makers handed out anew, the largest to the first ticket."""
    usual = np.where(bound.inside, market.most, 0)
    unusual = np.flatnonzero(amount != usual)
    if not unusual.size:
        return amount
    level = np.flatnonzero(np.isin(bound.at_most, np.unique(bound.at_most[unusual])))
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for place, content in zip(level.tolist(), market.content(level), strict=True):
        groups[content].append(place)
    result = amount.copy()
    for places in groups.values():
        if len(places) > 1 and len(set(amount[places].tolist())) > 1:
            ranked = market.ordered(np.array(places))
            result[ranked] = np.sort(amount[places])[::-1]
    return result
