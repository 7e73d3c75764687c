"""Choosing the member who made something."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.production.models import Part


class MemberField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The members of a share, by name; none to choose where the share has no parts."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs |= {"label": _("Who made them"), "empty_label": _("Choose a member")}
        super().__init__(queryset=Part.objects.none(), **kwargs)

    def label_from_instance(self, obj: Part) -> str:
        return str(obj.person)


def offer_members(form: forms.Form, parts: Iterable[Part]) -> None:
    """Let the form ask for a member of these, or not at all."""
    found = [part.pk for part in parts]
    field = form.fields["part"]
    assert isinstance(field, MemberField)
    if found:
        field.queryset = Part.objects.filter(pk__in=found).select_related("person")
    else:
        del form.fields["part"]
