"""Where links to shares open, and how the list of records names orders and tells what happened to them."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy

from foundation.links import register_page
from lumbung.lots.queries import subjects as lots
from lumbung.money.choices import Supply
from lumbung.money.panels import Between, find_by_name, know_between, stand_behind, word_subject
from lumbung.orders import choices
from lumbung.orders.queries import material
from lumbung.orders.queries.money import (
    codes_called,
    lines_called,
    lines_found,
    numbers_in,
    order_codes_of,
    share_held,
    shares_called,
    shares_found,
)
from lumbung.orders.queries.orders import titles_of
from lumbung.orders.rules.telling import sentence_of
from lumbung.people.choices import LinkPurpose
from lumbung.records.queries import FieldWords, Told, name_keys, word_deed, word_fields

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
    choices.ORDER_FINISHED: gettext_lazy("Order finished"),
    choices.ORDER_REOPENED: gettext_lazy("Order opened again"),
}


@name_keys("order")
def orders(keys: Collection[str]) -> Mapping[str, str]:
    """`order:PSN-2026-0007` is called by its title."""
    titles = titles_of(key.partition(":")[2] for key in keys)
    return {f"order:{code}": title for code, title in titles.items()}


# What money calls its subjects, and where their numbers lead


@word_subject("order")
def orders_of_money(keys: Collection[str]) -> Mapping[str, str]:
    return orders(keys)


@word_subject("line")
def lines_of_money(keys: Collection[str]) -> Mapping[str, str]:
    """`line:12` is called by its goods and its order's number."""
    return {f"line:{pk}": words for pk, words in lines_called(numbers_in("line", keys)).items()}


@word_subject("share")
def shares_of_money(keys: Collection[str]) -> Mapping[str, str]:
    """`share:77` is called by its quantity, its goods and its order's number."""
    return {f"share:{pk}": words for pk, words in shares_called(numbers_in("share", keys)).items()}


@stand_behind("order")
def pages_of_orders(keys: Collection[str]) -> Mapping[str, str]:
    return {key: reverse("orders:detail", args=[key.partition(":")[2]]) for key in keys}


@stand_behind("share")
def pages_of_shares(keys: Collection[str]) -> Mapping[str, str]:
    codes = order_codes_of(numbers_in("share", keys))
    return {f"share:{pk}": reverse("orders:share", args=[code, pk]) for pk, code in codes.items()}


@know_between("share")
def parties_of_share(key: str) -> Between | None:
    """Its maker is paid by the order's buyer, at most what the maker holds is worth."""
    numbers = numbers_in("share", [key])
    share = share_held(numbers[0]) if numbers else None
    if share is None:
        return None
    order = share.line.order
    return Between(
        payee=share.maker.party.key,
        payer=order.buyer.key,
        line=f"line:{share.line_id}",
        order=order.key,
        worth_rupiah=share.held_quantity * share.price_rupiah,
        is_demo=order.is_demo,
    )


@find_by_name("order")
def find_orders(text: str) -> list[str]:
    """Orders whose number or name holds the text."""
    return [f"order:{code}" for code in codes_called(text)]


@find_by_name("line")
def find_lines(text: str) -> list[str]:
    """Lines of the orders whose number or name holds the text, or of goods called like it."""
    return [f"line:{pk}" for pk in lines_found(text)]


@find_by_name("share")
def find_shares(text: str) -> list[str]:
    """Shares by the name of the maker that holds them."""
    return [f"share:{pk}" for pk in shares_found(text)]


lots.word_subject("share")(material.shares_in_words)
lots.word_subject("line")(material.lines_in_words)
lots.find_recipients("line")(material.makers_of_line)
lots.offer_subjects(material.lines_with_makers)
lots.let_read(material.shares_of_buyer)

register_page(LinkPurpose.ANSWER_SHARE, "orders:offer")
register_page(LinkPurpose.CAPTAIN_BUNDLE, "orders:bundle")


def told_deed(told: Told) -> str:
    maker = told.content.get("maker", "")
    return sentence_of(told.record.deed, told.content, told.name(maker) if maker else "")


for _deed, _label in DEEDS.items():
    word_deed(_deed, _label)(told_deed)


