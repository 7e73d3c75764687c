"""Which quantities can be delivered at all, when nobody takes less than a lot."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

import numpy as np

from ordersplit.market import Market
from ordersplit.problem import Ints

Spans = tuple[Ints, Ints]
WORK = 3_000_000


@dataclass(frozen=True)
class Reach:
    """The largest quantity up to the one wanted that can be delivered, amounts that deliver all of it if
    that is possible, and whether the search went to its end."""

    deliverable: int
    amount: Ints | None
    finished: bool = True


def reach(market: Market, order: Ints) -> Reach:
    """Search all sums, makers taken in ``order``.

    A state holds, for 0, 1, … up to the least number of makers, the reachable sums as intervals: with lots
    well below capacity they melt into one very soon.
    """
    grain = grain_of(market)
    lots, mosts = (market.lot[order] // grain).tolist(), (market.most[order] // grain).tolist()
    fresh = market.fresh[order].tolist()
    target = market.quantity // grain
    nothing = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    zero = (np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64))
    states = [[zero] + [nothing] * market.fewest]
    work = 0
    for lot, most, is_fresh in zip(lots, mosts, fresh, strict=True):
        states.append(extended(states[-1], lot, most, int(is_fresh), target))
        work += sum(starts.size + 20 for starts, _ in states[-1])
        if work > WORK or reaches(states[-1][-1], target):
            break
    top = states[-1][-1]
    best = int(top[1].max(initial=0))
    if best * grain < market.quantity:
        return Reach(best * grain, None, work <= WORK)
    amount = np.zeros(len(market), dtype=np.int64)
    taken = walked_back(states, lots, mosts, fresh, target)
    amount[order[: len(taken)]] = np.array(taken, dtype=np.int64) * grain
    return Reach(market.quantity, amount)


def grain_of(market: Market) -> int:
    """When every maker makes exactly one amount, the greatest part that divides them all; otherwise 1."""
    if len(market) == 0 or not bool((market.lot == market.most).all()):
        return 1
    return gcd(*set(market.most.tolist()))


def reaches(spans: Spans, total: int) -> bool:
    """Whether ``total`` lies in one of ``spans``."""
    starts, ends = spans
    place = int(np.searchsorted(starts, total, side="right")) - 1
    return place >= 0 and int(ends[place]) >= total


def extended(state: list[Spans], lot: int, most: int, step: int, target: int) -> list[Spans]:
    """The state after one more maker, who counts for ``step`` makers."""
    highest = len(state) - 1
    result = []
    for level, spans in enumerate(state):
        origins = {origin for origin in (level, level - 1) if min(origin + step, highest) == level}
        parts = [spans] + [
            moved(state[origin], lot, most, target) for origin in sorted(origins) if origin >= 0
        ]
        result.append(united(parts))
    return result


def moved(spans: Spans, lot: int, most: int, target: int) -> Spans:
    """All sums that arise from ``spans`` by adding lot to most, up to ``target``."""
    starts, ends = spans[0] + lot, np.minimum(spans[1] + most, target)
    below = starts <= target
    return starts[below], ends[below]


def united(parts: list[Spans]) -> Spans:
    """The union as separate intervals in rising order."""
    starts = np.concatenate([part[0] for part in parts])
    ends = np.concatenate([part[1] for part in parts])
    if starts.size < 2:
        return starts, ends
    order = np.argsort(starts, kind="stable")
    starts, ends = starts[order], np.maximum.accumulate(ends[order])
    opens = np.concatenate([[True], starts[1:] > ends[:-1] + 1])
    closes = np.concatenate([opens[1:], [True]])
    return starts[opens], ends[closes]


def walked_back(
    states: list[list[Spans]], lots: list[int], mosts: list[int], fresh: list[bool], target: int
) -> list[int]:
    """Amounts that lead to ``target``; who comes later takes nothing where that is possible."""
    total, level, taken = target, len(states[0]) - 1, []
    highest = level
    for place in range(len(states) - 2, -1, -1):
        state = states[place]
        amount = 0
        if not reaches(state[level], total):
            step = int(fresh[place])
            origins = [
                origin
                for origin in (level, level - 1)
                if origin >= 0 and min(origin + step, highest) == level
            ]
            amount, level = came_by(state, origins, total, lots[place], mosts[place])
        taken.append(amount)
        total -= amount
    return taken[::-1]


def came_by(state: list[Spans], origins: list[int], total: int, lot: int, most: int) -> tuple[int, int]:
    """An amount of lot to most, and a level of ``state``, from which it leads to ``total``."""
    for level in origins:
        starts, ends = state[level]
        place = int(np.searchsorted(starts, total - lot, side="right")) - 1
        if place >= 0 and int(ends[place]) >= total - most:
            return max(lot, total - int(ends[place])), level
    raise AssertionError("the way back is lost")
