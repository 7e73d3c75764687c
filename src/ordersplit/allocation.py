"""The answer: who makes how much, how good that is, and the certificate that proves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from ordersplit.bound import Prices
from ordersplit.lottery import Lottery
from ordersplit.market import exact_dot
from ordersplit.measures import gini_bp, jain_bp, largest_share
from ordersplit.policy import Policy
from ordersplit.problem import Ints, SourcingProblem
from ordersplit.reasons import Explanation, Reasons

OPTIMAL = "OPTIMAL"
WITHIN_GAP = "WITHIN_GAP"
TIME_LIMIT = "TIME_LIMIT"
INFEASIBLE = "INFEASIBLE"

VERSION = "ordersplit 0.1.0"


@dataclass(frozen=True, eq=False)
class Allocation:
    """A split of one order. Money is rupiah, amounts are pieces; arrays are aligned with the suppliers.

    quantity            pieces of each maker; all zero without a plan
    status              OPTIMAL: nothing better exists (least cost, lowest cap, least cost under it);
                        WITHIN_GAP: ``gap`` is at most what was asked for; TIME_LIMIT: time or effort ended
                        before that; INFEASIBLE: see ``deliverable`` and ``binding``
    cost                what is paid
    ranked_cost         ``cost`` less the credits of the plan; what was minimised. Equal without credits
    cheapest_cost       what the cheapest plan without a common cap would pay
    cheapest_ranked     its ranking cost; ``cheapest_quantity`` its amounts, ``cheapest_bound`` its bound
    budget              ranking cost allowed: ``cheapest_ranked`` and the cost budget; None when none applied
    lower_bound         no plan under ``common_cap`` has a lower ranking cost
    cost_proven         nothing cheaper exists under ``common_cap``
    cap_proven          no lower common cap fits into the budget
    common_cap          most pieces per household that the plan allows, or None
    prices              what the bound follows from; ``verify`` recomputes it
    frozen, ceilings    shares that were kept, and makers bounded by an earlier answer
    accepted            of the frozen shares those that were accepted; they never fall
    declined, failed    who said no before, and who did not keep or did not answer
    moved               pieces taken away from accepted shares: always 0
    """

    problem: SourcingProblem
    policy: Policy
    quantity: Ints
    status: str
    cost: int = 0
    ranked_cost: int = 0
    cheapest_cost: int = 0
    cheapest_ranked: int = 0
    cheapest_bound: int = 0
    cheapest_quantity: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    budget: int | None = None
    lower_bound: int = 0
    cost_proven: bool = False
    cap_proven: bool = False
    common_cap: int | None = None
    prices: Prices = field(default_factory=lambda: Prices(0))
    deliverable: int = 0
    binding: tuple[str, ...] = ()
    frozen: Mapping[str, int] = field(default_factory=dict)
    ceilings: Mapping[str, int] = field(default_factory=dict)
    accepted: Mapping[str, int] = field(default_factory=dict)
    declined: frozenset[str] = frozenset()
    failed: frozenset[str] = frozenset()
    moved: int = 0
    version: str = VERSION

    def __post_init__(self) -> None:
        if self.status not in (OPTIMAL, WITHIN_GAP, TIME_LIMIT, INFEASIBLE):
            raise ValueError(f"status: {self.status!r} is not known")
        if self.quantity.shape != (len(self.problem.suppliers),):
            raise ValueError("quantity: one number per supplier is needed")
        self.quantity.flags.writeable = False

    @property
    def gap(self) -> float:
        """(ranking cost − bound) / bound. From whole numbers, so the same everywhere."""
        excess = self.ranked_cost - self.lower_bound
        return excess / max(abs(self.lower_bound), 1) if excess else 0.0

    @property
    def gap_ppb(self) -> int:
        """The gap in parts per thousand million, rounded up: a whole number for a database."""
        return -(-(self.ranked_cost - self.lower_bound) * 10**9 // max(abs(self.lower_bound), 1))

    @property
    def seed(self) -> int:
        """The seed of the lottery as an integer of 63 bits."""
        return Lottery(self.policy.tie_seed, ()).number

    @property
    def input_hash(self) -> str:
        """The hash of the problem; see ``SourcingProblem.input_hash``."""
        return self.problem.input_hash

    @property
    def makers(self) -> int:
        """How many makers get something."""
        return int((self.quantity > 0).sum())

    @property
    def largest_share(self) -> int:
        """Most pieces per household, rounded up."""
        return largest_share(self.quantity, self.problem.suppliers.column("households"))

    @cached_property
    def gini_before(self) -> int:
        """Gini of the cheapest plan, in parts per 10,000; see ``ordersplit.measures``."""
        return self._spread(gini_bp, self.cheapest_quantity)

    @cached_property
    def gini_after(self) -> int:
        """Gini of this plan, in parts per 10,000."""
        return self._spread(gini_bp, self.quantity)

    @cached_property
    def jain(self) -> int:
        """Jain's index of this plan, in parts per 10,000."""
        return self._spread(jain_bp, self.quantity)

    def _spread(self, measure: Any, amount: Ints) -> int:
        suppliers = self.problem.suppliers
        if amount.size != len(suppliers):
            return 0
        result: int = measure(amount, suppliers.column("capacity"), suppliers.column("households"))
        return result

    @cached_property
    def reasons(self) -> Reasons:
        """The reasons for every supplier."""
        return Reasons(self)

    @property
    def reason_codes(self) -> tuple[str, ...]:
        """One code per supplier; see ``ordersplit.reasons``."""
        return self.reasons.codes

    @property
    def reduced_costs(self) -> Ints:
        """Rupiah that using each maker in the best way adds above the prices, rounded down; below 0 for those
        whom the prices draw in. One number per supplier; the largest of 64 bits for who cannot take part."""
        return self.reasons.reduced_costs

    def explain(self, supplier_id: str) -> Explanation:
        """Why this supplier got its amount, or nothing. Raises ValueError for an unknown one."""
        return self.reasons.explain(supplier_id)

    def standby(self, n: int) -> list[str]:
        """The next ``n`` makers to ask, by all-in price, preference and ticket, of those with nothing who
        could take part and have not said no."""
        return self.reasons.standby(n)

    def costs(self) -> list[int]:
        """Rupiah paid to each supplier: amount × unit cost + fixed cost."""
        suppliers = self.problem.suppliers
        rows = zip(
            self.quantity.tolist(),
            suppliers.column("unit_cost").tolist(),
            suppliers.column("fixed_cost").tolist(),
            strict=True,
        )
        return [amount * price + visit if amount else 0 for amount, price, visit in rows]

    def to_records(self) -> list[dict[str, Any]]:
        """One row per supplier: id, quantity, unit_cost, fixed_cost, cost, code."""
        suppliers = self.problem.suppliers
        columns = zip(
            suppliers.id,
            self.quantity.tolist(),
            suppliers.column("unit_cost").tolist(),
            suppliers.column("fixed_cost").tolist(),
            self.costs(),
            self.reason_codes,
            strict=True,
        )
        names = ("id", "quantity", "unit_cost", "fixed_cost", "cost", "code")
        return [dict(zip(names, row, strict=True)) for row in columns]

    def certificate(self) -> dict[str, Any]:
        """Everything that was published, ready for JSON: with the input, enough to recompute cost, bound and
        every tie."""
        ids = self.problem.suppliers.id
        shares = {ids[place]: int(self.quantity[place]) for place in np.flatnonzero(self.quantity).tolist()}
        return {
            "version": self.version,
            "input_hash": self.input_hash,
            "order": self.problem.orders.id[0],
            "ordered": self.problem.quantity,
            "status": self.status,
            "policy": self._policy(),
            "tie_seed": self.policy.tie_seed,
            "seed": self.seed,
            "cost": self.cost,
            "ranked_cost": self.ranked_cost,
            "cheapest_cost": self.cheapest_cost,
            "cheapest_ranked": self.cheapest_ranked,
            "cheapest_bound": self.cheapest_bound,
            "budget": self.budget,
            "lower_bound": self.lower_bound,
            "gap_ppb": self.gap_ppb,
            "cost_proven": self.cost_proven,
            "cap_proven": self.cap_proven,
            "common_cap": self.common_cap,
            "largest_share": self.largest_share,
            "makers": self.makers,
            "prices": {
                "numerator": self.prices.numerator,
                "denominator": self.prices.denominator,
                "maker": self.prices.maker,
            },
            "gini_before_bp": self.gini_before,
            "gini_after_bp": self.gini_after,
            "jain_bp": self.jain,
            "deliverable": self.deliverable,
            "binding": list(self.binding),
            "frozen": dict(sorted(self.frozen.items())),
            "ceilings": dict(sorted(self.ceilings.items())),
            "accepted": dict(sorted(self.accepted.items())),
            "declined": sorted(self.declined),
            "failed": sorted(self.failed),
            "quantity": dict(sorted(shares.items())),
        }

    def _policy(self) -> dict[str, Any]:
        policy = self.policy
        given = policy.credits_of(len(self.problem.suppliers))
        ids = self.problem.suppliers.id
        credits = {ids[place]: int(given[place]) for place in np.flatnonzero(given).tolist()}
        return {
            "cost_budget": None if policy.cost_budget is None else str(policy.cost_budget),
            "max_share": policy.max_share,
            "max_quantity": policy.max_quantity,
            "min_suppliers": policy.min_suppliers,
            "credits": dict(sorted(credits.items())),
        }


def paid(problem: SourcingProblem, amount: Ints) -> int:
    """What ``amount`` costs: unit cost per piece, and the fixed cost of whoever is used."""
    suppliers = problem.suppliers
    visits = int(suppliers.column("fixed_cost")[amount > 0].sum())
    return exact_dot(suppliers.column("unit_cost"), amount) + visits
