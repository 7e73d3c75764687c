"""The ledger as a list, and the correction of an entry."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.access import require
from foundation.answering import answer
from foundation.downloads import workbook_response
from lumbung.lots import actions
from lumbung.lots.forms.filters import MovementFilter
from lumbung.lots.forms.material import CorrectForm
from lumbung.lots.models import Movement
from lumbung.lots.queries import access, movements
from lumbung.lots.queries.movements import Wanted
from lumbung.lots.queries.wording import what_in_words
from lumbung.lots.rules import handing
from lumbung.lots.rules.amounts import number_in
from lumbung.lots.views.showing import actor, around, headings, marks, movements_shown, narrowed

page = require_http_methods(["GET", "HEAD", "POST"])


def _wanted(request: HttpRequest) -> tuple[MovementFilter, Wanted]:
    form = MovementFilter(request.GET)
    wanted = Wanted(
        form.value("kind"), form.value("material"), form.value("text"), form.value("sort") == "oldest"
    )
    return form, wanted


@require_safe
@require(access.may_see_store)
def ledger(request: HttpRequest) -> HttpResponse:
    """Everything that changed hands, the newest first."""
    form, wanted = _wanted(request)
    seen = access.movements_seen_by(request.user)
    found = movements.movement_page(seen, wanted, **marks(request))
    context = {
        "form": form,
        "page": found,
        "rows": movements_shown(movements.told(found.rows)),
        "narrowed": narrowed(request, "text", "kind", "material"),
        "keeps": access.may_keep_store(request.user),
        **around(request, found),
    }
    return render(request, "lots/movements.html", context)


@require_safe
@require(access.may_see_store)
def ledger_sheet(request: HttpRequest) -> HttpResponseBase:
    """The same as a workbook, all of it."""
    _form, wanted = _wanted(request)
    found = movements.found_among(access.movements_seen_by(request.user), wanted)
    titles = headings(
        _("When"),
        _("What happened"),
        _("What"),
        _("Lot"),
        _("Quantity"),
        _("Unit"),
        _("From"),
        _("To"),
        _("For"),
        _("Reason"),
        _("Written down by"),
    )
    return workbook_response(_("movements"), [(_("Movements"), titles, _sheet_rows(found))])


def _sheet_rows(found: QuerySet[Movement]) -> Iterator[list[object]]:
    for told in movements.told_in_slices(found):
        row = told.movement
        yield [
            row.entry.happened_at,
            str(row.get_kind_display()),
            what_in_words(row.what),
            row.lot.shown if row.lot else "",
            number_in(row.quantity, row.material.unit) if row.material else row.quantity,
            str(row.what.get_unit_display()),
            told.from_words,
            told.to_words,
            told.subject.words if told.subject else "",
            row.entry.reason,
            told.noted_by,
        ]


@page
@require(access.may_keep_store)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """What was wrong is taken back beside it, and perhaps written down anew."""
    entry = get_object_or_404(access.entries_kept_by(request.user), pk=pk)
    rows = list(movements.of_entry(entry))
    form = CorrectForm(request.POST or None, what=rows[0].what)

    def put_right() -> str:
        given = form.cleaned_data
        actions.correct_entry(entry=entry, quantity=given["units"], reason=given["reason"], by=actor(request))
        return reverse("lots:movements")

    reason = handing.why_not_correct(
        is_correction=entry.corrects_id is not None, corrected=hasattr(entry, "corrected_by"), reason="x"
    )
    context = {"entry": entry, "rows": movements_shown(movements.told(rows)), "form": form, "reason": reason}
    return answer(request, form, put_right, done=_("It is corrected.")) or render(
        request, "lots/correct.html", context
    )
