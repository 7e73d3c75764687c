"""What is owed and paid, share by share: accepted pieces times the price, corrections, instalments, payments."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from orderdossier.findings import Finding

Row = Mapping[str, Any]
PASSED = ("accepted", "accepted_by_sample")
RAISED = "money.due_raised"
CORRECTED = "money.due_corrected"
OWN_PRICE = "own"


def check(tables: Mapping[str, Any]) -> Iterator[Finding]:
    """Every fault of data/money.json, beside deliveries, prices, and the records of what was raised and corrected."""
    money = tables["money"]
    yield from _pointing(tables)
    yield from _earned(tables)
    yield from _recorded(money["dues"], tables["records"]["chains"])
    yield from _instalments(money["dues"])
    yield from _allocated(money)
    yield from _never_over(money)
    yield from _totals(money)


def _pointing(tables: Mapping[str, Any]) -> Iterator[Finding]:
    """Every due is of a share of the order, corrects one of the same share, and every part pays one of its share."""
    shares = {share["key"] for share in tables["shares"]}
    share_of = {due["key"]: due["share"] for due in tables["money"]["dues"]}
    for due in tables["money"]["dues"]:
        if due["share"] not in shares:
            yield Finding("points_nowhere", due["key"], {"target": due["share"]})
        if due["corrects"] and share_of.get(due["corrects"]) != due["share"]:
            yield Finding("points_nowhere", due["key"], {"target": due["corrects"]})
    for payment in tables["money"]["payments"]:
        for part in payment["parts"]:
            if share_of.get(part["due"]) != part["share"]:
                yield Finding("points_nowhere", payment["key"], {"target": part["due"]})


def price_of(tables: Mapping[str, Any], share: Row, at: str, raised_at: str | None) -> int | None:
    """Rupiah for one accepted piece: by the sheet in force when it passed, or else when it was raised; None without."""
    sheet = _in_force(tables, share["line"], at)
    if sheet is None and raised_at:
        sheet = _in_force(tables, share["line"], raised_at)
    if sheet is None:
        return None
    part = sum(int(row["rupiah"]) for row in sheet["rows"] if row["receiver"] == "maker")
    own = tables["order"].get("price_mode") == OWN_PRICE
    return min(part, int(share["price_rupiah"])) if own else part


def _in_force(tables: Mapping[str, Any], line: str, at: str) -> Row | None:
    sheets = [one for one in tables["money"]["prices"] if one["line"] == line and one["in_force_from"] <= at]
    return max(sheets, key=lambda one: (one["in_force_from"], one["version"]), default=None)


def _earned(tables: Mapping[str, Any]) -> Iterator[Finding]:
    """What each move into the accepted earns, less what went back since; nothing else earns."""
    shares = {share["key"]: share for share in tables["shares"]}
    share_of = {row["key"]: row["share"] for row in tables["deliveries"]["deliveries"]}
    moves = {move["key"]: move for move in _passed(tables["deliveries"]["moves"])}
    dues = {due["cause"]: due for due in tables["money"]["dues"] if due["kind"] == "earned"}
    for cause, due in dues.items():
        if cause not in moves or share_of[moves[cause]["delivery"]] != due["share"]:
            yield Finding("due_differs", due["key"], {"due": due["amount_rupiah"], "earned": 0})
    for move in tables["deliveries"]["moves"]:
        first = moves.get(str(move["corrects"]))
        if move["from"] in PASSED and (first is None or first["delivery"] != move["delivery"]):
            yield Finding("points_nowhere", move["key"], {"target": move["corrects"]})
    for key, move in moves.items():
        yield from _of_move(tables, shares[share_of[move["delivery"]]], move, dues.get(key))


def _passed(moves: Sequence[Row]) -> list[Row]:
    return [move for move in moves if move["to"] in PASSED and not move["corrects"]]


def _of_move(tables: Mapping[str, Any], share: Row, move: Row, due: Row | None) -> Iterator[Finding]:
    back = [one for one in tables["deliveries"]["moves"] if one["corrects"] == move["key"]]
    price = price_of(tables, share, move["made_at"], due["raised_at"] if due else None) or 0
    left = move["quantity"] - sum(one["quantity"] for one in back)
    if due is None:
        if price and left and _told_before(tables, share, move):
            yield Finding("due_differs", move["key"], {"due": 0, "earned": price * left})
        return
    raised = due["amount_rupiah"]
    if raised != price * move["quantity"]:
        yield Finding("due_differs", due["key"], {"due": raised, "earned": price * move["quantity"]})
        return
    amount = raised + sum(one["amount_rupiah"] for one in _corrections(tables, due))
    if amount not in (price * left, _decided(tables, due, back)):
        yield Finding("due_differs", due["key"], {"due": amount, "earned": price * left})


def _told_before(tables: Mapping[str, Any], share: Row, move: Row) -> bool:
    """The price stood there when the pieces passed: what they earn was owed at once."""
    sheet = _in_force(tables, share["line"], move["made_at"])
    return sheet is not None and sheet["set_at"] <= move["made_at"]


def _corrections(tables: Mapping[str, Any], due: Row) -> list[Row]:
    found = tables["money"]["dues"]
    return [one for one in found if one["kind"] == "correction" and one["corrects"] == due["key"]]


def _decided(tables: Mapping[str, Any], due: Row, back: Sequence[Row]) -> int | None:
    """What a person said last that an entry should be, with a reason of its own; None where only pieces went back."""
    moved = {" ".join(move["reason"].split())[:200] for move in back}
    last = None
    for _chain, deed, content in _contents(tables["records"]["chains"]):
        if deed == CORRECTED and f"due:{content['corrects']}" == due["key"]:
            last = None if content["reason"] in moved else int(content["right"])
    return last


def _contents(chains: Sequence[Row]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for chain in chains:
        for record in chain["records"]:
            if record["deed"] in (RAISED, CORRECTED):
                yield chain["subject"], record["deed"], json.loads(record["content"])


def _recorded(dues: Sequence[Row], chains: Sequence[Row]) -> Iterator[Finding]:
    """Each entry is the one that its record tells, on the chain of its share, and what was withheld with it is too."""
    told, withheld = {}, Counter[str]()
    for subject, deed, content in _contents(chains):
        key = f"due:{content['due']}"
        told[key] = (subject, content["kind"], content["cause"], content["amount"])
        withheld[f"due:{content['corrects']}" if deed == CORRECTED else key] += content["withheld"]
    taken = Counter[str]()
    for due in dues:
        if due["kind"] == "tax":
            taken[str(due["corrects"])] -= due["amount_rupiah"]
        elif due["kind"] != "instalment":
            record = told.pop(due["key"], (due["share"], due["kind"], due["cause"], 0))
            if record != (due["share"], due["kind"], due["cause"], due["amount_rupiah"]):
                yield Finding("due_differs", due["key"], {"due": due["amount_rupiah"], "earned": record[3]})
    for key, (_subject, _kind, _cause, amount) in told.items():
        yield Finding("due_differs", key, {"due": 0, "earned": amount})
    for key in sorted({*taken, *withheld}):
        if taken[key] != withheld[key]:
            yield Finding("total_differs", key, {"told": taken[key], "found": withheld[key]})


def _instalments(dues: Sequence[Row]) -> Iterator[Finding]:
    """To promise a sum in parts makes it neither more nor less."""
    sums = Counter[str]()
    for due in dues:
        if due["kind"] == "instalment":
            sums[due["share"]] += due["amount_rupiah"]
    for share, amount in sums.items():
        if amount:
            yield Finding("due_differs", share, {"due": amount, "earned": 0})


def _allocated(money: Mapping[str, Any]) -> Iterator[Finding]:
    for payment in money["payments"]:
        allocated = sum(part["amount_rupiah"] for part in payment["parts"])
        allocated += payment["other_orders_rupiah"]
        if allocated != payment["amount_rupiah"]:
            numbers = {"allocated": allocated, "amount": payment["amount_rupiah"]}
            yield Finding("allocated", payment["key"], numbers)


def _never_over(money: Mapping[str, Any]) -> Iterator[Finding]:
    """When a payment was written down, no share had more than was due of it; a later correction may have lowered it."""
    steps: dict[str, list[tuple[str, int, int, str]]] = defaultdict(list)
    for due in money["dues"]:
        rank = 0 if due["amount_rupiah"] > 0 else 2
        steps[due["share"]].append((due["raised_at"], rank, due["amount_rupiah"], due["key"]))
    for payment in money["payments"]:
        parts = Counter[str]()
        for part in payment["parts"]:
            parts[part["share"]] += part["amount_rupiah"]
        for share, amount in parts.items():
            steps[share].append((payment["recorded_at"], 1, amount, payment["key"]))
    for share in sorted(steps):
        due = paid = 0
        for _at, rank, amount, key in sorted(steps[share]):
            if rank != 1:
                due += amount
                continue
            paid += amount
            if amount > 0 and paid > due:
                yield Finding("paid_over", f"{share} {key}", {"paid": paid, "due": due})


def _totals(money: Mapping[str, Any]) -> Iterator[Finding]:
    due, paid = Counter[str](), Counter[str]()
    for row in money["dues"]:
        due[row["share"]] += row["amount_rupiah"]
    for payment in money["payments"]:
        for part in payment["parts"]:
            paid[part["share"]] += part["amount_rupiah"]
    told = {total["share"]: total for total in money["totals"]}
    nothing = {"due_rupiah": 0, "paid_rupiah": 0, "open_rupiah": 0}
    for share in sorted({*told, *due, *paid}):
        total = told.get(share, nothing)
        for word, found in (("due_rupiah", due[share]), ("paid_rupiah", paid[share])):
            if total[word] != found:
                yield Finding("total_differs", share, {"told": total[word], "found": found})
        if total["paid_rupiah"] + total["open_rupiah"] != total["due_rupiah"]:
            numbers = {"told": total["open_rupiah"], "found": total["due_rupiah"] - total["paid_rupiah"]}
            yield Finding("total_differs", share, numbers)
