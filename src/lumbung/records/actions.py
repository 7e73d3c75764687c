"""Leaving records, sealing them, and telling rooms above what happened."""

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection, transaction

from foundation import clock
from foundation.vendor.locks import hold_table
from lumbung.records import queries, rules
from lumbung.records.models import Chain, Pending, Record, Seal

logger = logging.getLogger(__name__)

Receiver = Callable[[Record], None]
_receivers: dict[str, dict[str, Receiver]] = {}


def hear(deed: str, *, name: str) -> Callable[[Receiver], Receiver]:
    """Register a receiver of a room above: it is told of each `deed` after the commit, at least once."""

    def register(receiver: Receiver) -> Receiver:
        _receivers.setdefault(deed, {})[name] = receiver
        return receiver

    return register


def leave_record(*, subject: str, deed: str, by: str, content: Mapping[str, Any]) -> Record:
    """Add one record to the subject's chain, within the transaction of the deed itself."""
    if not connection.in_atomic_block:
        raise RuntimeError("A record is left within the transaction of its deed.")
    chain = _locked_chain(subject)
    record = _next_record(chain, deed=deed, by=by, content=content)
    record.save(force_insert=True)
    chain.length, chain.hash = record.position, record.hash
    chain.save(update_fields=["length", "hash"])
    _put_in_outbox(record)
    return record


def _locked_chain(subject: str) -> Chain:
    Chain.objects.bulk_create([Chain(subject=subject)], ignore_conflicts=True)
    return Chain.objects.select_for_update().get(subject=subject)


def _next_record(chain: Chain, *, deed: str, by: str, content: Mapping[str, Any]) -> Record:
    record = Record(
        subject=chain.subject,
        position=chain.length + 1,
        deed=deed,
        actor=by,
        at=clock.now(),
        content=rules.canonical(content),
        previous_hash=chain.hash,
    )
    record.hash = rules.record_hash(
        subject=record.subject,
        position=record.position,
        deed=record.deed,
        actor=record.actor,
        at=record.at,
        content=record.content,
        previous=record.previous_hash,
    )
    return record


def _put_in_outbox(record: Record) -> None:
    names = _receivers.get(record.deed, {})
    waiting = Pending.objects.bulk_create([Pending(record=record, receiver=name) for name in names])
    for pending in waiting:
        transaction.on_commit(lambda pending=pending: deliver(pending))  # type: ignore[misc]


def deliver(pending: Pending) -> bool:
    """Tell one receiver; a failure is kept and shown, and the deed it hears of stands."""
    receiver = _receivers.get(pending.record.deed, {}).get(pending.receiver)
    if receiver is None:
        return _note(pending, failure=f"No receiver is called {pending.receiver}.")
    try:
        receiver(pending.record)
    except Exception as problem:
        logger.exception("The receiver %s failed.", pending.receiver)
        return _note(pending, failure=f"{type(problem).__name__}: {problem}"[:2000])
    return _note(pending, failure="")


def _note(pending: Pending, *, failure: str) -> bool:
    pending.attempts += 1
    pending.failure = failure
    pending.delivered_at = None if failure else clock.now()
    pending.save(update_fields=["attempts", "failure", "delivered_at"])
    return not failure


def deliver_open(*, most: int = 1000) -> tuple[int, int]:
    """Deliver what is still open; how many were heard, how many failed again."""
    heard = [deliver(pending) for pending in queries.open_deliveries()[:most]]
    return sum(heard), len(heard) - sum(heard)


def seal_all(*, by: str) -> Seal | None:
    """Seal every chain as it stands; None when nothing happened since the last seal."""
    with transaction.atomic():
        hold_table(Chain)
        newest = Record.objects.order_by("-id").values_list("id", flat=True).first()
        before = Seal.objects.first()
        if newest is None or (before and before.last_record == newest):
            return None
        count, digest = rules.seal_hash(queries.heads_at(newest), before.hash if before else "")
        return Seal.objects.create(last_record=newest, chains=count, hash=digest)


def read_content(record: Record) -> dict[str, Any]:
    """What the record says, as a map."""
    content: dict[str, Any] = json.loads(record.content)
    return content
