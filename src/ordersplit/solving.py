"""Splitting an order, and splitting it again when answers have come."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ordersplit.allocation import INFEASIBLE, OPTIMAL, TIME_LIMIT, WITHIN_GAP, Allocation, paid
from ordersplit.bound import cut_off
from ordersplit.fairness import Capped, CapSearch, allowed
from ordersplit.feasibility import feasibility_of
from ordersplit.market import Ground, ground_of, place_of, whole_amount
from ordersplit.plan import Goal, Plan, least_cost
from ordersplit.policy import Budget, Policy
from ordersplit.problem import SourcingProblem


@dataclass(frozen=True)
class Terms:
    """What earlier answers impose: shares that are kept, bounds of single makers, who is out."""

    frozen: Mapping[str, int] = field(default_factory=dict)
    ceilings: Mapping[str, int] = field(default_factory=dict)
    accepted: Mapping[str, int] = field(default_factory=dict)
    declined: frozenset[str] = frozenset()
    failed: frozenset[str] = frozenset()

    @property
    def out(self) -> frozenset[str]:
        """Who gets nothing new."""
        return self.declined | self.failed

    def ground(self, problem: SourcingProblem, policy: Policy) -> Ground:
        """The ground under these terms."""
        return ground_of(problem, policy, self.frozen, self.ceilings, self.out)


@dataclass(frozen=True)
class FrontierPoint:
    """What one cost budget buys. ``gini`` in parts per 10,000, money in rupiah."""

    budget: Budget
    largest_share: int
    makers: int
    cost: int
    cheapest_cost: int
    gini: int
    allocation: Allocation


def solve(
    problem: SourcingProblem,
    policy: Policy | None = None,
    *,
    gap: float = 1e-4,
    time_limit: float | None = None,
    seed: int = 0,
    frozen: Mapping[str, int] | None = None,
) -> Allocation:
    """Split the order of ``problem`` under ``policy``: the least cost; then, within the cost budget, the
    lowest common cap per household; then the least cost under that cap.

    gap         how far from the bound is near enough, as a part of it; small cores still look for more
    time_limit  seconds; without it the same input gives the same bytes everywhere
    seed        used as the seed of the lottery when the policy has no ``tie_seed``
    frozen      pieces by supplier id that are kept: these shares may rise and never fall

    Raises ValueError for unknown suppliers and for frozen shares above the order. An order that cannot be
    filled is an answer: status INFEASIBLE with ``deliverable`` and ``binding``.
    """
    policy = seeded(policy or Policy(), seed)
    kept = {key: whole_amount(key, amount) for key, amount in (frozen or {}).items() if amount}
    terms = Terms(frozen=kept, accepted=kept)
    answer = planned(problem, policy, terms, gap, deadline(time_limit))
    return answer or without_plan(problem, policy, terms, terms.ground(problem, policy))


def seeded(policy: Policy, seed: int) -> Policy:
    """``policy``, with ``seed`` as its seed if it has none."""
    return replace(policy, tie_seed=str(seed)) if seed and not policy.tie_seed else policy


def deadline(seconds: float | None) -> Callable[[], bool]:
    """A question whether the time is over."""
    if seconds is None:
        return bool
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def planned(
    problem: SourcingProblem,
    policy: Policy,
    terms: Terms,
    gap: float,
    late: Callable[[], bool],
    cap: int | None = None,
) -> Allocation | None:
    """The split under ``terms``, or None; with ``cap`` given the search for a cap is left out."""
    ground = terms.ground(problem, policy)
    goal = Goal(gap=gap, late=late)
    plan = least_cost(ground.market(cap), goal)
    if plan is None:
        return None
    if cap is None:
        return under_budget(problem, policy, terms, CapSearch(ground, plan, gap, late))
    cheapest = least_cost(ground.market(), goal) or plan
    search = CapSearch(ground, cheapest, gap, late)
    return written(problem, policy, terms, search, Capped(cap, plan, True), None)


def under_budget(problem: SourcingProblem, policy: Policy, terms: Terms, search: CapSearch) -> Allocation:
    """The allocation that the policy's cost budget buys."""
    if policy.budget == 0:
        capped = Capped(None, search.cheapest, True)
        return written(problem, policy, terms, search, capped, search.cheapest.cost)
    before = paid(problem, search.ground.whole(search.cheapest.market, search.cheapest.amount))
    budget = allowed(search.cheapest, before, policy.budget)
    return written(problem, policy, terms, search, search.lowest(budget), budget)


