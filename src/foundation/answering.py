"""A form or a button is answered: the deed is done once, and a refusal stands as a sentence where it belongs."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from foundation.entries import note_faults
from foundation.errors import Refused
from foundation.once import do_once


def done_or_told(request: HttpRequest, form: forms.BaseForm, deed: Callable[[], str]) -> str | None:
    """Do a form's deed once and give its address; a refusal is told at the field and gives None."""
    try:
        return do_once(request, deed)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        note_faults(request, form)
        return None


def answer(
    request: HttpRequest, form: forms.BaseForm, deed: Callable[[], str], *, done: str
) -> HttpResponse | None:
    """Do the deed once and go to its address; None when something is to be put right in the form."""
    address = done_or_told(request, form, deed) if form.is_valid() else None
    if address is None:
        note_faults(request, form)
        return None
    messages.success(request, done)
    return redirect(address)


def press(request: HttpRequest, deed: Callable[[], object], *, back: str, done: str) -> HttpResponse:
    """For a button without fields: do the deed, or say why not, and go back."""
    try:
        deed()
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, done)
    return redirect(back)
