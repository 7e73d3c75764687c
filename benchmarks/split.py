"""Speed and quality of ordersplit beside HiGHS and a plain sorted greedy, on one core, in one run.

    python benchmarks/split.py [--sizes 100 1000 10000 100000] [--limit 20]

Every figure is the best of three runs, but for HiGHS, which runs once within --limit seconds; building its model is
timed apart. Costs are given as the excess over the proven lower bound of ordersplit.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import scipy
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, diags_array, eye_array, hstack

from ordersplit import VERSION, Allocation, Policy, SourcingProblem, price_of_fairness, resplit, solve, verify

BUDGETS = ("0", "0.005", "0.01", "0.015", "0.02", "0.03", "0.04", "0.05", "0.075", "0.1")


def province(makers: int, seed: int = 1) -> SourcingProblem:
    """Makers as villages have them: 20 to 800 pieces each, a visit of 20,000 to 150,000 rupiah, 30 % of all
    capacity ordered."""
    rng = np.random.default_rng(seed)
    capacity = rng.integers(20, 800, makers)
    return SourcingProblem.from_arrays(
        [f"maker {place}" for place in range(makers)],
        rng.integers(40_000, 60_000, makers),
        capacity,
        np.minimum(capacity, rng.integers(5, 60, makers)),
        rng.integers(20_000, 150_000, makers),
        quantity=int(capacity.sum()) * 3 // 10,
    )


def timed(work: Callable[[], Any], runs: int = 3) -> tuple[Any, float]:
    """The last result, and the shortest of ``runs`` times in seconds."""
    shortest = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        result = work()
        shortest = min(shortest, time.perf_counter() - start)
    return result, shortest


def columns(problem: SourcingProblem) -> tuple[np.ndarray, ...]:
    """Price, capacity, lot, visit."""
    names = ("unit_cost", "capacity", "min_lot", "fixed_cost")
    return tuple(problem.suppliers.column(name) for name in names)


def greedy(problem: SourcingProblem) -> int:
    """The cost of taking makers by all-in price; the last is the first that can take exactly the rest."""
    price, capacity, lot, visit = columns(problem)
    order = np.argsort(price + visit / capacity)
    whole = int(np.searchsorted(np.cumsum(capacity[order]), problem.quantity, side="right"))
    chosen = order[:whole]
    rest = problem.quantity - int(capacity[chosen].sum())
    cost = int((price[chosen] * capacity[chosen] + visit[chosen]).sum())
    if rest == 0:
        return cost
    last = next(place for place in order[whole:] if lot[place] <= rest <= capacity[place])
    return cost + int(price[last]) * rest + int(visit[last])


def highs(problem: SourcingProblem, limit: float) -> tuple[int | None, float, float]:
    """Cost (None without a plan in time), seconds to build the model and to solve it; lots by binaries."""
    start = time.perf_counter()
    price, capacity, lot, visit = columns(problem)
    count = len(price)
    eye = eye_array(count)
    total = csr_array(np.concatenate([np.ones(count), np.zeros(count)])[None, :])
    rows = [
        LinearConstraint(total, problem.quantity, problem.quantity),
        LinearConstraint(hstack([eye, -diags_array(capacity.astype(float))]), -np.inf, 0),
        LinearConstraint(hstack([eye, -diags_array(lot.astype(float))]), 0, np.inf),
    ]
    built = time.perf_counter()
    found = milp(
        np.concatenate([price, visit]).astype(float),
        constraints=rows,
        integrality=np.ones(2 * count),
        bounds=Bounds(0, np.concatenate([capacity, np.ones(count)])),
        options={"mip_rel_gap": 1e-7, "time_limit": limit},
    )
    ended = time.perf_counter()
    if found.x is None:
        return None, built - start, ended - built
    amount = np.rint(found.x[:count]).astype(np.int64)
    cost = int((price * amount + visit * (amount > 0)).sum())
    return cost, built - start, ended - built


def answers(allocation: Allocation) -> dict[str, Any]:
    """One in ten of the chosen declines, half accept."""
    chosen = np.flatnonzero(allocation.quantity).tolist()
    ids = allocation.problem.suppliers.id
    accepted = {ids[place]: int(allocation.quantity[place]) for place in chosen[len(chosen) // 2 :]}
    return {"declined": [ids[place] for place in chosen[: len(chosen) // 10]], "accepted": accepted}


def per_million(cost: int | None, bound: int) -> str:
    """How far ``cost`` is above ``bound``, in parts per million."""
    return "no plan" if cost is None else f"{(cost - bound) / bound * 1e6:.3f}"


def plain(problem: SourcingProblem, limit: float) -> list[str]:
    """One row of the first table."""
    allocation, seconds = timed(lambda: solve(problem, Policy(0), gap=1e-7))
    greedy_cost, greedy_seconds = timed(lambda: greedy(problem))
    highs_cost, building, highs_seconds = highs(problem, limit)
    bound = allocation.lower_bound
    return [
        f"{len(problem.suppliers):,}",
        f"{seconds * 1e3:.1f}",
        per_million(allocation.cost, bound),
        allocation.status,
        f"{greedy_seconds * 1e3:.1f}",
        per_million(greedy_cost, bound),
        f"{building * 1e3:.0f} + {highs_seconds * 1e3:,.0f}",
        per_million(highs_cost, bound),
        f"{highs_seconds / seconds:,.0f} ×",
    ]


def fair(problem: SourcingProblem) -> list[str]:
    """One row of the second table."""
    allocation, fair_seconds = timed(lambda: solve(problem))
    points, frontier_seconds = timed(lambda: price_of_fairness(problem, BUDGETS))
    given = answers(allocation)
    again, resplit_seconds = timed(lambda: resplit(problem, allocation, **given))
    found, verify_seconds = timed(lambda: verify(problem, again), runs=1)
    if not found.feasible:
        raise SystemExit(f"the audit found {found.violations}")
    return [
        f"{len(problem.suppliers):,}",
        f"{fair_seconds * 1e3:.0f}",
        f"{frontier_seconds * 1e3:.0f}",
        f"{resplit_seconds * 1e3:.0f}",
        f"{verify_seconds * 1e3:.0f}",
        f"{points[0].largest_share} → {allocation.largest_share}",
        f"{points[0].makers:,} → {allocation.makers:,}",
        f"{allocation.gini_before / 100:.1f} → {allocation.gini_after / 100:.1f}",
    ]


def table(heads: list[str], rows: list[list[str]]) -> None:
    """Print ``rows`` below ``heads``, columns aligned."""
    widths = [max(len(row[place]) for row in [heads, *rows]) for place in range(len(heads))]
    for row in [heads, ["-" * width for width in widths], *rows]:
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))
    print()


def machine() -> str:
    """What this runs on."""
    cpu = platform.processor() or platform.machine()
    listing = Path("/proc/cpuinfo")
    if listing.exists():
        models = [line for line in listing.read_text().splitlines() if line.startswith("model name")]
        cpu = models[0].partition(":")[2].strip() if models else cpu
    python = platform.python_version()
    return f"{cpu}, one core; Python {python}, numpy {np.__version__}, HiGHS of scipy {scipy.__version__}; {VERSION}"


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000, 100_000])
    parser.add_argument("--limit", type=float, default=20.0, help="seconds for HiGHS, per size")
    given = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(machine(), "\n")
    solve(province(50))
    problems = [province(size) for size in given.sizes]
    print("Least cost of one order. Excess over the proven bound in parts per million; times in ms.")
    heads = [
        "makers",
        "ordersplit",
        "excess",
        "status",
        "greedy",
        "excess",
        "HiGHS build + solve",
        "excess",
        "ratio",
    ]
    table(heads, [plain(problem, given.limit) for problem in problems])
    print("With a cost budget of 2 %: times in ms; largest share, makers and Gini (%) from cheapest to fair.")
    heads = ["makers", "split", "ten budgets", "re-split", "audit", "largest share", "makers", "Gini"]
    table(heads, [fair(problem) for problem in problems])
    return 0


if __name__ == "__main__":
    sys.exit(main())
