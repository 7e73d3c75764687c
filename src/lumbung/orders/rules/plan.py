"""From candidates to a split with its proof: what is given to the solver, and what comes back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

import ordersplit
from lumbung.orders.choices import BUDGETS_BP, Reason
from lumbung.orders.rules.eligibility import Candidate

REASONS = {
    "CAPACITY": Reason.CAPACITY,
    "COMMON_CAP": Reason.COMMON_CAP,
    "MINIMUM_LOT": Reason.MINIMUM_LOT,
    "LAST_MAKER": Reason.LAST_MAKER,
    "KEPT": Reason.KEPT,
    "COST": Reason.COST,
    "LOT_ABOVE_CAP": Reason.LOT_ABOVE_CAP,
    "TIE": Reason.TIE,
    "SURPLUS": Reason.SURPLUS,
    "FAILED": Reason.ALREADY_ANSWERED,
    "DECLINED": Reason.ALREADY_ANSWERED,
    "NO_CAPACITY": Reason.LOT_ABOVE_CAPACITY,
}


@dataclass(frozen=True)
class PlannedRow:
    """One maker's place in a plan."""

    candidate: Candidate
    quantity: int
    reason: Reason
    numbers: Mapping[str, Any]


def maker_key(candidate: Candidate) -> str:
    """How the solver, the lottery and the published inputs name a maker."""
    return f"maker:{candidate.maker}"


def problem_of(candidates: Sequence[Candidate], *, code: str, quantity: int) -> ordersplit.SourcingProblem:
    """The solver's problem: all-in cost a unit, capacity, smallest lot, visit, households."""
    return ordersplit.SourcingProblem.from_arrays(
        [maker_key(c) for c in candidates],
        [c.unit_cost for c in candidates],
        [c.capacity for c in candidates],
        [c.minimum_lot for c in candidates],
        [c.visit for c in candidates],
        quantity=quantity,
        order=code,
        households=[c.households for c in candidates],
    )


def tie_seed(*, code: str, input_hash: str, seal: str) -> str:
    """Nobody can grind the draw: it takes the order, its inputs and a seal published before."""
    return f"{code}|{input_hash}|{seal}"


def fingerprint(problem: ordersplit.SourcingProblem, credits: Sequence[int]) -> str:
    """The hash of all inputs: the solver's own, with the credits where there are any."""
    if not any(credits):
        return problem.input_hash
    return hashlib.sha256(f"{problem.input_hash}|{','.join(map(str, credits))}".encode()).hexdigest()


def policy_of(
    *, budget_bp: int, seed: str, credits: Sequence[int] = (), max_share: int | None = None
) -> ordersplit.Policy:
    """What was decreed, for the solver; `max_share` is the most units a household may get."""
    given = list(credits) if any(credits) else None
    budget = Fraction(budget_bp, 10_000)
    return ordersplit.Policy(cost_budget=budget, tie_seed=seed, credits=given, max_share=max_share)


def frontier_of(
    problem: ordersplit.SourcingProblem,
    policy: ordersplit.Policy,
    told: Callable[[int], None] = lambda done: None,
) -> tuple[list[dict[str, int]], dict[int, ordersplit.Allocation]]:
    """Cost against largest share over the ten budgets: rows of whole numbers for the picture, and the plans."""
    budgets = [Fraction(bp, 10_000) for bp in BUDGETS_BP]
    points = ordersplit.price_of_fairness(problem, budgets, policy, told=told)
    rows = [
        {
            "budget_bp": bp,
            "largest_share": int(point.largest_share),
            "makers": int(point.makers),
            "cost_rupiah": int(point.cost),
            "gini_bp": int(point.gini),
        }
        for bp, point in zip(BUDGETS_BP, points, strict=True)
    ]
    return rows, {bp: point.allocation for bp, point in zip(BUDGETS_BP, points, strict=True)}


