"""Letters that somebody writes by hand: choose a kind, fill in, look at it, issue it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from foundation.access import require
from foundation.answering import answer
from foundation.downloads import pdf_response
from foundation.errors import Refused
from lumbung.letters import actions, queries
from lumbung.letters.choices import BY_HAND
from lumbung.letters.forms import FORMS, WrittenForm
from lumbung.letters.models import Letter
from lumbung.letters.queries import may_write
from lumbung.letters.views.finding import actor, site_of

PREVIEW = "preview"


@require_safe
@require(may_write)
def kinds(request: HttpRequest) -> HttpResponse:
    """What may be written by hand."""
    return render(request, "letters/kinds.html", {"kinds": BY_HAND})


@require_http_methods(["GET", "HEAD", "POST"])
@require(may_write)
def write(request: HttpRequest, kind: str) -> HttpResponse:
    """Fill in a letter; one button shows it, the other issues it."""
    if kind not in FORMS:
        raise Http404
    old = _old(request, kind)
    offices = queries.offices_written_by(request.user)
    form = FORMS[kind](request.POST or None, offices=offices, initial=_begin(FORMS[kind], old))
    if PREVIEW in request.POST and form.is_valid():
        shown = _preview(form)
        if shown is not None:
            return shown

    def issue() -> str:
        issued = actions.issue_letter(
            office=form.office,
            kind=form.kind,
            title=form.cleaned_data["title"],
            content=form.content(),
            subject=old.subject if old else "",
            replaces=old,
            by=actor(request),
            site=site_of(request),
        )
        return issued.get_absolute_url()

    done = _("The letter is issued.")
    sent = None if PREVIEW in request.POST else answer(request, form, issue, done=done)
    return sent or render(request, "letters/write.html", {"form": form, "kind": form.kind, "old": old})


def _old(request: HttpRequest, kind: str) -> Letter | None:
    """The voided letter whose place the new one takes."""
    wanted = request.GET.get("pengganti", "")
    if not wanted:
        return None
    voided = queries.letters_written_by(request.user).filter(kind=kind, voided_at__isnull=False)
    found = voided.filter(pk=wanted, replaced_by__isnull=True).first() if wanted.isdecimal() else None
    if found is None:
        raise Http404
    return found


def _begin(form: type[WrittenForm], old: Letter | None) -> dict[str, Any]:
    return {**form.from_facts(old.content), "title": old.title} if old else {}


def _preview(form: WrittenForm) -> HttpResponse | None:
    """The letter as PDF, without a number; None when something is to be put right."""
    try:
        pdf = actions.preview_letter(
            office=form.office, kind=form.kind, title=form.cleaned_data["title"], content=form.content()
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None
    return pdf_response(pdf, pgettext("file", "draft"))
