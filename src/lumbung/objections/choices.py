from django.db import models
from django.utils.translation import gettext_lazy as _

OBJECTION_FILED = "objections.filed"
OBJECTION_ANSWERED = "objections.answered"
OBJECTION_REPLIED = "objections.replied"
OBJECTION_WITHDRAWN = "objections.withdrawn"
OBJECTION_TOLD = "objections.told"
REASONS_TOLD = "objections.reasons_told"


class ObjectionAbout(models.TextChoices):
    """What somebody objects to."""

    OWN_SHARE = "own_share", _("My own share")
    NOT_CHOSEN = "not_chosen", _("I was not chosen")
    OTHER_SHARE = "other_share", _("Somebody else's share")
    RULE = "rule", _("The rule or the numbers")
    REGISTER = "register", _("The register says something wrong")
    MATTER = "matter", _("Another matter")


class ObjectionState(models.TextChoices):
    FILED = "filed", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    REPLIED = "replied", _("Answer not accepted, being looked at again")
    CLOSED = "closed", _("Answered a second time")
    WITHDRAWN = "withdrawn", _("Taken back")


OPEN_OBJECTIONS = (ObjectionState.FILED, ObjectionState.REPLIED)


class ObjectionOutcome(models.TextChoices):
    UPHELD = "upheld", _("Upheld")
    UPHELD_IN_PART = "upheld_in_part", _("Upheld in part")
    DISMISSED = "dismissed", _("Not upheld")
