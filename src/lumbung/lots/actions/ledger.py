"""Writing one entry into the ledger: its movements, and every account they touch, in one transaction.

An entry carries a key of its own. A phone that sends twice finds its first entry there and changes nothing.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from foundation import clock
from foundation.errors import refuse
from lumbung.lots.choices import CONSUMING, MovementKind
from lumbung.lots.models import Entry, Holding, Lot, MaterialKind, Movement
from lumbung.lots.queries.kinds import loss_rate
from lumbung.lots.queries.movements import entry_known
from lumbung.lots.queries.subjects import holders_in_words
from lumbung.lots.rules import handing
from lumbung.lots.rules.balance import excess_bp
from lumbung.makers.models import GoodsKind

Thing = MaterialKind | GoodsKind


@dataclass(frozen=True)
class Move:
    """An amount on its way from one holder to another; no holder is the world outside."""

    kind: MovementKind
    what: Thing
    quantity: int
    from_holder: str = ""
    to_holder: str = ""
    lot: Lot | None = None
    corrects: Movement | None = None


@dataclass(frozen=True)
class When:
    """What an entry says beside its movements."""

    subject: str = ""
    at: datetime | None = None
    reason: str = ""
    entry_key: str = ""
    corrects: Entry | None = None


def write_entry(moves: Sequence[Move], *, when: When, by: str) -> tuple[Entry, bool]:
    """The entry, and whether it is new; within the transaction of a deed that leaves its record."""
    if known := entry_known(when.entry_key):
        return known, False
    now = clock.now()
    refuse(handing.why_not_when(when.at or now, now), field="at")
    for move in moves:
        if move.corrects is None:
            refuse(handing.why_not_amount(move.quantity), field="quantity")
        if isinstance(move.what, MaterialKind):
            is_of_kind = move.lot is None or move.lot.material_id == move.what.pk
            refuse(
                handing.why_not_lot(
                    tracks_lots=move.what.tracks_lots, has_lot=move.lot is not None, is_of_kind=is_of_kind
                ),
                field="lot",
            )
    try:
        with transaction.atomic():
            entry = _created(when, now, by)
    except IntegrityError:
        if known := entry_known(when.entry_key):  # sent twice at the same moment
            return known, False
        raise
    Movement.objects.bulk_create([_movement(entry, move) for move in moves])
    _apply(entry, moves)
    return entry, True


def _created(when: When, now: datetime, by: str) -> Entry:
    return Entry.objects.create(
        entry_key=when.entry_key or secrets.token_urlsafe(16),
        subject=when.subject,
        happened_at=when.at or now,
        noted_at=now,
        noted_by=by,
        reason=" ".join(when.reason.split())[:300],
        corrects=when.corrects,
    )


def _movement(entry: Entry, move: Move) -> Movement:
    makers = (maker_number(move.to_holder), maker_number(move.from_holder))
    return Movement(
        entry=entry,
        kind=move.kind,
        quantity=move.quantity,
        lot=move.lot,
        from_holder=move.from_holder,
        to_holder=move.to_holder,
        maker_id=next((number for number in makers if number), None),
        corrects=move.corrects,
        **_kind_of(move.what),
    )


def _kind_of(what: Thing) -> dict[str, Thing | None]:
    is_material = isinstance(what, MaterialKind)
    return {"material": what if is_material else None, "goods": None if is_material else what}


def maker_number(holder: str) -> int | None:
    """The maker behind a holder's key, or None."""
    kind, _colon, number = holder.partition(":")
    return int(number) if kind == "maker" and number.isdecimal() else None


# Accounts


def account_of(holder: str, what: Thing, lot: Lot | None, subject: str) -> str:
    """The name of an account: a maker has material for one subject, everything else lies together."""
    thing = f"material:{what.pk}" if isinstance(what, MaterialKind) else f"goods:{what.pk}"
    return f"{holder}|{account_subject(holder, what, subject)}|{thing}|{lot.pk if lot else ''}"


def account_subject(holder: str, what: Thing, subject: str) -> str:
    return subject if maker_number(holder) and isinstance(what, MaterialKind) else ""


def locked(holder: str, what: Thing, lot: Lot | None, subject: str) -> Holding:
    """An account, made if it is new, with its row locked until the transaction ends."""
    name = account_of(holder, what, lot, subject)
    new = Holding(
        account=name,
        holder=holder,
        subject=account_subject(holder, what, subject),
        lot=lot,
        maker_id=maker_number(holder),
        **_kind_of(what),
    )
    Holding.objects.bulk_create([new], ignore_conflicts=True)
    return Holding.objects.select_for_update().get(account=name)


def _apply(entry: Entry, moves: Sequence[Move]) -> None:
    """Every account is locked in the order of its name, so that two entries never wait for each other."""
    touched = {
        account_of(holder, move.what, move.lot, entry.subject): (holder, move.what, move.lot)
        for move in moves
        for holder in (move.from_holder, move.to_holder)
        if holder
    }
    accounts = {name: locked(*touched[name], entry.subject) for name in sorted(touched)}
    for move in moves:
        _take(accounts, entry, move)
    for move in moves:
        _give(accounts, entry, move)
    for holding in accounts.values():
        _close(holding, entry)


def _take(accounts: dict[str, Holding], entry: Entry, move: Move) -> None:
    if not move.from_holder:
        return
    holding = accounts[account_of(move.from_holder, move.what, move.lot, entry.subject)]
    words = holders_in_words([move.from_holder])[move.from_holder] if move.quantity > holding.quantity else ""
    refuse(handing.why_not_take_from(holding.quantity, move.quantity, move.what, words), field="quantity")
    bucket = _bucket(move.kind)
    setattr(holding, bucket, getattr(holding, bucket) + move.quantity)
    holding.quantity -= move.quantity


def _bucket(kind: MovementKind) -> str:
    if kind in CONSUMING:
        return "used"
    return {MovementKind.RETURNED: "returned", MovementKind.LOST: "lost"}.get(kind, "passed_on")


def _give(accounts: dict[str, Holding], entry: Entry, move: Move) -> None:
    if not move.to_holder:
        return
    holding = accounts[account_of(move.to_holder, move.what, move.lot, entry.subject)]
    if holding.quantity + move.quantity < 0:
        words = holders_in_words([move.to_holder])[move.to_holder]
        refuse(handing.why_not_taken_back(holding.quantity, -move.quantity, move.what, words))
    holding.taken += move.quantity
    holding.quantity += move.quantity


def _close(holding: Holding, entry: Entry) -> None:
    holding.excess_bp = 0
    if holding.lost and holding.material_id and holding.maker_id:
        rate = loss_rate(MaterialKind(pk=holding.material_id), clock.day_of(entry.happened_at))
        holding.excess_bp = excess_bp(kept=holding.kept, lost=holding.lost, rate_bp=rate)
    holding.save()