def written(
    problem: SourcingProblem,
    policy: Policy,
    terms: Terms,
    search: CapSearch,
    capped: Capped,
    budget: int | None,
) -> Allocation:
    """The allocation of a plan; ``budget`` is None where a cap was kept from before."""
    ground, cheapest, plan = search.ground, search.cheapest, capped.plan
    quantity = ground.whole(plan.market, plan.amount)
    before = ground.whole(cheapest.market, cheapest.amount)
    proven = plan.proven and capped.lowest and (cheapest.proven or budget is None)
    return Allocation(
        problem=problem,
        policy=policy,
        quantity=quantity,
        status=OPTIMAL if proven else status_of(plan, search.gap),
        cost=paid(problem, quantity),
        ranked_cost=plan.cost,
        cheapest_cost=paid(problem, before),
        cheapest_ranked=cheapest.cost,
        cheapest_bound=cheapest.lower,
        cheapest_quantity=before,
        budget=budget,
        lower_bound=plan.lower,
        cost_proven=plan.proven,
        cap_proven=capped.lowest,
        common_cap=least_of(capped.cap, policy.max_share),
        prices=plan.bound.prices,
        deliverable=problem.quantity,
        **kept_by(terms),
    )


def status_of(plan: Plan, gap: float) -> str:
    """The status of a plan that is not proven to be the best."""
    return WITHIN_GAP if Goal(gap=gap).met(plan.cost, plan.lower) else TIME_LIMIT


def least_of(*caps: int | None) -> int | None:
    """The lowest cap given, or None."""
    return min((cap for cap in caps if cap is not None), default=None)


def kept_by(terms: Terms) -> dict[str, Any]:
    """The fields of an allocation that come from the terms."""
    return {
        "frozen": dict(terms.frozen),
        "ceilings": dict(terms.ceilings),
        "accepted": dict(terms.accepted),
        "declined": terms.declined,
        "failed": terms.failed,
    }


def without_plan(problem: SourcingProblem, policy: Policy, terms: Terms, ground: Ground) -> Allocation:
    """Nothing is split: what could be delivered, and what binds."""
    found = feasibility_of(ground)
    return Allocation(
        problem=problem,
        policy=policy,
        quantity=np.zeros(len(problem.suppliers), dtype=np.int64),
        status=INFEASIBLE if found.finished else TIME_LIMIT,
        deliverable=found.deliverable,
        binding=found.binding,
        common_cap=policy.max_share,
        **kept_by(terms),
    )


def resplit(
    problem: SourcingProblem,
    allocation: Allocation,
    *,
    declined: Collection[str] = (),
    failed: Collection[str] = (),
    accepted: Mapping[str, int] | None = None,
    policy: Policy | None = None,
    gap: float = 1e-4,
    time_limit: float | None = None,
) -> Allocation:
    """Split again what was declined or failed.

    declined   suppliers who said no
    failed     suppliers who did not answer or did not keep their share; ``accepted`` may name what they
               delivered all the same
    accepted   pieces by supplier id that were accepted; they never fall. Another number than was offered
               means that the supplier can take no more than that
    policy     another policy; without it the common cap of ``allocation`` stays

    Answers given to earlier re-splits of the same order stay in force. As few as possible are asked twice:
    what is open goes to new makers; only if that cannot be done do offered and accepted shares rise, then
    may offered shares fall, and last of all is the common cap given up.
    """
    base = merged(allocation, declined, failed, accepted or {})
    late = deadline(time_limit)
    policy_now = policy or allocation.policy
    for terms, cap in ladder(problem, allocation, base, policy is None):
        answer = planned(problem, policy_now, terms, gap, late, cap)
        if answer is not None:
            return replace(answer, moved=fallen(problem, answer))
    return without_plan(problem, policy_now, base, base.ground(problem, policy_now))


