"""What may be typed about letters."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.forms import DayField, LookForm, NumberField, SortField
from lumbung.letters import queries
from lumbung.letters.choices import LetterKind, LetterState
from lumbung.letters.models import Letterhead
from lumbung.letters.rules.contents import (
    AssignmentContent,
    AttendanceContent,
    Content,
    InvitationContent,
    Official,
    Side,
)
from lumbung.letters.rules.heads import NewHead
from lumbung.letters.rules.issuing import LONGEST_REASON
from lumbung.letters.rules.numbering import LONGEST
from lumbung.organisations.models import Party

LONGEST_LIST = 6000


class LetterFilter(LookForm):
    """Anything may be missing or wrong: what cannot be read narrows nothing."""

    q = forms.CharField(label=_("Number or what it is about"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All")), *LetterKind.choices], required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *LetterState.choices], required=False
    )
    sort = SortField(
        [("newest", _("Newest first")), ("oldest", _("Oldest first")), ("number", _("By number"))]
    )

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("All")), *((year, year) for year in years)]  # type: ignore[attr-defined]

    def wanted(self) -> queries.Wanted:
        given = self.cleaned_data if self.is_valid() or hasattr(self, "cleaned_data") else {}
        year = given.get("year", "")
        return queries.Wanted(
            text=given.get("q", "").strip(),
            kind=given.get("kind", ""),
            year=int(year) if year else None,
            state=given.get("state", ""),
        )

    def order(self) -> tuple[str, ...]:
        self.is_valid()
        return queries.SORTS[self.cleaned_data["sort"]]


class OfficeField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """Whose letter it is; nothing to choose for who works in one office."""


class _OfOffice(LookForm):
    """A form of one of the person's offices; asked only where there are several."""

    def __init__(self, *args: Any, offices: "QuerySet[Party]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = list(offices)
        if len(self.offices) > 1:
            self.fields["office"] = OfficeField(label=_("Office"), queryset=offices)
            self.order_fields(["office"])

    @property
    def office(self) -> Party:
        chosen: Party = self.cleaned_data.get("office") or self.offices[0]
        return chosen


class VoidForm(LookForm):
    """Why a letter no longer counts."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("It cannot be undone. The number stays taken; a new letter gets a new one."),
    )


class HeadForm(LookForm):
    """How the office signs from a day on."""

    name_lines = forms.CharField(
        label=_("Name, line by line"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The last line is set large."),
    )
    short_name = forms.CharField(label=_("Short name in numbers"), max_length=30)
    address = forms.CharField(label=_("Address"), max_length=300)
    phone = forms.CharField(label=_("Phone and other ways to reach it"), max_length=120, required=False)
    logo = forms.FileField(
        label=_("Logo"), required=False, help_text=_("Empty: the logo stays, if there is one.")
    )
    place = forms.CharField(label=_("Place of signing"), max_length=80)
    signer_name = forms.CharField(label=_("Who signs"), max_length=120)
    signer_position = forms.CharField(label=_("Position"), max_length=160)
    signer_rank = forms.CharField(label=_("Rank"), max_length=120, required=False)
    signer_nip = forms.CharField(label=_("NIP"), max_length=30, required=False)
    starts_on = DayField(
        label=_("In force from"), help_text=_("Letters that have gone out keep their letterhead.")
    )

    def head(self) -> NewHead:
        given = {name: text for name, text in self.cleaned_data.items() if name not in ("logo", "starts_on")}
        return NewHead(**given)

    @staticmethod
    def from_row(row: Letterhead) -> dict[str, str]:
        """What stands, to be changed."""
        return {name: getattr(row, name) for name in NewHead.__dataclass_fields__}


class PatternForm(LookForm):
    """How numbers of one kind are written."""

    pattern = forms.CharField(label=_("Pattern"), max_length=LONGEST)


class AskForm(LookForm):
    """What stands beside the QR of a printed letter."""

    number = forms.CharField(label=_("Number of the letter"), max_length=120)
    code = forms.CharField(
        label=_("Code beside the picture"),
        max_length=40,
        help_text=_("Sixteen letters and digits; capitals and hyphens do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class CompareForm(LookForm):
    """The PDF that somebody has in hand."""

    file = forms.FileField(
        label=_("Your PDF"), help_text=_("It is compared and not kept. A scan or a photo always differs.")
    )


class LinesField(forms.CharField):
    """One entry a line; empty lines do not count."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_LIST, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:
        text: str = super().clean(value)
        return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


def parts_of(line: str, count: int) -> list[str]:
    """A line of several parts with semicolons between, filled up with empty ones; what is over stays in the last."""
    parts = [part.strip() for part in line.split(";", count - 1)]
    return parts + [""] * (count - len(parts))


class WrittenForm(_OfOffice):
    """A letter that somebody writes by hand."""

    kind: LetterKind
    title = forms.CharField(label=pgettext_lazy("letter", "About"), max_length=200)

    def content(self) -> Content:
        """What was typed, as the letter keeps it; refuses what cannot stand there."""
        raise NotImplementedError

    def typed(self) -> dict[str, Any]:
        """What was typed, without title and office."""
        return {name: given for name, given in self.cleaned_data.items() if name not in ("title", "office")}

    @staticmethod
    def from_facts(facts: dict[str, Any]) -> dict[str, Any]:
        """What a letter of this kind says, to be written anew."""
        return {name: _typed(value) for name, value in facts.items()}


def _typed(value: object) -> object:
    return "\n".join(map(_line, value)) if isinstance(value, list) else value


def _line(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(str(part) for part in value.values()).rstrip("; ")
    return str(value)


class _Ends(LookForm):
    """What may stand at the end of each letter."""

    enclosures = forms.CharField(label=_("Enclosures"), max_length=120, required=False)
    copies = LinesField(label=_("Copies to"), required=False, help_text=_("One a line."))


class InvitationForm(WrittenForm, _Ends):
    kind = LetterKind.INVITATION
    recipients = LinesField(label=pgettext_lazy("letter", "To"), help_text=_("One a line."))
    opening = forms.CharField(
        label=_("First sentence"),
        max_length=400,
        required=False,
        help_text=_("Empty: “we invite you to be present at”."),
    )
    event = forms.CharField(label=_("Event"), max_length=200)
    held_on = DayField(label=_("Day"))
    hours = forms.CharField(label=pgettext_lazy("event", "Time"), max_length=60)
    place = forms.CharField(label=_("Place"), max_length=200)
    agenda = LinesField(label=_("Agenda"), required=False, help_text=_("One a line."))
    note = forms.CharField(
        label=_("Note"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ["title", "recipients", "opening", "event", "held_on", "hours", "place", "agenda", "note"]

    def content(self) -> InvitationContent:
        return InvitationContent(**self.typed())


class AssignmentForm(WrittenForm, _Ends):
    kind = LetterKind.ASSIGNMENT
    basis = LinesField(label=_("Basis"), help_text=_("One a line."))
    officials = LinesField(
        label=_("Who is sent"), help_text=_("One a line: name; NIP; position, with semicolons between.")
    )
    task = forms.CharField(label=_("Task"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    place = forms.CharField(label=_("Place"), max_length=200)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    paid_from = forms.CharField(label=_("Costs are borne by"), max_length=200, required=False)
    field_order = ["title", "basis", "officials", "task", "place", "starts_on", "ends_on", "paid_from"]

    def content(self) -> AssignmentContent:
        typed = self.typed()
        typed["officials"] = tuple(Official(*parts_of(line, 3)) for line in typed["officials"])
        return AssignmentContent(**typed)


class AttendanceForm(WrittenForm, _Ends):
    kind = LetterKind.ATTENDANCE
    event = forms.CharField(label=_("Event"), max_length=200)
    held_on = DayField(label=_("Day"))
    hours = forms.CharField(label=pgettext_lazy("event", "Time"), max_length=60)
    place = forms.CharField(label=_("Place"), max_length=200)
    people = LinesField(
        label=_("Who is expected"),
        required=False,
        help_text=_("One a line: name; position; from where, with semicolons between."),
    )
    empty_rows = NumberField(label=_("Empty rows besides"), initial=20)
    field_order = ["title", "event", "held_on", "hours", "place", "people", "empty_rows"]

    def content(self) -> AttendanceContent:
        typed = self.typed()
        typed["people"] = tuple(Side(*parts_of(line, 3)) for line in typed["people"])
        return AttendanceContent(**typed)


FORMS: dict[str, type[WrittenForm]] = {
    str(form.kind): form for form in (InvitationForm, AssignmentForm, AttendanceForm)
}
