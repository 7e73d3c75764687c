"""Writing a village's name and, where several are called so, choosing one: without any script."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lumbung.places.models import Village
from lumbung.places.queries import search_villages, villages
from lumbung.places.rules import search_key


@dataclass(frozen=True)
class Written:
    """What was written, and which of the villages found for it was chosen."""

    text: str = ""
    chosen: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


class VillageWidget(forms.TextInput):
    """A line of text; after a search that found several, a list of them below it."""

    template_name = "orders/widgets/village.html"
    found: list[Village]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.found = []

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Written:
        """A choice counts only for the text it was offered for."""
        text = str(data.get(name) or "").strip()
        chosen = str(data.get(f"{name}_chosen") or "")
        return Written(text, chosen if data.get(f"{name}_for") == text else "")

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data

    def format_value(self, value: Any) -> str:
        return value.text if isinstance(value, Written) else str(value or "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "found": self.found,
            "chosen": value.chosen if isinstance(value, Written) else "",
        }
        return context


class VillageField(forms.Field):
    """Reads “Mamben Daya”, “Kuta, Pujut” or a village's code; gives the village."""

    widget = VillageWidget
    default_error_messages = {
        "none": _("No village is called “%(text)s”. Check the spelling, or write its official code."),
        "several": _("Several villages are called so. Choose one below."),
        "near": _("No village is called exactly “%(text)s”. Choose one below, or write it again."),
    }

    def prepare_value(self, value: Any) -> Any:
        return value.full_name if isinstance(value, Village) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != (data.text if isinstance(data, Written) else data))

    def to_python(self, value: Any) -> Village | None:
        if not value:
            return None
        if value.chosen and (village := villages().filter(code=value.chosen).first()):
            return village
        return self._only_one(value.text)

    def _only_one(self, text: str) -> Village:
        found = search_villages(text)
        if not found:
            raise ValidationError(self.error_messages["none"], code="none", params={"text": text})
        exact = [village for village in found if _means(village, text)]
        if len(exact) == 1:
            return exact[0]
        self.widget.found = exact or found
        raise ValidationError(
            self.error_messages["several" if exact else "near"], code="several", params={"text": text}
        )


def _means(village: Village, text: str) -> bool:
    """Whether the text names this village and not merely begins its name."""
    return text.strip() == village.code or search_key(text.split(",")[0]) == village.search_name