def merged(
    allocation: Allocation, declined: Collection[str], failed: Collection[str], accepted: Mapping[str, int]
) -> Terms:
    """The terms after new answers: what they say replaces what was known of the same makers."""
    problem = allocation.problem
    for key in (*declined, *failed, *accepted):
        place_of(problem, key)
    now = {key: whole_amount(key, amount) for key, amount in accepted.items()}
    fresh = set(now) | set(declined) | set(failed)
    both = set(declined) & {key for key, amount in now.items() if amount}
    if both:
        raise ValueError(f"{sorted(both)[0]!r} cannot have declined and accepted")
    kept = {key: amount for key, amount in allocation.accepted.items() if key not in fresh}
    refused = {key for key, amount in now.items() if amount == 0 and key not in failed}
    taken = {key: amount for key, amount in {**kept, **now}.items() if amount}
    partial = {
        key: amount
        for key, amount in now.items()
        if amount and amount != int(allocation.quantity[place_of(problem, key)])
    }
    old = {key: amount for key, amount in allocation.ceilings.items() if key in kept}
    return Terms(
        frozen=taken,
        ceilings={**old, **partial},
        accepted=taken,
        declined=(allocation.declined - set(taken)) | set(declined) | refused,
        failed=(allocation.failed - set(now)) | set(failed),
    )


def ladder(
    problem: SourcingProblem, allocation: Allocation, base: Terms, keep_cap: bool
) -> Iterator[tuple[Terms, int | None]]:
    """Terms and cap to try one after another; the first that gives a plan is taken."""
    offered = {
        key: int(allocation.quantity[place])
        for place in np.flatnonzero(allocation.quantity).tolist()
        if (key := problem.suppliers.id[place]) not in base.accepted and key not in base.out
    }
    frozen = {**offered, **base.frozen}
    still = replace(base, frozen=frozen, ceilings={**frozen, **base.ceilings})
    rising = replace(base, frozen=frozen)
    fits = sum(frozen.values()) <= problem.quantity
    rungs = [still, rising, base] if fits else [base]
    if keep_cap and allocation.common_cap is not None:
        yield from ((terms, allocation.common_cap) for terms in rungs)
    yield from ((terms, None) for terms in rungs)


def fallen(problem: SourcingProblem, allocation: Allocation) -> int:
    """Pieces taken away from accepted shares."""
    return sum(
        max(0, amount - int(allocation.quantity[place_of(problem, key)]))
        for key, amount in allocation.accepted.items()
    )


def lower_bound(problem: SourcingProblem, policy: Policy | None = None) -> int | None:
    """What no plan under the hard rules of ``policy`` can undercut, in ranking rupiah; None when the capacity
    is too small for any plan. Without the search for a plan, so it is quick."""
    market = ground_of(problem, policy or Policy()).market()
    return None if market.supply < market.quantity else cut_off(market).lower


def price_of_fairness(
    problem: SourcingProblem,
    budgets: Sequence[Budget],
    policy: Policy | None = None,
    *,
    gap: float = 1e-4,
    time_limit: float | None = None,
    told: Callable[[int], None] | None = None,
) -> list[FrontierPoint]:
    """One split per cost budget, under ``policy`` but for its own budget. Empty when the order cannot be
    filled. All budgets share the work on caps; after each, ``told`` hears how many are done."""
    base, late = policy or Policy(), deadline(time_limit)
    ground = ground_of(problem, base)
    cheapest = least_cost(ground.market(), Goal(gap=gap, late=late))
    if cheapest is None:
        return []
    search = CapSearch(ground, cheapest, gap, late)
    points: list[FrontierPoint] = []
    for budget in budgets:
        points.append(point(budget, under_budget(problem, base.with_budget(budget), Terms(), search)))
        if told:
            told(len(points))
    return points


def point(budget: Budget, allocation: Allocation) -> FrontierPoint:
    """The figures of one budget."""
    return FrontierPoint(
        budget,
        allocation.largest_share,
        allocation.makers,
        allocation.cost,
        allocation.cheapest_cost,
        allocation.gini_after,
        allocation,
    )
