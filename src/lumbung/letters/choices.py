from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LETTER_ISSUED = "letters.issued"
LETTER_VOIDED = "letters.voided"
LETTERHEAD_SET = "letters.head_set"
PATTERN_SET = "letters.pattern_set"


class LetterKind(models.TextChoices):
    """What a letter is; each has its own form and its own numbers."""

    ORDER = "spk", pgettext_lazy("letter", "Order letter")
    DELIVERY = "bast", _("Delivery record")
    INSPECTION = "inspection", _("Inspection record")
    RECEIPT = "receipt", pgettext_lazy("letter", "Receipt")
    ATTENDANCE = "attendance", _("Attendance list")
    INVITATION = "invitation", pgettext_lazy("letter", "Invitation")
    ASSIGNMENT = "assignment", _("Letter of assignment")


MARKS = {
    LetterKind.ORDER: "SPK",
    LetterKind.DELIVERY: "BAST",
    LetterKind.INSPECTION: "BAP",
    LetterKind.RECEIPT: "KW",
    LetterKind.ATTENDANCE: "DH",
    LetterKind.INVITATION: "UND",
    LetterKind.ASSIGNMENT: "ST",
}
"""How a kind is written within a number."""

ONE_ABOUT_A_SUBJECT = (
    LetterKind.ORDER,
    LetterKind.DELIVERY,
    LetterKind.INSPECTION,
    LetterKind.RECEIPT,
)
"""Of these kinds at most one letter about a subject is in force."""

BY_HAND = (LetterKind.INVITATION, LetterKind.ASSIGNMENT, LetterKind.ATTENDANCE)
"""What somebody of the office may write on a page; other kinds come from what happened."""


class LetterState(models.TextChoices):
    """Told from the row, never stored."""

    ISSUED = "issued", pgettext_lazy("letter", "In force")
    VOIDED = "voided", pgettext_lazy("letter", "Voided")
