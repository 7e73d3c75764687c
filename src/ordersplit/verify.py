"""An auditor's check: whole numbers of plain Python, and no line shared with what found the plan.

Read from the problem and from what was published: amounts, prices, cap, policy, earlier answers. Everything
else is computed anew: sums, limits, costs, the budget, and the bound that the published prices prove.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ordersplit.allocation import Allocation
    from ordersplit.problem import SourcingProblem


@dataclass(frozen=True)
class Verification:
    """What the check found: whether every rule is kept, the cost really paid, the bound on ranking cost that
    the published prices prove (None without a plan), the gap of the ranking cost to it, every breach."""

    feasible: bool
    cost: int
    lower_bound: int | None
    gap: float | None
    violations: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One maker, in whole numbers."""

    id: str
    price: int
    credit: int
    capacity: int
    lot: int
    visit: int
    households: int
    kept: int
    ceiling: int
    amount: int
    cheapest: int

    def paid(self, amount: int) -> int:
        """Rupiah for ``amount``."""
        return self.price * amount + self.visit if amount > 0 else 0

    def ranked(self, amount: int) -> int:
        """The same less credits."""
        return self.paid(amount) - self.credit * amount


def verify(problem: SourcingProblem, allocation: Allocation) -> Verification:
    """Check ``allocation`` against ``problem``."""
    rows = read(problem, allocation)
    cost = sum(row.paid(row.amount) for row in rows)
    if sum(row.amount for row in rows) == 0:
        return Verification(False, 0, None, None, ("nothing is split",))
    ranked = sum(row.ranked(row.amount) for row in rows)
    bound = proven(rows, problem, allocation)
    wrong = [
        *sums(rows, problem, allocation),
        *limits(rows, problem, allocation),
        *figures(rows, allocation, cost, ranked, bound),
        *budget(rows, problem, allocation, ranked),
        *identity(problem, allocation),
    ]
    gap = (ranked - bound) / max(abs(bound), 1) if ranked != bound else 0.0
    return Verification(not wrong, cost, bound, gap, tuple(wrong))


def read(problem: SourcingProblem, allocation: Allocation) -> list[Row]:
    """Every maker as a row of whole numbers."""
    makers = problem.suppliers
    names = ("unit_cost", "capacity", "min_lot", "fixed_cost", "households")
    columns = [makers.column(name).tolist() for name in names]
    credits = allocation.policy.credits_of(len(makers.id)).tolist()
    amounts = allocation.quantity.tolist()
    cheapest = allocation.cheapest_quantity.tolist() or [0] * len(makers.id)
    rows = []
    for key, price, capacity, lot, visit, houses, credit, amount, least in zip(
        makers.id, *columns, credits, amounts, cheapest, strict=True
    ):
        out = key in allocation.declined or key in allocation.failed
        ceiling = 0 if out else min(capacity, allocation.ceilings.get(key, capacity))
        kept = allocation.frozen.get(key, 0)
        rows.append(Row(key, price, credit, capacity, lot, visit, houses, kept, ceiling, amount, least))
    return rows


def allowance(row: Row, allocation: Allocation, cap: int | None, whole: int) -> int:
    """The most this maker may have: own ceiling, caps, the order; never below what it keeps."""
    policy, most = allocation.policy, min(row.ceiling, whole)
    for share in (cap, policy.max_share):
        if share is not None:
            most = min(most, share * row.households)
    if policy.max_quantity is not None:
        most = min(most, policy.max_quantity)
    return max(most, row.kept)


def sums(rows: list[Row], problem: SourcingProblem, allocation: Allocation) -> list[str]:
    """The order is filled exactly, by enough makers."""
    wrong = []
    total, makers = sum(row.amount for row in rows), sum(row.amount > 0 for row in rows)
    if total != problem.quantity:
        wrong.append(f"{total} pieces are split, {problem.quantity} were ordered")
    fewest = allocation.policy.min_suppliers
    if fewest is not None and makers < fewest:
        wrong.append(f"{makers} makers take part, at least {fewest} must")
    return wrong


