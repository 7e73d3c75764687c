"""The way to complain on pages of the rooms below, and how the list of records names and tells complaints."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from foundation.links import register_page
from foundation.panels import Way, register_way
from lumbung.complaints import choices, queries
from lumbung.lots.models import Lot
from lumbung.orders.models import Order
from lumbung.people.choices import LinkPurpose
from lumbung.records.queries import Told, name_keys, word_deed, word_fields


def complain_of_lot(lot: Lot) -> str:
    return f"{reverse('complaints:complain')}?lot={lot.code}" if lot.goods_id else ""


def complain_of_order(order: Order) -> str:
    return f"{reverse('complaints:new')}?nomor={order.code}" if order.published_at else ""


def _anybody(_person: object) -> bool:
    return True


register_way("lots.public", Way(gettext_lazy("Something is wrong with it"), complain_of_lot, _anybody))
register_way(
    "orders.detail", Way(gettext_lazy("Write down a complaint"), complain_of_order, queries.may_settle)
)
register_way("orders.list", Way(gettext_lazy("Complaints"), "complaints:list", queries.may_read_complaints))
register_page(LinkPurpose.COMPLAINT, "complaints:follow")


@name_keys("complaint")
def complaints(keys: Collection[str]) -> Mapping[str, str]:
    """`complaint:KLH-2026-0001` is called by its number."""
    return {key: key.partition(":")[2] for key in keys}


def _said(sentence: Any) -> Callable[[Told], str]:
    return lambda told: str(sentence) % _words(told)


def _words(told: Told) -> dict[str, Any]:
    found: dict[str, Any] = {**told.content, "code": told.content["complaint"]}
    if "kind" in found:
        found["kind"] = str(choices.RemedyKind(found["kind"]).label)
    return found


DEEDS = {
    choices.RECEIVED: (
        gettext_lazy("Complaint received"),
        gettext_lazy("Complaint %(code)s came in, about %(quantity)s pieces."),
    ),
    choices.ANSWERED: (
        gettext_lazy("Complaint answered"),
        gettext_lazy("Complaint %(code)s got its first answer."),
    ),
    choices.REMEDIED: (
        gettext_lazy("Complaint put right"),
        gettext_lazy("Complaint %(code)s: %(kind)s, %(quantity)s pieces."),
    ),
    choices.CLOSED: (gettext_lazy("Complaint closed"), gettext_lazy("Complaint %(code)s was closed.")),
}
for _deed, (_label, _sentence) in DEEDS.items():
    word_deed(_deed, _label)(_said(_sentence))

word_fields(
    "complaints",
    {
        "complaint": gettext_lazy("Complaint"),
        "quantity": gettext_lazy("Pieces"),
        "source": (gettext_lazy("Who says it?"), choices.Source.choices),
        "words": gettext_lazy("Digest of the words"),
        "answer": gettext_lazy("Digest of the answer"),
        "reason": gettext_lazy("Digest of the reason"),
        "kind": (gettext_lazy("What was done"), choices.RemedyKind.choices),
        "rupiah": gettext_lazy("Money back to the buyer"),
        "recall": gettext_lazy("Recall"),
        "due": gettext_lazy("Number of the entry"),
    },
)
