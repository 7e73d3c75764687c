"""What lists can be narrowed by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import LookForm, SortField
from lumbung.orders.choices import OrderState, ShareState
from lumbung.orders.queries.order_list import NEWEST
from lumbung.orders.queries.share_list import OFFERED_FIRST, UNSENT, WAITING

SHARE_STATES = [
    ("", _("All")),
    (UNSENT, _("Not sent yet")),
    (WAITING, _("Waiting for an answer")),
    *[(str(state.value), state.label) for state in ShareState if state != ShareState.OFFERED],
]

ORDER_SORTS = [
    (NEWEST, _("Newest first")),
    ("due", _("Due date")),
    ("quantity", _("Largest quantity first")),
]
SHARE_SORTS = [
    (OFFERED_FIRST, _("As they were offered")),
    ("name", _("Name")),
    ("place", _("Place")),
    ("quantity", _("Largest quantity first")),
    ("term", _("Earliest term first")),
]


class _Filter(LookForm):
    """Anything may be missing or wrong: what cannot be read narrows nothing."""

    def value(self, name: str) -> Any:
        return self.cleaned_data.get(name, "") if self.is_valid() or hasattr(self, "cleaned_data") else ""


class OrderFilter(_Filter):
    q = forms.CharField(label=_("Number, name or buyer"), max_length=80, required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    sort = SortField(ORDER_SORTS)

    def __init__(self, *args: Any, drafts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [
            (value, label) for value, label in OrderState.choices if drafts or value != OrderState.DRAFT
        ]
        self.fields["state"].choices = [("", _("All")), *states]  # type: ignore[attr-defined]


class ShareFilter(_Filter):
    q = forms.CharField(label=_("Maker or village"), max_length=80, required=False)
    state = forms.ChoiceField(label=_("State"), choices=SHARE_STATES, required=False)
    sort = SortField(SHARE_SORTS)
