"""Fields that several forms of the room have."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.forms import DayField
from lumbung.lots.models import Lot, MaterialKind
from lumbung.lots.queries.lots import lot_by_code
from lumbung.lots.rules import codes
from lumbung.lots.rules.amounts import read_amount


class MaterialField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """Kinds of material by name, with the unit people speak of."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=MaterialKind.objects.order_by("name"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.get_unit_display()})"


class AmountField(forms.CharField):
    """An amount as typed; what it means is told once the material is known."""

    size = "short"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off"}


class LotCodeField(forms.CharField):
    """A lot's code as typed, checked digit by digit; gives the lot."""

    size = "short"
    default_error_messages = {"unknown": _("No lot has this code.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        if reason := codes.why_not_code(text):
            raise forms.ValidationError(reason)
        lot = lot_by_code(text)
        if lot is None:
            raise forms.ValidationError(self.error_messages["unknown"])
        return lot


class WhenField(DayField):
    """The day it happened; empty is now."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Day"))
        super().__init__(required=False, help_text=_("Empty: today."), **kwargs)


def moment_of(day: date | None) -> datetime | None:
    """Noon of a day that is over; none for today, which is now."""
    if day is None or day == clock.today():
        return None
    return timezone.make_aware(datetime.combine(day, time.min) + timedelta(hours=12))


def amount_in(form: forms.Form, name: str, material: MaterialKind | None) -> int | None:
    """The base units of a field, or None with the fault at the field."""
    written = form.cleaned_data.get(name)
    if not written or material is None:
        return None
    try:
        return read_amount(written, material.unit)
    except ValueError as fault:
        form.add_error(name, str(fault))
        return None


def check_lot(form: forms.Form, material: MaterialKind | None, lot: Lot | None) -> None:
    """Material that is kept apart by lot needs one of its own."""
    if material is None or "lot" in form.errors:
        return
    if material.tracks_lots and lot is None:
        form.add_error("lot", _("This material is kept apart by lot: say which lot."))
    if lot is not None and lot.material_id != material.pk:
        form.add_error("lot", _("This lot is of something else."))
