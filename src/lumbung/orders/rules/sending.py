"""By which way an offer reaches its maker and why it does not."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lumbung.orders.choices import SentBy
from lumbung.orders.rules.order import why_over

if TYPE_CHECKING:
    from lumbung.orders.models import Order
    from lumbung.people.models import Person


def way_of(*, phone: str, captain_phone: str | None) -> SentBy:
    """Through the captain of the group, by WhatsApp to the maker, or on paper where nobody has a phone."""
    if captain_phone:
        return SentBy.CAPTAIN
    return SentBy.WHATSAPP if phone else SentBy.SHEET


def why_not_send(order: "Order") -> str | None:
    """The reason why nothing of an order goes out, or None."""
    if order.finished_at:
        return why_over(order)
    return _("This order is cancelled: nothing is sent any more.") if order.cancelled_at else None


def why_not_message(person: "Person") -> str | None:
    """The reason why somebody gets no message, or None."""
    if person.phone:
        return None
    return _("No phone number is registered for %(name)s. Use the sheet.") % {"name": person}
