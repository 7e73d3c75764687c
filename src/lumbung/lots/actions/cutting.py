"""Central cutting: cloth in = what the pieces hold + offcuts + loss, to the last millimetre."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Refused, refuse
from lumbung.files.actions import keep_file
from lumbung.lots.actions.ledger import Move, When, write_entry
from lumbung.lots.actions.material import told_of
from lumbung.lots.actions.numbering import new_lot
from lumbung.lots.choices import CUT, MovementKind
from lumbung.lots.models import Entry, Lot, LotUse, MaterialKind, Store
from lumbung.lots.queries.kinds import loss_rate, norm_of
from lumbung.lots.queries.movements import entry_known
from lumbung.lots.rules import balance
from lumbung.lots.rules.amounts import amount
from lumbung.records.actions import leave_record


@dataclass(frozen=True)
class Piece:
    """So many cut pieces of a kind."""

    kind: MaterialKind
    quantity: int


def cut(
    *,
    material: MaterialKind,
    taken: int,
    pieces: Sequence[Piece],
    offcuts: int,
    store: Store,
    lot: Lot | None = None,
    subject: str = "",
    reason: str = "",
    at: datetime | None = None,
    entry_key: str = "",
    photo: IO[bytes] | None = None,
    is_demo: bool = False,
    by: str,
) -> Entry:
    """Cloth becomes cut pieces. What neither the pieces hold nor lies among the offcuts is the loss."""
    when = When(subject=subject, at=at, reason=reason, entry_key=entry_key)
    with transaction.atomic():
        if known := entry_known(entry_key):
            return known
        cutting = _balanced(material, taken, pieces, offcuts, when)
        out = {
            MovementKind.CUT: cutting.content,
            MovementKind.OFFCUT: cutting.offcuts,
            MovementKind.LOST: cutting.lost,
        }
        moves = [Move(kind, material, part, store.key, "", lot) for kind, part in out.items() if part]
        moves += [_made(piece, store, material, lot, cutting.content, is_demo, by) for piece in pieces]
        entry, is_new = write_entry(moves, when=when, by=by)
        if is_new:
            content = told_of(entry, moves) | {"taken": taken}
            leave_record(subject=store.key, deed=CUT, by=by, content=content)
            if photo is not None:
                keep_file(upload=photo, subject=entry.key, name=getattr(photo, "name", "") or "", by=by)
    return entry


def _balanced(
    material: MaterialKind, taken: int, pieces: Sequence[Piece], offcuts: int, when: When
) -> balance.Cutting:
    on = clock.day_of(when.at or clock.now())
    if not pieces or any(piece.quantity <= 0 for piece in pieces):
        raise Refused(_("Say how many pieces came of it."), field="pieces")
    content = 0
    for piece in pieces:
        norm = norm_of(material.pk, [piece.kind.key], on)
        if norm is None:
            sentence = _("No norm says how much %(material)s one of %(piece)s holds. Set it first.")
            raise Refused(sentence % {"material": material, "piece": piece.kind}, field="pieces")
        content += balance.cutting_of(taken=0, pieces=piece.quantity, per_thousand=norm, offcuts=0).content
    cutting = balance.Cutting(content, offcuts, taken - content - offcuts)
    rate = loss_rate(material, on)
    words = amount(max(0, -cutting.lost), material)
    refuse(
        balance.why_not_cut(cutting, rate_bp=rate, reason=when.reason, words=words),
        field="reason" if cutting.lost >= 0 else "taken",
    )
    return cutting


def _made(
    piece: Piece,
    store: Store,
    material: MaterialKind,
    parent: Lot | None,
    content: int,
    is_demo: bool,
    by: str,
) -> Move:
    made = None
    if piece.kind.tracks_lots:
        day = clock.today()
        made = new_lot(
            piece.kind, piece.quantity, made=(day, day), origin=str(material), is_demo=is_demo, by=by
        )
        if parent:
            LotUse.objects.create(lot=made, parent=parent, quantity=content)
    return Move(MovementKind.MADE, piece.kind, piece.quantity, "", store.key, made)
