"""Pages that belong to no room: the look shown together, and what machines ask."""

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foundation import sample
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
