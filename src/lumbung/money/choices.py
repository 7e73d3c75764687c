from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PRICE_SET = "money.price_set"
DUE_RAISED = "money.due_raised"
DUE_CORRECTED = "money.due_corrected"
PAY_DAY_PROMISED = "money.pay_day_promised"
INSTALMENTS_PROMISED = "money.instalments_promised"
DELAY_TOLD = "money.delay_told"
CLAIM_REGISTERED = "money.claim_registered"
CLAIM_ENDED = "money.claim_ended"
PAYMENT_RECORDED = "money.payment_recorded"
PAYMENT_CORRECTED = "money.payment_corrected"
ACCOUNT_ADDED = "money.account_added"
ACCOUNT_CONFIRMED = "money.account_confirmed"
ACCOUNT_ENDED = "money.account_ended"
TAX_RULE_WRITTEN = "money.tax_rule_written"
TAX_RULE_CONFIRMED = "money.tax_rule_confirmed"
TAX_RULE_ENDED = "money.tax_rule_ended"
TAX_STANDING_TOLD = "money.tax_standing_told"

LARGEST_RUPIAH = 10**15
WHOLE_BP = 10_000


class Receiver(models.TextChoices):
    """Who gets a part of the buyer's price."""

    MAKER = "maker", _("the household that makes it")
    MATERIAL = "material", _("material")
    TRANSPORT = "transport", _("transport")
    PACKAGING = "packaging", _("packaging and labels")
    FEE = "fee", _("fee")
    TAX = "tax", _("tax within the price")
    OTHER = "other", _("something else")


class DueKind(models.TextChoices):
    """Why something is owed, or why less is."""

    EARNED = "earned", _("earned")
    REWORK = "rework", _("rework credit")
    CORRECTION = "correction", _("correction")
    ADVANCE = "advance", _("advance")
    RETENTION_KEPT = "kept", _("retention kept")
    RETENTION_RELEASED = "released", _("retention released")
    INSTALMENT = "instalment", _("instalment")
    TAX_WITHHELD = "tax", _("tax withheld")
    FEE = "fee", pgettext_lazy("due", "fee")


ALWAYS_MORE = (DueKind.EARNED, DueKind.RETENTION_RELEASED)
ALWAYS_LESS = (DueKind.RETENTION_KEPT, DueKind.TAX_WITHHELD)


class DelayHolder(models.TextChoices):
    """With whom a payment waits."""

    BUYER = "buyer", _("the buyer")
    OFFICE = "office", _("the office")
    TREASURER = "treasurer", _("the treasurer")
    BANK = "bank", _("the bank")
    MAKER = "maker", _("the maker, papers are missing")
    NOBODY = "nobody", _("nobody any more")


class ClaimKind(models.TextChoices):
    """What somebody else may take from a share's payment for."""

    MATERIAL = "material", pgettext_lazy("claim", "material given")
    ADVANCE = "advance", pgettext_lazy("claim", "money given in advance")
    LENDER = "lender", pgettext_lazy("claim", "loan")


class Supply(models.TextChoices):
    """What a tax rule is about. Sewing handed-out material is a service."""

    GOODS = "goods", _("goods")
    SERVICE = "service", _("service, such as sewing material that was handed out")


class PayeeStatus(models.TextChoices):
    """How the tax office knows who is paid."""

    WITHOUT_NPWP = "without", _("without NPWP")
    WITH_NPWP = "with", _("with NPWP")
    PKP = "pkp", _("registered for VAT (PKP)")


class PayerKind(models.TextChoices):
    """Who pays, as tax rules tell them apart."""

    TREASURER = "treasurer", _("government treasurer")
    COMPANY = "company", _("company")
    PRIVATE = "private", _("private person")


class Rounding(models.TextChoices):
    """What becomes of parts of a rupiah."""

    DOWN = "down", _("down to the rupiah")
    HALF_UP = "half_up", _("to the nearest rupiah")
    UP = "up", _("up to the rupiah")


class MoneyState(models.TextChoices):
    """Where a share's money stands; told from its sums and its pay-day, never stored."""

    OPEN = "open", _("Waiting for payment")
    LATE = "late", _("Late")
    PAID = "paid", _("Paid")
    OVERPAID = "overpaid", _("Paid too much")


class Age(models.TextChoices):
    """How late an open amount is, by its pay-day."""

    NOT_YET = "not_yet", _("not yet due")
    WEEK = "week", _("1 to 7 days late")
    MONTH = "month", _("8 to 30 days late")
    TWO_MONTHS = "two_months", _("31 to 60 days late")
    LONGER = "longer", _("more than 60 days late")
