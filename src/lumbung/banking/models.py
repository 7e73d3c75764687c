from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation import clock
from lumbung.banking.choices import FileState
from lumbung.money.models import Account, Payment


class BankFile(models.Model):
    """What one payer sends to the bank at once: exact sums, sealed by the hash of its bytes."""

    code = models.CharField(_("number"), max_length=20, unique=True)
    payer = models.CharField(_("payer"), max_length=120)
    state = models.CharField(_("state"), max_length=10, choices=FileState, default=FileState.OPEN)
    count = models.PositiveIntegerField(_("rows"))
    total_rupiah = models.PositiveBigIntegerField(_("total"))
    hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=120, blank=True)
    withdrawn_reason = models.CharField(_("reason"), max_length=200, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("bank file")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="withdrawn", withdrawn_at__isnull=False)
                & ~models.Q(withdrawn_by="")
                & ~models.Q(withdrawn_reason="")
                | ~models.Q(state="withdrawn")
                & models.Q(withdrawn_at__isnull=True, withdrawn_by="", withdrawn_reason=""),
                name="bank_file_withdrawn_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("banking:file", args=[self.pk])

    @property
    def key(self) -> str:
        return f"bank_file:{self.pk}"


class BankFileRow(models.Model):
    """One transfer of a bank file: what a payee gets of a share. It stands in one open file only."""

    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    reference = models.CharField(_("reference"), max_length=30, unique=True)
    share = models.CharField(max_length=120)
    payee = models.CharField(_("payee"), max_length=120)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    bank = models.CharField(_("bank"), max_length=40)
    account_number = models.CharField(_("account number"), max_length=40)
    holder = models.CharField(_("holder of the account"), max_length=120)
    amount_rupiah = models.PositiveBigIntegerField(_("amount"))
    is_open = models.BooleanField(default=True)
    payment = models.OneToOneField(
        Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="bank_file_row"
    )

    class Meta:
        verbose_name = _("row of a bank file")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="bank_file_row_once"),
            models.UniqueConstraint(
                fields=["share", "payee"], condition=models.Q(is_open=True), name="share_in_one_open_file"
            ),
            models.CheckConstraint(condition=models.Q(amount_rupiah__gt=0), name="bank_file_row_pays"),
            models.CheckConstraint(
                condition=models.Q(payment__isnull=True) | models.Q(is_open=False),
                name="paid_row_is_not_open",
            ),
        ]
        indexes = [
            models.Index(fields=["amount_rupiah"], name="bank_row_amount", condition=models.Q(is_open=True))
        ]

    def __str__(self) -> str:
        return self.reference


class Statement(models.Model):
    """A statement of the bank as it was sent; the same bytes again are the same statement."""

    hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("name of the file"), max_length=200)
    lines_count = models.PositiveIntegerField(default=0)
    left_aside = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(default=clock.now)
    read_by = models.CharField(max_length=120)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("bank statement")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("banking:statement", args=[self.pk])

    @property
    def key(self) -> str:
        return f"statement:{self.pk}"


class StatementLine(models.Model):
    """Money that left the payer's account; a person says which row of a bank file it paid."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField(_("row of the sheet"))
    booked_on = models.DateField(_("booked on"))
    amount_rupiah = models.PositiveBigIntegerField(_("amount"))
    account_number = models.CharField(_("account number"), max_length=40, blank=True)
    text = models.CharField(_("what the bank writes"), max_length=300, blank=True)
    fingerprint = models.CharField(max_length=64, unique=True)
    row = models.OneToOneField(
        BankFileRow, on_delete=models.PROTECT, null=True, blank=True, related_name="line"
    )
    matched_at = models.DateTimeField(null=True, blank=True)
    matched_by = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("line of a bank statement")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "number"], name="statement_line_once"),
            models.CheckConstraint(
                condition=models.Q(row__isnull=True, matched_at__isnull=True, matched_by="")
                | models.Q(row__isnull=False, matched_at__isnull=False) & ~models.Q(matched_by=""),
                name="statement_line_matched_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.amount_rupiah}"
