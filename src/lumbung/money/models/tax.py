from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.money.choices import PayeeStatus, PayerKind, Rounding, Supply


class TaxRule(models.Model):
    """What is withheld, by supply, payee and payer, with its source. Off until somebody else confirms it."""

    name = models.CharField(_("name"), max_length=80)
    supply = models.CharField(_("supply"), max_length=8, choices=Supply)
    payee_status = models.CharField(_("payee"), max_length=8, choices=PayeeStatus)
    payer_kind = models.CharField(_("payer"), max_length=12, choices=PayerKind)
    threshold_rupiah = models.PositiveBigIntegerField(_("only above"), default=0)
    rate_bp = models.PositiveIntegerField(_("rate"))
    rounding = models.CharField(_("rounding"), max_length=8, choices=Rounding, default=Rounding.DOWN)
    in_force_from = models.DateField(_("in force from"))
    in_force_until = models.DateField(_("in force until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    written_at = models.DateTimeField(default=clock.now)
    written_by = models.CharField(max_length=120)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=120, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("tax rule")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rate_bp__gt=0, rate_bp__lte=10_000), name="tax_rate_is_a_part"
            ),
            models.CheckConstraint(condition=~models.Q(source=""), name="tax_rule_has_a_source"),
            models.CheckConstraint(
                condition=models.Q(in_force_until__isnull=True)
                | models.Q(in_force_until__gte=models.F("in_force_from")),
                name="tax_rule_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True, confirmed_by="")
                | (
                    models.Q(confirmed_at__isnull=False)
                    & ~models.Q(confirmed_by="")
                    & ~models.Q(confirmed_by=models.F("written_by"))
                ),
                name="tax_rule_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"tax_rule:{self.pk}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


class TaxStanding(models.Model):
    """How tax rules see a party: as a payee and as a payer; the newest counts, nothing told means nothing withheld."""

    party = models.CharField(max_length=120)
    payee_status = models.CharField(_("as a payee"), max_length=8, choices=PayeeStatus, blank=True)
    payer_kind = models.CharField(_("as a payer"), max_length=12, choices=PayerKind, blank=True)
    told_at = models.DateTimeField(default=clock.now)
    told_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("tax standing")
        indexes = [models.Index(fields=["party", "-id"], name="tax_standing_party")]

    def __str__(self) -> str:
        return f"{self.party} {self.payee_status} {self.payer_kind}"
