"""What is written by WhatsApp to a maker without work: text first, link second."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation import marking
from lumbung.orders.rules.messages import one_line


def idle_message(*, addressed: str, you: str, address: str, office: str, language: str) -> str:
    """Are you still making, and what can you make? Where open orders stand."""
    with override(language):
        return "\n".join(
            [
                _("%(addressed)s, it is three months since the last share of an order went to %(you)s.")
                % {"addressed": one_line(addressed), "you": you},
                _(
                    "Are you still making? Please tell us what you can make in a week, and what is in the way."
                ),
                _("Orders that are open now:"),
                address,
                marking.marked(one_line(office)),
            ]
        )
