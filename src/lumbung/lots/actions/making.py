"""A lot is made: by whom, of what; and lots are poured together into one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Refused, refuse
from lumbung.lots.actions.ledger import Move, When, write_entry
from lumbung.lots.actions.numbering import new_lot
from lumbung.lots.actions.standing import hold
from lumbung.lots.choices import LOT_MADE, LOTS_JOINED, MovementKind
from lumbung.lots.models import Lot, LotMaker, LotUse, MaterialKind, Movement
from lumbung.lots.queries.movements import entry_known
from lumbung.lots.rules import handing
from lumbung.makers.models import GoodsKind, Household, Maker
from lumbung.records.actions import leave_record


@dataclass(frozen=True)
class MadeBy:
    """Who made how much of a lot."""

    maker: Maker
    quantity: int
    household: Household | None = None


@dataclass(frozen=True)
class Use:
    """An amount of material, or of an older lot, that went into a lot."""

    quantity: int
    lot: Lot | None = None
    material: MaterialKind | None = None


def make_lot(
    *,
    goods: GoodsKind,
    quantity: int,
    made_by: Sequence[MadeBy],
    made_from: date,
    made_until: date | None = None,
    subject: str = "",
    uses: Sequence[Use] = (),
    holder: str = "",
    held_because: str = "",
    at: datetime | None = None,
    entry_key: str = "",
    is_demo: bool = False,
    by: str,
) -> Lot:
    """Write a lot down: what the makers made lies with the first of them, or at `holder`.

    `uses` are taken from that same holder's hands: material for the same subject, or older lots.
    """
    with transaction.atomic():
        if known := _lot_of(entry_key):
            return known
        _check_made(made_by, quantity, made_from, made_until or made_from)
        holder = holder or made_by[0].maker.key
        lot = new_lot(
            goods,
            quantity,
            made=(made_from, made_until or made_from),
            subject=subject,
            is_demo=is_demo,
            by=by,
        )
        LotMaker.objects.bulk_create(
            [
                LotMaker(lot=lot, maker=one.maker, household=one.household, quantity=one.quantity)
                for one in made_by
            ]
        )
        moves = [_used(use, holder, MovementKind.USED) for use in uses]
        moves.append(Move(MovementKind.MADE, goods, quantity, to_holder=holder, lot=lot))
        entry, _new = write_entry(moves, when=When(subject=subject, at=at, entry_key=entry_key), by=by)
        _write_uses(lot, uses)
        content = {
            "entry": entry.key,
            "goods": goods.pk,
            "quantity": quantity,
            "unit": goods.unit,
            "makers": [one.maker.key for one in made_by],
            "subject": subject,
            "holder": holder,
        }
        leave_record(subject=lot.key, deed=LOT_MADE, by=by, content=content)
        return hold(lot, held_because, by=by) if held_because else lot


def _lot_of(entry_key: str) -> Lot | None:
    """The lot that was made when this was sent the first time."""
    known = entry_known(entry_key)
    made = (
        Movement.objects.filter(entry=known, kind=MovementKind.MADE).select_related("lot").first()
        if known
        else None
    )
    return made.lot if made else None


def _check_made(made_by: Sequence[MadeBy], quantity: int, first: date, last: date) -> None:
    refuse(handing.why_not_amount(quantity), field="quantity")
    if not made_by:
        raise Refused(_("Say who made it."), field="maker")
    refuse(handing.why_not_makers([one.quantity for one in made_by], quantity), field="quantity")
    if last < first:
        raise Refused(_("It cannot end before it begins."), field="made_until")
    if last > clock.today():
        raise Refused(_("This is written down after it has happened, not before."), field="made_until")


def _used(use: Use, holder: str, kind: MovementKind) -> Move:
    what = use.lot.what if use.lot else use.material
    if what is None:
        raise ValueError("A use names a lot or a material.")
    return Move(kind, what, use.quantity, from_holder=holder, lot=use.lot)


def _write_uses(lot: Lot, uses: Sequence[Use]) -> None:
    amounts: dict[int, int] = {}
    for use in uses:
        if use.lot:
            amounts[use.lot.pk] = amounts.get(use.lot.pk, 0) + use.quantity
    rows = [LotUse(lot=lot, parent_id=parent, quantity=quantity) for parent, quantity in amounts.items()]
    LotUse.objects.bulk_create(rows)


def join_lots(
    *,
    parts: Sequence[Use],
    holder: str,
    lost: int = 0,
    reason: str = "",
    subject: str = "",
    at: datetime | None = None,
    entry_key: str = "",
    is_demo: bool = False,
    by: str,
) -> Lot:
    """Lots of one kind at one holder become one lot: what goes in comes out, less what is lost on the way."""
    with transaction.atomic():
        if known := _lot_of(entry_key):
            return known
        parents = _locked_parents(parts)
        first = parents[0]
        for parent in parents:
            refuse(handing.why_not_out(parent.state, parent.state_reason, "joined"), field="lot")
            if (parent.material_id, parent.goods_id) != (first.material_id, first.goods_id):
                raise Refused(_("Only lots of the same kind are poured together."), field="lot")
        whole = sum(part.quantity for part in parts)
        refuse(handing.why_not_amount(whole - lost), field="quantity")
        if lost and not reason.strip():
            raise Refused(_("Write the reason of the loss."), field="reason")
        made = (min(one.made_from for one in parents), max(one.made_until for one in parents))
        lot = new_lot(first.what, whole - lost, made=made, subject=subject, is_demo=is_demo, by=by)
        moves = [_used(part, holder, MovementKind.JOINED) for part in parts]
        moves.append(Move(MovementKind.MADE, lot.what, whole - lost, to_holder=holder, lot=lot))
        entry, _new = write_entry(
            moves, when=When(subject=subject, at=at, reason=reason, entry_key=entry_key), by=by
        )
        _write_uses(lot, parts)
        content = {
            "entry": entry.key,
            "parts": [parent.key for parent in parents],
            "quantity": whole - lost,
            "lost": lost,
            "unit": lot.what.unit,
            "material": lot.material_id is not None,
            "holder": holder,
        }
        leave_record(subject=lot.key, deed=LOTS_JOINED, by=by, content=content)
    return lot


def _locked_parents(parts: Sequence[Use]) -> list[Lot]:
    numbers = [part.lot.pk for part in parts if part.lot]
    if len(numbers) < 2 or len(numbers) < len(parts):
        raise Refused(_("Choose at least two lots."), field="lot")
    rows = Lot.objects.select_for_update(of=("self",)).select_related("material", "goods")
    return list(rows.filter(pk__in=numbers).order_by("pk"))
