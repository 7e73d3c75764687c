"""What may be typed about payments."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import DayField, LookForm, RupiahField, SearchedField
from lumbung.money.forms.searching import PARTY_SEARCH
from lumbung.money.forms.shares import Narrowing
from lumbung.money.models import Account

Row = tuple[str, str, int]
"""A share's key, its words, and the amount that stands in its field."""


class PayeeForm(LookForm):
    """Who was paid."""

    payee = SearchedField(PARTY_SEARCH, label=_("Who was paid?"))


class PaymentsFilter(Narrowing):
    q = forms.CharField(label=_("Payee or payer"), max_length=80, required=False)


class _Amounts(LookForm):
    """A field of rupiah for each share; the keys of shares stand in no field's name."""

    def put_rows(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        for number, (_share, words, amount) in enumerate(rows):
            self.fields[f"amount_{number}"] = RupiahField(
                label=words, required=False, min_value=0, initial=amount
            )
        self.order_fields([f"amount_{number}" for number in range(len(rows))])

    def shares(self) -> dict[str, int]:
        return {
            share: self.cleaned_data.get(f"amount_{number}") or 0
            for number, (share, _words, _amount) in enumerate(self.rows)
        }

    def told(self, field: str | None) -> str | None:
        """Where a refusal stands: one about shares at the first of them."""
        return "amount_0" if field == "shares" else field


class PaymentForm(_Amounts):
    """One transfer or one handing over of cash, for one share or several."""

    paid_on = DayField(label=_("Paid on"))
    account = forms.ChoiceField(label=_("To which account?"), required=False)
    reference = forms.CharField(
        label=_("Reference of the bank, or number of the receipt"), max_length=120, required=False
    )
    proof = forms.FileField(
        label=_("Photo of the transfer or the receipt"),
        required=False,
        help_text=_("JPEG, PNG, WebP or PDF. A reference or a photo is needed."),
    )

    def __init__(self, *args: Any, rows: Sequence[Row], accounts: Sequence[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = {str(account.pk): account for account in accounts}
        chosen = [(key, account.masked) for key, account in self.accounts.items()]
        self.fields["account"].choices = [*chosen, ("", _("in cash"))]  # type: ignore[attr-defined]
        self.put_rows(rows)

    @property
    def chosen_account(self) -> Account | None:
        return self.accounts.get(self.cleaned_data.get("account", ""))


class CorrectPaymentForm(_Amounts):
    """What a payment really gave each of its shares."""

    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, rows: Sequence[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.put_rows(rows)
