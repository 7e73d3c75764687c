"""An answer that came on paper or by phone, written down by an officer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation import formats
from foundation.forms import LookForm, NumberField
from lumbung.orders.choices import DeclineReason
from lumbung.orders.models import Share
from lumbung.orders.rules import answer as rules

ACCEPT, PARTLY, DECLINE = "accept", "partly", "decline"


class AnswerForm(LookForm):
    answer = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect)
    quantity = NumberField(label=_("How many"), required=False, help_text=_("Only when less is taken."))
    reason = forms.ChoiceField(
        label=_("Reason"), choices=[("", _("Not said")), *DeclineReason.choices], required=False
    )

    def __init__(self, *args: Any, share: Share, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._share = share
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            (ACCEPT, _("Takes all %(quantity)s") % {"quantity": formats.number(share.quantity)}),
            (PARTLY, _("Takes less")),
            (DECLINE, _("Not this time")),
        ]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("answer") != PARTLY or "quantity" in self.errors:
            return self.cleaned_data
        quantity = self.cleaned_data.get("quantity")
        if quantity is None:
            self.add_error("quantity", _("Write how many are taken."))
        elif reason := rules.why_not_partly(self._share, quantity):
            self.add_error("quantity", reason)
        return self.cleaned_data


class ReleaseForm(LookForm):
    quantity = NumberField(
        label=_("How many come back"), help_text=_("What the maker cannot make. It moves on to other makers.")
    )
