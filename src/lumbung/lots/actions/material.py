"""What changes hands: received, handed out, taken back, used, lost, moved, delivered, counted anew."""

from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Refused, refuse
from lumbung.files.actions import keep_file
from lumbung.lots import choices
from lumbung.lots.actions.ledger import Move, Thing, When, locked, write_entry
from lumbung.lots.actions.numbering import new_lot
from lumbung.lots.choices import MovementKind
from lumbung.lots.models import Entry, Lot, MaterialKind, Store
from lumbung.lots.queries.kinds import loss_rate
from lumbung.lots.queries.movements import entry_known
from lumbung.lots.rules import balance, handing
from lumbung.makers.choices import MakerState
from lumbung.makers.models import Maker
from lumbung.records.actions import leave_record


def receive(
    *,
    material: MaterialKind,
    quantity: int,
    store: Store,
    origin: str = "",
    at: datetime | None = None,
    entry_key: str = "",
    photo: IO[bytes] | None = None,
    is_demo: bool = False,
    by: str,
) -> Entry:
    """Material comes into a store. Where it is kept apart by lot, it becomes a lot that says where it comes from."""
    when = When(at=at, reason=origin, entry_key=entry_key)
    with transaction.atomic():
        if known := entry_known(entry_key):
            return known
        refuse(handing.why_not_amount(quantity), field="quantity")
        lot = None
        if material.tracks_lots:
            day = clock.day_of(at or clock.now())
            lot = new_lot(material, quantity, made=(day, day), origin=origin, is_demo=is_demo, by=by)
        move = Move(MovementKind.RECEIVED, material, quantity, to_holder=store.key, lot=lot)
        return _done([move], when=when, deed=choices.RECEIVED, chain=store.key, photo=photo, by=by)


def hand_out(
    *,
    material: MaterialKind,
    quantity: int,
    store: Store,
    maker: Maker,
    subject: str = "",
    lot: Lot | None = None,
    at: datetime | None = None,
    entry_key: str = "",
    photo: IO[bytes] | None = None,
    by: str,
) -> Entry:
    """A maker gets material for a subject out of a store."""
    refuse(
        handing.why_not_hand_out(is_active=maker.state == MakerState.ACTIVE, maker=maker.party.name),
        field="maker",
    )
    move = Move(MovementKind.HANDED_OUT, material, quantity, store.key, maker.key, lot)
    when = When(subject=subject, at=at, entry_key=entry_key)
    with transaction.atomic():
        return _done([move], when=when, deed=choices.HANDED_OUT, chain=maker.key, photo=photo, by=by)


def take_back(
    *,
    material: MaterialKind,
    quantity: int,
    maker: Maker,
    store: Store,
    subject: str = "",
    lot: Lot | None = None,
    at: datetime | None = None,
    entry_key: str = "",
    photo: IO[bytes] | None = None,
    by: str,
) -> Entry:
    """What a maker did not need comes back into a store."""
    move = Move(MovementKind.RETURNED, material, quantity, maker.key, store.key, lot)
    when = When(subject=subject, at=at, entry_key=entry_key)
    with transaction.atomic():
        _check_open(move, when)
        return _done([move], when=when, deed=choices.TAKEN_BACK, chain=maker.key, photo=photo, by=by)


def tell_used(
    *,
    material: MaterialKind,
    quantity: int,
    maker: Maker,
    subject: str = "",
    lot: Lot | None = None,
    at: datetime | None = None,
    entry_key: str = "",
    photo: IO[bytes] | None = None,
    by: str,
) -> Entry:
    """So much went into the goods."""
    move = Move(MovementKind.USED, material, quantity, maker.key, "", lot)
    when = When(subject=subject, at=at, entry_key=entry_key)
    with transaction.atomic():
        _check_open(move, when)
        return _done([move], when=when, deed=choices.USED, chain=maker.key, photo=photo, by=by)


def tell_lost(
    *,
    what: Thing,
    quantity: int,
    holder: str,
    subject: str = "",
    lot: Lot | None = None,
    reason: str = "",
    at: datetime | None = None,
    entry_key: str = "",
    photo: IO[bytes] | None = None,
    by: str,
) -> Entry:
    """So much is spoilt or gone, wherever it was; beyond the stated loss a reason is asked."""
    move = Move(MovementKind.LOST, what, quantity, holder, "", lot)
    when = When(subject=subject, at=at, reason=reason, entry_key=entry_key)
    with transaction.atomic():
        if known := entry_known(entry_key):
            return known
        _check_open(move, when)
        _check_loss(move, when)
        return _done([move], when=when, deed=choices.LOST, chain=holder, photo=photo, by=by)


def adjust(
    *,
    what: Thing,
    counted: int,
    store: Store,
    reason: str,
    lot: Lot | None = None,
    entry_key: str = "",
    by: str,
) -> Entry | None:
    """A store was counted: what is more or less than the ledger says is written down; None when it agrees."""
    refuse(handing.why_not_adjust(store.key))
    if not reason.strip():
        raise Refused(_("Write who counted, and what explains it."), field="reason")
    with transaction.atomic():
        if known := entry_known(entry_key):
            return known
        there = locked(store.key, what, lot, "").quantity
        if counted == there:
            return None
        ways = (store.key, "") if counted < there else ("", store.key)
        move = Move(MovementKind.ADJUSTED, what, abs(counted - there), *ways, lot)
        when = When(reason=reason, entry_key=entry_key)
        return _done([move], when=when, deed=choices.ADJUSTED, chain=store.key, by=by)


