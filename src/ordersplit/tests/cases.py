"""Problems to try, and what they must come to, found by slower and simpler means."""

from fractions import Fraction
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from ordersplit import Policy, SourcingProblem


class Case(NamedTuple):
    """A problem as plain lists, with the hard rules."""

    price: list[int]
    capacity: list[int]
    lot: list[int]
    visit: list[int]
    households: list[int]
    quantity: int
    fewest: int = 0
    max_share: int | None = None
    max_quantity: int | None = None

    @property
    def ids(self) -> list[str]:
        return [f"maker {place}" for place in range(len(self.price))]

    def problem(self) -> SourcingProblem:
        return SourcingProblem.from_arrays(
            self.ids,
            self.price,
            self.capacity,
            self.lot,
            self.visit,
            quantity=self.quantity,
            households=self.households,
        )

    def policy(self, budget: object = 0, **more: object) -> Policy:
        return Policy(budget, self.max_share, self.max_quantity, self.fewest or None, **more)

    def limits(self, cap: int | None) -> list[int]:
        shares = [share for share in (cap, self.max_share) if share is not None]
        return [
            min(
                capacity,
                self.quantity,
                *(share * houses for share in shares),
                *([self.max_quantity] if self.max_quantity else []),
            )
            for capacity, houses in zip(self.capacity, self.households, strict=True)
        ]


@st.composite
def cases(draw: st.DrawFn, makers: int = 7, largest: int = 12, rules: bool = True) -> Case:
    """Small problems of every kind: rigid lots, equal makers, lots above capacity, tight loads."""
    count = draw(st.integers(1, makers))
    dearest = draw(st.sampled_from([3, 60, 10**6, 10**12]))
    column = lambda low, high: draw(st.lists(st.integers(low, high), min_size=count, max_size=count))  # noqa: E731 - a short name for a draw
    capacity = column(0, largest)
    lot = capacity if draw(st.booleans()) and draw(st.booleans()) else column(0, largest // 2 + 1)
    price, visit = column(0, dearest), column(0, draw(st.sampled_from([0, 30, 2_000])))
    houses = column(1, 3)
    if draw(st.integers(0, 4)) == 0:
        price, capacity, lot, visit, houses = (
            [values[0]] * count for values in (price, capacity, lot, visit, houses)
        )
    quantity = max(1, draw(st.integers(1, max(1, sum(capacity) + 1))))
    case = Case(price, capacity, lot, visit, houses, quantity)
    if not rules:
        return case
    rule = lambda: draw(st.one_of(st.none(), st.none(), st.integers(1, largest)))  # noqa: E731 - a short name for a draw
    return case._replace(max_share=rule(), max_quantity=rule())


def random_case(seed: int, makers: int, load: float = 0.4, visits: bool = True) -> Case:
    """A problem as villages have them."""
    rng = np.random.default_rng(seed)
    capacity = rng.integers(20, 800, makers)
    lot = np.minimum(capacity, rng.integers(5, 60, makers))
    visit = rng.integers(20_000, 150_000, makers) if visits else np.zeros(makers, dtype=np.int64)
    quantity = max(1, int(capacity.sum() * load))
    columns = (rng.integers(40_000, 60_000, makers), capacity, lot, visit, rng.integers(1, 4, makers))
    return Case(*(column.tolist() for column in columns), quantity)


def reachable(case: Case, cap: int | None = None) -> dict[tuple[int, int], int]:
    """The least cost of every (pieces, makers up to ``fewest``) that can be reached."""
    costs = {(0, 0): 0}
    rows = zip(case.price, case.limits(cap), case.lot, case.visit, strict=True)
    for price, most, lot, visit in rows:
        grown = dict(costs)
        for (pieces, makers), cost in costs.items():
            for amount in range(max(lot, 1), min(most, case.quantity - pieces) + 1):
                key = (pieces + amount, min(makers + 1, case.fewest))
                total = cost + price * amount + visit
                grown[key] = min(grown.get(key, total), total)
        costs = grown
    return costs


def least(case: Case, cap: int | None = None) -> int | None:
    """The least cost of filling the order under ``cap``."""
    return reachable(case, cap).get((case.quantity, case.fewest))


def most_deliverable(case: Case) -> int:
    """The most pieces that the rules allow."""
    sums = [pieces for pieces, makers in reachable(case) if makers == case.fewest]
    return max(sums, default=0)


def lexicographic(case: Case, budget: Fraction) -> tuple[int, int, int] | None:
    """Least cost, lowest cap within the budget, least cost under it."""
    cheapest = least(case)
    if cheapest is None:
        return None
    allowed = cheapest + int(budget * cheapest)
    for cap in range(1, case.quantity + 1):
        cost = least(case, cap)
        if cost is not None and cost <= allowed:
            return cheapest, cap, cost
    raise AssertionError("the cheapest plan has a cap")


def by_highs(case: Case, cap: int | None = None) -> int | None:
    """The least cost according to HiGHS, lots modelled with binaries; None when it finds no plan."""
    count = len(case.price)
    most = np.array(case.limits(cap))
    lot = np.maximum(case.lot, 1)
    able = (most >= lot).astype(float)
    eye = np.eye(count)
    rows = [
        LinearConstraint(
            np.concatenate([np.ones(count), np.zeros(count)])[None, :], case.quantity, case.quantity
        ),
        LinearConstraint(np.hstack([eye, -np.diag(most)]), -np.inf, 0),
        LinearConstraint(np.hstack([eye, -np.diag(lot)]), 0, np.inf),
    ]
    found = milp(
        np.concatenate([case.price, case.visit]).astype(float),
        constraints=rows,
        integrality=np.ones(2 * count),
        bounds=Bounds(np.zeros(2 * count), np.concatenate([most, able])),
        options={"mip_rel_gap": 1e-9, "time_limit": 5},
    )
    if found.x is None:
        return None
    amounts = np.rint(found.x[:count]).astype(np.int64).tolist()
    rows_of = zip(amounts, case.price, case.visit, strict=True)
    return sum(amount * price + visit for amount, price, visit in rows_of if amount)
