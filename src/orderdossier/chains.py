"""The records: each names the hash of the one before, and a seal binds the heads of all chains.

Written from the published rule, not from the code that wrote the records: a record's hash is SHA-256 over the
JSON list [subject, position, deed, actor, moment in UTC with microseconds, content, previous hash]; a seal's is
SHA-256 over the previous seal and, in order of subject, one line `\\n<subject>\\t<length>\\t<head>` a chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from orderdossier.findings import Finding


def check(told: Mapping[str, Any], heads: bytes) -> Iterator[Finding]:
    """Every fault of the chains in `told` (data/records.json) and of their seal over `heads` (data/heads.txt)."""
    sealed = _read_heads(heads)
    for chain in told["chains"]:
        yield from _chain(chain)
    seal = told.get("seal")
    if seal:
        yield from _seal(seal, heads, sealed)
        for chain in told["chains"]:
            yield from _bound(chain, sealed)


def _chain(chain: Mapping[str, Any]) -> Iterator[Finding]:
    place, previous, position = str(chain["subject"]), "", 0
    for record in chain["records"]:
        if record["position"] != position + 1:
            numbers = {"expected": position + 1, "found": record["position"]}
            yield Finding("record_missing", place, numbers)
        elif record["previous"] != previous:
            yield Finding("record_unlinked", place, {"position": record["position"]})
        if _hash(place, record) != record["hash"]:
            yield Finding("record_changed", place, {"position": record["position"]})
        previous, position = record["hash"], record["position"]
    if (position, previous) != (chain["length"], chain["head"]):
        yield Finding("chain_end", place, {"length": chain["length"], "found": position})


def _hash(subject: str, record: Mapping[str, Any]) -> str:
    parts = [
        subject,
        record["position"],
        record["deed"],
        record["actor"],
        record["at"],
        record["content"],
        record["previous"],
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _read_heads(heads: bytes) -> dict[str, tuple[int, str]]:
    rows = (line.split("\t") for line in heads.decode().splitlines())
    return {subject: (int(length), head) for subject, length, head in rows}


def _seal(seal: Mapping[str, Any], heads: bytes, sealed: Mapping[str, tuple[int, str]]) -> Iterator[Finding]:
    digest = hashlib.sha256(str(seal["previous"]).encode())
    for subject, (length, head) in sorted(sealed.items()):
        digest.update(f"\n{subject}\t{length}\t{head}".encode())
    if digest.hexdigest() != seal["hash"]:
        yield Finding("seal_differs", "data/heads.txt")


def _bound(chain: Mapping[str, Any], sealed: Mapping[str, tuple[int, str]]) -> Iterator[Finding]:
    """The chain as it was sealed is the beginning of the chain in the dossier."""
    length, head = sealed.get(chain["subject"], (0, ""))
    if not length:
        return
    records = chain["records"]
    if length > len(records) or records[length - 1]["hash"] != head:
        yield Finding("seal_chain", str(chain["subject"]))