def move(
    *,
    what: Thing,
    quantity: int,
    from_holder: str,
    to_holder: str,
    lot: Lot | None = None,
    subject: str = "",
    at: datetime | None = None,
    entry_key: str = "",
    photo: IO[bytes] | None = None,
    by: str,
) -> Entry:
    """An amount goes to another holder. Material in a maker's hands is handed out and taken back instead."""
    if isinstance(what, MaterialKind) and (from_holder + to_holder).count("maker:"):
        raise Refused(_("Material reaches a maker by handing it out, and leaves by taking it back."))
    return _moved(
        Move(MovementKind.MOVED, what, quantity, from_holder, to_holder, lot),
        When(subject=subject, at=at, entry_key=entry_key),
        photo,
        by,
    )


def move_lot(
    *,
    lot: Lot,
    quantity: int,
    from_holder: str,
    to_holder: str,
    subject: str = "",
    at: datetime | None = None,
    entry_key: str = "",
    photo: IO[bytes] | None = None,
    by: str,
) -> Entry:
    """A part of a lot, or all of it, goes to another holder."""
    return move(
        what=lot.what,
        quantity=quantity,
        from_holder=from_holder,
        to_holder=to_holder,
        lot=lot,
        subject=subject,
        at=at,
        entry_key=entry_key,
        photo=photo,
        by=by,
    )


def deliver_lot(
    *,
    lot: Lot,
    quantity: int,
    from_holder: str,
    to_holder: str,
    subject: str = "",
    at: datetime | None = None,
    entry_key: str = "",
    photo: IO[bytes] | None = None,
    by: str,
) -> Entry:
    """A part of a lot goes to the buyer, for good."""
    return _moved(
        Move(MovementKind.DELIVERED, lot.what, quantity, from_holder, to_holder, lot),
        When(subject=subject, at=at, entry_key=entry_key),
        photo,
        by,
    )


def _moved(move: Move, when: When, photo: IO[bytes] | None, by: str) -> Entry:
    with transaction.atomic():
        if move.lot:
            lot = Lot.objects.select_for_update().get(pk=move.lot.pk)
            refuse(handing.why_not_out(lot.state, lot.state_reason, move.to_holder), field="lot")
        chain = move.lot.key if move.lot else move.from_holder
        return _done([move], when=when, deed=choices.MOVED, chain=chain, photo=photo, by=by)


def _check_open(move: Move, when: When) -> None:
    """No more leaves a maker's account than is open in it."""
    if entry_known(when.entry_key) or not move.from_holder.startswith("maker:"):
        return
    open_ = locked(move.from_holder, move.what, move.lot, when.subject).quantity
    refuse(handing.why_not_return(open_, move.quantity, move.what), field="quantity")


def _check_loss(move: Move, when: When) -> None:
    """What is lost in a store, or of goods, always needs a reason."""
    kept, lost, rate = move.quantity, 0, 0
    if isinstance(move.what, MaterialKind) and move.from_holder.startswith("maker:"):
        account = locked(move.from_holder, move.what, move.lot, when.subject)
        kept, lost = account.kept, account.lost
        rate = loss_rate(move.what, clock.day_of(when.at or clock.now()))
    sentence = balance.why_not_lose(kept=kept, lost=lost + move.quantity, rate_bp=rate, reason=when.reason)
    refuse(sentence, field="reason")


def _done(
    moves: list[Move],
    *,
    when: When,
    deed: str,
    chain: str,
    by: str,
    photo: IO[bytes] | None = None,
    more: dict[str, Any] | None = None,
) -> Entry:
    entry, is_new = write_entry(moves, when=when, by=by)
    if is_new:
        leave_record(subject=chain, deed=deed, by=by, content=told_of(entry, moves) | (more or {}))
        if photo is not None:
            keep_file(upload=photo, subject=entry.key, name=getattr(photo, "name", "") or "", by=by)
    return entry


def told_of(entry: Entry, moves: list[Move]) -> dict[str, Any]:
    """What a record says of an entry: its first movement in full, and the others beside it."""
    first = moves[0]
    told: dict[str, Any] = {
        "entry": entry.key,
        "what": first.what.key if isinstance(first.what, MaterialKind) else f"goods:{first.what.pk}",
        "quantity": first.quantity,
        "unit": first.what.unit,
    }
    told |= {"from": first.from_holder} if first.from_holder else {}
    told |= {"to": first.to_holder} if first.to_holder else {}
    told |= {"subject": entry.subject} if entry.subject else {}
    told |= {"lot": first.lot.key} if first.lot else {}
    if others := moves[1:]:
        told["others"] = [
            {
                "kind": str(other.kind.value),
                "what": other.what.key if isinstance(other.what, MaterialKind) else f"goods:{other.what.pk}",
                "quantity": other.quantity,
            }
            for other in others
        ]
    return told
