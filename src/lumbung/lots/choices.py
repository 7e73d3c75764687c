from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STORE_OPENED = "lots.store_opened"
MATERIAL_ADDED = "lots.material_added"
NORM_SET = "lots.norm_set"
LOSS_RATE_SET = "lots.loss_rate_set"
RECEIVED = "lots.received"
HANDED_OUT = "lots.handed_out"
TAKEN_BACK = "lots.taken_back"
USED = "lots.used"
LOST = "lots.lost"
CUT = "lots.cut"
ADJUSTED = "lots.adjusted"
MOVED = "lots.moved"
CORRECTED = "lots.corrected"
LOT_MADE = "lots.made"
LOTS_JOINED = "lots.joined"
LOT_HELD = "lots.lot_held"
LOT_RELEASED = "lots.lot_released"
LOTS_RECALLED = "lots.lots_recalled"


class MaterialUnit(models.TextChoices):
    """Base units of material, named by the unit people speak of; amounts are whole numbers of the base unit."""

    MILLIMETRE = "millimetre", _("metres")
    GRAM = "gram", _("kilograms")
    MILLILITRE = "millilitre", _("litres")
    PIECE = "piece", _("pieces")


class StoreKind(models.TextChoices):
    """What a place of the office is for."""

    STORE = "store", _("store")
    CUTTING = "cutting", _("cutting centre")


class MovementKind(models.TextChoices):
    """What happened to an amount; the rest is told by from whom and to whom."""

    RECEIVED = "received", _("received")
    HANDED_OUT = "handed_out", _("handed out")
    RETURNED = "returned", _("returned")
    USED = "used", _("used")
    LOST = "lost", _("lost")
    CUT = "cut", pgettext_lazy("movement", "cut")
    OFFCUT = "offcut", _("offcuts")
    JOINED = "joined", _("joined")
    MADE = "made", _("made")
    MOVED = "moved", _("moved")
    DELIVERED = "delivered", pgettext_lazy("movement", "delivered")
    ADJUSTED = "adjusted", _("counted anew")


CONSUMING = (MovementKind.USED, MovementKind.CUT, MovementKind.OFFCUT, MovementKind.JOINED)
"""What leaves a holder's hands because something else was made of it."""


class LotState(models.TextChoices):
    NOTED = "noted", _("Written down")
    HELD = "held", _("Held back")
    RELEASED = "released", pgettext_lazy("lot", "Released")
    RECALLED = "recalled", _("Recalled")
    VOIDED = "voided", _("Struck out")


STATE_KEYS = {
    "noted": "draft",
    "held": "expiring",
    "released": "valid",
    "recalled": "revoked",
    "voided": "cancelled",
}
"""How a state of a lot looks: the key of its glyph."""
