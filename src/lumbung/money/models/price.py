from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.money.choices import Receiver


class PriceSheet(models.Model):
    """Who gets how much of the buyer's price for one unit of a line. A new version follows; an old one stays."""

    line = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    in_force_from = models.DateTimeField(_("in force from"))
    buyer_rupiah = models.PositiveBigIntegerField(_("buyer's price per unit"))
    set_at = models.DateTimeField(default=clock.now)
    set_by = models.CharField(max_length=120)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("price sheet")
        constraints = [
            models.UniqueConstraint(fields=["line", "version"], name="price_version_once"),
            models.CheckConstraint(condition=models.Q(buyer_rupiah__gt=0), name="price_is_more_than_nothing"),
        ]
        indexes = [models.Index(fields=["line", "-in_force_from"], name="price_in_force")]

    def __str__(self) -> str:
        return f"{self.line} v{self.version}"


class PriceRow(models.Model):
    """One part of the price; the rows of a sheet sum to the buyer's price, and one of them takes the rest."""

    sheet = models.ForeignKey(PriceSheet, on_delete=models.PROTECT, related_name="rows")
    place = models.PositiveSmallIntegerField()
    receiver = models.CharField(_("who gets it"), max_length=12, choices=Receiver)
    words = models.CharField(_("what it is called"), max_length=120, blank=True)
    basis_points = models.PositiveIntegerField(_("hundredths of a percent"), null=True, blank=True)
    rupiah = models.PositiveBigIntegerField(_("rupiah per unit"))
    is_rest = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("row of a price sheet")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "place"], name="price_row_place_once"),
            models.UniqueConstraint(
                fields=["sheet"], condition=models.Q(is_rest=True), name="price_has_one_rest"
            ),
            models.CheckConstraint(
                condition=models.Q(basis_points__isnull=True)
                | models.Q(basis_points__lte=10_000, is_rest=False),
                name="price_row_is_part_or_rest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receiver} {self.rupiah}"

    @property
    def called(self) -> str:
        return self.words or str(self.get_receiver_display())
