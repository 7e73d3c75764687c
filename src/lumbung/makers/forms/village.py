"""A village by its name, and a choice where several are called so: without any script."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lumbung.places.models import Village
from lumbung.places.queries import search_villages, villages
from lumbung.places.rules import search_key


class Written(NamedTuple):
    """The name as it was typed, and the code that was chosen for just this name."""

    text: str = ""
    chosen: str = ""


class VillageWidget(forms.TextInput):
    """A line of text; below it, once several villages were found, a list to choose from."""

    template_name = "makers/parts/village.html"

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Village] = []

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Written:
        text = str(data.get(name) or "").strip()
        chosen = str(data.get(f"{name}_chosen") or "")
        return Written(text, chosen if data.get(f"{name}_for") == text else "")

    def format_value(self, value: Any) -> str:
        return value.text if isinstance(value, Written) else str(value or "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["found"] = self.found
        return context


class VillageField(forms.Field):
    """Reads “Mamben Lauk”, “Kuta, Pujut” or a village's code, within some regencies if they are given."""

    widget = VillageWidget

    def __init__(self, **kwargs: Any) -> None:
        self.regencies: frozenset[str] | None = None
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.full_name if isinstance(value, Village) else value

    def to_python(self, value: Any) -> Village | None:
        if not value or not value.text:
            return None
        chosen = villages().filter(code=value.chosen).first() if value.chosen else None
        village = chosen or self._only_one(value.text)
        if self.regencies is not None and village.district.regency_id not in self.regencies:
            raise ValidationError(_("This village lies outside your regency."), code="outside")
        return village

    def _only_one(self, text: str) -> Village:
        found = search_villages(text)
        key = search_key(text.partition(",")[0])
        exact = [village for village in found if text.strip() == village.code or key == village.search_name]
        if len(exact) == 1:
            return exact[0]
        if not found:
            sentence = _("No village is called “%(text)s”. Check the spelling, or write its code.")
            raise ValidationError(sentence, code="none", params={"text": text})
        self.widget.found = exact or found
        raise ValidationError(_("More than one village fits. Choose one below."), code="several")
