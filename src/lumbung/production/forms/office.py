"""What the office types: a sheet of a standard, photos, what was told by phone or on paper."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import clock
from foundation.forms import DayField, LookForm, NumberField
from lumbung.production.actions.standards import Measure, Sheet
from lumbung.production.choices import Standing
from lumbung.production.forms.members import MemberField, offer_members
from lumbung.production.models import Part, Standard
from lumbung.production.queries.progress import BY_LATE, BY_MADE, BY_NAME

SHORTEST, LONGEST = 2, 4
MOST_SIGNS = (80, 40, 40, 20)
"""Of what is measured, of the target, of the tolerance, of the unit."""


class MeasuresField(forms.CharField):
    """One measure a line, its parts between semicolons or tabs, as rows copied from a spreadsheet have them."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(
            "; ".join((row.measure, row.target, row.tolerance, row.unit)).rstrip("; ") for row in value
        )

    def to_python(self, value: Any) -> Any:
        lines = [line for line in str(value or "").splitlines() if line.strip(" ;\t")]
        return [self._measure(number, line) for number, line in enumerate(lines, start=1)]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True

    def _measure(self, number: int, line: str) -> Measure:
        parts = [" ".join(part.split()) for part in re.split(r"[;\t]", line)]
        while len(parts) > SHORTEST and not parts[-1]:
            parts.pop()
        if not SHORTEST <= len(parts) <= LONGEST or not all(parts[:SHORTEST]):
            raise ValidationError(
                _(
                    "Line %(number)s: write what is measured; the target; the tolerance; the unit. "
                    "You wrote “%(line)s”."
                )
                % {"number": number, "line": line.strip()[:80]}
            )
        for most, part in zip(MOST_SIGNS, parts, strict=False):
            if len(part) > most:
                raise ValidationError(
                    _("Line %(number)s: “%(part)s” is longer than %(most)s signs.")
                    % {"number": number, "part": f"{part[:40]}…", "most": most}
                )
        return Measure(*parts)


class SheetForm(LookForm):
    rows = MeasuresField(
        label=gettext_lazy("Measures"),
        required=False,
        help_text=gettext_lazy(
            "One a line: what is measured; target; tolerance; unit. For example: Length; 17; ± 0.5; cm. Rows copied "
            "from a spreadsheet can be pasted."
        ),
    )
    words = forms.CharField(
        label=gettext_lazy("What else counts"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    sample_made_by = forms.CharField(
        label=gettext_lazy("Who made the golden sample"), max_length=120, required=False
    )
    sample_made_on = DayField(label=gettext_lazy("On which day"), required=False)

    @classmethod
    def of(cls, standard: Standard | None) -> "SheetForm":
        if standard is None:
            return cls()
        return cls(
            initial={
                "rows": list(standard.rows.all()),
                "words": standard.words,
                "sample_made_by": standard.sample_made_by,
                "sample_made_on": standard.sample_made_on,
            }
        )

    @property
    def sheet(self) -> Sheet:
        given = self.cleaned_data
        return Sheet(given["rows"], given["words"], given["sample_made_by"], given["sample_made_on"])


class ProgressFilter(LookForm):
    """Anything may be missing or wrong: what cannot be read narrows nothing."""

    q = forms.CharField(label=gettext_lazy("Maker or village"), max_length=80, required=False)
    keadaan = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("All")), *Standing.choices],
        required=False,
    )
    urut = forms.ChoiceField(
        label=gettext_lazy("Order of the list"),
        choices=[
            (BY_LATE, gettext_lazy("Late ones first")),
            (BY_MADE, gettext_lazy("Least made first")),
            (BY_NAME, gettext_lazy("By name")),
        ],
        required=False,
    )

    def value(self, name: str) -> str:
        return (
            str(self.cleaned_data.get(name) or "") if self.is_valid() or hasattr(self, "cleaned_data") else ""
        )


class NotedForm(LookForm):
    """What a maker told by phone or on paper."""

    quantity = NumberField(label=gettext_lazy("How many were made"))
    made_on = DayField(label=gettext_lazy("On which day"))
    part = MemberField()

    def __init__(self, *args: Any, parts: Sequence[Part] = (), **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"made_on": clock.today()})
        super().__init__(*args, **kwargs)
        offer_members(self, parts)


class GiveBackForm(LookForm):
    """What goes to other makers; the forecast proposes how many."""

    quantity = NumberField(label=gettext_lazy("How many go to other makers"))
