"""The way to an order's dossier, and how the list of records tells of it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import formats
from foundation.panels import Panel, register_panel
from lumbung.dossier import queries
from lumbung.dossier.choices import EXPORTED
from lumbung.orders.models import Order
from lumbung.records.queries import Told, word_deed, word_fields


def on_order(order: Order, person: object) -> Panel | None:
    """For the office and the auditor, once the order is published."""
    if order.published_at is None or not queries.may_make(person):
        return None
    found = queries.exports_of(order).first()
    address = reverse("dossier:exports", args=[order.code])
    return Panel("dossier/parts/on_order.html", {"newest": found, "address": address})


register_panel("orders.detail", on_order)


word_fields(
    "dossier",
    {
        "sha256": gettext_lazy("SHA-256 of the file"),
        "bytes": gettext_lazy("Size in bytes"),
        "key": gettext_lazy("Key that signed it"),
    },
)


@word_deed(EXPORTED, gettext_lazy("Dossier made"))
def exported(told: Told) -> str:
    content: dict[str, Any] = dict(told.content)
    return _("Dossier made: %(bytes)s bytes, SHA-256 %(hash)s…") % {
        "bytes": formats.number(int(content["bytes"])),
        "hash": str(content["sha256"])[:16],
    }
