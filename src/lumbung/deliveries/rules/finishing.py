"""When nothing more of a share comes, and when nothing of an order is open any more; no database."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import formats
from lumbung.orders.rules.order import why_over

if TYPE_CHECKING:
    from lumbung.deliveries.models import Closing
    from lumbung.orders.models import Share


@dataclass(frozen=True)
class Open:
    """What of an order is still open: shares with pieces to come, and pieces by where they are."""

    shares: int = 0
    to_come: int = 0
    unchecked: int = 0
    rework: int = 0


@dataclass(frozen=True)
class Handed:
    """A share of which something was handed over: pieces to come and waiting, rupiah due and unpaid."""

    to_come: int = 0
    waiting: int = 0
    due: int = 0
    unpaid: int = 0


def stage_of(handed: Handed) -> str:
    """Delivered while something is still to come or waits; inspected when all was; paid when all that is owed is."""
    if handed.to_come > 0 or handed.waiting > 0:
        return "delivered"
    return "paid" if handed.due > 0 and handed.unpaid <= 0 else "inspected"


def why_not_over(still: Open) -> str | None:
    """The first thing that is still open, or None."""
    if still.shares:
        return ngettext(
            "%(shares)s share has still %(pieces)s to hand over. What will not come is closed with a reason.",
            "%(shares)s shares have still %(pieces)s to hand over. What will not come is closed with a reason.",
            still.shares,
        ) % {"shares": formats.number(still.shares), "pieces": formats.number(still.to_come)}
    if still.unchecked:
        return _("%(pieces)s are not inspected yet.") % {"pieces": formats.number(still.unchecked)}
    if still.rework:
        return _("%(pieces)s are in rework.") % {"pieces": formats.number(still.rework)}
    return None


def why_not_close_share(
    share: "Share", *, to_come: int, closing: "Closing | None", reason: str
) -> str | None:
    """The reason why the rest of a share cannot be closed, or None."""
    if over := why_over(share.line.order):
        return over
    if closing is not None:
        return _("The rest of this share is closed already: %(reason)s") % {"reason": closing.reason}
    if to_come <= 0:
        return _("Nothing of this share is still to come.")
    return None if reason.strip() else _("Write why the rest does not come: the maker and the buyer read it.")


def why_not_reopen_share(share: "Share", *, closing: "Closing | None", reason: str) -> str | None:
    if over := why_over(share.line.order):
        return over
    if closing is None:
        return _("The rest of this share is not closed.")
    return None if reason.strip() else _("Write the reason: the record keeps it.")


def why_closed(closing: "Closing | None") -> str | None:
    """That nothing more is taken in for a share, or None."""
    if closing is None:
        return None
    return _("The rest of this share is closed: %(reason)s Open it again first.") % {"reason": closing.reason}
