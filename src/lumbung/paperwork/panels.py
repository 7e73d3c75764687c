"""Letters on the pages of orders, offers and workshops, and how the list of records tells the room's deed."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.panels import Panel, register_panel
from lumbung.letters.choices import LetterKind
from lumbung.makers.models import Maker
from lumbung.orders.choices import CONFIRMED_STATES
from lumbung.orders.models import Order, Share
from lumbung.paperwork import queries
from lumbung.paperwork.choices import HABIT_SET, ComesAbout
from lumbung.records.queries import Told, word_deed, word_fields


def of_order(order: Order, person: object) -> Panel | None:
    """For the office and the buyer, once something was promised, delivered or paid: how many stand and are missing."""
    counts = queries.newest_counts_of(order, queries.kinds_read_by(person)).values()
    if not any(count.needed or count.in_force for count in counts):
        return None
    content = {
        "in_force": sum(count.in_force for count in counts),
        "missing": sum(count.missing for count in counts),
        "differing": sum(count.differing for count in counts),
    }
    return Panel("paperwork/parts/of_order.html", content)


def of_offer(share: Share, _person: object) -> Panel | None:
    """By link, for whoever holds the share: the letters about it."""
    if share.state not in CONFIRMED_STATES:
        return None
    letters = [letter for letter in queries.letters_of_share(share) if letter.voided_at is None]
    return Panel("paperwork/parts/of_offer.html", {"letters": letters}) if letters else None


def of_maker(maker: Maker, _person: object) -> Panel | None:
    """The own workshop: the newest letters about it."""
    letters = queries.letters_of_maker(maker)
    return Panel("paperwork/parts/of_maker.html", {"letters": letters}) if letters else None


register_panel("orders.detail", of_order)
register_panel("orders.offer", of_offer)
register_panel("makers.mine", of_maker)


@word_deed(HABIT_SET, gettext_lazy("How letters come about was set"))
def habit_set(told: Told) -> str:
    return _("%(subject)s, %(kind)s: %(way)s.") % {
        "subject": told.subject,
        "kind": LetterKind(told.content["kind"]).label,
        "way": ComesAbout(told.content["way"]).label,
    }


word_fields(
    "paperwork",
    {
        "office": gettext_lazy("Office"),
        "kind": (gettext_lazy("Kind"), LetterKind.choices),
        "way": (gettext_lazy("How they come about"), ComesAbout.choices),
    },
)
