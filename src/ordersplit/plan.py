"""The least-cost plan of one market: prices first, then an exact core of growing size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from ordersplit.bound import Bound, cut_off, slopes
from ordersplit.branch import Search, Seat
from ordersplit.core import Maker, solve_core
from ordersplit.market import SAFE, Market
from ordersplit.problem import Ints
from ordersplit.reach import reach
from ordersplit.spread import spread
from ordersplit.ties import by_ticket

CORES = (16, 48, 96, 192)
EFFORTS = ((True, 60_000), (False, 400), (True, 1_500_000), (False, 4_000))  # cells of sums, or nodes
PATIENCE = 48
FEW, MANY = 48, 400
WIDE_IS_SLOWER = 20


@dataclass(frozen=True, eq=False)
class Plan:
    """Amounts of ``market`` (aligned with it), their ranking cost, the bound, and whether nothing cheaper
    exists."""

    market: Market
    amount: Ints
    cost: int
    bound: Bound
    proven: bool

    @property
    def lower(self) -> int:
        """The bound, in rupiah."""
        return self.bound.lower


@dataclass(frozen=True)
class Goal:
    """When to stop: a plan within ``gap`` of the bound is enough, as is one of at most ``cost``; it is
    hopeless once the bound is above ``cost``; ``late`` tells that the time is over."""

    gap: float = 0.0
    cost: int | None = None
    late: Callable[[], bool] = bool

    def met(self, cost: int, lower: int) -> bool:
        """Whether a plan of ``cost`` will do."""
        if self.cost is not None:
            return cost <= self.cost
        return cost - lower <= self.gap * abs(lower)


def least_cost(market: Market, goal: Goal) -> Plan | None:
    """The cheapest plan that could be found, with its bound; None when no plan was found."""
    if market.supply < market.quantity or market.fewest > int(market.fresh.sum()):
        return None
    bound = cut_off(market)
    plan, certain = improved(market, bound, goal)
    if plan is not None and not market.holds(plan.amount):
        plan, certain = several(market, bound, goal), False
    return plan if plan or certain else any_plan(market, bound)


def within(market: Market, budget: int, late: Callable[[], bool]) -> tuple[Plan | None, bool]:
    """A plan that costs at most ``budget``, if one was found, and whether the question is settled."""
    if market.supply < market.quantity or market.fewest > int(market.fresh.sum()):
        return None, True
    bound = cut_off(market)
    if bound.lower > budget:
        return None, True
    goal = Goal(cost=budget, late=late)
    plan, certain = improved(market, bound, goal)
    if plan is not None and not market.holds(plan.amount):
        plan, certain = several(market, bound, goal), False
    if plan is not None and plan.cost <= budget:
        return plan, True
    return None, certain


def several(market: Market, bound: Bound, goal: Goal) -> Plan | None:
    """A plan when the least number of makers binds: some of them are given their lot beforehand."""
    premium, trials = spread(market)
    better = max(bound, premium, key=lambda one: one.lower)
    plans = [
        trial.whole(found.amount)
        for trial in trials
        if (found := least_cost(trial.rest, replace(goal, cost=None)))
    ]
    if not plans:
        return None
    best = min(plans, key=market.cost)
    return settled(plan_of(market, best, better))


def any_plan(market: Market, bound: Bound) -> Plan | None:
    """Some plan, if there is one: every sum that the lots allow is tried."""
    amount = reach(market, bound.order).amount
    return None if amount is None else settled(plan_of(market, amount, bound))


def improved(market: Market, bound: Bound, goal: Goal) -> tuple[Plan | None, bool]:
    """The best plan of the start and the cores, without regard to the least number of makers, and whether it
    is certain that nothing better (or no plan at all) exists."""
    base, rest = start(market, bound)
    amount = base if rest == 0 else finished(market, bound, base, rest)
    best = None if amount is None else plan_of(market, amount, bound)
    certain = best is not None and best.proven
    for size in CORES:
        if certain or goal.late() or enough(best, bound, goal, size):
            break
        best, certain = with_core(market, bound, base, rest, best, size, goal)
    return (None if best is None else settled(best)), certain


def enough(best: Plan | None, bound: Bound, goal: Goal, size: int) -> bool:
    """Whether a core of ``size`` is worth no more work. Small cores are always worth it for the last word,
    never for a mere question of cost."""
    if goal.cost is not None and bound.lower > goal.cost:
        return True
    if best is None:
        return False
    patient = goal.cost is None and size <= PATIENCE
    return not patient and goal.met(best.cost, best.lower)


def settled(plan: Plan) -> Plan:
    """The plan with its ties in the order of the tickets."""
    amount = by_ticket(plan.market, plan.bound, plan.amount)
    return replace(plan, amount=amount)


def plan_of(market: Market, amount: Ints, bound: Bound) -> Plan:
    """``amount`` as a plan."""
    cost = market.cost(amount)
    return Plan(market, amount, cost, bound, bound.proves(cost))


def start(market: Market, bound: Bound) -> tuple[Ints, int]:
    """Everybody inside at most, then those at the cut-off by preference and ticket while they fit whole,
    then (when the price had to be rounded) others from the cheapest on; and the pieces left over."""
    amount = np.where(bound.inside, market.most, 0)
    rest = market.quantity - int(amount.sum())
    rest = filled(market, amount, market.ordered(bound.tied), rest)
    if rest > 0 and bool(amount[bound.tied].all()):
        beyond = (market.most, market.lot, market.visit, market.price, slopes(market))
        queue = np.lexsort(beyond)
        rest = filled(market, amount, queue[amount[queue] == 0], rest)
    return amount, rest


def filled(market: Market, amount: Ints, queue: Ints, rest: int) -> int:
    """Give each of ``queue`` its most until the next does not fit; what is left."""
    if rest <= 0 or not queue.size:
        return rest
    reached = np.cumsum(market.most[queue])
    whole = queue[: int(np.searchsorted(reached, rest, side="right"))]
    amount[whole] = market.most[whole]
    return rest - int(market.most[whole].sum())


def finished(market: Market, bound: Bound, base: Ints, rest: int) -> Ints | None:
    """``base`` with ``rest`` given to the one maker that makes it cheapest, if one can."""
    able = np.flatnonzero((base == 0) & (market.lot <= rest) & (market.most >= rest))
    if not able.size:
        return None
    cost = reduced(bound, able, np.full(able.size, rest, dtype=np.int64))
    amount = base.copy()
    amount[market.ordered(able[cost == cost.min()])[0]] = rest
    return amount


def reduced(bound: Bound, places: Ints, amount: Ints) -> npt.NDArray[Any]:
    """Scaled reduced cost of ``amount`` at ``places``."""
    market, prices = bound.market, bound.prices
    kind = bound.at_most.dtype
    gain = prices.denominator * market.price[places].astype(kind) - prices.numerator
    entry = prices.denominator * market.visit[places].astype(kind)
    result: npt.NDArray[Any] = np.where(amount > 0, gain * amount + entry, 0)
    return result


def with_core(
    market: Market, bound: Bound, base: Ints, rest: int, best: Plan | None, size: int, goal: Goal
) -> tuple[Plan | None, bool]:
    """The better of ``best`` and what a core of ``size`` makers finds; and whether that settles it.

    With a plan at hand, an improvement moves nobody whose every other amount costs more than the excess of
    that plan over the bound: if all others are in the core, nothing is overlooked.
    """
    limit = excess_below(bound, best)
    movable = everybody(market) if limit is None else np.flatnonzero(least_move(bound, base) <= limit)
    chosen = closest(bound, base, rest, movable, widened(size, movable.size))
    amounts, certain = exactly(bound, base, rest, chosen, best, goal)
    complete = certain and chosen.size == movable.size
    if amounts is None:
        return (replace(best, proven=True) if best and complete else best), complete
    amount = base.copy()
    amount[chosen] = amounts
    plan = plan_of(market, amount, bound)
    return replace(plan, proven=plan.proven or complete), plan.proven or complete


def widened(size: int, movable: int) -> int:
    """The size of a core, enlarged to all ``movable`` makers when these are few: then the core is the proof."""
    few = FEW if size == CORES[0] else MANY
    return max(size, movable) if movable <= few else size


def exactly(
    bound: Bound, base: Ints, rest: int, chosen: Ints, best: Plan | None, goal: Goal
) -> tuple[list[int] | None, bool]:
    """Better amounts for ``chosen``, if any were found, and whether it is certain that there are no better ones.

    The dynamic programme is quick where few pieces are in play, the branches where few makers are; each is
    tried with little effort before either is tried with much.
    """
    amounts, certain = None, False
    for by_sum, effort in EFFORTS if goal.cost is None else EFFORTS[:-1]:
        if by_sum:
            found, certain = by_sums(bound, base, rest, chosen, best, effort)
        else:
            found, certain = by_branches(bound.market, base, chosen, best, goal, effort)
        amounts = found or amounts
        if certain or (found and goal.cost is not None):
            break
    return amounts, certain


def by_sums(
    bound: Bound, base: Ints, rest: int, chosen: Ints, best: Plan | None, cells: int
) -> tuple[list[int] | None, bool]:
    """Better amounts for ``chosen`` by dynamic programming, if there are any; and whether it was possible."""
    outside = excess_of(bound, everybody(bound.market), base)
    limit = excess_below(bound, best)
    room = None if limit is None else limit - (int(outside.sum()) - int(outside[chosen].sum()))
    size = cells if outside.dtype == np.int64 else cells // WIDE_IS_SLOWER
    found = solve_core(makers_of(bound, base, chosen), rest, room, size)
    if found is None:
        return None, False
    worse = found.cost is None or (room is not None and found.cost > room)
    return (None if worse else found.amounts), True


def by_branches(
    market: Market, base: Ints, chosen: Ints, best: Plan | None, goal: Goal, nodes: int
) -> tuple[list[int] | None, bool]:
    """Better amounts for ``chosen`` by branch and bound, if any were found; and whether it went to its end."""
    others = base.copy()
    others[chosen] = 0
    elsewhere = market.cost(others)
    columns = (market.lot, market.most, market.price, market.visit)
    seats = [Seat(*row) for row in zip(*(column[chosen].tolist() for column in columns), strict=True)]
    search = Search(
        seats=seats,
        quantity=market.quantity - int(others.sum()),
        ceiling=None if best is None else best.cost - elsewhere,
        enough=None if goal.cost is None else goal.cost - elsewhere,
        nodes=nodes,
        late=goal.late,
    ).run()
    return search.amounts, search.finished


def excess_below(bound: Bound, best: Plan | None) -> int | None:
    """The most by which a plan cheaper than ``best`` can exceed the bound, scaled; None without a plan."""
    return None if best is None else bound.excess(best.cost) - bound.prices.denominator


def everybody(market: Market) -> Ints:
    """All places of the market."""
    return np.arange(len(market))


def excess_of(bound: Bound, places: Ints, amount: Ints) -> npt.NDArray[Any]:
    """Scaled cost of ``amount`` at ``places`` above what the bound holds of them."""
    result: npt.NDArray[Any] = reduced(bound, places, amount) - bound.floor[places]
    return result


def least_move(bound: Bound, base: Ints) -> npt.NDArray[Any]:
    """The least scaled cost above the bound of any amount other than the base, which is 0 or most."""
    market = bound.market
    less = excess_of(bound, everybody(market), np.maximum(market.most - 1, market.lot))
    down = np.where(market.most > market.lot, np.minimum(0 - bound.floor, less), 0 - bound.floor)
    up = np.minimum(bound.at_lot, bound.at_most) - bound.floor
    result: npt.NDArray[Any] = np.where(base == 0, up, down)
    return result


def closest(bound: Bound, base: Ints, rest: int, movable: Ints, size: int) -> Ints:
    """The ``size`` makers of ``movable`` that cost least to move, by a lot, wholly, or by about ``rest``."""
    market = bound.market
    if movable.size > size:
        held, lot, most = base[movable], market.lot[movable], market.most[movable]
        near = np.where(held == 0, rest, held - max(abs(rest), 1))
        costs = [
            np.where(amount == held, SAFE, excess_of(bound, movable, amount))
            for amount in (np.zeros_like(lot), lot, most, np.clip(near, lot, most))
        ]
        least = np.minimum.reduce(costs)
        last = np.sort(least)[size - 1]
        level = arranged(market, base, movable[least == last])
        chosen = movable[least < last]
        movable = np.concatenate([chosen, level[: size - chosen.size]])
    return arranged(market, base, movable)


def arranged(market: Market, base: Ints, places: Ints) -> Ints:
    """``places`` from the least to the greatest reach, in an order that no order of input changes."""
    columns = (base, market.preference, market.visit, market.lot, market.price, market.most)
    return places[np.lexsort([column[places] for column in columns])]


def makers_of(bound: Bound, base: Ints, chosen: Ints) -> list[Maker]:
    """The core's view of ``chosen``."""
    market, prices = bound.market, bound.prices
    columns = (base, market.lot, market.most, market.price, market.visit, bound.floor)
    rows = zip(*(column[chosen].tolist() for column in columns), strict=True)
    below, scale = prices.numerator, prices.denominator
    return [
        Maker(amount, lot, most, scale * price - below, scale * visit, floor)
        for amount, lot, most, price, visit, floor in rows
    ]
