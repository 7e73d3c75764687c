"""The own record by the link of an offer: it is read here first, and what is wrong is said here."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from foundation.links import answered_once, private
from lumbung.orders.queries.opening import Opened, opened_by
from lumbung.people.actions import confirm_digits
from lumbung.scorecards import actions, queries
from lumbung.scorecards.choices import ShownBy
from lumbung.scorecards.forms import ReadByLinkForm, RemarkByLinkForm
from lumbung.scorecards.views.records import record_told

View = Callable[..., HttpResponseBase]


def opened(view: View) -> View:
    """Find the share that a link opens, or say kindly why it does not open."""

    @wraps(view)
    def guarded(request: HttpRequest, secret: str, share: int | None = None) -> HttpResponseBase:
        found = opened_by(secret, share)
        if found is None:
            return render(request, "orders/offer/unknown.html", status=404)
        if reason := found.why_closed:
            context = {"reason": reason, "order": found.share.line.order, "person": found.link.person}
            return render(request, "orders/offer/closed.html", context, status=410)
        return view(request, found)

    return private(guarded)


def _told(opened: Opened) -> dict[str, Any]:
    return record_told(opened.share.maker, is_own=True) | {
        "opened": opened,
        "person": opened.link.person,
        "you": opened.link.person.you,
        "whose": opened.whose,
        "language_url": opened.language_url,
        "next": _address(opened),
        "here": _address(opened),
    }


def _address(opened: Opened) -> str:
    return f"{opened.address}rekam-jejak/"


@opened
@require_http_methods(["GET", "HEAD"])
def show_record(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The numbers as they stand now; looking changes nothing."""
    return render(request, "scorecards/own.html", _told(opened))


@opened
@require_http_methods(["GET", "HEAD", "POST"])
def note_read(request: HttpRequest, opened: Opened) -> HttpResponse:
    """I have read it: the digits are asked, because from now on the office reads it too."""
    form = ReadByLinkForm(request.POST or None, person=opened.link.person)

    def note() -> str:
        maker, by = opened.share.maker, opened.link.key
        return str(actions.note_shown(maker=maker, through=ShownBy.LINK, by=by).pk)

    if opened.why_not or (form.is_valid() and _sent(request, opened, form, note)):
        return redirect(_address(opened))
    return render(request, "scorecards/own_read.html", _told(opened) | {"form": form})


@opened
@require_http_methods(["GET", "HEAD", "POST"])
def remark(request: HttpRequest, opened: Opened) -> HttpResponse:
    """A number is not right: the own words stand beside it."""
    kinds = {row.kind.pk: row.kind for row in queries.own_records_of(opened.share.maker)}
    form = RemarkByLinkForm(request.POST or None, kinds=kinds.values(), person=opened.link.person)

    def say() -> str:
        typed = form.cleaned_data
        made = actions.make_remark(
            maker=opened.share.maker,
            kind=kinds[typed["kind"]],
            about=typed["about"],
            words=typed["words"],
            by=opened.link.key,
        )
        return str(made.pk)

    if opened.why_not or not kinds or (form.is_valid() and _sent(request, opened, form, say)):
        return redirect(_address(opened))
    return render(request, "scorecards/own_remark.html", _told(opened) | {"form": form})


def _sent(
    request: HttpRequest, opened: Opened, form: django_forms.Form, deed: Callable[[], str]
) -> str | None:
    """Check the digits, do it once; None where the form says what to put right."""
    link = opened.link
    return answered_once(
        request, form, confirm=lambda digits: confirm_digits(link, digits, by=link.key), deed=deed
    )
