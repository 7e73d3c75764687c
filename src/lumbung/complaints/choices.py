from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

RECEIVED = "complaints.received"
ANSWERED = "complaints.answered"
REMEDIED = "complaints.remedied"
CLOSED = "complaints.closed"

LARGEST = 10_000_000
LARGEST_RUPIAH = 10**13
MOST_PHOTOS = 3
MOST_OPEN_A_PHONE = 3


class Source(models.TextChoices):
    """Who says it."""

    PUBLIC = "public", _("anybody, on the public page")
    BUYER = "buyer", _("the buyer")
    OFFICE = "office", _("the office itself")


class RemedyKind(models.TextChoices):
    """What is done about pieces that somebody complained of."""

    REPLACED = "replaced", _("Replaced")
    REFUNDED = "refunded", _("Refunded")
    DISMISSED = "dismissed", pgettext_lazy("complaint", "Nothing to it")
    RECALLED = "recalled", _("Lots recalled")
    DUE_CORRECTED = "due", _("The maker's due corrected")


OF_PIECES = (RemedyKind.REPLACED, RemedyKind.REFUNDED, RemedyKind.DISMISSED)
COUNTERS = {
    RemedyKind.REPLACED: "replaced_quantity",
    RemedyKind.REFUNDED: "refunded_quantity",
    RemedyKind.DISMISSED: "dismissed_quantity",
}