def planned_rows(candidates: Sequence[Candidate], allocation: ordersplit.Allocation) -> list[PlannedRow]:
    """Every eligible maker with amount, reason and numbers, in the order of the candidates."""
    rows = []
    for candidate, quantity in zip(candidates, allocation.quantity.tolist(), strict=True):
        explanation = allocation.explain(maker_key(candidate))
        reason = reason_of(explanation, candidate)
        rows.append(PlannedRow(candidate, quantity, reason, numbers_of(reason, explanation, candidate)))
    return rows


def reason_of(explanation: ordersplit.Explanation, candidate: Candidate) -> Reason:
    """The reason in the words of orders: where the whole order binds and no common limit, it says so."""
    reason, n = REASONS[explanation.code], explanation.numbers
    if n.common_cap is not None and (n.cap is None or n.cap >= n.common_cap * candidate.households):
        return reason
    return {Reason.COMMON_CAP: Reason.WHOLE_ORDER, Reason.LOT_ABOVE_CAP: Reason.LOT_ABOVE_ORDER}.get(
        reason, reason
    )


def numbers_of(reason: Reason, explanation: ordersplit.Explanation, candidate: Candidate) -> dict[str, Any]:
    """The published numbers behind a reason; `rules.reasons` makes a sentence of them."""
    numbers = explanation.numbers
    match reason:
        case Reason.CAPACITY:
            return {"capacity": candidate.capacity}
        case Reason.COMMON_CAP:
            return {"cap": numbers.common_cap, "households": candidate.households}
        case Reason.MINIMUM_LOT:
            return {"lot": candidate.minimum_lot}
        case Reason.COST | Reason.SURPLUS:
            return {
                "own": (numbers.own_price or 0) + (numbers.credit or 0),
                "limit": numbers.cutoff_price,
                "unit_cost_in": numbers.unit_cost_at_most,
                "capacity_in": numbers.capacity_from,
                "capacity": candidate.capacity,
                **({"credit": numbers.credit} if numbers.credit else {}),
            }
        case Reason.LOT_ABOVE_CAP | Reason.LOT_ABOVE_ORDER:
            return {"lot": candidate.minimum_lot, "cap": numbers.lot_at_most or numbers.cap}
        case Reason.TIE:
            return {"ticket": numbers.ticket, "limit": numbers.limit_ticket}
        case Reason.LOT_ABOVE_CAPACITY:
            return {"lot": candidate.minimum_lot, "capacity": candidate.capacity}
        case _:
            return {}


def by_household(amounts: Iterable[tuple[int, int]]) -> list[int]:
    """What each household of a plan gets, largest first: fairness counts houses, not groups of them.

    Takes (quantity, households) of every maker; a group's rest goes to its first houses, piece by piece.
    """
    shares: list[int] = []
    for quantity, households in amounts:
        each, rest = divmod(quantity, households)
        shares += [each + 1] * rest + [each] * (households - rest)
    return sorted((share for share in shares if share), reverse=True)


def with_rest_of_capacity(candidate: Candidate, held: int) -> Candidate:
    """Somebody who already makes for this order: what is left of the capacity, no new visit, no smallest lot."""
    return replace(candidate, capacity=candidate.capacity - held, minimum_lot=1, visit=0)


def within(candidate: Candidate, held: int, most: int) -> Candidate:
    """The same maker with no more capacity than brings what is held to `most` units a household."""
    if not held:
        return candidate
    return replace(candidate, capacity=min(candidate.capacity, most * candidate.households - held))


def binding_sentence(binding: Sequence[str]) -> str:
    """What keeps an order from being filled."""
    sentences = {
        "min_lot": _("The smallest lots of the makers do not add up to the quantity."),
        "max_share": _("The common limit keeps the makers below the quantity."),
        "max_quantity": _("The limit a maker keeps the makers below the quantity."),
    }
    capacity = _("The capacity of all eligible makers together is too small.")
    return " ".join(dict.fromkeys(sentences.get(code, capacity) for code in binding)) or capacity
