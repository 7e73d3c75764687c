"""What may be typed about prices, tax rules and accounts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import DayField, LookForm, PercentField, RupiahField, SearchedField
from lumbung.money import rules
from lumbung.money.choices import PayeeStatus, PayerKind, Receiver, Rounding, Supply
from lumbung.money.forms.searching import LINE_SEARCH, PARTY_SEARCH
from lumbung.money.forms.shares import Narrowing
from lumbung.money.rules import NewRow

PARTS = (
    Receiver.MATERIAL,
    Receiver.TRANSPORT,
    Receiver.PACKAGING,
    Receiver.FEE,
    Receiver.TAX,
    Receiver.OTHER,
)


class PriceForm(LookForm):
    """The buyer's price, and each part of it in rupiah or percent; the household gets the rest."""

    line = SearchedField(
        LINE_SEARCH, label=_("Line of the order"), help_text=_("The order's number or name.")
    )
    buyer_rupiah = RupiahField(label=_("What the buyer pays for one unit"), min_value=1)

    def __init__(self, *args: Any, with_line: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_line:
            del self.fields["line"]
        for receiver in PARTS:
            self.fields[f"{receiver}_rupiah"] = RupiahField(
                label=_("%(part)s, rupiah per unit") % {"part": str(receiver.label).capitalize()},
                required=False,
                min_value=0,
            )
            self.fields[f"{receiver}_percent"] = PercentField(
                label=_("or in percent"), required=False, min_value=0, max_value=10_000
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for receiver in PARTS:
            if given.get(f"{receiver}_rupiah") and given.get(f"{receiver}_percent"):
                self.add_error(f"{receiver}_percent", _("Each part is rupiah or percent, one of the two."))
        if not self.errors and (reason := rules.why_not_sheet(given["buyer_rupiah"], self.told())):
            self.add_error("buyer_rupiah", reason)
        return given

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two fields of each part, beside each other."""
        return [(self[f"{receiver}_rupiah"], self[f"{receiver}_percent"]) for receiver in PARTS]

    def told(self) -> list[NewRow]:
        """The parts that were told, and the household's, which is the rest."""
        rows = []
        for receiver in PARTS:
            rupiah = self.cleaned_data.get(f"{receiver}_rupiah")
            percent = self.cleaned_data.get(f"{receiver}_percent")
            if percent:
                rows.append(NewRow(receiver, basis_points=percent))
            elif rupiah:
                rows.append(NewRow(receiver, rupiah=rupiah))
        return [*rows, NewRow(Receiver.MAKER, is_rest=True)]


class TaxRuleForm(LookForm):
    """A rule with its source; nothing is withheld until somebody else confirms it."""

    name = forms.CharField(label=_("Name"), max_length=80)
    supply = forms.ChoiceField(label=_("For which supply?"), choices=Supply)
    payee_status = forms.ChoiceField(label=_("Who is paid?"), choices=PayeeStatus)
    payer_kind = forms.ChoiceField(label=_("Who pays?"), choices=PayerKind)
    threshold_rupiah = RupiahField(
        label=_("Only above"), required=False, min_value=0, help_text=_("Empty: from the first rupiah on.")
    )
    rate_bp = PercentField(label=_("Rate"), min_value=1, max_value=10_000)
    rounding = forms.ChoiceField(label=_("Rounding"), choices=Rounding)
    in_force_from = DayField(label=_("In force from"))
    in_force_until = DayField(label=_("In force until"), required=False)
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("The regulation, its number, year and article.")
    )


class EndRuleForm(LookForm):
    until = DayField(label=_("Last day on which it applies"))


class AccountsFilter(Narrowing):
    q = forms.CharField(label=_("Name of the owner"), max_length=80, required=False)


class AccountForm(LookForm):
    """A bank account of a party."""

    owner = SearchedField(PARTY_SEARCH, label=_("Whose account?"))
    bank = forms.CharField(label=_("Bank"), max_length=40)
    number = forms.CharField(label=_("Account number"), max_length=40)
    holder = forms.CharField(label=_("In whose name"), max_length=120)

    def __init__(self, *args: Any, with_owner: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_owner:
            del self.fields["owner"]


class TaxStandingForm(LookForm):
    """How tax rules see a party."""

    payee_status = forms.ChoiceField(
        label=_("As a payee"), choices=[("", _("not told")), *PayeeStatus.choices], required=False
    )
    payer_kind = forms.ChoiceField(
        label=_("As a payer"), choices=[("", _("not told")), *PayerKind.choices], required=False
    )