def limits(rows: list[Row], problem: SourcingProblem, allocation: Allocation) -> list[str]:
    """Every maker keeps within its lot, its ceiling, the caps, and what it accepted."""
    wrong = []
    for row in rows:
        most = allowance(row, allocation, allocation.common_cap, problem.quantity)
        if row.amount > most:
            wrong.append(f"{row.id}: {row.amount} pieces, at most {most} are allowed")
        if row.amount < 0 or (0 < row.amount < row.lot and row.amount != row.kept and not row.kept):
            wrong.append(f"{row.id}: {row.amount} pieces, the lot is {row.lot}")
        if row.amount < row.kept:
            wrong.append(f"{row.id}: {row.amount} pieces, {row.kept} are kept")
        if row.amount < allocation.accepted.get(row.id, 0):
            wrong.append(f"{row.id}: {row.amount} pieces, fewer than were accepted")
    return wrong


def proven(rows: list[Row], problem: SourcingProblem, allocation: Allocation) -> int:
    """The bound at the published prices, rounded down: price × open pieces, premium × makers still needed,
    the cost of what is kept, and for every maker the best it could add."""
    prices = allocation.prices
    scale, price, premium = prices.denominator, prices.numerator, prices.maker
    still = problem.quantity - sum(row.kept for row in rows)
    needed = max(0, (allocation.policy.min_suppliers or 0) - sum(row.kept > 0 for row in rows))
    total = price * still + premium * needed
    for row in rows:
        total += scale * row.ranked(row.kept)
        most = allowance(row, allocation, allocation.common_cap, problem.quantity) - row.kept
        most, lot = min(most, still), max(row.lot, 1)
        if row.kept:
            total += min(0, (scale * (row.price - row.credit) - price) * most)
        elif most >= lot:
            ends = (scale * row.ranked(amount) - price * amount - premium for amount in (lot, most))
            total += min(0, *ends)
    return total // scale


def figures(rows: list[Row], allocation: Allocation, cost: int, ranked: int, bound: int) -> list[str]:
    """The published figures are those recomputed."""
    shares = [-(-row.amount // row.households) for row in rows]
    said = {
        "cost": (allocation.cost, cost),
        "ranked cost": (allocation.ranked_cost, ranked),
        "lower bound": (allocation.lower_bound, bound),
        "largest share": (allocation.largest_share, max(shares, default=0)),
        "pieces moved": (allocation.moved, 0),
    }
    wrong = [
        f"{name}: {told} was published, {true} is right"
        for name, (told, true) in said.items()
        if told != true
    ]
    if bound > ranked:
        wrong.append(f"the bound {bound} is above the cost {ranked}")
    return wrong


def budget(rows: list[Row], problem: SourcingProblem, allocation: Allocation, ranked: int) -> list[str]:
    """The cheapest plan is a plan, costs what was published, and the budget follows from it."""
    total = sum(row.cheapest for row in rows)
    wrong = [] if total == problem.quantity else [f"the cheapest plan splits {total} pieces"]
    for row in rows:
        most = allowance(row, allocation, None, problem.quantity)
        if row.cheapest > most or (
            row.cheapest < row.lot and row.cheapest not in (0, row.kept) and not row.kept
        ):
            wrong.append(f"the cheapest plan gives {row.id} {row.cheapest} pieces")
    paid, least = sum(row.paid(row.cheapest) for row in rows), sum(row.ranked(row.cheapest) for row in rows)
    if (paid, least) != (allocation.cheapest_cost, allocation.cheapest_ranked):
        wrong.append(f"the cheapest plan costs {paid} (ranking {least})")
    if allocation.budget is None:
        return wrong
    part = Fraction(allocation.policy.cost_budget or 0)
    allowed = least + part.numerator * paid // part.denominator
    if allocation.budget != allowed or ranked > allowed:
        wrong.append(f"the budget is {allowed}, {allocation.budget} was published, {ranked} is spent")
    return wrong


def identity(problem: SourcingProblem, allocation: Allocation) -> list[str]:
    """The allocation belongs to this problem."""
    if problem.input_hash != allocation.input_hash:
        return [f"the allocation was made for the input {allocation.input_hash}"]
    return []
