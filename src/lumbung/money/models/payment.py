from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.files.models import Attachment
from lumbung.money.models.account import Account
from lumbung.money.models.due import Claim, Due


class Payment(models.Model):
    """Money that a payer gave a payee, with its proof; a correction is another one that points at it."""

    payer = models.CharField(_("payer"), max_length=120)
    payee = models.CharField(_("payee"), max_length=120)
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="payments"
    )
    account_shown = models.CharField(_("account"), max_length=80, blank=True)
    paid_on = models.DateField(_("paid on"))
    amount_rupiah = models.BigIntegerField(_("amount"))
    reference = models.CharField(_("reference of the bank or receipt"), max_length=120, blank=True)
    proof = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entry_key = models.CharField(max_length=120, unique=True)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.CharField(max_length=120)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("payment")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_rupiah__gt=0, corrects__isnull=True)
                | (models.Q(corrects__isnull=False) & ~models.Q(reason="")),
                name="payment_is_money_or_a_correction",
            ),
            models.CheckConstraint(
                condition=models.Q(proof__isnull=False)
                | ~models.Q(reference="")
                | models.Q(corrects__isnull=False),
                name="payment_has_proof",
            ),
        ]
        indexes = [
            models.Index(fields=["payee", "-id"], name="payment_payee"),
            models.Index(fields=["payer", "-id"], name="payment_payer"),
        ]

    def __str__(self) -> str:
        return f"{self.payee} {self.amount_rupiah}"

    def get_absolute_url(self) -> str:
        return reverse("money:payment", args=[self.pk])

    @property
    def key(self) -> str:
        return f"payment:{self.pk}"


class Allocation(models.Model):
    """Which due a part of a payment pays, and the claim it goes to, if any; negative in a correction."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="allocations")
    due = models.ForeignKey(Due, on_delete=models.PROTECT, related_name="allocations")
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="allocations"
    )
    share = models.CharField(max_length=120)
    amount_rupiah = models.BigIntegerField()

    class Meta:
        verbose_name = _("part of a payment")
        constraints = [
            models.UniqueConstraint(
                fields=["payment", "due"], condition=models.Q(claim__isnull=True), name="allocation_once"
            ),
            models.UniqueConstraint(
                fields=["payment", "due", "claim"],
                condition=models.Q(claim__isnull=False),
                name="allocation_once_a_claim",
            ),
            models.CheckConstraint(condition=~models.Q(amount_rupiah=0), name="allocation_is_not_nothing"),
        ]
        indexes = [models.Index(fields=["share"], name="allocation_share")]

    def __str__(self) -> str:
        return f"{self.share} {self.amount_rupiah}"
