"""The decided splits: solved again from their inputs, checked by the independent verifier, held against the shares."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import ordersplit
from orderdossier.findings import Finding

COLUMNS = ("maker", "unit_cost", "capacity", "minimum_lot", "visit", "households", "credit")
DECIDED = "orders.split_decided"
SPLIT_AGAIN = "orders.split_again"


def check(
    splits: Sequence[Mapping[str, Any]],
    shares: Sequence[Mapping[str, Any]],
    recorded: Sequence[Mapping[str, Any]],
) -> Iterator[Finding]:
    """Every fault of data/splits.json, beside data/shares.json and the order's own records."""
    hashes = {
        str(content.get("input_hash"))
        for record in recorded
        if record["deed"] in (DECIDED, SPLIT_AGAIN)
        for content in [json.loads(record["content"])]
    }
    for split in splits:
        yield from _computed_again(split)
        if split["input_hash"] not in hashes:
            yield Finding("split_record", split["key"])
        yield from _against_shares(split, [share for share in shares if share["split"] == split["key"]])


def _computed_again(split: Mapping[str, Any]) -> Iterator[Finding]:
    problem, credits = _problem(split["inputs"])
    given = list(credits) if any(credits) else None
    policy = ordersplit.Policy(
        cost_budget=Fraction(split["inputs"]["budget_bp"], 10_000),
        tie_seed=split["inputs"]["seed"],
        credits=given,
        max_share=split["inputs"]["max_share"],
    )
    if _fingerprint(problem, credits) != split["input_hash"]:
        yield Finding("split_input", split["key"])
    plan = ordersplit.solve(problem, policy)
    for rule in ordersplit.verify(problem, plan).violations:
        yield Finding("split_broken", split["key"], {"rule": rule})
    found = {
        maker: amount
        for maker, amount in zip(problem.suppliers.id, plan.quantity.tolist(), strict=True)
        if amount
    }
    if differing := _differing(found, split["amounts"]):
        yield Finding("split_amounts", split["key"], {"makers": differing})


def _problem(inputs: Mapping[str, Any]) -> tuple[ordersplit.SourcingProblem, list[int]]:
    if tuple(inputs["columns"]) != COLUMNS:
        raise KeyError("columns")
    columns = [list(column) for column in zip(*inputs["makers"], strict=True)] or [[] for _ in COLUMNS]
    makers, unit_cost, capacity, lot, visit, households, credits = columns
    problem = ordersplit.SourcingProblem.from_arrays(
        makers,
        unit_cost,
        capacity,
        lot,
        visit,
        quantity=inputs["quantity"],
        order=inputs["order"],
        households=households,
    )
    return problem, credits


def _fingerprint(problem: ordersplit.SourcingProblem, credits: Sequence[int]) -> str:
    if not any(credits):
        return problem.input_hash
    told = f"{problem.input_hash}|{','.join(map(str, credits))}"
    return hashlib.sha256(told.encode()).hexdigest()


def _differing(one: Mapping[str, int], other: Mapping[str, int]) -> int:
    return sum(one.get(maker, 0) != other.get(maker, 0) for maker in {*one, *other})


def _against_shares(split: Mapping[str, Any], shares: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    """What was offered under a split is what it gives, to each maker."""
    offered = Counter[str]()
    keys = {}
    for share in shares:
        offered[share["maker"]] += share["quantity"]
        keys[share["maker"]] = share["key"]
    for maker in sorted({*offered, *split["amounts"]}):
        planned = split["amounts"].get(maker, 0)
        if offered[maker] != planned:
            place = keys.get(maker, f"{split['key']} {maker}")
            yield Finding("share_unplanned", place, {"quantity": offered[maker], "planned": planned})
