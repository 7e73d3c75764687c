"""What a letter says, as rows of the page."""

from datetime import date
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation import formats
from lumbung.letters.models import Letter

LABELS = {
    "maker": _("Maker"),
    "giver": _("Who hands over"),
    "receiver": _("Who receives"),
    "payer": _("Who pays"),
    "recipients": pgettext_lazy("letter", "To"),
    "officials": _("Who is sent"),
    "inspectors": _("Who inspects"),
    "people": _("Who is expected"),
    "order_code": _("Order"),
    "order_title": _("Name of the order"),
    "order_letter": _("Order letter"),
    "lines": _("Goods"),
    "rows": _("Goods"),
    "total_rupiah": _("Value"),
    "amount_rupiah": _("Amount"),
    "deductions": _("Held back"),
    "net_rupiah": _("Paid"),
    "purpose": _("What for"),
    "event": _("Event"),
    "task": _("Task"),
    "basis": _("Basis"),
    "terms": _("Terms"),
    "agenda": _("Agenda"),
    "held_on": _("Day"),
    "starts_on": _("First day"),
    "ends_on": _("Last day"),
    "due_on": _("Due"),
    "delivered_on": _("Handed over on"),
    "inspected_on": _("Inspected on"),
    "paid_on": _("Paid on"),
    "hours": pgettext_lazy("event", "Time"),
    "place": _("Place"),
    "delivery_place": _("Where it is handed over"),
    "way": pgettext_lazy("payment", "How"),
    "paid_from": _("Costs are borne by"),
    "empty_rows": _("Empty rows"),
    "note": _("Note"),
    "enclosures": _("Enclosures"),
    "copies": _("Copies to"),
}
"""Each fact of a letter with its name, in the order of the page."""


def facts_shown(letter: Letter) -> list[tuple[str, list[str]]]:
    """The facts of a letter with their names; what is empty is left out."""
    told = [(label, _told(name, letter.content.get(name))) for name, label in LABELS.items()]
    return [(str(label), lines) for label, lines in told if lines]


def _told(name: str, value: Any) -> list[str]:
    if value is None or value in ("", 0) or value == []:
        return []
    if isinstance(value, list):
        return [line for each in value for line in _told(name, each)]
    if isinstance(value, dict):
        return [_joined(value)]
    if isinstance(value, int):
        return [formats.rupiah(value) if name.endswith("_rupiah") else formats.number(value)]
    return [formats.day_full(date.fromisoformat(value)) if name.endswith("_on") else str(value)]


def _joined(row: dict[str, Any]) -> str:
    """One line of a table, or one person, as text."""
    if "delivered" in row:
        return gettext("%(goods)s: %(accepted)s of %(delivered)s %(unit)s accepted") % {
            "goods": row["name"],
            "accepted": formats.number(row["accepted"]),
            "delivered": formats.number(row["delivered"]),
            "unit": row["unit"],
        }
    if "quantity" in row:
        return f"{row['name']}, {formats.number(row['quantity'])} {row['unit']}"
    if "amount_rupiah" in row:
        return f"{row['name']}, {formats.rupiah(row['amount_rupiah'])}"
    return ", ".join(str(part) for part in row.values() if part)
