"""Whether an offered share can be answered, and with which number."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from foundation import formats
from lumbung.orders.choices import CONFIRMED_STATES, ShareState
from lumbung.orders.rules.order import why_over

if TYPE_CHECKING:
    from lumbung.orders.models import Share


def has_lapsed(share: "Share", *, at: datetime) -> bool:
    """Whether the answer term is over, whether or not anybody has noted it yet."""
    if share.state == ShareState.LAPSED:
        return True
    return share.state == ShareState.OFFERED and share.answer_until is not None and share.answer_until <= at


def shown_state(share: "Share", *, at: datetime) -> ShareState:
    """The state as a reader sees it now."""
    return ShareState.LAPSED if has_lapsed(share, at=at) else ShareState(share.state)


def why_not_answer(share: "Share", *, at: datetime) -> str | None:
    """The reason why this share cannot be answered, as a kind sentence, or None."""
    if share.line.order.cancelled_at:
        return _("This order is cancelled: %(reason)s") % {"reason": share.line.order.cancelled_reason}
    if share.state in CONFIRMED_STATES:
        return _("You have already confirmed %(quantity)s. Thank you.") % {
            "quantity": formats.number(share.confirmed_quantity)
        }
    if share.state == ShareState.DECLINED:
        return _("You have already answered: not this time. The share has moved to other makers.")
    if share.state == ShareState.WITHDRAWN:
        return _("The office has withdrawn this offer.")
    if has_lapsed(share, at=at):
        return _(
            "The time to answer is over. The share has moved to other makers; your turn counts in the next order."
        )
    return None


def why_not_partly(share: "Share", quantity: int) -> str | None:
    """The reason why a maker cannot take just this many, or None."""
    lowest = smallest_part(share)
    if quantity > share.quantity:
        return _("At most %(most)s. You wrote %(written)s.") % {
            "most": formats.number(share.quantity),
            "written": formats.number(quantity),
        }
    if quantity < lowest:
        return _("At least %(least)s. You wrote %(written)s.") % {
            "least": formats.number(lowest),
            "written": formats.number(quantity),
        }
    return None


def smallest_part(share: "Share") -> int:
    """The maker's own smallest lot binds a part as well, unless the share itself is smaller."""
    return max(1, min(share.minimum_lot, share.quantity))


def why_not_release(share: "Share", quantity: int, *, made: int = 0) -> str | None:
    """The reason why a maker cannot give back this many of what is confirmed and not made yet, or None."""
    if share.state not in CONFIRMED_STATES:
        return _("Only a confirmed share can be given back.")
    if share.line.order.finished_at:
        return why_over(share.line.order)
    most = share.held_quantity - made
    if share.held_quantity and most <= 0:
        return _("All %(made)s are made already: nothing can be given back.") % {"made": formats.number(made)}
    if not 0 < quantity <= most:
        return _("Write a number from 1 to %(most)s.") % {"most": formats.number(most)}
    return None
