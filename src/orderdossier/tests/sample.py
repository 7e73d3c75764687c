"""A small order that hangs together, to be taken apart by tests."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import ordersplit
from orderdossier import Signer, write
from orderdossier.container import canonical
from orderdossier.splits import COLUMNS

OFFICE = Signer(b"o" * 32)
STRANGER = Signer(b"s" * 32)
MAKERS = [
    ["maker:1", 900, 600, 1, 0, 4, 0],
    ["maker:2", 950, 500, 1, 0, 3, 0],
    ["maker:3", 2000, 900, 1, 0, 1, 0],
]
AT = "2026-03-01T01:00:00.000000+00:00"


def record(subject: str, position: int, deed: str, content: dict[str, Any], previous: str) -> dict[str, Any]:
    told = json.dumps(content, sort_keys=True, separators=(",", ":"))
    parts = [subject, position, deed, "person:1", AT, told, previous]
    digest = hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
    row = {"position": position, "deed": deed, "actor": "person:1", "at": AT, "content": told}
    return {**row, "previous": previous, "hash": digest}


def chain(*deeds: tuple[str, dict[str, Any]], subject: str = "order:PSN-1") -> dict[str, Any]:
    records: list[dict[str, Any]] = []
    for position, (deed, content) in enumerate(deeds, 1):
        records.append(record(subject, position, deed, content, records[-1]["hash"] if records else ""))
    return {"subject": subject, "length": len(records), "head": records[-1]["hash"], "records": records}


def heads_of(chain: dict[str, Any], length: int) -> bytes:
    rows = ["maker:9\t2\t" + "e" * 64, f"order:PSN-1\t{length}\t{chain['records'][length - 1]['hash']}"]
    return "\n".join(rows).encode() + b"\n"


def seal_of(heads: bytes) -> dict[str, Any]:
    digest = hashlib.sha256(b"d" * 64)
    for line in heads.decode().splitlines():
        digest.update(f"\n{line}".encode())
    return {"previous": "d" * 64, "hash": digest.hexdigest(), "sealed_at": AT, "chains": 2}


def _move(
    number: int, from_: str, to: str, quantity: int, corrects: str | None = None, reason: str = ""
) -> dict[str, Any]:
    row = {"key": f"move:{number}", "delivery": "delivery:1", "from": from_, "to": to, "quantity": quantity}
    return {**row, "corrects": corrects, "reason": reason, "made_at": AT}


def _remedy(kind: str, quantity: int, due: str | None = None) -> dict[str, Any]:
    return {"kind": kind, "quantity": quantity, "recall": None, "due": due}


def _due(number: int, kind: str, cause: str, amount: int, corrects: str | None = None) -> dict[str, Any]:
    row = {"key": f"due:{number}", "share": "share:1", "kind": kind, "cause": cause, "raised_at": AT}
    return {**row, "amount_rupiah": amount, "corrects": corrects}


def dues() -> list[dict[str, Any]]:
    """81 pieces at 900, less one that went back, less one percent of tax, promised in two parts."""
    return [
        _due(1, "earned", "move:1", 72_900),
        _due(2, "tax", "earned|move:1|1", -729, "due:1"),
        _due(3, "correction", "due:1/1", -900, "due:1"),
        _due(4, "tax", "due:1/1|1", 9, "due:1"),
        _due(5, "instalment", "share:1/1", -20_000, "due:1"),
        _due(6, "instalment", "share:1/2", 20_000),
    ]


def _owed() -> dict[str, Any]:
    raised = {"due": 1, "kind": "earned", "cause": "move:1", "amount": 72_900, "withheld": 729}
    corrected = {"due": 3, "kind": "correction", "cause": "due:1/1", "amount": -900, "withheld": -9}
    corrected |= {"corrects": 1, "right": 72_000, "reason": "Counted anew"}
    return chain(("money.due_raised", raised), ("money.due_corrected", corrected), subject="share:1")


def tables() -> dict[str, Any]:
    """Every table of an order of 800, of which 790 are confirmed and 20 given back again."""
    columns = [list(column) for column in zip(*MAKERS, strict=True)]
    problem = ordersplit.SourcingProblem.from_arrays(
        *columns[:5], quantity=800, order="PSN-1/1", households=columns[5]
    )
    plan = ordersplit.solve(problem, ordersplit.Policy(cost_budget="0.02", tie_seed="seed"))
    amounts = {key: q for key, q in zip(problem.suppliers.id, plan.quantity.tolist(), strict=True) if q}
    inputs = {"order": "PSN-1/1", "quantity": 800, "budget_bp": 200, "max_share": None, "seed": "seed"}
    split = {"key": "split:1", "line": "line:1", "input_hash": problem.input_hash, "amounts": amounts}
    split["inputs"] = inputs | {"columns": list(COLUMNS), "makers": MAKERS}
    shares = [
        {"key": f"share:{at}", "maker": maker, "line": "line:1", "split": "split:1", "quantity": quantity}
        | {"confirmed": quantity - 10 * (at == 1), "released": 20 * (at == 2), "price_rupiah": 900}
        for at, (maker, quantity) in enumerate(sorted(amounts.items()), 1)
    ]
    confirmed = sum(share["confirmed"] - share["released"] for share in shares)
    answered = [
        ("orders.share_accepted", {"share": at, "confirmed": share["confirmed"]})
        for at, share in enumerate(shares, 1)
    ]
    own = chain(
        ("orders.split_decided", {"input_hash": problem.input_hash}),
        *answered,
        ("orders.share_released", {"share": 2, "released": 20}),
    )
    heads = heads_of(own, 3)
    return {
        "order": {
            "key": "order:PSN-1",
            "lines": [{"key": "line:1", "quantity": 800, "confirmed": confirmed}],
        },
        "makers": [],
        "splits": [split],
        "shares": shares,
        "production": {
            "made": [
                {"key": "made:1", "share": "share:1", "quantity": 9000, "corrects": None},
                {"key": "made:2", "share": "share:1", "quantity": 100, "corrects": "made:1"},
            ],
            "parts": [{"key": "part:1", "share": "share:1", "quantity": 50, "corrects": None}],
        },
        "deliveries": {
            "deliveries": [
                {"key": "delivery:1", "share": "share:1", "quantity": 100}
                | {"lot": "lot:1"}
                | {"states": {"accepted": 80, "rework": 12, "rejected": 8}}
            ],
            "moves": [
                _move(0, "maker", "open", 100),
                _move(1, "open", "accepted", 81),
                _move(2, "open", "rework", 12),
                _move(3, "open", "rejected", 7),
                _move(4, "accepted", "open", 1, corrects="move:1", reason="Counted anew"),
                _move(5, "open", "rejected", 1),
            ],
        },
        "money": {
            "prices": [
                {"line": "line:1", "version": 1, "in_force_from": AT, "set_at": AT}
                | {"rows": [{"receiver": "fee", "rupiah": 100}, {"receiver": "maker", "rupiah": 900}]}
            ],
            "dues": dues(),
            "payments": [
                {"key": "payment:1", "amount_rupiah": 50_000, "other_orders_rupiah": 0, "recorded_at": AT}
                | {"parts": [{"share": "share:1", "due": "due:1", "amount_rupiah": 50_000}]}
            ],
            "totals": [
                {"share": "share:1", "due_rupiah": 71_280, "paid_rupiah": 50_000, "open_rupiah": 21_280}
            ],
        },
        "lots": {
            "lots": [
                {"key": "lot:1", "code": "260000174", "quantity": 110, "state": "recalled"}
                | {"recall": "recall:1", "made_by": [{"quantity": 70}, {"quantity": 40}]}
            ],
            "movements": [
                {"key": "movement:1", "kind": "made", "lot": "lot:1", "quantity": 110}
                | {"from": "", "to": "maker:1"},
                {"key": "movement:2", "kind": "delivered", "lot": "lot:1", "quantity": 80}
                | {"from": "maker:1", "to": "party:1"},
            ],
            "recalls": [{"key": "recall:1"}],
        },
        "complaints": [
            {"key": "complaint:1", "lot": "lot:1", "delivery": None, "order": None, "quantity": 12}
            | {"replaced": 10, "refunded": 0, "dismissed": 2, "closed_at": AT}
            | {"remedies": [_remedy("replaced", 10), _remedy("dismissed", 2), _remedy("due", 0, due="due:1")]}
        ],
        "letters": [
            {"path": "letters/SPK-1.pdf", "sha256": hashlib.sha256(b"%PDF letter").hexdigest(), "number": "1"}
        ],
        "records": {"chains": [own, _owed()], "seal": seal_of(heads)},
        "heads": heads,
    }


def put(path: Path, told: dict[str, Any] | None = None, signer: Signer = OFFICE) -> Path:
    told = tables() if told is None else told
    parts = {f"data/{name}.json": canonical(rows) for name, rows in told.items() if name != "heads"}
    parts |= {"data/heads.txt": told["heads"], "letters/SPK-1.pdf": b"%PDF letter"}
    write(path, parts, order="PSN-1", office="Dinas", made_at=AT, made_by="person:1", signer=signer)
    return path
