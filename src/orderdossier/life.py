"""What was made, delivered and inspected: every sum, share by share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from orderdossier.findings import Finding
from orderdossier.shares import held

Row = Mapping[str, Any]
MAKER = "maker"
"""Where every piece of a delivery comes from."""


def check(tables: Mapping[str, Any]) -> Iterator[Finding]:
    """Every fault of data/production.json and data/deliveries.json beside data/shares.json."""
    shares = {share["key"]: share for share in tables["shares"]}
    yield from _made(tables["production"], shares)
    yield from _delivered(tables["deliveries"], shares)


def standing(rows: list[Row]) -> list[Row]:
    """The entries that no later one corrects."""
    corrected = {row.get("corrects") for row in rows}
    return [row for row in rows if row["key"] not in corrected]


def _made(production: Mapping[str, Any], shares: Mapping[str, Row]) -> Iterator[Finding]:
    for table, kind, word in (("made", "made_over", "made"), ("parts", "parts_over", "parts")):
        sums = Counter[str]()
        for row in standing(production[table]):
            sums[row["share"]] += row["quantity"]
        for share, quantity in sums.items():
            if share not in shares:
                yield Finding("points_nowhere", f"data/production.json {table}", {"target": share})
            elif quantity > held(shares[share]):
                yield Finding(kind, share, {word: quantity, "held": held(shares[share])})


def _delivered(told: Mapping[str, Any], shares: Mapping[str, Row]) -> Iterator[Finding]:
    sums = Counter[str]()
    for delivery in told["deliveries"]:
        sums[delivery["share"]] += delivery["quantity"]
    for share, quantity in sums.items():
        if share not in shares:
            yield Finding("points_nowhere", "data/deliveries.json", {"target": share})
        elif quantity > held(shares[share]):
            yield Finding("delivered_over", share, {"delivered": quantity, "held": held(shares[share])})
    for delivery in told["deliveries"]:
        yield from _moves(delivery, [move for move in told["moves"] if move["delivery"] == delivery["key"]])


def _moves(delivery: Row, moves: list[Row]) -> Iterator[Finding]:
    """Pieces move from one state to another, and never more than are there; they come from the maker."""
    states = Counter[str]()
    for move in moves:
        there = states[move["from"]]
        if move["from"] != MAKER and move["quantity"] > there:
            numbers = {"quantity": move["quantity"], "state": move["from"], "there": there}
            yield Finding("move_below_zero", move["key"], numbers)
        states[move["from"]] -= move["quantity"]
        states[move["to"]] += move["quantity"]
    delivered = -states.pop(MAKER, 0)
    found = {state: quantity for state, quantity in states.items() if quantity}
    if delivered != delivery["quantity"] or found != delivery["states"]:
        numbers = {"sum": sum(delivery["states"].values()), "delivered": delivery["quantity"]}
        yield Finding("delivery_sum", delivery["key"], numbers)
