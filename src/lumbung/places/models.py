"""The official places, keyed by the codes of the Ministry of Home Affairs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.places.choices import LocationSource, RegencyKind, VillageKind


class Province(models.Model):
    code = models.CharField(_("code"), max_length=2, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    decree = models.CharField(_("decree"), max_length=120)
    decree_on = models.DateField(_("date of the decree"))
    source = models.CharField(_("source"), max_length=250)

    class Meta:
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Regency(models.Model):
    code = models.CharField(_("code"), max_length=5, primary_key=True)
    province = models.ForeignKey(
        Province, on_delete=models.PROTECT, related_name="regencies", verbose_name=_("province")
    )
    name = models.CharField(_("name"), max_length=80)
    short_name = models.CharField(_("short name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=9, choices=RegencyKind.choices)

    class Meta:
        verbose_name = _("regency or city")
        verbose_name_plural = _("regencies and cities")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.short_name


class District(models.Model):
    code = models.CharField(_("code"), max_length=8, primary_key=True)
    regency = models.ForeignKey(
        Regency, on_delete=models.PROTECT, related_name="districts", verbose_name=_("regency or city")
    )
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Village(models.Model):
    """The lowest official place; its point is in millionths of a degree, as whole numbers."""

    code = models.CharField(_("code"), max_length=13, primary_key=True)
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="villages", verbose_name=_("district")
    )
    name = models.CharField(_("name"), max_length=80)
    search_name = models.CharField(_("name as searched"), max_length=80, editable=False, db_index=True)
    kind = models.CharField(_("kind"), max_length=9, choices=VillageKind.choices)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    bps_code = models.CharField(_("statistics code"), max_length=10, blank=True)
    latitude_e6 = models.IntegerField(_("latitude, millionths of a degree"), null=True, blank=True)
    longitude_e6 = models.IntegerField(_("longitude, millionths of a degree"), null=True, blank=True)
    location_source = models.CharField(
        _("where the point comes from"),
        max_length=8,
        choices=LocationSource.choices,
        default=LocationSource.NONE,
    )

    class Meta:
        verbose_name = _("village")
        verbose_name_plural = _("villages")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="places_village_point_whole_and_explained",
                condition=models.Q(
                    location_source=LocationSource.NONE, latitude_e6__isnull=True, longitude_e6__isnull=True
                )
                | models.Q(
                    location_source__in=[
                        LocationSource.VILLAGE,
                        LocationSource.DISTRICT,
                        LocationSource.REGENCY,
                    ],
                    latitude_e6__isnull=False,
                    longitude_e6__isnull=False,
                ),
                violation_error_message=_("A point needs latitude, longitude and where it comes from."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """Village, district and regency, as on an envelope; needs both in memory."""
        return f"{self.name}, {self.district.name}, {self.district.regency.short_name}"

    @property
    def coarse(self) -> str:
        """The finest place that public pages may show."""
        return f"{self.name}, {self.district.regency.short_name}"
