from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FILE_MADE = "banking.file_made"
FILE_TAKEN_OUT = "banking.file_taken_out"
FILE_WITHDRAWN = "banking.file_withdrawn"
STATEMENT_READ = "banking.statement_read"
LINE_MATCHED = "banking.line_matched"


class FileState(models.TextChoices):
    """Where a bank file stands."""

    OPEN = "open", pgettext_lazy("bank file", "Waiting for the bank")
    PAID = "paid", _("Paid")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Likeness(models.TextChoices):
    """What a line of a statement has in common with a row of a bank file; told, never stored."""

    ALL = "all", _("amount, account and reference")
    ACCOUNT = "account", _("amount and account")
    REFERENCE = "reference", _("amount and reference")
