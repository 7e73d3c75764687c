"""Closed lists of words about places."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegencyKind(models.TextChoices):
    KABUPATEN = "kabupaten", _("Regency")
    KOTA = "kota", _("City")


class VillageKind(models.TextChoices):
    DESA = "desa", _("Village")
    KELURAHAN = "kelurahan", _("Urban ward")
    DESA_ADAT = "desa_adat", _("Customary village")


class LocationSource(models.TextChoices):
    VILLAGE = "village", _("Centre of the village's area")
    DISTRICT = "district", _("Estimated from the district")
    REGENCY = "regency", _("Estimated from the regency")
    NONE = "none", _("Not known")
