"""What the pages that change something have in common."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from foundation.errors import Refused
from foundation.once import do_once
from lumbung.makers.models import Maker
from lumbung.people.models import Person


def me(request: HttpRequest) -> Person:
    """Who is signed in; the page has asked before."""
    assert isinstance(request.user, Person)
    return request.user


def find(makers: QuerySet[Maker], pk: int) -> Maker:
    """Look only among what the person may see."""
    return get_object_or_404(makers, pk=pk)


def answer(
    request: HttpRequest, form: forms.BaseForm, deed: Callable[[], str], *, done: str
) -> HttpResponse | None:
    """Do the deed once and go to its address; None when something is to be put right in the form."""
    if not form.is_valid():
        return None
    try:
        address = do_once(request, deed)
    except Refused as refused:
        place = refused.field if refused.field in form.fields else None
        form.add_error(place, refused.sentence)
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
