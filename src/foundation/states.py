"""The states of everything, each with its glyph, its colour and its word."""

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class State(NamedTuple):
    glyph: str
    colour: str
    word: "StrPromise"


STATES: dict[str, State] = {
    # a share
    "offered": State("diamond", "turmeric", _("Offered")),
    "accepted": State("filled", "indigo", _("Accepted")),
    "partly": State("half", "indigo", _("Partly accepted")),
    "declined": State("dash", "grey", _("Declined")),
    "lapsed": State("dotted", "madder", _("Lapsed")),
    "working": State("hollow", "indigo", _("In the making")),
    "delivered": State("hollow", "green", _("Delivered")),
    "inspected": State("half", "green", _("Inspected")),
    "paid": State("filled", "green", _("Paid")),
    # an order
    "draft": State("hollow", "grey", _("Draft")),
    "published": State("hollow", "indigo", pgettext_lazy("order", "Open")),
    "full": State("filled", "green", _("Quota full")),
    "done": State("filled", "green", _("Done")),
    "cancelled": State("dash", "madder", _("Cancelled")),
    # a certificate
    "valid": State("filled", "green", pgettext_lazy("certificate", "Valid")),
    "expiring": State("diamond", "turmeric", _("Expiring soon")),
    "expired": State("dotted", "madder", _("Expired")),
    "revoked": State("dash", "madder", _("Revoked")),
    # a letter
    "issued": State("filled", "green", pgettext_lazy("letter", "In force")),
    "voided": State("dash", "madder", pgettext_lazy("letter", "Voided")),
    # inspected pieces
    "unchecked": State("hollow", "grey", _("Not inspected yet")),
    "passed": State("filled", "green", pgettext_lazy("inspection", "Passed")),
    "rework": State("half", "indigo", _("Rework")),
    "rejected": State("filled", "madder", _("Rejected")),
    # an entry on a phone
    "kept": State("diamond", "turmeric", _("Waits for a signal")),
    "to_mend": State("filled", "madder", _("To be put right")),
    # the quota light
    "available": State("filled", "green", pgettext_lazy("quota", "Still open")),
    "exhausted": State("filled", "madder", pgettext_lazy("quota", "Already full")),
}
