"""Lots: the list, one lot's page, its mark, and what is decided about it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.access import require
from foundation.answering import answer
from foundation.downloads import workbook_response
from foundation.links import absolute
from foundation.scanning import picture_of
from lumbung.lots import actions
from lumbung.lots.forms.filters import LotFilter
from lumbung.lots.forms.lots import LotForm, MoveForm, ReasonForm, RecallForm, ReleaseForm
from lumbung.lots.models import Lot
from lumbung.lots.queries import access, holdings, lots, movements, tracing
from lumbung.lots.queries.lots import Wanted
from lumbung.lots.queries.subjects import subjects_in_words
from lumbung.lots.queries.wording import what_in_words
from lumbung.lots.rules import codes, states
from lumbung.lots.rules.amounts import amount, number_in
from lumbung.lots.views.showing import (
    actor,
    around,
    headings,
    lying_shown,
    marks,
    movements_shown,
    narrowed,
)
from lumbung.makers.queries import makers_kept_by
from lumbung.records.queries import records_about, told

page = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = 50


def _wanted(request: HttpRequest) -> tuple[LotFilter, Wanted]:
    form = LotFilter(request.GET)
    return form, Wanted(form.value("state"), form.value("what"), form.value("text"))


@require_safe
@require(access.may_see_store)
def lot_list(request: HttpRequest) -> HttpResponse:
    """All lots, the newest first; a whole code leads straight to its lot."""
    form, wanted = _wanted(request)
    seen = access.lots_seen_by(request.user)
    whole = wanted.text if codes.why_not_code(wanted.text) is None else ""
    if found := seen.filter(code=codes.bare(whole)).first() if whole else None:
        return redirect(found)
    shown = lots.lot_page(lots.found_among(seen, wanted), **marks(request))
    context = {
        "form": form,
        "page": shown,
        "rows": [(lot, what_in_words(lot.what), amount(lot.quantity, lot.what)) for lot in shown.rows],
        "narrowed": narrowed(request, "text", "what", "state"),
        **around(request, shown),
    }
    return render(request, "lots/lots.html", context)


@require_safe
@require(access.may_see_store)
def lots_sheet(request: HttpRequest) -> HttpResponseBase:
    """The same as a workbook, all of them, a row for each maker."""
    _form, wanted = _wanted(request)
    found = lots.with_makers(lots.found_among(access.lots_seen_by(request.user), wanted)).order_by("-pk")
    titles = headings(
        _("Lot"),
        _("What"),
        _("Quantity"),
        _("Unit"),
        _("Made from"),
        _("Until"),
        _("State"),
        _("Made by"),
        _("Village"),
    )
    rows = (row for lot in found.iterator(1000) for row in _sheet_rows(lot))
    return workbook_response(_("lots"), [(_("Lots"), titles, rows)])


def _sheet_rows(lot: Lot) -> list[list[object]]:
    start = [lot.shown, what_in_words(lot.what)]
    end = [str(lot.what.get_unit_display()), lot.made_from, lot.made_until, str(lot.get_state_display())]
    made = list(lot.made_by.all())
    if not made:
        return [[*start, _number(lot, lot.quantity), *end, lot.origin, ""]]
    return [
        [*start, _number(lot, one.quantity), *end, str(one.household or one.maker), one.maker.village.coarse]
        for one in made
    ]


def _number(lot: Lot, quantity: int) -> object:
    return number_in(quantity, lot.material.unit) if lot.material else quantity


@require_safe
@require(access.may_follow)
def lot(request: HttpRequest, code: str) -> HttpResponse:
    """Who made it, of what, where it went, where it is; what may be decided about it."""
    found = _find(request, code)
    origin, fate = tracing.origin_of(found), tracing.fate_of(found)
    made = tracing.makers_behind([found.pk, *(one.pk for one in origin.lots)])
    sees_store = access.may_see_store(request.user)
    subject = subjects_in_words([found.subject]).get(found.subject)
    by_lot: dict[int, list[Any]] = {}
    for one in made:
        by_lot.setdefault(one.lot_id, []).append(one)
    context = {
        "lot": found,
        "what": what_in_words(found.what),
        "amount": amount(found.quantity, found.what),
        "subject": subject,
        "made": [(one, amount(one.quantity, one.lot.what)) for one in made if one.lot_id == found.pk],
        "origin": [_step(step, by_lot) for step in origin.steps],
        "fate": [_step(step, by_lot) for step in fate.steps],
        "is_cut": origin.is_cut or fate.is_cut,
        "lying": lying_shown(holdings.where_is([found.pk]), found.what),
        "rows": movements_shown(movements.told(list(movements.of_lot(found.pk)[:SHOWN])))
        if sees_store
        else [],
        "log": told(records_about(found.key)[:12]) if sees_store else [],
        "sees_store": sees_store,
        **_may(request, found),
    }
    return render(request, "lots/lot.html", context)


def _find(request: HttpRequest, code: str) -> Lot:
    return get_object_or_404(access.lots_seen_by(request.user), code=code)


def _step(step: tracing.Step, by_lot: dict[int, list[Any]]) -> dict[str, Any]:
    names = [str(one.household or one.maker) for one in by_lot.get(step.lot.pk, [])] or [
        str(one.household or one.maker) for one in step.lot.made_by.all()
    ]
    return {
        "step": step,
        "level": min(step.depth, 6),
        "what": what_in_words(step.lot.what),
        "amount": amount(step.quantity, step.lot.what),
        "whole": amount(step.lot.quantity, step.lot.what),
        "names": ", ".join(names[:3]) or step.lot.origin,
        "more": max(0, len(names) - 3),
    }


def _may(request: HttpRequest, found: Lot) -> dict[str, bool]:
    decides = access.may_decide_lots(request.user)
    by = actor(request)
    return {
        "holds": decides and states.why_not_hold(found.state, "x") is None,
        "releases": decides and states.why_not_release(found.state, by=by, noted_by=found.noted_by) is None,
        "recalls": access.may_recall(request.user) and found.state not in {"recalled", "voided"},
        "moves": access.may_keep_store(request.user),
    }


@require_safe
@require(access.may_follow)
def mark(request: HttpRequest, code: str) -> HttpResponse:
    """The mark to print and glue on, eight to a sheet of paper."""
    found = _find(request, code)
    address = absolute(request, reverse("lots:public", args=[found.code]))
    context = {
        "lot": found,
        "what": what_in_words(found.what),
        "picture": picture_of(address),
        "ask_address": absolute(request, reverse("lots:find")).partition("://")[2],
        "copies": range(8),
        "written_in": settings.LANGUAGE_CODE,
    }
    return render(request, "lots/mark.html", context)


@page
@require(access.may_decide_lots)
def hold(request: HttpRequest, code: str) -> HttpResponse:
    """The lot goes nowhere until somebody releases it."""
    found, form = _find(request, code), ReasonForm(request.POST or None)

    def deed() -> str:
        return actions.hold_lot(
            lot=found, reason=form.cleaned_data["reason"], by=actor(request)
        ).get_absolute_url()

    context = {
        "lot": found,
        "what": what_in_words(found.what),
        "form": form,
        "reason": states.why_not_hold(found.state, "x"),
    }
    done = _("The lot is held back.")
    return answer(request, form, deed, done=done) or render(request, "lots/hold.html", context)


@page
@require(access.may_decide_lots)
def release(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody lets the lot go, by name."""
    found, form = _find(request, code), ReleaseForm(request.POST or None)

    def deed() -> str:
        return actions.release_lot(
            lot=found, reason=form.cleaned_data["reason"], by=actor(request)
        ).get_absolute_url()

    reason = states.why_not_release(found.state, by=actor(request), noted_by=found.noted_by)
    context = {"lot": found, "what": what_in_words(found.what), "form": form, "reason": reason}
    return answer(request, form, deed, done=_("The lot is released.")) or render(
        request, "lots/release.html", context
    )


