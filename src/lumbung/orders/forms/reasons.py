"""Which slips of a sheet of reasons were handed out; how the queue is narrowed."""

from collections.abc import Sequence
from typing import Any

from django import forms

from lumbung.makers.models import Maker
from lumbung.orders.forms.sending import QueueFilter

__all__ = ["QueueFilter", "SheetForm"]


class SheetForm(forms.Form):
    """The slips that were printed, so that only these are noted."""

    makers = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: Any, makers: Sequence[Maker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["makers"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(maker.pk, str(maker.pk)) for maker in makers]
