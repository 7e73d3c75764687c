"""Names of the room's deeds, and the states that pages tell."""

from django.db import models
from django.utils.translation import gettext_lazy as _

STANDARD_WRITTEN = "production.standard_written"
STANDARD_APPROVED = "production.standard_approved"
STANDARD_DROPPED = "production.standard_dropped"
STANDARD_CONFIRMED = "production.standard_confirmed"
PART_PASSED = "production.part_passed"
PART_CORRECTED = "production.part_corrected"
PART_CONFIRMED = "production.part_confirmed"
MADE_TOLD = "production.made_told"
MADE_CORRECTED = "production.made_corrected"
OVER_SHARE = "production.attempted_over_share"

MOST_ROWS = 30
"""Rows that a sheet of a standard may have."""


class Standing(models.TextChoices):
    """How far a share is, told on reading, never stored."""

    LATE = "late", _("Will be late")
    UNCERTAIN = "uncertain", _("May be late")
    UNCONFIRMED = "unconfirmed", _("Sheet not confirmed")
    IN_TIME = "in_time", _("In time")
    DONE = "done", _("All made")


STANDING_KEYS = {
    Standing.LATE: "lapsed",
    Standing.UNCERTAIN: "offered",
    Standing.UNCONFIRMED: "draft",
    Standing.IN_TIME: "working",
    Standing.DONE: "done",
}
"""The glyph that stands before each word."""
