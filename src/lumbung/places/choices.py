"""Closed lists of words about places."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegencyKind(models.TextChoices):
    KABUPATEN = "kabupaten", _("Regency")
    KOTA = "kota", _("City")


class VillageKind(models.TextChoices):
    DESA = "desa", _("Village")
    KELURAHAN = "kelurahan", _("Urban ward")


class LocationSource(models.TextChoices):
    VILLAGE = "village", _("Centre of the village's area")
    DISTRICT = "district", _("Mean of the district's villages")
    NONE = "none", _("Not known")
