from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import LookForm
from lumbung.dossier.choices import LARGEST_UPLOAD
from orderdossier import PublicKey


class VerifyForm(LookForm):
    """A dossier from anywhere, and the key of who should have signed it."""

    file = forms.FileField(
        label=_("Dossier"),
        help_text=_("The zip file as you received it, not unpacked and not packed again."),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip"}),
    )
    key = forms.CharField(
        label=_("Published key"),
        help_text=_("The line that the office publishes. Without it the origin is not proved."),
        required=False,
        max_length=200,
    )

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST_UPLOAD:
            raise forms.ValidationError(
                _("This file is too large for the page. Verify it with the command lumbung verify-dossier.")
            )
        return sent

    def clean_key(self) -> PublicKey | None:
        told = self.cleaned_data["key"].strip()
        if not told:
            return None
        try:
            return PublicKey.read(told)
        except ValueError:
            raise forms.ValidationError(
                _("The key cannot be read: it is one line that begins with lumbung-ed25519.")
            ) from None
