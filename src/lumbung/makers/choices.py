from django.db import models
from django.utils.translation import gettext_lazy as _


class MakerKind(models.TextChoices):
    WORKSHOP = "workshop", _("workshop")
    GROUP = "group", _("group under a captain")


class MakerState(models.TextChoices):
    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")
    CLOSED = "closed", _("closed")


class Unit(models.TextChoices):
    """Base units: quantities are whole numbers of these."""

    PIECE = "piece", _("piece")
    SHEET = "sheet", _("sheet")
    SET = "set", _("set")
    BOTTLE = "bottle", _("bottle")
    PACK = "pack", _("pack")
    GRAM = "gram", _("gram")
    MILLILITRE = "millilitre", _("millilitre")


class DuplicateSign(models.TextChoices):
    """What two makers share, so that they count as one household until somebody has looked."""

    OWNER = "owner", _("the same owner")
    ACCOUNT = "account", _("the same bank account")
    HOUSE = "house", _("the same house")
