"""The order's records with their chains, and the newest seal over the heads of all chains."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from lumbung.dossier.queries.order import moment
from lumbung.records.models import Chain, Record, Seal
from lumbung.records.queries import heads_at

Row = dict[str, Any]


def record_table(subjects: Iterable[str]) -> tuple[Row, bytes]:
    """data/records.json and data/heads.txt: the chains of these subjects, the seal, and what it was computed from."""
    heads = {chain.subject: chain for chain in Chain.objects.filter(subject__in=sorted(set(subjects)))}
    rows = Record.objects.filter(subject__in=list(heads)).order_by("subject", "position")
    chains = [
        {
            "subject": subject,
            "length": heads[subject].length,
            "head": heads[subject].hash,
            "records": [_record(record) for record in records],
        }
        for subject, records in groupby(rows.iterator(), key=lambda record: record.subject)
    ]
    seal, sealed = _seal()
    return {"chains": chains, "seal": seal}, sealed


def _record(record: Record) -> Row:
    return {
        "position": record.position,
        "deed": record.deed,
        "actor": record.actor,
        "at": moment(record.at),
        "content": record.content,
        "previous": record.previous_hash,
        "hash": record.hash,
    }


def _seal() -> tuple[Row | None, bytes]:
    newest = list(Seal.objects.order_by("-id")[:2])
    if not newest:
        return None, b""
    seal, before = newest[0], newest[1].hash if len(newest) > 1 else ""
    lines = (f"{subject}\t{length}\t{head}\n" for subject, length, head in heads_at(seal.last_record))
    told = {"sealed_at": moment(seal.sealed_at), "chains": seal.chains, "hash": seal.hash, "previous": before}
    return told, "".join(lines).encode()


def actors_in(table: Row) -> set[str]:
    return {record["actor"] for chain in table["chains"] for record in chain["records"]}
