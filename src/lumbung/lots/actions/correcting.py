"""Nothing is overwritten: what was wrong is taken back as a whole, and written down anew beside it."""

from dataclasses import replace

from django.db import transaction

from foundation.errors import refuse
from lumbung.lots.actions.ledger import Move, When, write_entry
from lumbung.lots.actions.material import told_of
from lumbung.lots.actions.standing import decide
from lumbung.lots.choices import CORRECTED, LotState, MovementKind
from lumbung.lots.models import Entry, Lot, Movement
from lumbung.lots.rules import handing
from lumbung.records.actions import leave_record

MAKING = (MovementKind.MADE, MovementKind.RECEIVED)


def correct_entry(
    *, entry: Entry, reason: str, quantity: int | None = None, entry_key: str = "", by: str
) -> Entry:
    """Take an entry back; with `quantity`, write its one movement down again with the right amount.

    What it set moving must still be there: a mistake is put right from the newest end.
    """
    with transaction.atomic():
        entry = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        later = Entry.objects.filter(corrects=entry).first()
        if later and entry_key and later.entry_key == entry_key:
            return later
        refuse(
            handing.why_not_correct(
                is_correction=entry.corrects_id is not None, corrected=later is not None, reason=reason
            ),
            field="reason",
        )
        wrong = list(entry.movements.select_related("material", "goods", "lot").order_by("pk"))
        refuse(handing.why_not_mend(len(wrong), quantity, is_lot=_made_a_lot(wrong)), field="quantity")
        when = When(subject=entry.subject, at=entry.happened_at, reason=reason)
        back = replace(when, entry_key=entry_key, corrects=entry)
        moves = [_reversed(movement) for movement in wrong]
        correction, _new = write_entry(moves, when=back, by=by)
        content = told_of(correction, moves) | {"corrects": entry.key}
        _strike_out(wrong, reason, by)
        if quantity is not None:
            right = replace(_as_it_was(wrong[0]), quantity=quantity)
            anew, _new = write_entry([right], when=when, by=by)
            content |= {"anew": anew.key, "right": quantity}
        leave_record(subject=_chain(wrong[0]), deed=CORRECTED, by=by, content=content)
    return correction


def correct_movement(
    *, movement: Movement, reason: str, quantity: int | None = None, entry_key: str = "", by: str
) -> Entry:
    """The same, by one of its movements."""
    return correct_entry(entry=movement.entry, reason=reason, quantity=quantity, entry_key=entry_key, by=by)


def _as_it_was(movement: Movement) -> Move:
    return Move(
        MovementKind(movement.kind),
        movement.what,
        movement.quantity,
        movement.from_holder,
        movement.to_holder,
        movement.lot,
    )


def _reversed(movement: Movement) -> Move:
    return replace(_as_it_was(movement), quantity=-movement.quantity, corrects=movement)


def _made_a_lot(movements: list[Movement]) -> bool:
    """Whether the amount stands in a lot as well."""
    return any(movement.kind in MAKING and movement.lot_id for movement in movements)


def _strike_out(movements: list[Movement], reason: str, by: str) -> None:
    """A lot whose making is taken back stays in the list, and counts no more."""
    for movement in movements:
        if movement.kind in MAKING and movement.lot:
            lot = Lot.objects.select_for_update().get(pk=movement.lot.pk)
            decide(lot, LotState.VOIDED, reason, by)


def _chain(movement: Movement) -> str:
    """The chain that the entry itself was told in."""
    if movement.kind in {MovementKind.MOVED, MovementKind.DELIVERED, MovementKind.MADE} and movement.lot:
        return movement.lot.key
    if movement.maker_id:
        return f"maker:{movement.maker_id}"
    return movement.from_holder or movement.to_holder
