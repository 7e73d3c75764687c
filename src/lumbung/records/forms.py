from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import DayField, LookForm
from lumbung.records import queries
from lumbung.records.queries import Wanted


class FilterForm(LookForm):
    """Which records to show."""

    deed = forms.ChoiceField(label=_("What happened"), required=False)
    actor = forms.CharField(label=_("By whom (key)"), required=False, max_length=120)
    subject = forms.CharField(label=_("To what (key)"), required=False, max_length=120)
    day = DayField(label=_("On which day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = str(self.data.get("deed", ""))
        known = queries.deed_choices()
        unworded = [(given, given)] if given and given not in dict(known) else []
        self.fields["deed"] = forms.ChoiceField(
            label=_("What happened"), required=False, choices=[("", _("Everything")), *known, *unworded]
        )

    def wanted(self) -> Wanted:
        """What was asked for; a field that cannot be read asks for nothing."""
        self.is_valid()
        found = getattr(self, "cleaned_data", {})
        return Wanted(
            subject=str(found.get("subject", "")).strip(),
            deed=found.get("deed", ""),
            actor=str(found.get("actor", "")).strip(),
            day=found.get("day"),
        )