TERMS: dict[str, FieldWords] = {
    "buyer": gettext_lazy("Ordered by"),
    "title": gettext_lazy("Name of the order"),
    "specification": gettext_lazy("Specification"),
    "due_on": gettext_lazy("Due date"),
    "delivery_village": gettext_lazy("Code of the village of delivery"),
    "delivery_place": gettext_lazy("Delivery point"),
    "price_mode": (gettext_lazy("Price"), choices.PriceMode.choices),
    "cost_budget_bp": gettext_lazy("Cost budget, hundredths of a percent"),
    "budget_decree": gettext_lazy("Decree of the cost budget"),
    "transport_rupiah_per_100_km": gettext_lazy("Transport of one unit over 100 km, rupiah"),
    "visit_rupiah": gettext_lazy("One visit to a maker, rupiah"),
    "turn_credit_bp": gettext_lazy("Turns: highest credit, hundredths of a percent"),
    "priority_credit_bp": gettext_lazy("Priority villages: credit, hundredths of a percent"),
    "newcomer_quota_bp": gettext_lazy("Newcomers: their part, hundredths of a percent"),
    "newcomer_credit_bp": gettext_lazy("Newcomers: highest credit, hundredths of a percent"),
    "answer_hours": gettext_lazy("Hours to answer"),
    "payment_days": gettext_lazy("Days until payment"),
    "objection_days": gettext_lazy("Working days to answer an objection"),
    "objection_window_days": gettext_lazy("Days in which objections are in time"),
    "resplits_itself": gettext_lazy("What is declined moves on by itself"),
    "is_public": gettext_lazy("Public money"),
    "procurement_method": (gettext_lazy("Procurement method"), choices.ProcurementMethod.choices),
    "legal_basis": gettext_lazy("Legal basis"),
    "budget_line": gettext_lazy("Budget line"),
    "responsible_official": gettext_lazy("Responsible official"),
    "price_source": gettext_lazy("Source of the reference price"),
}
SPLITS: dict[str, FieldWords] = {
    "split": gettext_lazy("Number of the split's entry"),
    "line": gettext_lazy("Number of the line's entry"),
    "number": gettext_lazy("Number"),
    "quantity": gettext_lazy("Quantity"),
    "makers": gettext_lazy("Makers"),
    "cost": gettext_lazy("Cost, rupiah"),
    "lower_bound": gettext_lazy("Lower bound, rupiah"),
    "largest_share": gettext_lazy("Largest share"),
    "budget_bp": gettext_lazy("Cost budget, hundredths of a percent"),
    "input_hash": gettext_lazy("Hash of the inputs"),
    "seed": gettext_lazy("Seed of the draw"),
    "engine": gettext_lazy("Program"),
    "credits": gettext_lazy("Makers with a credit"),
    "newcomer_credit": gettext_lazy("Credit of newcomers"),
    "parent": gettext_lazy("The split that it follows"),
    "shortage": gettext_lazy("What nobody can make"),
    "draw_seal": gettext_lazy("Seal that seeds the draw"),
}
word_fields("orders", {**TERMS, **SPLITS})
word_fields(
    "orders",
    {
        "kind": gettext_lazy("Kind of goods"),
        "size": gettext_lazy("Size"),
        "price": gettext_lazy("Price per unit, rupiah"),
        "supply": (gettext_lazy("What is paid for"), Supply.choices),
        "village": gettext_lazy("Code of the village"),
        "villages": gettext_lazy("Codes of the villages"),
        "schemes": gettext_lazy("Required certificates"),
        "withdrawn": gettext_lazy("Offers withdrawn"),
        "missing": gettext_lazy("Pieces that did not come or did not pass"),
        "note": gettext_lazy("Note"),
        "basis": gettext_lazy("Basis"),
        "ends_on": gettext_lazy("Last day"),
        "maker": gettext_lazy("Maker"),
        "share": gettext_lazy("Number of the share"),
        "shares": gettext_lazy("Numbers of the shares"),
        "through": (gettext_lazy("Sent by"), choices.SentBy.choices),
        "hours": gettext_lazy("Hours to answer"),
        "offered": gettext_lazy("Offered"),
        "confirmed": gettext_lazy("Confirmed"),
        "released": gettext_lazy("Given back"),
        "held": gettext_lazy("Kept"),
        "share_declined.reason": (gettext_lazy("Reason"), choices.DeclineReason.choices),
    },
)
