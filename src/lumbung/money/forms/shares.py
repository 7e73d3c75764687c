"""What may be typed about a share's money, and what the list is narrowed by."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import DayField, LookForm, RupiahField, SearchedField, SortField
from lumbung.money.choices import Age, ClaimKind, DelayHolder, DueKind, MoneyState
from lumbung.money.forms.searching import PARTY_SEARCH, SHARE_SEARCH

INSTALMENTS = 4
BY_HAND = (
    DueKind.ADVANCE,
    DueKind.RETENTION_KEPT,
    DueKind.RETENTION_RELEASED,
    DueKind.REWORK,
    DueKind.FEE,
)


class Narrowing(LookForm):
    """Anything may be missing or wrong: what cannot be read narrows nothing."""

    def value(self, name: str) -> Any:
        return self.cleaned_data.get(name, "") if self.is_valid() or hasattr(self, "cleaned_data") else ""


SORTS = [
    ("day", _("Earliest pay-day first")),
    ("open", _("Largest open amount first")),
    ("new", _("Newest first")),
]


class MoneyFilter(Narrowing):
    q = forms.CharField(label=_("Payee, share or order"), max_length=80, required=False)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *MoneyState.choices], required=False)
    age = forms.ChoiceField(label=_("How late"), choices=[("", _("All")), *Age.choices], required=False)
    payer = forms.ChoiceField(label=_("Payer"), required=False)
    sort = SortField(SORTS)

    def __init__(self, *args: Any, payers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payer"].choices = [("", _("All")), *payers]  # type: ignore[attr-defined]


class ReasonForm(LookForm):
    """Why something ends."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class CorrectDueForm(LookForm):
    """What an entry should have been."""

    right_rupiah = RupiahField(label=_("Right amount"))
    reason = forms.CharField(label=_("Reason"), max_length=200)


class EntryForm(LookForm):
    """An entry by hand: an advance, a retention, a credit, a fee."""

    kind = forms.ChoiceField(label=_("What for?"), choices=[(kind.value, kind.label) for kind in BY_HAND])
    is_less = forms.BooleanField(
        label=_("It lowers what is owed (an advance set off, a credit)"), required=False
    )
    amount_rupiah = RupiahField(label=_("Amount"), min_value=1)
    pay_on = DayField(label=_("Pay-day"))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    @property
    def signed(self) -> int:
        """The amount as the entry holds it: what is kept back is always less."""
        is_less = self.cleaned_data["is_less"] or self.cleaned_data["kind"] == DueKind.RETENTION_KEPT
        amount: int = self.cleaned_data["amount_rupiah"]
        return -amount if is_less else amount


class PromiseForm(LookForm):
    """A new pay-day."""

    pay_on = DayField(label=_("Promised pay-day"))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class InstalmentsForm(LookForm):
    """Up to four days, each with its amount."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, INSTALMENTS + 1):
            needed = number < 3
            self.fields[f"day_{number}"] = DayField(
                label=_("Day %(number)s") % {"number": number}, required=needed
            )
            self.fields[f"amount_{number}"] = RupiahField(
                label=_("Amount %(number)s") % {"number": number}, required=needed
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for number in range(1, INSTALMENTS + 1):
            day, amount = f"day_{number}", f"amount_{number}"
            if day in given and amount in given and (given[day] is None) != (given[amount] is None):
                self.add_error(
                    day if given[day] is None else amount, _("A day and an amount belong together.")
                )
        return given

    def parts(self) -> list[tuple[date, int]]:
        given = self.cleaned_data
        return [
            (given[f"day_{number}"], given[f"amount_{number}"])
            for number in range(1, INSTALMENTS + 1)
            if given.get(f"day_{number}") and given.get(f"amount_{number}")
        ]


class DelayForm(LookForm):
    """With whom a payment waits."""

    holder = forms.ChoiceField(label=_("With whom does it wait?"), choices=DelayHolder)
    since = DayField(label=_("Since"))
    reason = forms.CharField(label=_("What does it wait for?"), max_length=200)


class ClaimForm(LookForm):
    """What somebody else takes from the payment first."""

    holder = SearchedField(PARTY_SEARCH, label=_("Who has the claim?"))
    kind = forms.ChoiceField(label=_("What for?"), choices=ClaimKind)
    confirmed_rupiah = RupiahField(label=_("Amount that the maker confirmed"), min_value=1)
    basis = forms.CharField(
        label=_("Basis"), max_length=200, help_text=_("The receipt or agreement it rests on.")
    )


class AdvanceForm(LookForm):
    """Money before anything of a share is earned."""

    share = SearchedField(SHARE_SEARCH, label=_("Whose share?"))
    amount_rupiah = RupiahField(label=_("Amount"), min_value=1)
    pay_on = DayField(label=_("Pay-day"))
    reason = forms.CharField(label=_("Reason"), max_length=200)
