from django.db import models
from django.utils.translation import gettext_lazy as _

REGISTERED = "makers.registered"
BATCH_REGISTERED = "makers.batch_registered"
CHANGED = "makers.changed"
GOOD_SET = "makers.good_set"
GOOD_STOPPED = "makers.good_stopped"
WEEKS_BUSY = "makers.weeks_busy"
WEEK_FREED = "makers.week_freed"
STATE_CHANGED = "makers.state_changed"
OWNER_CHANGED = "makers.owner_changed"
HOUSEHOLD_JOINED = "makers.household_joined"
HOUSEHOLD_LEFT = "makers.household_left"
DUPLICATES_REVIEWED = "makers.duplicates_reviewed"
KIND_ADDED = "makers.kind_added"
FILE_CHECKED = "makers.file_checked"
FILE_TAKEN_IN = "makers.file_taken_in"
FILE_TAKEN_BACK = "makers.file_taken_back"
FILE_DROPPED = "makers.file_dropped"
REGISTER_DEEDS = (
    REGISTERED,
    BATCH_REGISTERED,
    CHANGED,
    STATE_CHANGED,
    DUPLICATES_REVIEWED,
    FILE_TAKEN_IN,
    FILE_TAKEN_BACK,
)
"""After which of them other makers may seem to be one: whoever adds a deed that does, adds it here."""


class MakerKind(models.TextChoices):
    WORKSHOP = "workshop", _("workshop")
    GROUP = "group", _("group under a captain")


class MakerState(models.TextChoices):
    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")
    CLOSED = "closed", _("closed")


STATE_KEYS = {"active": "available", "paused": "expiring", "closed": "cancelled"}
"""How a state of a maker looks: the key of its glyph."""


class Unit(models.TextChoices):
    """Base units, in the plural as quantities need them: amounts are whole numbers of these."""

    PIECE = "piece", _("pieces")
    SHEET = "sheet", _("sheets")
    SET = "set", _("sets")
    BOTTLE = "bottle", _("bottles")
    PACK = "pack", _("packs")
    GRAM = "gram", _("grams")
    MILLILITRE = "millilitre", _("millilitres")


UNIT_SINGULAR = {
    Unit.PIECE: _("piece"),
    Unit.SHEET: _("sheet"),
    Unit.SET: _("set"),
    Unit.BOTTLE: _("bottle"),
    Unit.PACK: _("pack"),
    Unit.GRAM: _("gram"),
    Unit.MILLILITRE: _("millilitre"),
}
"""The word after `per`."""


class DuplicateSign(models.TextChoices):
    """What two makers share, so that they count as one household until somebody has looked."""

    OWNER = "owner", _("the same owner")
    ACCOUNT = "account", _("the same bank account")
    HOUSE = "house", _("the same house")


class ImportState(models.TextChoices):
    """How far a file of makers has come."""

    SENT = "sent", _("being checked")
    CHECKED = "checked", _("checked, not taken in")
    TAKEN = "taken", _("taken in")
    UNDONE = "undone", _("taken back")
    DROPPED = "dropped", _("dropped")


IMPORT_STATE_KEYS = {
    "sent": "draft",
    "checked": "offered",
    "taken": "done",
    "undone": "revoked",
    "dropped": "declined",
}
"""How a state of an import looks: the key of its glyph."""


class Outcome(models.TextChoices):
    """What a file does to a maker."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")


class RemarkKind(models.TextChoices):
    """Whether a remark keeps its row out."""

    FAULT = "fault", _("not taken in")
    WARNING = "warning", _("taken in, please look")
