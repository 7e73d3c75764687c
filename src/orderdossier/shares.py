"""The shares: what was offered, answered and given back, beside the order's lines and the records of the answers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from orderdossier.findings import Finding

ACCEPTED = "orders.share_accepted"
RELEASED = "orders.share_released"
Row = Mapping[str, Any]


def held(share: Row) -> int:
    """What the maker confirmed and did not give back."""
    return int(share["confirmed"]) - int(share["released"])


def check(order: Row, shares: Sequence[Row], recorded: Sequence[Row]) -> Iterator[Finding]:
    """Every fault of data/shares.json beside data/order.json and the order's own records."""
    yield from _lines(order, shares)
    answers, released = _answers(recorded), _released(recorded)
    for share in shares:
        yield from _bounds(share)
        told = answers.get(share["key"], 0)
        if told != share["confirmed"]:
            numbers = {"recorded": told, "confirmed": share["confirmed"]}
            yield Finding("share_answer", share["key"], numbers)
        if released[share["key"]] != share["released"]:
            numbers = {"told": share["released"], "found": released[share["key"]]}
            yield Finding("total_differs", share["key"], numbers)


def _lines(order: Row, shares: Sequence[Row]) -> Iterator[Finding]:
    lines = {line["key"]: line for line in order["lines"]}
    sums = Counter[str]()
    for share in shares:
        if share["line"] not in lines:
            yield Finding("points_nowhere", share["key"], {"target": share["line"]})
        sums[share["line"]] += held(share)
    for key, line in lines.items():
        if sums[key] > line["quantity"]:
            yield Finding("line_over", key, {"held": sums[key], "ordered": line["quantity"]})
        if sums[key] != line["confirmed"]:
            yield Finding("total_differs", key, {"told": line["confirmed"], "found": sums[key]})


def _bounds(share: Row) -> Iterator[Finding]:
    quantity, confirmed, released = share["quantity"], share["confirmed"], share["released"]
    if not 0 <= released <= confirmed <= quantity:
        numbers = {"quantity": quantity, "confirmed": confirmed, "released": released}
        yield Finding("share_bounds", share["key"], numbers)


def _answers(recorded: Sequence[Row]) -> dict[str, int]:
    contents = (json.loads(record["content"]) for record in recorded if record["deed"] == ACCEPTED)
    return {f"share:{content['share']}": int(content["confirmed"]) for content in contents}


def _released(recorded: Sequence[Row]) -> Counter[str]:
    found = Counter[str]()
    for record in recorded:
        if record["deed"] == RELEASED:
            content = json.loads(record["content"])
            found[f"share:{content['share']}"] += int(content["released"])
    return found
