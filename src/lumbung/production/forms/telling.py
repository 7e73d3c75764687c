"""What is typed on a phone: the digits, the pieces of a day, a member's part."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.forms import DayField, DigitsField, LookForm, NumberField, RupiahField
from lumbung.makers.models import Household
from lumbung.people.models import Person
from lumbung.production.forms.members import MemberField, offer_members
from lumbung.production.models import Part
from lumbung.production.queries.links import BundleRow


class _Answer(LookForm):
    """Whoever answers says the four digits, each time, so that nobody else answers by a forwarded link."""

    def __init__(self, *args: Any, answering: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["digits"] = DigitsField.asked_of(answering.you)


class ConfirmForm(_Answer):
    """Only the digits are asked."""


class MadeForm(_Answer):
    """Pieces of one day, of a member where the share has parts."""

    quantity = NumberField(label=_("How many were made"))
    made_on = DayField(label=_("On which day"), widget=forms.TextInput(attrs={"data-day": True}))
    part = MemberField()

    def __init__(self, *args: Any, parts: Iterable[Part] = (), **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"made_on": clock.today()})
        super().__init__(*args, **kwargs)
        offer_members(self, parts)


class CorrectForm(_Answer):
    """The right number; none takes the entry back."""

    quantity = NumberField(label=_("The right number"), help_text=_("0 takes the entry back."))


class PartForm(_Answer):
    """A part for a house of the group, or for somebody by name."""

    household = forms.ModelChoiceField(
        label=_("House of the group"),
        queryset=Household.objects.none(),
        required=False,
        empty_label=_("Somebody else, by name"),
    )
    full_name = forms.CharField(label=_("Name"), max_length=160, required=False)
    phone = forms.CharField(
        label=_("Phone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=_("Whoever has none confirms on this phone."),
    )
    quantity = NumberField(label=_("Quantity"))
    pay_rupiah = RupiahField(label=_("Pay for one piece"))

    def __init__(self, *args: Any, houses: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not houses:
            del self.fields["household"]
            return
        field = self.fields["household"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = houses


class ChangePartForm(_Answer):
    quantity = NumberField(label=_("Quantity"), help_text=_("0 takes the part back."))
    pay_rupiah = RupiahField(label=_("Pay for one piece"))


class DayOfAllForm(_Answer):
    """One day's numbers of all shares of a captain, each on its own line; empty lines say nothing."""

    made_on = DayField(label=_("On which day"), widget=forms.TextInput(attrs={"data-day": True}))

    def __init__(self, *args: Any, rows: Iterable[BundleRow], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"made_on": clock.today()})
        super().__init__(*args, **kwargs)
        digits = self.fields.pop("digits")
        for row in rows:
            if row.is_open:
                who = row.part.person if row.part else row.share.maker
                self.fields[row.name] = NumberField(label=str(who), required=False)
        self.fields["digits"] = digits
