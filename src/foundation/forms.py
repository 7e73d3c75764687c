"""Forms as they look here, and fields that read numbers, money and days the way people write them.

`class OrderForm(LookForm)` or `class OrderForm(LookModelForm)`; the page writes `{{ form }}` or, field by
field, `{% field form.quantity %}`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.template import loader
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation import formats, reading
from foundation.searching import Search

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class LookRenderer(DjangoTemplates):
    """Widgets as Django ships them; forms and fields from the parts of the look."""

    form_template_name = "foundation/parts/form.html"
    field_template_name = "foundation/parts/field_group.html"

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("django/"):
            return super().get_template(template_name)
        return loader.get_template(template_name)

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if template_name == forms.Select.template_name:
            return _select(context["widget"])
        return super().render(template_name, context, request)


def _select(widget: Mapping[str, Any]) -> SafeString:
    """What Django's template writes; that one takes a tenth of a millisecond an option, and villages are a thousand."""
    parts = []
    for label, options, _place in widget["optgroups"]:
        inside = "".join(_option(each["value"], each["label"], each["attrs"]) for each in options)
        parts.append(f'\n<optgroup label="{escape(str(label))}">{inside}</optgroup>' if label else inside)
    attrs = _attrs({"name": widget["name"], **widget["attrs"]})
    return mark_safe(f"<select{attrs}>{''.join(parts)}\n</select>")  # noqa: S308 - every text in it is escaped


def _option(value: object, label: object, attrs: Mapping[str, Any]) -> str:
    told = _attrs(attrs) if attrs else ""
    return f'\n<option value="{escape(str(value))}"{told}>{escape(str(label))}</option>'


def _attrs(attrs: Mapping[str, Any]) -> str:
    told = (
        (name, "" if value is True else f'="{escape(str(value))}"')
        for name, value in attrs.items()
        if value is not False
    )
    return "".join(f" {name}{value}" for name, value in told)


