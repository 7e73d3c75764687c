"""The single-order split on published facility data, and an honest list of what is not run."""

import csv
import gzip
import os
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

import ordersplit
from tests.conformance import not_built

VECTORS = Path(os.environ.get("VECTORS", "../shared/vectors"))
pytestmark = pytest.mark.conformance
there = pytest.mark.skipif(not VECTORS.is_dir(), reason=f"the vectors are not at {VECTORS}: set VECTORS=")
SETS = ("orlib", "holmberg", "yang", "tbed1")
SCALE = 100
"""Published costs have up to four decimals; hundredths become whole numbers here."""


def instances() -> list[Path]:
    """Every one-stage file; `capb` leaves its capacities open, so it is read with 5,000."""
    folder = VECTORS / "cflp"
    return sorted(
        path
        for name in SETS
        for path in (folder / name).glob("*")
        if ".txt" in path.suffixes or path.suffix == ".gz"
    )


def tokens(path: Path) -> list[float]:
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text()
    return [float(word) for word in text.replace("capacity", "5000").split()]


def facilities(path: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Capacity, fixed cost and cost of one unit to the first customer, of each facility, as whole numbers."""
    t, family = tokens(path), path.parent.name
    m, n = int(t[0]), int(t[1])
    if family == "tbed1":
        capacity, fixed = t[2 + n : 2 + n + m], t[2 + n + m : 2 + n + 2 * m]
        first = [t[2 + n + 2 * m + i * n] for i in range(m)]
    else:
        capacity, fixed = t[2 : 2 + 2 * m : 2], t[3 : 2 + 2 * m : 2]
        at = 2 + 2 * m
        demand = t[at]
        whole = t[at + 1 : at + 1 + m] if family == "orlib" else [t[at + n + i * n] for i in range(m)]
        first = [cost / demand for cost in whole]
    whole_numbers = [np.rint(np.array(column) * factor).astype(np.int64) for column, factor in
                     ((capacity, 1), (fixed, SCALE), (first, SCALE))]  # fmt: skip
    return whole_numbers[0], whole_numbers[1], whole_numbers[2]


def least_by_highs(capacity: np.ndarray, fixed: np.ndarray, unit: np.ndarray, quantity: int) -> int:
    """The least cost by a general solver: amounts and on/off switches."""
    m = len(capacity)
    switch = np.hstack([np.eye(m), -np.diag(capacity)])
    total = np.hstack([np.ones(m), np.zeros(m)])
    found = milp(
        np.concatenate([unit, fixed]).astype(float),
        integrality=np.ones(2 * m),
        bounds=Bounds(0, np.concatenate([capacity, np.ones(m)])),
        constraints=[LinearConstraint(switch, -np.inf, 0), LinearConstraint(total, quantity, quantity)],
        options={"mip_rel_gap": 0},
    )
    assert found.success, found.message
    amount = np.rint(found.x[:m]).astype(np.int64)
    return int((amount * unit).sum() + fixed[amount > 0].sum())


@there
@pytest.mark.parametrize("path", instances(), ids=lambda path: f"{path.parent.name}/{path.name}")
@pytest.mark.parametrize("part", [30, 60, 90])
def test_the_cheapest_split_over_published_facilities_costs_what_a_general_solver_finds(
    path: Path, part: int
) -> None:
    capacity, fixed, unit = facilities(path)
    quantity = int(capacity.sum()) * part // 100
    problem = ordersplit.SourcingProblem.from_arrays(
        [f"{i}" for i in range(len(capacity))], unit, capacity, 1, fixed, quantity=quantity
    )
    allocation = ordersplit.solve(problem, ordersplit.Policy(cost_budget=0), gap=0)
    verification = ordersplit.verify(problem, allocation)
    assert verification.feasible, verification.violations
    best = least_by_highs(capacity, fixed, unit, quantity)
    assert allocation.lower_bound <= best
    assert (
        allocation.cost == best
        if allocation.status == ordersplit.OPTIMAL
        else allocation.cost <= best * 1.0001
    )


@there
def test_every_gs1_source_is_run_or_named_as_not_built() -> None:
    with (VECTORS / "gs1" / "manifest.csv").open() as manifest:
        sources = {row["path"].split("/")[0] for row in csv.DictReader(manifest)}
    print(f"gs1: {len(sources)} sources not run: {'; '.join(sorted(set(not_built.GS1_SOURCES.values())))}")
    assert sources - not_built.GS1_SOURCES.keys() == set()


@there
def test_the_published_optima_are_named_as_not_built() -> None:
    with (VECTORS / "cflp" / "optima.csv").open() as optima:
        count = len(list(csv.DictReader(optima)))
    print(
        f"cflp: {count} published optima not run: {not_built.CFLP_AS_PUBLISHED}. f0: not run: {not_built.F0}."
    )
    assert count > 0
