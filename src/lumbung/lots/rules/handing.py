"""Why an amount cannot change hands, as a sentence with its numbers, or None."""

from datetime import datetime

from django.utils.translation import gettext as _

from foundation import formats
from lumbung.lots.choices import LotState
from lumbung.lots.rules.amounts import Counted, amount


def why_not_amount(quantity: int) -> str | None:
    if quantity <= 0:
        return _("Write an amount above zero.")
    return None


def why_not_take_from(have: int, quantity: int, what: Counted, holder: str) -> str | None:
    """Nobody gives what is not there."""
    if quantity > have:
        return _("%(holder)s has %(have)s of it, not %(quantity)s.") % {
            "holder": holder,
            "have": amount(have, what),
            "quantity": amount(quantity, what),
        }
    return None


def why_not_when(at: datetime, now: datetime) -> str | None:
    """An event is told after it happened."""
    if at > now:
        return _("This is written down after it has happened, not before.")
    return None


def why_not_lot(*, tracks_lots: bool, has_lot: bool, is_of_kind: bool) -> str | None:
    """Material that is kept apart by lot moves with its lot; other material has none."""
    if tracks_lots and not has_lot:
        return _("This material is kept apart by lot: say which lot.")
    if has_lot and not (tracks_lots and is_of_kind):
        return _("This lot is of something else.")
    return None


def why_not_hand_out(*, is_active: bool, maker: str) -> str | None:
    """A closed workshop gets no material."""
    if not is_active:
        return _("%(maker)s is not active in the register.") % {"maker": maker}
    return None


def why_not_return(open_: int, quantity: int, what: Counted) -> str | None:
    """No more comes back than is out."""
    if quantity > open_:
        return _("Only %(open)s is still open here. You wrote %(quantity)s.") % {
            "open": amount(open_, what),
            "quantity": amount(quantity, what),
        }
    return None


def why_not_adjust(holder: str) -> str | None:
    """What a count finds is written down in the office's own places; with a maker it is used, returned or lost."""
    if not holder.startswith("store:"):
        return _("Only what lies in a store is counted anew. With a maker, write it down as used or lost.")
    return None


def why_not_out(state: str, reason: str, to_holder: str) -> str | None:
    """A lot that is held or recalled goes nowhere but back into a store of the office, or is destroyed."""
    if to_holder == "" or to_holder.startswith("store:"):
        return None
    if state == LotState.HELD:
        return _("This lot is held back: %(reason)s") % {"reason": reason}
    if state == LotState.RECALLED:
        return _("This lot is recalled. It may only come back into a store.")
    return None


def why_not_correct(*, is_correction: bool, corrected: bool, reason: str) -> str | None:
    if is_correction:
        return _("This line is itself a correction. Write down what really happened as a new one.")
    if corrected:
        return _("This was corrected already.")
    if not reason.strip():
        return _("Write what was wrong: both lines stay in the list.")
    return None


def why_not_mend(movements: int, quantity: int | None, *, is_lot: bool) -> str | None:
    """Only one plain amount can be written down anew; what became a lot is taken back as a whole."""
    if quantity is None:
        return None
    if quantity <= 0:
        return _("Write an amount above zero, or nothing to take it back.")
    if movements > 1 or is_lot:
        return _(
            "This entry made a lot or has several lines: take it back as a whole and write it down anew."
        )
    return None


def why_not_taken_back(have: int, quantity: int, what: Counted, holder: str) -> str | None:
    """A mistake is put right from the newest end."""
    if quantity > have:
        return _(
            "Of the %(quantity)s only %(have)s is still with %(holder)s. Correct first what was written down later."
        ) % {"quantity": amount(quantity, what), "have": amount(have, what), "holder": holder}
    return None


def why_not_makers(parts: list[int], quantity: int) -> str | None:
    """What the households made is the lot, to the last piece."""
    if parts and sum(parts) != quantity:
        return _("The parts are %(parts)s together, and the lot has %(quantity)s.") % {
            "parts": formats.number(sum(parts)),
            "quantity": formats.number(quantity),
        }
    return None
