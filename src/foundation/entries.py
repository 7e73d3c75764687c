"""Entries that wait on the phone until there is a signal, and arrive exactly once.

A form marked `{% offline %}` may be filled without a connection. The browser writes the entry down before it sends
it, and its worker (`static/foundation/worker.js`, served at `/pekerja.js`) sends one after another and forgets each
when, and only when, the answer says `done`. A browser that was killed between sending and answer sends again; the
entry's key is known here (`once.do_once`), so the second arrival does nothing and gets the same answer.

The worker sends what the form would send, with the header `X-Lumbung-Entry`. The view knows nothing of that: the
middleware turns whatever it answers into JSON `{state, sentence, address}`:

- `done`: `do_once` says so, and nothing else does. The phone forgets the entry.
- `refused`: the entry stays on the phone with the sentence, to be put right or thrown away by its person.
- `sign-in`: it belongs to somebody who is not signed in here. It waits.
- `later`: the server is busy or broken. It waits.

Whose an entry is: `person:7` for pages of an account, the link's address (`/b/<secret>/`) for pages without one.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from foundation import clock, once

HEADER = "X-Lumbung-Entry"
"""Whose entry this is: `person:7`, or `link`."""
AGE = "X-Lumbung-Age"
"""How many seconds ago it was entered. An age and not a moment: the clocks of phones are wrong."""
PERSON = "X-Lumbung-Person"
"""Who is signed in, told to the worker, which throws away copies of pages of anybody else."""
KEEP = "X-Lumbung-Keep"
"""The page may be copied, and for whom."""
NOBODY = "nobody"
LINK = "link"

_FAULTS, _KEPT, _LOOKED_AT = "lumbung.faults", "lumbung.kept", "lumbung.looked_at"


def is_entry(request: HttpRequest) -> bool:
    return request.method == "POST" and HEADER in request.headers


def person_mark(person: object) -> str:
    """`person:7`, or nothing for a visitor."""
    return f"person:{getattr(person, 'pk', '')}" if getattr(person, "is_authenticated", False) else ""


def link_mark(address: str) -> str:
    """`/k/<secret>/` of any address below it."""
    return "/".join(address.split("/")[:3]) + "/"


def entered_at(request: HttpRequest) -> datetime:
    """When the form was filled in: now, or earlier for an entry that waited on the phone."""
    age = request.headers.get(AGE, "")
    seconds = int(age) if is_entry(request) and age.isascii() and age.isdecimal() and len(age) < 9 else 0
    return clock.now() - timedelta(seconds=seconds)


def note_faults(request: HttpRequest, form: forms.BaseForm) -> None:
    """Say to a phone what is to be put right, each with its field's name: there it stands away from the form.

    `foundation.answering` and `foundation.links` do it for their forms.
    """
    faults = [str(words) for words in form.non_field_errors()]
    faults += [f"{bound.label}: {words}" for bound in form for words in bound.errors]
    request.META[_FAULTS] = faults


def note_reason(request: HttpRequest, reason: str | None) -> None:
    """Say to a phone why nothing can be entered here now."""
    if reason:
        request.META[_FAULTS] = [reason]


def keep_page(request: HttpRequest, owner: str) -> None:
    """Let the browser keep a copy of the page that is being written."""
    request.META[_KEPT] = owner


def is_kept(request: HttpRequest) -> bool:
    return _KEPT in request.META


class AnswerEntries:
    """Middleware: entries are answered in a word and a sentence; pages say whose they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if is_entry(request):
            return response if isinstance(response, JsonResponse) else _answer(request, response)
        _tell_whose(request, response)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """What is done already is answered before the view, which might find fault with it now."""
        if not is_entry(request):
            return None
        request.META[_LOOKED_AT] = True
        if request.headers[HEADER] not in (LINK, person_mark(request.user)):
            return _told("sign-in", _("Sign in, and it will be sent."))
        result = once.arrived_before(request)
        return None if result is None else _done(request, result)


def _answer(request: HttpRequest, response: HttpResponseBase) -> JsonResponse:
    """What the view's answer means for the entry. Only the deed itself says that it is done."""
    result = request.META.get(once.ENTERED)
    if result is None:
        result = once.arrived_before(request)  # by another sending at the same moment
    if result is not None:
        return _done(request, response.get("Location", "") or result)
    status = response.status_code
    stale = status == HTTPStatus.FORBIDDEN and _LOOKED_AT not in request.META  # the token, not the entry
    if stale or status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
        return _told("later", _("The server could not take it just now. It will be sent again."))
    if _leads_to_sign_in(response):
        return _told("sign-in", _("Sign in, and it will be sent."))
    return _told("refused", " ".join(_faults(request, status)))


def _done(request: HttpRequest, address: str) -> JsonResponse:
    said = " ".join(str(message) for message in get_messages(request))
    own = address.startswith("/") and not address.startswith("//")
    return _told("done", said or _("Received."), address if own else "")


def _told(state: str, sentence: str, address: str = "") -> JsonResponse:
    response = JsonResponse({"state": state, "sentence": sentence, "address": address})
    response["Cache-Control"] = "no-store"
    return response


def _leads_to_sign_in(response: HttpResponseBase) -> bool:
    return response.get("Location", "").split("?")[0] == resolve_url(settings.LOGIN_URL)


def _faults(request: HttpRequest, status: int) -> list[str]:
    faults = request.META.get(_FAULTS) or [str(message) for message in get_messages(request)]
    if faults:
        return list(faults)
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return [_("This page is closed, so it can no longer be entered here. Please ask the office.")]
    if status == HTTPStatus.FORBIDDEN:
        return [_("This may not be entered with your account. Please ask the office.")]
    return [_("It could not be entered. Open the page to see how things stand now.")]


def _tell_whose(request: HttpRequest, response: HttpResponseBase) -> None:
    """Only on pages that looked who is signed in, so that no page reads a session for this."""
    if not response.get("Content-Type", "").startswith("text/html"):
        return
    session = getattr(request, "session", None)
    if session is not None and session.accessed:
        response[PERSON] = person_mark(request.user) or NOBODY
    if is_kept(request) and response.status_code == HTTPStatus.OK:
        response[KEEP] = request.META[_KEPT]
