"""What is written by WhatsApp to who waits without a share, and to who objected: text first, link second."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation import formats, marking
from lumbung.orders.rules.messages import one_line


@dataclass(frozen=True)
class ReasonForMaker:
    """What a maker without a share is told."""

    addressed: str
    order: str
    reason: str
    change: str
    address: str
    office: str


def reason_message(told: ReasonForMaker, *, language: str) -> str:
    """No share this time, the one reason, what would change it, and where the own line stands."""
    with override(language):
        first = _("%(addressed)s, there is no share for you in the order %(order)s this time.") % {
            "addressed": one_line(told.addressed),
            "order": one_line(told.order),
        }
        why = _("Reason: %(reason)s.") % {"reason": told.reason}
        if told.change:
            why += " " + _("What would change it: %(change)s.") % {"change": told.change}
        return "\n".join(
            [
                first,
                why,
                _("See your own line and object here if it is wrong:"),
                told.address,
                marking.marked(one_line(told.office)),
            ]
        )


def reasons_message(
    *, addressed: str, order: str, makers: int, address: str, office: str, language: str
) -> str:
    """To a captain: the lines of all makers of the group at once."""
    with override(language):
        first = _(
            "%(addressed)s, %(count)s makers of your group have no share in the order %(order)s this time."
        ) % {
            "addressed": one_line(addressed),
            "count": formats.number(makers),
            "order": one_line(order),
        }
        second = _("The reason of each, and what would change it, stands here:")
        return "\n".join([first, second, address, marking.marked(one_line(office))])


def answer_message(
    *, addressed: str, code: str, order: str, outcome: str, address: str, office: str, language: str
) -> str:
    """To who objected: it is answered, and where the reason stands."""
    with override(language):
        first = _("%(addressed)s, your objection %(code)s (%(order)s) is answered: %(outcome)s.") % {
            "addressed": one_line(addressed),
            "code": code,
            "order": one_line(order),
            "outcome": outcome,
        }
        second = _("The reason stands here. If it is not right yet, you can say so there once more:")
        return "\n".join([first, second, address, marking.marked(one_line(office))])


def keep_message(*, code: str, order: str, address: str, language: str) -> str:
    """What an objector sends to the own chat, so that the link is not lost."""
    with override(language):
        return "\n".join(
            [
                marking.marked(
                    _("My objection %(code)s, %(order)s:") % {"code": code, "order": one_line(order)}
                ),
                address,
            ]
        )
