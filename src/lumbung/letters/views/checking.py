"""What everybody may ask of a letter: whether it was issued, whether it stands, whether a PDF is the same."""

import hashlib
import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from foundation.throttle import throttled
from lumbung.files.rules import LARGEST_BYTES
from lumbung.letters import queries
from lumbung.letters.forms import AskForm, CompareForm
from lumbung.letters.models import Letter

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """No cookie is used and nothing changes here, so no CSRF token is asked; nothing is kept or indexed."""
    slow = throttled("check")(require_http_methods(["GET", "HEAD", "POST"])(view))

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = slow(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    exempt: View = csrf_exempt(guarded)
    return exempt


@public
def ask(request: HttpRequest) -> HttpResponse:
    """Number and code are typed, for who cannot scan."""
    form = AskForm(request.POST or None)
    if form.is_valid():
        found = queries.letter_by_code(form.cleaned_data["code"])
        if found and _same_number(found.number, form.cleaned_data["number"]):
            return redirect("letters:check", form.cleaned_data["code"].strip().lower().replace(" ", ""))
        return _unknown(request, form)
    return render(request, "letters/ask.html", {"form": form})


def _same_number(number: str, typed: str) -> bool:
    """Capitals and spaces do not matter."""
    plain = ["".join(text.split()).lower().encode() for text in (number, typed)]
    return hmac.compare_digest(*plain)


@public
def check(request: HttpRequest, secret: str) -> HttpResponse:
    """What the QR of a letter leads to."""
    letter = queries.letter_by_code(secret)
    if letter is None:
        return _unknown(request, AskForm())
    form = CompareForm(request.POST or None, request.FILES or None)
    context = {
        "letter": letter,
        "newer": getattr(letter, "replaced_by", None),
        "form": form,
        "verdict": _verdict(form, letter) if form.is_valid() else "",
    }
    return render(request, "letters/check.html", context)


def _unknown(request: HttpRequest, form: AskForm) -> HttpResponse:
    return render(request, "letters/unknown.html", {"form": form}, status=404)


def _verdict(form: CompareForm, letter: Letter) -> str:
    """`same` or `changed`; nothing when the file is too large to be a letter of ours."""
    given: UploadedFile[Any] = form.cleaned_data["file"]
    if given.size is None or given.size > LARGEST_BYTES:
        form.add_error("file", _("The file is larger than 10 MB. No letter of ours is."))
        return ""
    digest = hashlib.sha256()
    for chunk in given.chunks():
        digest.update(chunk)
    return "same" if hmac.compare_digest(digest.hexdigest(), letter.sha256) else "changed"
