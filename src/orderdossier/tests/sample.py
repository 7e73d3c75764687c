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


def record(position: int, deed: str, content: dict[str, Any], previous: str) -> dict[str, Any]:
    told = json.dumps(content, sort_keys=True, separators=(",", ":"))
    parts = ["order:PSN-1", position, deed, "person:1", AT, told, previous]
    digest = hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
    row = {"position": position, "deed": deed, "actor": "person:1", "at": AT, "content": told}
    return {**row, "previous": previous, "hash": digest}


def chain(*deeds: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    records: list[dict[str, Any]] = []
    for position, (deed, content) in enumerate(deeds, 1):
        records.append(record(position, deed, content, records[-1]["hash"] if records else ""))
    return {"subject": "order:PSN-1", "length": len(records), "head": records[-1]["hash"], "records": records}


def heads_of(chain: dict[str, Any], length: int) -> bytes:
    rows = ["maker:9\t2\t" + "e" * 64, f"order:PSN-1\t{length}\t{chain['records'][length - 1]['hash']}"]
    return "\n".join(rows).encode() + b"\n"


def seal_of(heads: bytes) -> dict[str, Any]:
    digest = hashlib.sha256(b"d" * 64)
    for line in heads.decode().splitlines():
        digest.update(f"\n{line}".encode())
    return {"previous": "d" * 64, "hash": digest.hexdigest(), "sealed_at": AT, "chains": 2}


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
                | {"states": {"accepted": 81, "rework": 12, "rejected": 7}}
            ],
            "moves": [
                {"key": "move:0", "delivery": "delivery:1", "from": "maker", "to": "open", "quantity": 100},
                {"key": "move:1", "delivery": "delivery:1", "from": "open", "to": "accepted", "quantity": 81},
                {"key": "move:2", "delivery": "delivery:1", "from": "open", "to": "rework", "quantity": 12},
                {"key": "move:3", "delivery": "delivery:1", "from": "open", "to": "rejected", "quantity": 7},
            ],
        },
        "money": {
            "dues": [{"key": "due:1", "share": "share:1", "amount_rupiah": 72_900}],
            "payments": [
                {"key": "payment:1", "amount_rupiah": 50_000, "other_orders_rupiah": 0}
                | {"parts": [{"share": "share:1", "amount_rupiah": 50_000}]}
            ],
            "totals": [
                {"share": "share:1", "due_rupiah": 72_900, "paid_rupiah": 50_000, "open_rupiah": 22_900}
            ],
        },
        "letters": [
            {"path": "letters/SPK-1.pdf", "sha256": hashlib.sha256(b"%PDF letter").hexdigest(), "number": "1"}
        ],
        "records": {"chains": [own], "seal": seal_of(heads)},
        "heads": heads,
    }


def put(path: Path, told: dict[str, Any] | None = None, signer: Signer = OFFICE) -> Path:
    told = tables() if told is None else told
    parts = {f"data/{name}.json": canonical(rows) for name, rows in told.items() if name != "heads"}
    parts |= {"data/heads.txt": told["heads"], "letters/SPK-1.pdf": b"%PDF letter"}
    write(path, parts, order="PSN-1", office="Dinas", made_at=AT, made_by="person:1", signer=signer)
    return path
