"""Lots and complaints: who made what, where it went, and what became of pieces that were not right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from orderdossier.findings import Finding

Row = Mapping[str, Any]
BEGINNING = ("made", "joined", "received", "cut")
"""Movements with which a lot comes into being; they come from nobody."""
SETTLED = ("replaced", "refunded", "dismissed")
"""What becomes of a piece that was complained of."""


def check_lots(tables: Mapping[str, Any]) -> Iterator[Finding]:
    """Every fault of data/lots.json beside data/deliveries.json."""
    told = tables["lots"]
    began, brought = Counter[str](), Counter[str]()
    for move in told["movements"]:
        if move["kind"] in BEGINNING and move["to"] and not move["from"]:
            began[move["lot"]] += move["quantity"]
    for delivery in tables["deliveries"]["deliveries"]:
        brought[delivery.get("lot", "")] += delivery["quantity"]
    recalls = {recall["key"] for recall in told["recalls"]}
    for lot in told["lots"]:
        yield from _lot(lot, began[lot["key"]], recalls)
        for delivered in (_out(told["movements"], lot["key"]), brought[lot["key"]] + brought[lot["code"]]):
            if delivered > lot["quantity"]:
                yield Finding("lot_over", lot["key"], {"delivered": delivered, "quantity": lot["quantity"]})
    keys = {lot["key"] for lot in told["lots"]}
    for move in told["movements"]:
        if move["lot"] not in keys:
            yield Finding("points_nowhere", move["key"], {"target": move["lot"]})


def _out(movements: Sequence[Row], lot: str) -> int:
    """How much of a lot lies with buyers: what was delivered to them, less what they brought back."""
    own = [move for move in movements if move["lot"] == lot]
    buyers = {move["to"] for move in own if move["kind"] == "delivered"}
    came = sum(move["quantity"] for move in own if move["to"] in buyers)
    return int(came - sum(move["quantity"] for move in own if move["from"] in buyers))


def _lot(lot: Row, began: int, recalls: set[str]) -> Iterator[Finding]:
    """Its makers made all of it, and the ledger began with as much; one that was struck out is nothing."""
    made = sum(row["quantity"] for row in lot["made_by"])
    if lot["made_by"] and made != lot["quantity"]:
        yield Finding("lot_sum", lot["key"], {"made": made, "quantity": lot["quantity"]})
    right = 0 if lot["state"] == "voided" else lot["quantity"]
    if began != right:
        yield Finding("lot_sum", lot["key"], {"made": began, "quantity": right})
    if lot["recall"] and lot["recall"] not in recalls:
        yield Finding("points_nowhere", lot["key"], {"target": lot["recall"]})


def check_complaints(tables: Mapping[str, Any]) -> Iterator[Finding]:
    """Every fault of data/complaints.json beside lots, deliveries and dues."""
    known = {row["key"] for row in tables["lots"]["lots"]} | {tables["order"]["key"]}
    known |= {row["key"] for row in tables["deliveries"]["deliveries"]}
    recalls = {row["key"] for row in tables["lots"]["recalls"]}
    dues = {row["key"] for row in tables["money"]["dues"]}
    for complaint in tables["complaints"]:
        place = complaint["key"]
        about = [key for key in (complaint["lot"], complaint["delivery"], complaint["order"]) if key]
        if not known.intersection(about):
            yield Finding("points_nowhere", place, {"target": ", ".join(about)})
        sums = Counter[str]()
        for remedy in complaint["remedies"]:
            sums[remedy["kind"]] += remedy["quantity"]
            for target, among in ((remedy["recall"], recalls), (remedy["due"], dues)):
                if target and target not in among:
                    yield Finding("points_nowhere", place, {"target": target})
        for kind in SETTLED:
            if sums[kind] != complaint[kind]:
                yield Finding("total_differs", place, {"told": complaint[kind], "found": sums[kind]})
        settled = sum(complaint[kind] for kind in SETTLED)
        if settled > complaint["quantity"] or (complaint["closed_at"] and settled != complaint["quantity"]):
            yield Finding("complaint_sum", place, {"settled": settled, "quantity": complaint["quantity"]})
