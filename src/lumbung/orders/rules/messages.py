"""What is written to makers and captains by WhatsApp: the text first, the link second, at most five lines.

Each message ends with who writes and by when to answer. The link stands alone on its line, so that nothing in
a name can run into it.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from foundation import formats, marking

written_in = override
"""The language of the message, which need not be that of the page."""


@dataclass(frozen=True)
class Sender:
    """Who writes, and until when an answer counts."""

    office: str
    until: datetime | None
    hours: int


@dataclass(frozen=True)
class OfferTold:
    """What a maker is told about one share."""

    addressed: str
    you: str
    goods: str
    quantity: int
    unit: str
    value_rupiah: int
    due: str
    address: str


@dataclass(frozen=True)
class BundleTold:
    """What a captain is told about the shares of the own group."""

    addressed: str
    shares: int
    what: str
    """All goods together, such as `2.772 lembar, masker kain`."""
    address: str


def one_line(text: str) -> str:
    """A name as it may stand within a line: no line breaks, no invisible or control characters."""
    words = " ".join(text.split())
    return "".join(sign for sign in words if unicodedata.category(sign)[0] != "C")


def offer_message(told: OfferTold, sender: Sender, *, language: str) -> str:
    """The message with which a share is offered."""
    with override(language):
        first = _(
            "%(addressed)s, a share of an order is waiting for %(you)s: %(quantity)s %(unit)s, %(goods)s."
        )
        second = _("Paid: %(value)s. Due %(due)s. Please do not start making it yet; see it and answer here:")
        return _joined(
            first
            % {
                "addressed": one_line(told.addressed),
                "you": told.you,
                "quantity": formats.number(told.quantity),
                "unit": told.unit,
                "goods": one_line(told.goods),
            },
            second % {"value": formats.rupiah(told.value_rupiah), "due": told.due},
            told.address,
            _signed(sender),
        )


def bundle_message(told: BundleTold, sender: Sender, *, language: str) -> str:
    """The message with which a captain gets all shares of the group at once."""
    with override(language):
        first = ngettext(
            "%(addressed)s, %(count)s share of an order is waiting for the group: %(what)s.",
            "%(addressed)s, %(count)s shares of an order are waiting for the group: %(what)s.",
            told.shares,
        )
        return _joined(
            first
            % {
                "addressed": one_line(told.addressed),
                "count": formats.number(told.shares),
                "what": one_line(told.what),
            },
            _(
                "Please ask each maker first, then answer here one by one. Makers can also answer by their own link."
            ),
            told.address,
            _signed(sender),
        )


def answer_by(sender: Sender) -> str:
    """Until when an answer counts: the moment once it was sent, the hours before that."""
    if sender.until:
        return _("Please answer before %(moment)s.") % {"moment": formats.moment(sender.until)}
    return _("Please answer within %(hours)s hours after getting this.") % {
        "hours": formats.number(sender.hours)
    }


def _signed(sender: Sender) -> str:
    return marking.marked(f"{one_line(sender.office)}. {answer_by(sender)}")


def _joined(*lines: str) -> str:
    return "\n".join(lines)
