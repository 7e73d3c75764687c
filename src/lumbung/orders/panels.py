"""How the list of records names orders and tells what happened to them."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.makers.models import Maker
from lumbung.makers.panels import Panel, register_panel
from lumbung.makers.queries import makers_of
from lumbung.orders import choices
from lumbung.orders.queries.objections import subjects_named
from lumbung.orders.queries.orders import may_order, may_read_all, titles_of
from lumbung.orders.queries.own_reasons import own_lines_of
from lumbung.orders.rules.telling import sentence_of
from lumbung.records.queries import Told, name_keys, word_deed

DEEDS = {
    "orders.order_created": gettext_lazy("Order taken in"),
    "orders.order_changed": gettext_lazy("Terms of an order changed"),
    "orders.line_set": gettext_lazy("Line of an order set"),
    "orders.requirements_set": gettext_lazy("Required certificates set"),
    "orders.collection_points_set": gettext_lazy("Collection points set"),
    "orders.order_published": gettext_lazy("Order published"),
    "orders.priority_added": gettext_lazy("Priority village added"),
    "orders.priority_ended": gettext_lazy("Priority village ended"),
    "orders.order_cancelled": gettext_lazy("Order cancelled"),
    "orders.split_computed": gettext_lazy("Split computed"),
    "orders.split_proposed": gettext_lazy("Split proposed"),
    "orders.split_returned": gettext_lazy("Split returned"),
    choices.SPLIT_DECIDED: gettext_lazy("Split decided"),
    "orders.split_again": gettext_lazy("Rest split again"),
    "orders.offers_sent": gettext_lazy("Offers sent"),
    choices.SHARE_ACCEPTED: gettext_lazy("Share confirmed"),
    choices.SHARE_DECLINED: gettext_lazy("Share not taken"),
    choices.SHARE_RELEASED: gettext_lazy("Share given back"),
    choices.SHARE_LAPSED: gettext_lazy("Offers lapsed"),
    choices.QUOTA_FULL: gettext_lazy("Quota full"),
    choices.OBJECTION_FILED: gettext_lazy("Objection filed"),
    choices.OBJECTION_ANSWERED: gettext_lazy("Objection answered"),
    choices.OBJECTION_REPLIED: gettext_lazy("Answer to an objection not accepted"),
    choices.OBJECTION_WITHDRAWN: gettext_lazy("Objection taken back"),
    choices.OBJECTION_TOLD: gettext_lazy("Answer to an objection sent"),
    choices.REASONS_TOLD: gettext_lazy("Reasons sent"),
}


@name_keys("order")
def orders(keys: Collection[str]) -> Mapping[str, str]:
    """`order:PSN-2026-0007` is called by its title."""
    titles = titles_of(key.partition(":")[2] for key in keys)
    return {f"order:{code}": title for code, title in titles.items()}


@name_keys("objection")
def objections(keys: Collection[str]) -> Mapping[str, str]:
    """`objection:KBR-2026-0001` is called by its number and its order."""
    named = subjects_named(key.partition(":")[2] for key in keys)
    return {f"objection:{code}": words for code, words in named.items()}


@name_keys("public")
def visitors(keys: Collection[str]) -> Mapping[str, str]:
    """Who acts on a public page has not signed in."""
    return dict.fromkeys(keys, _("a visitor of the public page"))


def own_lines(maker: Maker, person: object) -> Panel | None:
    """On a maker's page, for the office and for whoever answers for the maker: the own line in each order."""
    is_own = makers_of(person).filter(pk=maker.pk).exists()
    if not (is_own or may_read_all(person)):
        return None
    content = {
        "maker": maker,
        "own": own_lines_of([maker])[0],
        "sends": may_order(person),
        "is_own": is_own,
    }
    return Panel("orders/reasons/panel.html", content)


register_panel("orders", own_lines)


def told_deed(told: Told) -> str:
    maker = told.content.get("maker", "")
    return sentence_of(told.record.deed, told.content, told.name(maker) if maker else "")


for _deed, _label in DEEDS.items():
    word_deed(_deed, _label)(told_deed)
