"""Sending a form twice does no harm.

A form carries a random token in the hidden field `once` (template tag `{% once %}`). The view hands its
deed to `do_once`: the token is written in the same transaction as the deed, so a second sending (an
impatient thumb, a phone that resends) finds it there, even when both arrive at the same moment, and is
answered with the result of the first. A deed that fails takes its token back, and may be tried again.

The answer to a form that was done carries its token in a cookie. A browser that kept what was typed may then
forget it, and not before: a connection that fails right after sending loses nothing (`draft.js`).

An entry that waited on the phone (foundation/entries.py) carries the key that it was given there, in the hidden
field `entry_key` (template tag `{% entry_key %}`). It counts in the same way, but is never forgotten: a phone may
send again after months.

A table and not the cache: every process must see it, and it must fall together with the deed.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from foundation import clock
from foundation.models import Arrived, Sent

FIELD = "once"
ENTRY = "entry_key"
ENTERED = "lumbung.entered"
"""Stands in the request's META once the deed of its entry is done."""
DRAFT = "draft"
"""The browser says by it that it keeps what was typed."""
DONE = "lumbung.once_done"
KEPT = timedelta(days=7)
COOKIE = "sent"
TOLD = 5
"""As many of the newest tokens stand in the cookie."""


def new_token() -> str:
    return secrets.token_urlsafe(16)


def do_once(request: HttpRequest, deed: Callable[[], str]) -> str:
    """Do the deed and return its result, or return the result of the first time this form was sent.

    The result is a short text without secrets, such as a number or an address (200 characters at most).
    A form without a token does its deed each time.
    """
    if key := request.POST.get(ENTRY, ""):
        return _arrive(request, key, deed)
    token = request.POST.get(FIELD, "")
    if not token:
        return deed()
    with transaction.atomic():
        now = clock.now()
        Sent.objects.filter(sent_at__lt=now - KEPT).delete()
        sent, new = Sent.objects.get_or_create(token=_digest(request, token), defaults={"sent_at": now})
        if new:
            sent.result = deed()
            sent.save(update_fields=["result"])
    if DRAFT in request.POST:
        request.META[DONE] = token
    return sent.result


def _digest(request: HttpRequest, token: str) -> str:
    return hashlib.sha256(f"{request.path}\n{token}".encode()).hexdigest()


def _arrive(request: HttpRequest, key: str, deed: Callable[[], str]) -> str:
    with transaction.atomic():
        arrived, new = Arrived.objects.get_or_create(
            key=_digest(request, key), defaults={"arrived_at": clock.now()}
        )
        if new:
            arrived.result = deed()
            arrived.save(update_fields=["result"])
    request.META[ENTERED] = arrived.result
    return arrived.result


def note_arrived(request: HttpRequest, result: str = "") -> None:
    """For a deed that keeps the entry's key in a row of its own: it is done, and is not asked again."""
    if key := request.POST.get(ENTRY, ""):
        Arrived.objects.get_or_create(
            key=_digest(request, key), defaults={"arrived_at": clock.now(), "result": result}
        )
        request.META[ENTERED] = result


def arrived_before(request: HttpRequest) -> str | None:
    """What the entry of this request came to when its deed is done already, by whichever sending; else None."""
    key = request.POST.get(ENTRY, "")
    found = Arrived.objects.filter(key=_digest(request, key)) if key else Arrived.objects.none()
    return found.values_list("result", flat=True).first()


class TellSent:
    """Middleware: the answer tells the browser that its form was done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if token := request.META.get(DONE):
            known = [one for one in request.COOKIES.get(COOKIE, "").split(".") if one not in ("", token)]
            tokens = ".".join([token, *known][:TOLD])
            response.set_cookie(
                COOKIE, tokens, max_age=KEPT, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE)
            )
        return response
