"""Objections and reasons on pages of the rooms below, and how the list of records names and tells them."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.links import register_page
from foundation.panels import Panel, Way, register_panel, register_way
from lumbung.makers.models import Maker
from lumbung.makers.queries import makers_of
from lumbung.objections import choices
from lumbung.objections.queries import objections as queries
from lumbung.objections.queries.own_reasons import own_lines_of
from lumbung.objections.rules import objections as rules
from lumbung.objections.rules.telling import sentence_of
from lumbung.orders.choices import SentBy
from lumbung.orders.models import Order, Share, SplitRow
from lumbung.orders.queries.orders import may_order, may_read_all
from lumbung.people.choices import LinkPurpose
from lumbung.records.queries import Told, name_keys, word_deed, word_fields

# On makers' pages


def own_lines(maker: Maker, person: object) -> Panel | None:
    """For the office and for whoever answers for the maker: the own line in each order."""
    is_own = makers_of(person).filter(pk=maker.pk).exists()
    if not (is_own or may_read_all(person)):
        return None
    content = {
        "maker": maker,
        "own": own_lines_of([maker])[0],
        "sends": may_order(person),
        "is_own": is_own,
    }
    return Panel("objections/reasons/panel.html", content)


register_panel("makers.detail.orders", own_lines)
register_panel("makers.mine", own_lines)

# On pages of orders


def not_right(share: Share, _person: object) -> Panel:
    """From a share by its link: the way to object."""
    return Panel("objections/parts/not_right.html", {"share": share})


def objected(order: Order, _person: object) -> Panel:
    """On the public page: how to object, how many did, and what they were answered."""
    totals = queries.totals_of(order)
    content = {
        "totals": totals,
        "answers": queries.public_answers(order) if totals.filed else [],
        "term": rules.term_sentence(order),
        "in_time_until": queries.in_time_until(order),
    }
    return Panel("objections/public.html", content)


def how_many(order: Order, _person: object) -> Panel:
    """Among the questions of the public page."""
    totals = queries.totals_of(order)
    said = rules.how_many_objected(
        totals.filed,
        answered=totals.answered,
        in_time=totals.in_time,
        open_now=totals.open,
        late=totals.late,
        withdrawn=totals.withdrawn,
    )
    return Panel("objections/parts/how_many.html", {"said": said})


register_panel("orders.offer", not_right)
register_panel("orders.why", objected)
register_panel("orders.why.questions", how_many)


def objections_to(order: Order) -> str:
    return f"{reverse('objections:list')}?q={order.code}" if order.published_at else ""


def reasons_of(order: Order) -> str:
    return reverse("objections:reasons", args=[order.code])


def reason_of(row: SplitRow) -> str:
    return reverse("objections:send_reason", args=[row.split.line.order.code, row.maker_id])


register_way("orders.list", Way(gettext_lazy("Objections"), "objections:list", may_read_all))
register_way("orders.detail", Way(gettext_lazy("Objections"), objections_to, may_read_all))
register_way(
    "orders.waiting",
    Way(gettext_lazy("Tell the reason to those without a share"), reasons_of, may_order),
)
register_way("orders.waiting.maker", Way(gettext_lazy("Tell the reason"), reason_of, may_order))

register_page(LinkPurpose.OBJECTION, "objections:follow")
register_page(LinkPurpose.OWN_REASON, "objections:own")

# In the list of records


@name_keys("objection")
def objections(keys: Collection[str]) -> Mapping[str, str]:
    """`objection:KBR-2026-0001` is called by its number and its order."""
    named = queries.subjects_named(key.partition(":")[2] for key in keys)
    return {f"objection:{code}": words for code, words in named.items()}


@name_keys("public")
def visitors(keys: Collection[str]) -> Mapping[str, str]:
    """Who acts on a public page has not signed in."""
    return dict.fromkeys(keys, _("a visitor of the public page"))


DEEDS = {
    choices.OBJECTION_FILED: gettext_lazy("Objection filed"),
    choices.OBJECTION_ANSWERED: gettext_lazy("Objection answered"),
    choices.OBJECTION_REPLIED: gettext_lazy("Answer to an objection not accepted"),
    choices.OBJECTION_WITHDRAWN: gettext_lazy("Objection taken back"),
    choices.OBJECTION_TOLD: gettext_lazy("Answer to an objection sent"),
    choices.REASONS_TOLD: gettext_lazy("Reasons sent"),
}


def told_deed(told: Told) -> str:
    return sentence_of(told.record.deed, told.content)


for _deed, _label in DEEDS.items():
    word_deed(_deed, _label)(told_deed)

word_fields(
    "objections",
    {
        "objection": gettext_lazy("Objection"),
        "due_on": gettext_lazy("Last day to answer"),
        "reason": gettext_lazy("Digest of the reason"),
        "about": (gettext_lazy("About"), choices.ObjectionAbout.choices),
        "outcome": (gettext_lazy("Outcome"), choices.ObjectionOutcome.choices),
        "round": gettext_lazy("Round"),
        "in_time": gettext_lazy("In time"),
        "changed": gettext_lazy("What was changed"),
        "record": gettext_lazy("Number of the record"),
        "words": gettext_lazy("Digest of the words"),
        "public_words": gettext_lazy("Digest of the public words"),
        "makers": gettext_lazy("Makers"),
        "through": (gettext_lazy("Sent by"), SentBy.choices),
    },
)
