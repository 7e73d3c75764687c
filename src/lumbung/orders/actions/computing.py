"""Computing a plan, outside every lock: who may take part, with which credits, and what the solver makes of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

import ordersplit
from foundation import formats
from foundation.errors import Refused
from lumbung.orders.choices import BUDGETS_BP
from lumbung.orders.models import OrderLine
from lumbung.orders.queries.candidates import candidates_for, terms_of
from lumbung.orders.rules import plan, turns
from lumbung.orders.rules.eligibility import Candidate, Refusal, divide


@dataclass(frozen=True)
class Computed:
    """A plan that was computed and not yet saved. Money in rupiah, newcomers' least in units."""

    line: OrderLine
    code: str
    eligible: Sequence[Candidate]
    refused: Sequence[tuple[Candidate, Refusal]]
    rows: Sequence[plan.PlannedRow]
    allocation: ordersplit.Allocation
    frontier: list[dict[str, int]]
    budget_bp: int
    seed: str
    input_hash: str
    milliseconds: int
    uncredited_cost: int
    """The least cost if nobody had a credit."""
    newcomer_least: int = 0
    newcomer_credit: int = 0
    max_share: int | None = None
    """The most units a household may get, where a limit was set before computing."""


Tell = Callable[..., None]
"""`tell(3, 6, words, done=, total=)`: how far a long computation is, as `foundation.work.Progress.step` takes it."""
STEPS = 6


def say_nothing(number: int, of: int, words: str, *, done: int = 0, total: int = 0) -> None:
    """For whoever does not want to know how far it is."""


def compute(line: OrderLine, budget_bp: int, *, tell: Tell = say_nothing) -> Computed:
    """The plan of a line at a cost budget, with what ten budgets would bring; checked by the verifier.

    Raises Refused when the order cannot be filled.
    """
    started = time.perf_counter()
    tell(1, STEPS, _("Reading who makes it"))
    eligible, refused = divide(candidates_for(line), terms_of(line))
    code = f"{line.order.code}/{line.pk}"
    tell(2, STEPS, _("Seeing whether it can be filled"))
    refuse_if_impossible(eligible, code=code, quantity=line.quantity)
    problem = plan.problem_of(eligible, code=code, quantity=line.quantity)
    eligible, least, credit, seed = _with_newcomers(line, problem, eligible, budget_bp)
    credits = credits_of(eligible)
    policy = plan.policy_of(budget_bp=budget_bp, seed=seed, credits=credits)
    words = _("Computing what each addition to the cost would bring")
    tell(3, STEPS, words)
    frontier, plans = plan.frontier_of(
        problem, policy, told=lambda done: tell(3, STEPS, words, done=done, total=len(BUDGETS_BP))
    )
    allocation = plans.get(budget_bp) or ordersplit.solve(problem, policy)
    tell(4, STEPS, _("Checking the plan independently"))
    check(problem, allocation)
    tell(5, STEPS, _("Writing down the reason of each maker"))
    rows = plan.planned_rows(eligible, allocation)
    return Computed(
        line=line,
        code=code,
        eligible=eligible,
        refused=refused,
        rows=rows,
        allocation=allocation,
        frontier=frontier,
        budget_bp=budget_bp,
        seed=seed,
        input_hash=plan.fingerprint(problem, credits),
        milliseconds=int((time.perf_counter() - started) * 1000),
        uncredited_cost=_uncredited_cost(problem, allocation, credits),
        newcomer_least=least,
        newcomer_credit=credit,
    )


def credits_of(candidates: Sequence[Candidate]) -> list[int]:
    return [candidate.credits.total for candidate in candidates]


def seed_of(
    line: OrderLine, problem: ordersplit.SourcingProblem, credits: Sequence[int], *, code: str
) -> str:
    """The order, the inputs, and the seal that stood when the order was published."""
    return plan.tie_seed(code=code, input_hash=plan.fingerprint(problem, credits), seal=line.order.draw_seal)


def _with_newcomers(
    line: OrderLine, problem: ordersplit.SourcingProblem, eligible: list[Candidate], budget_bp: int
) -> tuple[list[Candidate], int, int, str]:
    """The candidates with the least credit that fills the newcomers' quota, its units, the credit, the seed.

    The seed is that of the inputs before this credit: the credit follows from them.
    """
    order, before = line.order, credits_of(eligible)
    seed = seed_of(line, problem, before, code=f"{order.code}/{line.pk}")
    members = [place for place, maker in enumerate(eligible) if maker.is_first_time]
    able = sum(eligible[place].capacity for place in members)
    least = turns.newcomers_least(line.quantity, order.newcomer_quota_bp, able)
    if not least:
        return eligible, 0, 0, seed
    highest = turns.part_of_price(line.price_rupiah, order.newcomer_credit_bp)
    policy = plan.policy_of(budget_bp=budget_bp, seed=seed, credits=before)
    credit = ordersplit.credit_for_quota(problem, policy, members, least, highest).credit
    return with_newcomer_credit(eligible, credit), least, credit, seed


def with_newcomer_credit(candidates: Sequence[Candidate], credit: int) -> list[Candidate]:
    if not credit:
        return list(candidates)
    return [
        replace(maker, credits=replace(maker.credits, newcomer=credit)) if maker.is_first_time else maker
        for maker in candidates
    ]


def _uncredited_cost(
    problem: ordersplit.SourcingProblem, allocation: ordersplit.Allocation, credits: Sequence[int]
) -> int:
    if not any(credits):
        return allocation.cheapest_cost
    return ordersplit.solve(problem, ordersplit.Policy(0, tie_seed=allocation.policy.tie_seed)).cost


def refuse_if_impossible(eligible: Sequence[Candidate], *, code: str, quantity: int) -> None:
    """Say before anything else when the amount cannot be delivered."""
    if not eligible:
        raise Refused(_("Nobody can make this order: no maker is eligible."))
    able = ordersplit.feasibility(plan.problem_of(eligible, code=code, quantity=quantity))
    if able.deliverable < quantity:
        raise Refused(
            _("This order cannot be filled: at most %(most)s can be delivered. %(binding)s")
            % {"most": formats.number(able.deliverable), "binding": plan.binding_sentence(able.binding)}
        )


def check(problem: ordersplit.SourcingProblem, allocation: ordersplit.Allocation) -> None:
    """No plan is kept that the independent verifier does not accept."""
    verification = ordersplit.verify(problem, allocation)
    if not verification.feasible:
        raise RuntimeError(f"The verifier refuses this plan: {verification.violations}")