class LongSelect(forms.Select):
    """A list of hundreds that stand in no groups: written at once, without a record for each of them."""

    def render(
        self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = self.format_value(value)
        options = "".join(
            _option(key, label, {"selected": True} if str(key) in chosen else {})
            for key, label in self.choices
        )
        told = _attrs({"name": name, **self.build_attrs(self.attrs, dict(attrs or {}))})
        return mark_safe(f"<select{told}>{options}\n</select>")  # noqa: S308 - every text in it is escaped


LOOK = LookRenderer()
"""One for all forms: each renderer reads and compiles the widgets' templates for itself."""


class LookForm(forms.Form):
    default_renderer = LOOK


class LookModelForm(forms.ModelForm):  # type: ignore[type-arg]
    default_renderer = LOOK


class SortField(forms.ChoiceField):
    """In which order a list stands: one of those that it offers, the first where nothing or something else is asked."""

    def __init__(self, choices: Sequence[tuple[str, "StrPromise"]], **kwargs: Any) -> None:
        super().__init__(choices=choices, label=_("Sort by"), required=False, **kwargs)
        self.offered = [key for key, _words in choices]

    def clean(self, value: Any) -> str:
        return value if value in self.offered else self.offered[0]


class _WrittenField(forms.Field):
    """A field whose text is read by a function that refuses with a sentence."""

    widget = forms.TextInput
    size = "short"
    read: Callable[[object], Any]
    write: Callable[[Any], str]

    def to_python(self, value: Any) -> Any:
        if value is None or not str(value).strip():
            return None
        try:
            return type(self).read(value)
        except ValueError as fault:
            raise ValidationError(str(fault), code="invalid") from fault

    def prepare_value(self, value: Any) -> Any:
        """What was typed stays as it was typed; a value of ours is written as on the page."""
        return value if value is None or isinstance(value, str) else type(self).write(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class NumberField(_WrittenField):
    """Whole numbers: 1250000, 1.250.000, 1,25 juta."""

    read = staticmethod(reading.read_number)
    write = staticmethod(formats.number)

    def __init__(self, *, min_value: int | None = None, max_value: int | None = None, **kwargs: Any) -> None:
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off"}

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if self.max_value is not None and value > self.max_value:
            raise self._outside(_("At most %(limit)s. You wrote %(value)s."), self.max_value, value)
        if self.min_value is not None and value < self.min_value:
            raise self._outside(_("At least %(limit)s. You wrote %(value)s."), self.min_value, value)

    def _outside(self, sentence: "StrPromise", limit: int, value: int) -> ValidationError:
        write = type(self).write
        return ValidationError(sentence, code="limit", params={"limit": write(limit), "value": write(value)})


class DigitsField(forms.CharField):
    """The last four digits of the registered phone; what they are worth is asked of the link."""

    size = "short"
    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off", "data-no-draft": True}

    @classmethod
    def asked_of(cls, you: str) -> "DigitsField":
        """Worded for whoever answers, who is called Ibu, Bapak or Anda."""
        field = cls(max_length=40)
        field.label = gettext("Last four digits of the phone number of %(you)s") % {"you": you}
        field.help_text = gettext("So that nobody else answers for %(you)s.") % {"you": you}
        field.error_messages["required"] = gettext(
            "Write the last four digits of your phone number, such as 7890."
        )
        return field


class RupiahField(NumberField):
    """Whole rupiah: Rp50.000,-, 50.000, 1,25 juta, 2 M."""

    read = staticmethod(reading.read_rupiah)
    write = staticmethod(formats.rupiah)
    size = "middle"


class PercentField(NumberField):
    """Percent, kept as basis points: 2, 0,25 %."""

    read = staticmethod(reading.read_percent_bp)
    write = staticmethod(formats.percent_bp)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off"}


def _written_day(value: date) -> str:
    return f"{value.day}/{value.month}/{value.year}"


class DayField(_WrittenField):
    """A day: 27/12/2026, 27-12-2026, 27 Desember 2026, 2026-12-27."""

    read = staticmethod(reading.read_date)
    write = staticmethod(_written_day)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocomplete": "off", "placeholder": _("day/month/year")}


class Written(NamedTuple):
    """A name as it was typed, and the key that was chosen for just this text."""

    text: str = ""
    chosen: str = ""


class SearchedWidget(forms.TextInput):
    """A line of text; after a search that found several, a list of them below it."""

    template_name = "foundation/parts/searched.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.choose: StrPromise | str = ""
        self.found: list[tuple[str, str]] = []

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Written:
        """A choice counts only for the text it was offered for."""
        text = str(data.get(name) or "").strip()
        chosen = str(data.get(f"{name}_chosen") or "")
        return Written(text, chosen if data.get(f"{name}_for") == text else "")

    def format_value(self, value: Any) -> str:
        return value.text if isinstance(value, Written) else str(value or "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = value.chosen if isinstance(value, Written) else ""
        context["widget"] |= {"found": self.found, "chosen": chosen, "choose": self.choose}
        return context


class SearchedField(forms.Field):
    """Reads the name of something that a room keeps, by the search which that room hands in."""

    widget = SearchedWidget

    def __init__(self, search: Search, **kwargs: Any) -> None:
        self.search = search
        super().__init__(**kwargs)
        self.widget.choose = search.choose

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, Written | str) else self.search.write(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((self.prepare_value(initial) or "") != (data.text if isinstance(data, Written) else data))

    def to_python(self, value: Any) -> Any:
        if not value or not value.text:
            return None
        chosen = self.search.by_key(value.chosen) if value.chosen else None
        return chosen or self._only_one(value.text)

    def _only_one(self, text: str) -> Any:
        exact, near = self.search.find(text)
        if len(exact) == 1:
            return exact[0]
        if not (exact or near):
            raise ValidationError(self.search.none, code="none", params={"text": text})
        self.widget.found = [(str(thing.pk), self.search.write(thing)) for thing in exact or near]
        sentence = self.search.several if exact else self.search.near
        raise ValidationError(sentence, code="several", params={"text": text})
