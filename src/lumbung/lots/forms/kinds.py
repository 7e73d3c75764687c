"""Kinds of material, stores, norms and stated losses."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import DayField, LookForm, PercentField, SearchedField
from lumbung.lots.choices import MaterialUnit, StoreKind
from lumbung.lots.forms.fields import AmountField, amount_in
from lumbung.lots.models import MaterialKind
from lumbung.makers.models import GoodsKind
from lumbung.places.queries import VILLAGE_SEARCH


class NewMaterialForm(LookForm):
    """A kind of material for the whole province."""

    name = forms.CharField(label=_("Name"), max_length=120)
    unit = forms.ChoiceField(label=_("Counted in"), choices=MaterialUnit)
    tracks_lots = forms.BooleanField(label=_("Kept apart by lot"), required=False)


class NewStoreForm(LookForm):
    """A place of the office where things lie."""

    store_name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("What it is for"), choices=StoreKind)
    village = SearchedField(
        VILLAGE_SEARCH, label=_("Village"), help_text=_("Its name; after a comma its district.")
    )


class NormForm(LookForm):
    """How much a thousand of something need."""

    product = forms.ChoiceField(label=_("A thousand of"))
    amount = AmountField(label=_("need"))
    basis = forms.CharField(label=_("Where it comes from"), max_length=200)
    valid_from = DayField(label=_("Valid from"), required=False, help_text=_("Empty: today."))

    def __init__(self, *args: Any, material: MaterialKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.material = material
        goods = [(f"goods:{kind.pk}", kind.words) for kind in GoodsKind.objects.order_by("name")]
        others = MaterialKind.objects.exclude(pk=material.pk).order_by("name")
        self.fields["product"].choices = [*goods, *((kind.key, kind.name) for kind in others)]  # type: ignore[attr-defined]
        self.fields["amount"].help_text = material.get_unit_display()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        given["units"] = amount_in(self, "amount", self.material)
        return given


class RateForm(LookForm):
    """How much may be lost without a reason."""

    rate_bp = PercentField(label=_("Loss that needs no reason, in percent"))
    rate_basis = forms.CharField(label=_("Where it comes from"), max_length=200)
    rate_from = DayField(label=_("Valid from"), required=False, help_text=_("Empty: today."))
