"""Pages that belong to no room: the look shown together, and what machines ask."""

import json
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foundation import entries, sample
from foundation.forms import LookForm


@require_safe
def look(request: HttpRequest) -> HttpResponse:
    """Every component together, for whoever builds the next page; for staff, or for all in the demo."""
    if not (settings.DEMO or getattr(request.user, "is_staff", False)):
        raise Http404
    form: LookForm = sample.Answer({"quantity": "6.930", "phone": "0142", "reason": ""})
    return render(request, "foundation/look.html", {**sample.everything(), "form": form})


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """ok when pages and database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Links of makers and the office's own pages are not for search engines."""
    closed = (
        ["/"] if settings.DEMO else ["/b/", "/g/", "/h/", "/k/", "/akun/", "/catatan/", "/pelaku/", "/gaya/"]
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


OWN_FILES = (
    "foundation/lumbung.css",
    "foundation/queue.js",
    "foundation/entries.js",
    "foundation/mark.svg",
    "foundation/tenun.svg",
)
"""What the page for being without a connection needs."""
SCRIPTS = Path(__file__).parent / "static" / "foundation"


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What waits on this phone. The same for everybody, so that the browser may keep it: it names nobody."""
    return render(request, "foundation/offline.html", {"shell": True})


@require_safe
@never_cache
def sending_state(request: HttpRequest) -> JsonResponse:
    """Who would be sending now, and the token that a form of theirs carries."""
    person = entries.person_mark(request.user)
    return JsonResponse({"person": person, "token": get_token(request) if person else ""})


@require_safe
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The browser's worker: it keeps pages and sends entries. A file's new name makes it a new worker."""
    urls = [reverse("offline"), *map(static, OWN_FILES)]
    told = {"urls": urls, "files": settings.STATIC_URL, "page": urls[0], "state": reverse("sending_state")}
    text = "".join((SCRIPTS / name).read_text() for name in ("queue.js", "worker.js"))
    return HttpResponse(f"const SHELL = {json.dumps(told)};\n{text}", content_type="text/javascript")
