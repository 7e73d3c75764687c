"""The letters of an order: what stands, what is missing, and the buttons that set and renew."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.access import require, signed_in
from foundation.around import around
from foundation.work import start
from lumbung.letters.queries import may_set_head
from lumbung.paperwork import queries, rules
from lumbung.paperwork.actions.long import ISSUE, RENEW
from lumbung.paperwork.choices import KINDS, STATE_KEYS, PaperState
from lumbung.paperwork.forms import PaperFilter, RenewForm
from lumbung.paperwork.queries import Paper
from lumbung.paperwork.views.files import parts_of
from lumbung.paperwork.views.finding import Found, actor, found, found_to_set, kind_of, site_of


@signed_in
@require_safe
def overview(request: HttpRequest, code: str) -> HttpResponse:
    """Kind by kind: how many stand, are missing, or say something else."""
    here = found(request, code)
    counts = queries.counts_of(here.order, here.kinds)
    rows = [
        {"kind": kind, "counts": count, "parts": parts_of(count.in_force)} for kind, count in counts.items()
    ]
    context = {
        **_told(request, here),
        "rows": rows,
        "in_force": sum(count.in_force for count in counts.values()),
        "missing": sum(count.missing for count in counts.values()),
        "differing": sum(count.differing for count in counts.values()),
    }
    return render(request, "paperwork/overview.html", context)


def _told(request: HttpRequest, here: Found) -> dict[str, Any]:
    """What every page of an order's letters says."""
    return {
        "order": here.order,
        "office": here.office,
        "may_set": here.may_set,
        "why_not": rules.why_not_set(here.order, office=here.office, head=here.head) if here.may_set else "",
        "writes_head": here.head is None and may_set_head(request.user),
    }


@require(queries.may_write)
@require_POST
def issue(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that is missing, as long work."""
    here, office = found_to_set(request, code)
    back = reverse("paperwork:overview", args=[code])
    if why_not := rules.why_not_set(here.order, office=office, head=here.head):
        messages.error(request, why_not)
        return redirect(back)
    about = _("Letters of %(order)s") % {"order": code}
    return redirect(
        start(ISSUE, by=actor(request), about=about, back=back, order=code, site=site_of(request))
    )


@signed_in
@require_safe
def show_kind(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """What letters of a kind are about, each with its letter."""
    here = found(request, code)
    of, form = kind_of(here, kind), PaperFilter(request.GET)
    rows = queries.rows_of(here.order, of, state=form.value("state"), text=form.value("q"))
    after, before = (request.GET.get(name, "") for name in ("after", "before"))
    page, papers = queries.papers_page(rows, of, office=here.office, after=after, before=before)
    counts = queries.counts_of(here.order, [of])[of]
    context = {
        **_told(request, here),
        "kind": of,
        "counts": counts,
        "parts": parts_of(counts.in_force),
        "form": form,
        "narrowed": bool(form.value("q") or form.value("state")),
        "page": page,
        "papers": [_shown(paper, here) for paper in papers],
        "reads_all": here.kinds == KINDS,
        "around": around(request, page),
        "excel": f"{reverse('paperwork:kind_export', args=[code, kind])}?{request.GET.urlencode()}",
    }
    return render(request, "paperwork/kind.html", context)


def _shown(paper: Paper, here: Found) -> dict[str, Any]:
    return {
        "paper": paper,
        "key": STATE_KEYS[paper.state],
        "words": paper.state.label,
        "url": paper.shown.url if here.kinds == KINDS else "",
    }


@require(queries.may_write)
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Letters that say something else now: why they are voided, and new ones in their place."""
    here, office = found_to_set(request, code)
    of, form = kind_of(here, kind), RenewForm(request.POST or None)
    rows = queries.rows_of(here.order, of, state=PaperState.DIFFERS)
    page, papers = queries.papers_page(rows, of, office=office, after=request.GET.get("after", ""))
    back = reverse("paperwork:kind", args=[code, kind])
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if why_not := rules.why_not_renew(reason, head=here.head):
            form.add_error("reason", why_not)
        else:
            about = _("Letters of %(order)s") % {"order": code}
            told = {"order": code, "kind": kind, "reason": reason, "site": site_of(request)}
            return redirect(start(RENEW, by=actor(request), about=about, back=back, **told))
    context = {"order": here.order, "kind": of, "form": form, "papers": papers, "page": page, "back": back}
    return render(request, "paperwork/renew.html", context)
