from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FLAG_RAISED = "scorecards.flag_raised"
FLAG_DECIDED = "scorecards.flag_decided"
RECORD_SHOWN = "scorecards.record_shown"
REMARK_MADE = "scorecards.remark_made"
REMARK_ANSWERED = "scorecards.remark_answered"
MAKER_ASKED = "scorecards.maker_asked"

WHOLE_BP = 10_000
FEWEST_SHARES = 3
"""Below it a record is told in counts, and no score is given."""
NEWCOMER_BP = 9_000
"""What a maker with fewer finished shares is taken to yield at least, until own numbers stand."""
TOLERANCE_BP = 11_000
"""Delivered may be a tenth above what the declared or observed pace allows before somebody looks."""
JUMP_TIMES = 3
JUMP_WEEKS = 3
"""A week counts as a jump from three times the usual on, when at least so many earlier weeks make the usual."""
WINDOW_WEEKS = 12
"""Deliveries of so many weeks are looked at together."""
IDLE_DAYS = 90
LONGEST_WORDS = 1_000


class FlagKind(models.TextChoices):
    """What looks as if goods came from elsewhere. It is a question for a person, and never a punishment."""

    ABOVE_CAPACITY = "above_capacity", _("Delivered more than can be made")
    SUDDEN_JUMP = "sudden_jump", _("Sudden jump")
    SAME_PHOTO = "same_photo", _("Same photo at two makers")
    SAME_LOT = "same_lot", _("Same lot at two makers")
    SHARED_ACCOUNT = "shared_account", _("Several makers, one bank account")


class FlagDecision(models.TextChoices):
    """What a person found."""

    NOTHING = "nothing", _("Nothing to it")
    TALK = "talk", _("Talk to the maker")
    VISIT = "visit", _("Visit the workshop")
    OTHER = "other", _("Something else")


class ShownBy(models.TextChoices):
    """How a maker read the own record."""

    LINK = "link", _("by link")
    ACCOUNT = "account", _("signed in")


class Measure(models.TextChoices):
    """A number of a track record."""

    ON_TIME = "on_time", _("On time")
    FIRST = "first", _("Passed at the first inspection")
    REWORK = "rework", _("Pieces in rework")
    REJECTED = "rejected", _("Rejected pieces")
    PIECES = "pieces", _("Pieces delivered")


class RemarkOutcome(models.TextChoices):
    """What the office answers to a maker who says that a number is wrong."""

    CORRECTED = "corrected", _("Right: the entry was corrected")
    NOTED = "noted", _("Stays beside the number")
    STANDS = "stands", pgettext_lazy("remark", "The number stands")
