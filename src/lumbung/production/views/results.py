"""What was made, told by link: of one share, of all shares of a captain, of a member's part."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from foundation import clock, formats, once
from foundation.entries import note_faults, note_reason
from foundation.errors import Refused
from foundation.links import private
from lumbung.orders.queries import offers
from lumbung.people import rules as people_rules
from lumbung.people.actions import confirm_digits
from lumbung.people.models import Link
from lumbung.production.actions.making import correct_made, tell_made
from lumbung.production.actions.parts import confirm_part
from lumbung.production.forms.telling import ConfirmForm, CorrectForm, DayOfAllForm, MadeForm
from lumbung.production.models import Made
from lumbung.production.queries import making as queries
from lumbung.production.queries import parts, standards
from lumbung.production.queries.links import BundleRow, bundle_rows
from lumbung.production.queries.progress import forecast_of
from lumbung.production.rules.forecast import forecast_sentence
from lumbung.production.rules.parts import why_not_confirm_part
from lumbung.production.rules.standard import why_not_start
from lumbung.production.views.opening import (
    Opened,
    answered,
    closed,
    entry_key_of,
    opened,
    opened_by_member,
    told,
    unknown,
)

MOST = 60
"""Entries that the history shows."""


@opened
@require_http_methods(["GET", "HEAD", "POST"])
def results(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Tell what was made today or on another day; what was told so far, and when it will be done."""
    share = opened.share
    making, standard = standards.making_of(share), standards.standard_of(share.line)
    reason = opened.why_not or why_not_start(share, standard, making)
    note_reason(request, reason)
    form = MadeForm(request.POST or None, parts=parts.parts_of(share), answering=opened.link.person)
    if reason is None and answered(request, form, opened.link, lambda: _tell(request, opened, form)):
        return redirect(f"{opened.address}hasil/")
    seen = forecast_of(share, making) if making else None
    context = told(request, opened) | {
        "form": form,
        "why_not": reason,
        "made": making.made_quantity if making else 0,
        "entries": list(queries.entries_of(share)[:MOST]),
        "forecast": forecast_sentence(seen, unit=told(request, opened)["unit"]) if seen else "",
        "seen": seen,
    }
    return render(request, "production/link/results.html", context)


def _tell(request: HttpRequest, opened: Opened, form: MadeForm) -> None:
    given = form.cleaned_data
    tell_made(
        share=opened.share,
        quantity=given["quantity"],
        made_on=given["made_on"],
        part=given.get("part") or opened.part,
        entry_key=entry_key_of(request),
        by=opened.link.key,
    )


@opened
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, opened: Opened, entry: int) -> HttpResponse:
    """Put one entry right."""
    return _correct(request, opened, entry, back=f"{opened.address}hasil/")


def _correct(request: HttpRequest, opened: Opened, entry: int, *, back: str) -> HttpResponse:
    mine = queries.entries_of(opened.share)
    if opened.part is not None:
        mine = mine.filter(part__person=opened.part.person_id)
    found = mine.filter(pk=entry).first()
    if found is None:
        raise Http404
    found.share = opened.share
    note_reason(request, opened.why_not)
    form = CorrectForm(request.POST or None, answering=opened.link.person)
    if answered(request, form, opened.link, lambda: _put_right(request, opened, found, form)):
        return redirect(back)
    context = told(request, opened) | {
        "form": form,
        "why_not": opened.why_not,
        "entry": found,
        "history": queries.history_of(found),
        "back": back,
    }
    return render(request, "production/link/correct.html", context)


def _put_right(request: HttpRequest, opened: Opened, entry: Made, form: CorrectForm) -> None:
    correct_made(
        entry=entry,
        quantity=form.cleaned_data["quantity"],
        entry_key=entry_key_of(request),
        by=opened.link.key,
    )


# A captain tells of all shares at once


