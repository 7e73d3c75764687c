"""Pages that open by a link: no account, no cookie, and nothing changes until somebody presses a button.

Links themselves are kept by the room `people`. Each room says which page of its own opens for which purpose, so that
a code typed from a sheet leads there.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from foundation.entries import note_faults
from foundation.errors import Refused
from foundation.once import do_once
from foundation.throttle import throttled

View = Callable[..., HttpResponseBase]
_pages: dict[str, str] = {}


def private(view: View) -> View:
    """Nothing of a link's page is kept, indexed, or told to the next page; a flood is slowed down.

    There is no cookie to misuse here: who knows the address may open it, and answering takes the four digits.
    So no CSRF token is asked, which browsers could not send from a page without a referrer.
    """
    slow, quick = throttled("answer")(view), throttled("public")(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = (slow if request.method == "POST" else quick)(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    exempt: View = csrf_exempt(guarded)
    return exempt


@private
@require_POST
def language(request: HttpRequest, **_address: Any) -> HttpResponse:
    """The language of the pages, remembered in a cookie."""
    response: HttpResponse = set_language(request)
    return response


def register_page(purpose: str, url_name: str) -> None:
    """Links for this purpose open at this address, which takes the secret alone."""
    _pages[purpose] = url_name


def page_of(purpose: str, secret: str) -> str:
    """Where a link for this purpose opens."""
    return reverse(_pages[purpose], args=[secret])


def absolute(request: HttpRequest, path: str) -> str:
    """An address that can be sent: under the public address if one is set, else where this request came."""
    public = settings.PUBLIC_ADDRESS.rstrip("/")
    return f"{public}{path}" if public else request.build_absolute_uri(path)


def answered_once(
    request: HttpRequest, form: forms.BaseForm, *, confirm: Callable[[str], object], deed: Callable[[], str]
) -> str | None:
    """Have the digits confirmed and do it once; the result, or None where the form says what to put right.

    The digits come before the deed's own transaction, so that a wrong guess is counted.
    """
    try:
        confirm(form.cleaned_data["digits"])
        return do_once(request, deed)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        note_faults(request, form)
        return None
