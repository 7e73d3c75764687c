"""The inputs of a split, packed as they were given to the solver: whoever unpacks them can compute it again."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any

import ordersplit
from lumbung.orders.rules.eligibility import Candidate
from lumbung.orders.rules.plan import maker_key

COLUMNS = ("maker", "unit_cost", "capacity", "minimum_lot", "visit", "households", "credit")


def pack(
    candidates: Sequence[Candidate],
    *,
    code: str,
    quantity: int,
    budget_bp: int,
    seed: str,
    max_share: int | None = None,
) -> bytes:
    """Compressed JSON: the order's number and amount, the budget, the limit a household, the seed, one row a maker."""
    rows = [
        [maker_key(c), c.unit_cost, c.capacity, c.minimum_lot, c.visit, c.households, c.credits.total]
        for c in candidates
    ]
    told = {
        "order": code,
        "quantity": quantity,
        "budget_bp": budget_bp,
        "max_share": max_share,
        "seed": seed,
        "columns": COLUMNS,
        "makers": rows,
    }
    return zlib.compress(json.dumps(told, separators=(",", ":")).encode(), 6)


def unpack(snapshot: bytes) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(zlib.decompress(snapshot))
    return told


def problem_from(told: dict[str, Any]) -> tuple[ordersplit.SourcingProblem, list[int]]:
    """The very problem that was solved, and the credit of each maker in rupiah a unit."""
    columns = list(zip(*told["makers"], strict=True)) or [()] * len(COLUMNS)
    keys, unit_cost, capacity, lot, visit, households, credits = (list(column) for column in columns)
    problem = ordersplit.SourcingProblem.from_arrays(
        keys,
        unit_cost,
        capacity,
        lot,
        visit,
        quantity=told["quantity"],
        order=told["order"],
        households=households,
    )
    return problem, credits
