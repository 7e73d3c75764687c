"""Which slips of a sheet of reasons were handed out; how the queue is narrowed."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.forms import LookForm
from lumbung.makers.models import Maker

LISTS = ("pesan", "kapten", "lembar", "terkirim")


class QueueFilter(LookForm):
    """The regency and a village of it, which list, and behind whom the page begins; what cannot be read is ignored."""

    kabupaten = forms.ChoiceField(label=gettext_lazy("Regency"), required=False)
    desa = forms.ChoiceField(label=gettext_lazy("Village"), required=False)
    daftar = forms.ChoiceField(
        required=False, choices=[(name, name) for name in LISTS], widget=forms.HiddenInput
    )
    setelah = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, regencies: Mapping[str, str], villages: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choose("kabupaten", _("All regencies"), regencies)
        if villages:
            self._choose("desa", _("All villages"), villages)
        else:
            del self.fields["desa"]
        self.full_clean()

    def _choose(self, name: str, everywhere: str, places: Mapping[str, str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", everywhere), *sorted(places.items(), key=lambda item: item[1])]

    def value(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")

    @property
    def behind(self) -> int | None:
        found: int | None = self.cleaned_data.get("setelah")
        return found

    def address(self, *, behind: int | None = None) -> str:
        """This list in this place, from the beginning or behind a maker."""
        query = {name: self.value(name) for name in ("kabupaten", "desa", "daftar") if self.value(name)}
        if behind:
            query["setelah"] = str(behind)
        return f"?{urlencode(query)}"


class SheetForm(forms.Form):
    """The slips that were printed, so that only these are noted."""

    makers = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: Any, makers: Sequence[Maker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["makers"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(maker.pk, str(maker.pk)) for maker in makers]
