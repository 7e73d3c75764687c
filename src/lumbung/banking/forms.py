"""What may be typed about bank files and statements."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import LookForm
from foundation.sheets import UnreadableFile, why_not_open


class ChooseForm(LookForm):
    """Which payments go into the file."""

    chosen = forms.MultipleChoiceField(
        label=_("What goes into the file?"), widget=forms.CheckboxSelectMultiple, choices=[]
    )

    def __init__(self, *args: Any, rows: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = list(rows)  # type: ignore[attr-defined]


class WithdrawForm(LookForm):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class StatementForm(LookForm):
    """A statement of the bank."""

    file = forms.FileField(
        label=_("Statement of the bank"),
        help_text=_(
            "CSV or Excel with date, debit, account and reference. Money that came in is left aside."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
        allow_empty_file=True,
    )

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        try:
            why_not_open(sent.size)
        except UnreadableFile as fault:
            raise forms.ValidationError(str(fault)) from None
        return sent
