"""The lowest common cap that the cost budget pays for.

Raising the cap only adds plans, so the least cost never rises with it and bisection is sound. A cap fails
when the bound, or a proven least cost, is above the budget; the published cap always has a real plan.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from ordersplit.bound import cut_off
from ordersplit.market import Ground
from ordersplit.plan import Goal, Plan, least_cost, within


@dataclass(frozen=True, eq=False)
class Capped:
    """A plan under the common cap ``cap`` per household (None for no cap), and whether no lower cap is
    possible within the budget."""

    cap: int | None
    plan: Plan
    lowest: bool


def share_of(ground: Ground, plan: Plan) -> int:
    """Most pieces per household among those who get something now, rounded up."""
    index = plan.market.index[plan.amount > 0]
    shares = -(-ground.whole(plan.market, plan.amount)[index] // ground.households[index])
    return int(shares.max(initial=0))


@dataclass
class CapSearch:
    """Searches caps on one ground; remembers what each cap cost, so that many budgets share the work."""

    ground: Ground
    cheapest: Plan
    gap: float
    late: Callable[[], bool]
    known: dict[int, Plan] = field(default_factory=dict)

    def ask(self, cap: int, budget: int) -> tuple[Plan | None, bool]:
        """A plan under ``cap`` within ``budget``, and whether the answer is certain."""
        known = self.known.get(cap)
        if known is not None and known.cost <= budget:
            return known, True
        plan, certain = within(self.ground.market(cap), budget, self.late)
        if plan is not None:
            self.known[cap] = plan
        return plan, certain

    def lowest(self, budget: int) -> Capped:
        """The lowest cap with a plan of at most ``budget``, and its cheapest plan."""
        best, high = self.cheapest, share_of(self.ground, self.cheapest)
        low, certain = 0, True
        while high - low > 1:
            middle = (low + high) // 2
            plan, settled = self.ask(middle, budget)
            if plan is None:
                low, certain = middle, settled
            else:
                best, high = plan, min(middle, share_of(self.ground, plan))
        if high == 0:
            return Capped(None, best, True)
        return Capped(high, self.finest(high, best), certain)

    def finest(self, cap: int, plan: Plan) -> Plan:
        """The least-cost plan under ``cap``; ``plan`` is one that is allowed."""
        found = least_cost(self.ground.market(cap), Goal(gap=self.gap, late=self.late))
        if found is not None and found.cost <= plan.cost:
            return found
        return self.under(cap, plan, found)

    def under(self, cap: int, plan: Plan, found: Plan | None) -> Plan:
        """``plan`` written for the market of ``cap``, with the bound found there."""
        market = self.ground.market(cap)
        amount = np.zeros(len(self.ground.price), dtype=np.int64)
        amount[plan.market.index] = plan.amount
        bound = cut_off(market) if found is None else found.bound
        return Plan(market, amount[market.index], plan.cost, bound, bound.proves(plan.cost))


def allowed(cheapest: Plan, paid: int, budget: Fraction) -> int:
    """Ranking cost allowed: that of the cheapest plan, and ``budget`` of what it pays, rounded down."""
    return cheapest.cost + int(budget * paid)
