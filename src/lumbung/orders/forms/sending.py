"""How the queue is narrowed, and which slips of a sheet were handed out."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.forms import LongSelect, LookForm
from lumbung.orders.models import Share

LISTS = ("pesan", "kapten", "lembar", "terkirim")


class QueueFilter(LookForm):
    """The village, which list, and behind what the page begins: a share, a captain; what cannot be read is ignored."""

    desa = forms.ChoiceField(label=gettext_lazy("Village"), required=False, widget=LongSelect)
    daftar = forms.ChoiceField(
        required=False, choices=[(name, name) for name in LISTS], widget=forms.HiddenInput
    )
    setelah = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, villages: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        village = self.fields["desa"]
        assert isinstance(village, forms.ChoiceField)
        village.choices = [("", _("All villages")), *sorted(villages.items(), key=lambda item: item[1])]
        self.full_clean()

    def value(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")

    @property
    def behind(self) -> int | None:
        found: int | None = self.cleaned_data.get("setelah")
        return found

    def address(self, **places: object) -> str:
        """This list with this village, from the beginning or from the places told."""
        query = {name: self.value(name) for name in ("desa", "daftar") if self.value(name)}
        query |= {name: str(place) for name, place in places.items() if place}
        return f"?{urlencode(query)}"


class SheetForm(forms.Form):
    """The slips that were printed, so that only these are noted."""

    shares = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: Any, shares: Sequence[Share], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["shares"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(share.pk, str(share.pk)) for share in shares]
