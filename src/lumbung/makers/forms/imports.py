"""A file of makers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import LookForm
from foundation.sheets import UnreadableFile, open_grids, why_not_open

LOOKED_AT_ONCE = 2_000_000
"""A smaller file is opened right away, so that a wrong one is told at the field; a larger one by the worker."""


class UploadForm(LookForm):
    """A spreadsheet with makers in it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel, LibreOffice or CSV, at most 20 MB. Columns may stand in any order."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
        allow_empty_file=True,
    )

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        try:
            why_not_open(sent.size)
            if sent.size <= LOOKED_AT_ONCE:
                open_grids(sent.file)
        except UnreadableFile as fault:
            raise forms.ValidationError(str(fault)) from None
        return sent
