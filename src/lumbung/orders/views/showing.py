"""What is wrong in several forms that are sent as one, and what a button did."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from foundation.errors import Refused

Rows = forms.BaseFormSet[Any]


@dataclass(frozen=True)
class Fault:
    """One thing to put right: the field it is in, and what is wrong with it."""

    id: str
    label: str
    words: str


def faults_of(sent: Iterable[forms.BaseForm], *, rows: "Rows | None" = None, at: str = "") -> list[Fault]:
    """What is wrong in several forms that are sent as one, each with its field; `rows` stand `at` a place."""
    found = [Fault(at, "", str(words)) for words in rows.non_form_errors()] if rows else []
    for form in sent:
        found += [Fault("", "", str(words)) for words in form.non_field_errors()]
        for bound in form:
            target = bound.id_for_label or str(bound.auto_id)
            found += [Fault(target, str(bound.label), str(words)) for words in bound.errors]
    return found


def told(request: HttpRequest, deed: Callable[[], str]) -> None:
    """Do what a button asks and say what was done, or why it was not."""
    try:
        messages.success(request, deed())
    except Refused as refused:
        messages.error(request, refused.sentence)
