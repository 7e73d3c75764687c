"""Whether the letters of an order can be set or renewed: the reason why not, or None."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from foundation import formats
from lumbung.letters.models import Letterhead
from lumbung.letters.rules.issuing import why_not_void

if TYPE_CHECKING:
    from lumbung.orders.models import Order
    from lumbung.organisations.models import Party


def why_not_set(order: "Order", *, office: "Party | None", head: Letterhead | None) -> str | None:
    """The reason why no letter of this order can be set, or None."""
    if order.cancelled_at:
        return _("This order is cancelled: %(reason)s") % {"reason": order.cancelled_reason}
    if office is None:
        return _("No office is registered that could sign.")
    if head is None:
        return _("%(office)s has no letterhead yet. The head of office writes it first.") % {
            "office": office.name
        }
    return None


def why_not_renew(reason: str, *, head: Letterhead | None) -> str | None:
    """The reason why letters that say something else cannot be renewed, or None."""
    if head is None:
        return _("This office has no letterhead yet. The head of office writes it first.")
    return why_not_void(reason)


def told_amount(quantity: int, unit: str) -> str:
    """120 lembar."""
    return f"{formats.number(quantity)} {unit}"