@page
@require(access.may_keep_store)
def move(request: HttpRequest, code: str) -> HttpResponse:
    """A part of a lot goes into a store."""
    found = _find(request, code)
    lying = holdings.where_is([found.pk])
    form = MoveForm(request.POST or None, lying=lying)

    def deed() -> str:
        given = form.cleaned_data
        actions.move_lot(
            lot=found,
            quantity=given["quantity"],
            from_holder=given["from_holder"],
            to_holder=given["to_store"].key,
            by=actor(request),
        )
        return found.get_absolute_url()

    context = {
        "lot": found,
        "what": what_in_words(found.what),
        "form": form,
        "lying": lying_shown(lying, found.what),
    }
    return answer(request, form, deed, done=_("It is written down.")) or render(
        request, "lots/move.html", context
    )


@page
@require(access.may_keep_store)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """A lot of one maker, with the parts of the houses."""
    maker = get_object_or_404(makers_kept_by(request.user), pk=pk)
    subjects = subjects_in_words(holdings.subjects_of_maker(maker.pk))
    form = LotForm(request.POST or None, maker=maker, subjects=list(subjects.values()))

    def make() -> str:
        given = form.cleaned_data
        found = actions.make_lot(
            goods=given["goods"],
            quantity=given["quantity"],
            made_by=form.made_by,
            made_from=given["made_from"],
            made_until=given["made_until"],
            subject=given["subject"],
            held_because=given["held_because"],
            by=actor(request),
        )
        return found.get_absolute_url()

    done = _("The lot is written down. Print its mark.")
    return answer(request, form, make, done=done) or render(
        request, "lots/new.html", {"maker": maker, "form": form}
    )


@page
@require(access.may_recall)
def recall(request: HttpRequest, code: str) -> HttpResponse:
    """Call this lot back, and with it what it came from and what was made of it."""
    found = _find(request, code)
    form = RecallForm(request.POST or None, offered=_offered(found), initial={"lots": _ticked(found)})

    def deed() -> str:
        given = form.cleaned_data
        recalled = actions.recall_lots(
            lots=form.chosen, reason=given["reason"], advice=given["advice"], by=actor(request)
        )
        return recalled.get_absolute_url()

    context = {"lot": found, "what": what_in_words(found.what), "form": form}
    done = _("The lots are recalled. Whoever types a code reads it from now on.")
    return answer(request, form, deed, done=done) or render(request, "lots/recall_form.html", context)


def _open(trace: tracing.Trace) -> list[Lot]:
    return [one for one in trace.lots if one.state not in {"recalled", "voided"}]


def _offered(found: Lot) -> list[tuple[Lot, str]]:
    own = [(found, _("this lot: %(lot)s") % {"lot": found.shown})]
    onward = [(one, _("made of it: %(lot)s") % {"lot": _words(one)}) for one in _open(tracing.fate_of(found))]
    back = [
        (one, _("went into it: %(lot)s") % {"lot": _words(one)}) for one in _open(tracing.origin_of(found))
    ]
    return own + onward + back


def _words(one: Lot) -> str:
    return f"{one.shown}, {what_in_words(one.what)}, {amount(one.quantity, one.what)}"


def _ticked(found: Lot) -> list[str]:
    return [str(one.pk) for one in (found, *_open(tracing.fate_of(found)))]
