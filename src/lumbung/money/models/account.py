from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation import clock


class Account(models.Model):
    """A bank account of a party; money goes there once somebody else than who wrote it down has confirmed it."""

    owner = models.CharField(max_length=120)
    bank = models.CharField(_("bank"), max_length=40)
    number = models.CharField(_("account number"), max_length=40)
    holder = models.CharField(_("holder of the account"), max_length=120)
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.CharField(max_length=120)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)
    ended_reason = models.CharField(_("reason"), max_length=200, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("bank account")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "number"],
                condition=models.Q(ended_at__isnull=True),
                name="account_once_a_party",
            ),
            models.CheckConstraint(condition=~models.Q(number=""), name="account_has_a_number"),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True, confirmed_by="")
                | (
                    models.Q(confirmed_at__isnull=False)
                    & ~models.Q(confirmed_by="")
                    & ~models.Q(confirmed_by=models.F("added_by"))
                ),
                name="account_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by="", ended_reason="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_by="") & ~models.Q(ended_reason="")),
                name="account_ended_at_by_why",
            ),
        ]
        indexes = [
            models.Index(fields=["number"], name="account_number"),
            models.Index(fields=["owner"], name="account_owner"),
        ]

    def __str__(self) -> str:
        return self.masked

    @property
    def key(self) -> str:
        return f"account:{self.pk}"

    @property
    def masked(self) -> str:
        """The bank and the last four digits."""
        return f"{self.bank} ••••{self.number[-4:]}" if len(self.number) > 5 else f"{self.bank} ••••"
