from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.letters.choices import LetterKind

HABIT_SET = "paperwork.habit_set"

KINDS = (LetterKind.ORDER, LetterKind.DELIVERY, LetterKind.INSPECTION, LetterKind.RECEIPT)
"""What an order brings forth, in the order in which it happens."""
BUYERS_READ = (LetterKind.ORDER, LetterKind.DELIVERY)
"""What a buyer reads of an own order: nothing of how a maker is paid."""


class ComesAbout(models.TextChoices):
    """How letters of a kind come about."""

    USUAL = "usual", _("As for every order")
    ITSELF = "itself", _("By themselves, as soon as it happens")
    BY_HAND = "by_hand", _("When somebody presses the button")


class PaperState(models.TextChoices):
    """Where a letter stands; told from the rows, never stored."""

    MISSING = "missing", pgettext_lazy("letter", "Missing")
    SET = "set", pgettext_lazy("letter", "In force")
    DIFFERS = "differs", _("Says other than what stands now")
    NONE = "none", _("Needs no letter any more")


STATE_KEYS = {
    PaperState.MISSING: "offered",
    PaperState.SET: "issued",
    PaperState.DIFFERS: "lapsed",
    PaperState.NONE: "declined",
}
"""The glyph of each state."""
