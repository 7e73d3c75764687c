"""What may be typed about money."""

from lumbung.money.forms.payments import CorrectPaymentForm, PayeeForm, PaymentForm, PaymentsFilter
from lumbung.money.forms.shares import (
    AdvanceForm,
    ClaimForm,
    CorrectDueForm,
    DelayForm,
    EntryForm,
    InstalmentsForm,
    MoneyFilter,
    PromiseForm,
    ReasonForm,
)
from lumbung.money.forms.terms import (
    AccountForm,
    AccountsFilter,
    EndRuleForm,
    PriceForm,
    TaxRuleForm,
    TaxStandingForm,
)

__all__ = [
    "AccountForm",
    "AccountsFilter",
    "AdvanceForm",
    "ClaimForm",
    "CorrectDueForm",
    "CorrectPaymentForm",
    "DelayForm",
    "EndRuleForm",
    "EntryForm",
    "InstalmentsForm",
    "MoneyFilter",
    "PayeeForm",
    "PaymentForm",
    "PaymentsFilter",
    "PriceForm",
    "PromiseForm",
    "ReasonForm",
    "TaxRuleForm",
    "TaxStandingForm",
]
