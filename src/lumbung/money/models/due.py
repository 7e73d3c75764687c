from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.money.choices import ClaimKind, DelayHolder, DueKind
from lumbung.money.models.tax import TaxRule


class Standing(models.Model):
    """What one share stands at: the sums of its entries, kept with them, and the row that is locked for each of them.

    It is computed from the entries and never typed. One share has one payee and one payer. `pay_on` is the earliest
    pay-day of what is open, as it was promised first: a later promise stands beside it and makes nothing younger.
    """

    share = models.CharField(max_length=120, unique=True)
    line = models.CharField(max_length=120, blank=True)
    order = models.CharField(max_length=120, blank=True)
    payee = models.CharField(_("payee"), max_length=120)
    payer = models.CharField(_("payer"), max_length=120)
    due_rupiah = models.BigIntegerField(_("due"), default=0)
    paid_rupiah = models.BigIntegerField(_("paid"), default=0)
    open_rupiah = models.BigIntegerField(_("open"), default=0)
    pay_on = models.DateField(_("pay-day"))
    promised_on = models.DateField(_("newest promise"), null=True, blank=True)
    held_by = models.CharField(_("waits with"), max_length=12, choices=DelayHolder, blank=True, default="")
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("what a share stands at")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_rupiah=models.F("paid_rupiah") + models.F("open_rupiah")),
                name="standing_paid_and_open_are_due",
            ),
            models.CheckConstraint(condition=models.Q(paid_rupiah__gte=0), name="standing_paid_not_negative"),
        ]
        indexes = [
            models.Index(fields=["pay_on", "id"], name="standing_by_day"),
            models.Index(fields=["open_rupiah", "id"], name="standing_by_open"),
            models.Index(fields=["payee"], name="standing_payee"),
            models.Index(fields=["payer"], name="standing_payer"),
            models.Index(fields=["order"], name="standing_order"),
        ]

    def __str__(self) -> str:
        return f"{self.share} {self.open_rupiah}"

    def get_absolute_url(self) -> str:
        return reverse("money:share", args=[self.share])


class Due(models.Model):
    """One entry of what is owed, or of why it is less. Never changed: a correction is a new one that points at it."""

    share = models.CharField(max_length=120)
    line = models.CharField(max_length=120, blank=True)
    order = models.CharField(max_length=120, blank=True)
    payee = models.CharField(max_length=120)
    payer = models.CharField(max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=DueKind)
    cause = models.CharField(max_length=160)
    amount_rupiah = models.BigIntegerField(_("amount"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    tax_rule = models.ForeignKey(
        TaxRule, on_delete=models.PROTECT, null=True, blank=True, related_name="dues"
    )
    pay_on = models.DateField(_("pay-day"))
    raised_at = models.DateTimeField(default=clock.now)
    raised_by = models.CharField(max_length=120)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("due")
        constraints = [
            models.UniqueConstraint(fields=["kind", "cause"], name="due_cause_once"),
            models.CheckConstraint(condition=~models.Q(amount_rupiah=0), name="due_is_not_nothing"),
            models.CheckConstraint(
                condition=~models.Q(kind="correction") | models.Q(corrects__isnull=False),
                name="due_correction_points_at_one",
            ),
            models.CheckConstraint(
                condition=(~models.Q(kind__in=["earned", "released"]) | models.Q(amount_rupiah__gt=0))
                & (~models.Q(kind="kept") | models.Q(amount_rupiah__lt=0)),
                name="due_sign_fits_its_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["share", "id"], name="due_share"),
            models.Index(fields=["payee", "kind", "raised_at"], name="due_payee"),
        ]

    def __str__(self) -> str:
        return f"{self.share} {self.kind} {self.amount_rupiah}"


class PayDay(models.Model):
    """A new pay-day promised for what is open of a share; the newest counts."""

    share = models.CharField(max_length=120)
    pay_on = models.DateField(_("pay-day"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    promised_at = models.DateTimeField(default=clock.now)
    promised_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("promised pay-day")
        indexes = [models.Index(fields=["share", "id"], name="pay_day_share")]

    def __str__(self) -> str:
        return f"{self.share} {self.pay_on}"


class Delay(models.Model):
    """With whom a share's payment waits since when, and why; the newest counts."""

    share = models.CharField(max_length=120)
    holder = models.CharField(_("waits with"), max_length=12, choices=DelayHolder)
    since = models.DateField(_("since"))
    reason = models.CharField(_("reason"), max_length=200)
    told_at = models.DateTimeField(default=clock.now)
    told_by = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("delay")
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="delay_has_a_reason")]
        indexes = [models.Index(fields=["share", "id"], name="delay_share")]

    def __str__(self) -> str:
        return f"{self.share} {self.holder}"


class Claim(models.Model):
    """What somebody else takes from a share's payment before the payee: by rank, confirmed, with an end."""

    share = models.CharField(max_length=120)
    rank = models.PositiveSmallIntegerField(_("place by rank"))
    kind = models.CharField(_("kind"), max_length=12, choices=ClaimKind)
    holder = models.CharField(_("who has it"), max_length=120)
    confirmed_rupiah = models.PositiveBigIntegerField(_("confirmed amount"))
    basis = models.CharField(_("basis"), max_length=200)
    registered_at = models.DateTimeField(default=clock.now)
    registered_by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)
    ended_reason = models.CharField(_("reason"), max_length=200, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("claim")
        constraints = [
            models.UniqueConstraint(fields=["share", "rank"], name="claim_rank_once"),
            models.CheckConstraint(condition=models.Q(rank__gte=1), name="claim_rank_from_one"),
            models.CheckConstraint(
                condition=models.Q(confirmed_rupiah__gt=0), name="claim_is_more_than_nothing"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by="", ended_reason="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_by="") & ~models.Q(ended_reason="")),
                name="claim_ended_at_by_why",
            ),
        ]
        indexes = [models.Index(fields=["holder"], name="claim_holder")]

    def __str__(self) -> str:
        return f"{self.share} {self.rank} {self.confirmed_rupiah}"
