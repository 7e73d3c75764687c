"""A maker's entry, its state, its households, and entries that seem to be one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.forms import DayField, LookForm, SearchedField
from foundation.reading import read_phone
from lumbung.makers import rules
from lumbung.makers.choices import MakerKind, MakerState
from lumbung.makers.models import Maker
from lumbung.people.choices import Salutation
from lumbung.places.models import Village
from lumbung.places.queries import VILLAGE_SEARCH

SALUTATIONS = [(Salutation.IBU, Salutation.IBU.label), (Salutation.BAPAK, Salutation.BAPAK.label)]


class PhoneField(forms.CharField):
    """A phone as people write it; kept as +62…"""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        try:
            return read_phone(text) if text else ""
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from fault


class PersonForm(LookForm):
    """Somebody who may be known to the office already."""

    full_name = forms.CharField(label=_("Full name"), max_length=160)
    salutation = forms.ChoiceField(label=_("Salutation"), choices=SALUTATIONS, widget=forms.RadioSelect)
    phone = PhoneField(
        label=_("Phone"),
        max_length=24,
        required=False,
        help_text=_("Messages go there by WhatsApp. Without a phone the maker gets a printed sheet."),
    )


class PlaceForm(LookForm):
    """Name, place and account of a maker."""

    name = forms.CharField(label=_("Name of the workshop or group"), max_length=200)
    village = SearchedField(
        VILLAGE_SEARCH, label=_("Village"), help_text=_("Its name; after a comma its district.")
    )
    hamlet = forms.CharField(label=_("Hamlet"), max_length=80, required=False)
    house = forms.CharField(
        label=_("House"),
        max_length=120,
        required=False,
        help_text=_("RT, RW, number. The public never sees it."),
    )
    bank_name = forms.CharField(label=_("Bank"), max_length=40, required=False)
    bank_account = forms.CharField(label=_("Account number"), max_length=40, required=False)
    last_made_on = DayField(
        label=_("Last real production"),
        required=False,
        help_text=_("When something was really made and sold."),
    )

    def __init__(self, *args: Any, regencies: frozenset[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regencies = regencies

    def clean_village(self) -> Village:
        village: Village = self.cleaned_data["village"]
        if self.regencies is not None and village.district.regency_id not in self.regencies:
            raise forms.ValidationError(_("This village lies outside your regency."), code="outside")
        return village

    def clean_last_made_on(self) -> Any:
        day = self.cleaned_data["last_made_on"]
        reason = rules.why_not_last_made(day, today=clock.today())
        if reason:
            raise forms.ValidationError(reason)
        return day


class EntryForm(PlaceForm, PersonForm):
    """A new maker with its owner."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=MakerKind, widget=forms.RadioSelect, initial=MakerKind.WORKSHOP
    )
    field_order = (
        "name",
        "kind",
        "full_name",
        "salutation",
        "phone",
        "village",
        "hamlet",
        "house",
        "bank_name",
        "bank_account",
        "last_made_on",
    )


class ChangeForm(PlaceForm):
    """A maker's entry mended. The account is not shown again: an empty field keeps it."""

    def __init__(self, *args: Any, maker: Maker, **kwargs: Any) -> None:
        initial = {
            "name": maker.party.name,
            "village": maker.village,
            "hamlet": maker.hamlet,
            "house": maker.house,
            "bank_name": maker.bank_name,
            "last_made_on": maker.last_made_on,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["bank_account"].help_text = _("Empty: %(account)s stays. A dash (-) takes it out.") % {
            "account": rules.masked(maker.bank_account) or _("none")
        }

    def clean_bank_account(self) -> str | None:
        return self.cleaned_data["bank_account"] or None


class StateForm(LookForm):
    """Pausing, closing, taking up again."""

    state = forms.ChoiceField(label=_("From now on"), choices=MakerState, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class OwnerForm(PersonForm):
    """Who answers for a workshop or group from now on."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("For example: handed over to the daughter, letter seen."),
    )


class ReviewForm(LookForm):
    """What somebody found who looked at two entries."""

    reason = forms.CharField(
        label=_("How do you know that these are two makers?"),
        max_length=200,
        help_text=_("For example: visited on 4 May, two kitchens, two families."),
    )


class HouseholdForm(PersonForm):
    """A house that joins a group."""

    hamlet = forms.CharField(label=_("Hamlet"), max_length=80, required=False)