@private
@require_http_methods(["GET", "HEAD", "POST"])
def day_of_all(request: HttpRequest, secret: str) -> HttpResponse:
    """One day's numbers of every share and member of the group, typed on one page."""
    link = offers.link_to_bundle(secret)
    if link is None:
        return unknown(request)
    order = offers.order_of_bundle(link)
    if reason := people_rules.why_not_open(link, clock.now()):
        return closed(request, reason, link=link, order=order)
    rows = bundle_rows(list(offers.shares_of_captain(link.person, order)), day=clock.today())
    why_not = people_rules.why_not_answer(link, clock.now())
    form = DayOfAllForm(request.POST or None, rows=rows, answering=link.person)
    done = ""
    if request.method == "POST" and why_not is None and form.is_valid():
        count = _tell_all(request, form, rows, link)
        if count is not None and not form.errors:
            once.note_arrived(request)
            return redirect(f"{request.path}?masuk={count}")
        note_faults(request, form)
        done = _arrived(count or 0)
        rows = bundle_rows(list(offers.shares_of_captain(link.person, order)), day=clock.today())
    context = {
        "person": link.person,
        "you": link.person.you,
        "order": order,
        "secret": secret,
        "rows": [(row, form[row.name] if row.name in form.fields else None) for row in rows],
        "many": len({row.share.pk for row in rows}) > 1,
        "form": form,
        "why_not": why_not,
        "done": done or _arrived(_count_in(request)),
        "back": reverse("orders:bundle", args=[secret]),
        "language_url": reverse("orders:bundle_language", args=[secret]),
        "next": request.path,
    }
    return render(request, "production/link/day_of_all.html", context)


def _count_in(request: HttpRequest) -> int:
    written = request.GET.get("masuk", "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 6 else 0


def _arrived(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(count)s number arrived.", "%(count)s numbers arrived.", count) % {
        "count": formats.number(count)
    }


def _tell_all(request: HttpRequest, form: DayOfAllForm, rows: list[BundleRow], link: Link) -> int | None:
    """How many numbers arrived; each on its own, so that a wrong one does not keep the others away."""
    given = form.cleaned_data
    try:
        confirm_digits(link, given["digits"], by=link.key)
    except Refused as refusal:
        form.add_error("digits", refusal.sentence)
        return None
    token, arrived = entry_key_of(request), []
    for row in rows:
        if not given.get(row.name):
            continue
        try:
            tell_made(
                share=row.share,
                quantity=given[row.name],
                made_on=given["made_on"],
                part=row.part,
                entry_key=f"{token}:{row.name}",
                by=link.key,
            )
        except Refused as refusal:
            form.add_error(row.name, refusal.sentence)
        else:
            arrived.append(row.name)
    if not arrived and not form.errors:
        form.add_error(None, _("Write at least one number."))
    _forget(request, form, arrived)
    return len(arrived)


def _forget(request: HttpRequest, form: DayOfAllForm, arrived: list[str]) -> None:
    """What has arrived stands empty again, so that it is not sent a second time under a new token."""
    kept = request.POST.copy()
    for name in arrived:
        kept[name] = ""
    form.data = kept


# A member's own link


@opened_by_member
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The own part: see it, agree to it, tell what is made."""
    part, share = opened.part, opened.share
    if part is None:
        return unknown(request)
    part.share = share
    agrees = part.confirmed_at is None
    making, standard = standards.making_of(share), standards.standard_of(share.line)
    reason = opened.why_not or (
        why_not_confirm_part(part, is_corrected=False) if agrees else why_not_start(share, standard, making)
    )
    note_reason(request, reason)
    person = opened.link.person
    form: Any = (
        ConfirmForm(request.POST or None, answering=person)
        if agrees
        else MadeForm(request.POST or None, answering=person)
    )

    def deed() -> None:
        if agrees:
            confirm_part(part=part, by=opened.link.key)
        else:
            _tell(request, opened, form)

    if reason is None and answered(request, form, opened.link, deed):
        return redirect(opened.address)
    entries = queries.entries_of(share).filter(part__person=part.person_id)
    context = told(request, opened) | {
        "form": form,
        "agrees": agrees,
        "why_not": reason,
        "made": parts.made_by_member(share, part.person_id),
        "entries": list(entries[:MOST]),
        "standard": standard,
    }
    return render(request, "production/link/member.html", context)


@opened_by_member
@require_http_methods(["GET", "HEAD", "POST"])
def member_correct(request: HttpRequest, opened: Opened, entry: int) -> HttpResponse:
    if opened.part is None:
        return unknown(request)
    return _correct(request, opened, entry, back=opened.address)
