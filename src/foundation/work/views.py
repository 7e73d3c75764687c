"""The page of a work: how far it is, and where it leads."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from foundation import clock
from foundation.access import may, signed_in
from foundation.models import Work, WorkState
from foundation.work.progress import is_silent, said_of, worker_is_alive
from foundation.work.running import retry


def _work_of(request: HttpRequest, number: int) -> Work:
    """For who started it, and for readers in the office."""
    found = get_object_or_404(Work, pk=number)
    if not (_started(request, found) or may("office", request.user)):
        raise Http404
    return found


def _started(request: HttpRequest, work: Work) -> bool:
    return bool(work.asked_by == getattr(request.user, "key", None))


@signed_in
@require_safe
@never_cache
def show_work(request: HttpRequest, number: int) -> HttpResponseBase:
    work = _work_of(request, number)
    is_part = bool(getattr(request, "htmx", False))
    if is_part and not work.is_open:
        return HttpResponseClientRedirect(work.address or work.get_absolute_url())
    if work.state == WorkState.DONE:
        return redirect(work.address or "/")
    return render(request, f"foundation/{'parts/' if is_part else ''}work.html", _context(request, work))


def _context(request: HttpRequest, work: Work) -> dict[str, Any]:
    waits = work.state == WorkState.WAITING
    return {
        "work": work,
        "said": said_of(work),
        "seconds": int((clock.now() - (work.begun_at or work.asked_at)).total_seconds()),
        "is_silent": not worker_is_alive() if waits else work.is_open and is_silent(work),
        "may_retry": work.state == WorkState.FAILED and _started(request, work),
    }


@signed_in
@require_POST
def retry_work(request: HttpRequest, number: int) -> HttpResponse:
    work = _work_of(request, number)
    if not _started(request, work):
        raise Http404
    return redirect(retry(work))
