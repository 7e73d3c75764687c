"""Lots: written down, moved, held back, released, recalled, found by code."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import DayField, LookForm, NumberField
from lumbung.lots.actions import MadeBy
from lumbung.lots.forms.fields import LotCodeField
from lumbung.lots.models import Lot, Store
from lumbung.lots.queries.holdings import Lying
from lumbung.lots.queries.lots import houses_for_lots
from lumbung.lots.queries.subjects import Subject
from lumbung.makers.models import GoodsKind, Maker


class KindField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.words} ({obj.get_unit_display()})"


class LotForm(LookForm):
    """What a maker made, and in a group who of them how much."""

    goods = KindField(label=_("Kind of goods"), queryset=GoodsKind.objects.none())
    quantity = NumberField(label=_("How many in all"))
    made_from = DayField(label=_("Made from"))
    made_until = DayField(label=_("Until"), required=False, help_text=_("Empty: the same day."))
    subject = forms.ChoiceField(label=_("For"), required=False)
    held_because = forms.CharField(
        label=_("Hold it back because"),
        max_length=300,
        required=False,
        help_text=_("Empty: it is not held back."),
    )

    def __init__(self, *args: Any, maker: Maker, subjects: list[Subject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.maker = maker
        self.houses = list(houses_for_lots(maker.pk))
        kinds = GoodsKind.objects.filter(goods__maker=maker, goods__stopped_on__isnull=True)
        self.fields["goods"].queryset = kinds  # type: ignore[attr-defined]
        choices = [("", _("Nothing in particular")), *((one.key, one.words) for one in subjects)]
        self.fields["subject"].choices = choices  # type: ignore[attr-defined]
        for house in self.houses:
            self.fields[f"house_{house.pk}"] = NumberField(label=house.person.full_name, required=False)

    @property
    def made_by(self) -> list[MadeBy]:
        """The parts of the houses, or all of it for a maker who tells none."""
        given = self.cleaned_data
        parts = [
            MadeBy(self.maker, given[f"house_{house.pk}"], house)
            for house in self.houses
            if given.get(f"house_{house.pk}")
        ]
        return parts or [MadeBy(self.maker, given["quantity"])]


class MoveForm(LookForm):
    """A part of a lot goes elsewhere."""

    from_holder = forms.ChoiceField(label=_("From"))
    to_store = forms.ModelChoiceField(label=_("To"), queryset=Store.objects.order_by("name"))
    quantity = NumberField(label=_("How much"), min_value=1)

    def __init__(self, *args: Any, lying: list[Lying], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_holder"].choices = [(one.holder, one.words) for one in lying]  # type: ignore[attr-defined]


class ReasonForm(LookForm):
    """Why a lot is held back."""

    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Whoever made it may read it."))


class ReleaseForm(LookForm):
    """What was looked at before a lot goes."""

    reason = forms.CharField(label=_("What was looked at"), max_length=300, required=False)


class RecallForm(LookForm):
    """Lots that are called back together."""

    lots = forms.MultipleChoiceField(label=_("Which lots"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Everybody who types the code reads it.")
    )
    advice = forms.CharField(
        label=_("What whoever has it shall do"),
        max_length=300,
        help_text=_("Such as: do not use it, bring it back."),
    )

    def __init__(self, *args: Any, offered: list[tuple[Lot, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(lot.pk): lot for lot, _words in offered}
        self.fields["lots"].choices = [(str(lot.pk), words) for lot, words in offered]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Lot]:
        return [self.offered[key] for key in self.cleaned_data["lots"]]


class FindForm(LookForm):
    """The code on the mark."""

    kode = LotCodeField(
        label=_("Lot code"), help_text=_("Nine digits. They stand on the mark, below the square picture.")
    )
