"""Track records: all for the office, the own for a maker who signs in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.access import require, signed_in
from foundation.around import around
from foundation.downloads import workbook_response
from foundation.sheets import Heading
from lumbung.makers.models import Maker
from lumbung.makers.queries import goods_kinds, makers_of
from lumbung.scorecards import actions, queries
from lumbung.scorecards.choices import ShownBy
from lumbung.scorecards.forms import RecordFilter
from lumbung.scorecards.queries import records as found
from lumbung.scorecards.queries.records import Wanted
from lumbung.scorecards.views.finding import actor, marks


def _wanted(form: RecordFilter) -> Wanted:
    return Wanted(form.value("text"), form.value("kind"), newest=form.is_newest_first)


@require_safe
@require(queries.may_read_records)
def list_records(request: HttpRequest) -> HttpResponse:
    """Who delivers how: counts first, a rate only where there are enough shares."""
    form = RecordFilter(request.GET, kinds=goods_kinds())
    wanted = _wanted(form)
    page = found.record_page(queries.records_opened_by(request.user), wanted, **marks(request))
    context = {
        "form": form,
        "page": page,
        "around": around(request, page),
        "rows": found.rows_of(page.rows, wanted),
        "excel": f"{reverse('scorecards:export')}?{request.GET.urlencode()}",
        "narrowed": form.is_narrowed,
        "watches": queries.may_watch(request.user),
        "decides": queries.may_decide_flags(request.user),
    }
    return render(request, "scorecards/list.html", context)


@require_safe
@require(queries.may_read_records)
def export_records(request: HttpRequest) -> HttpResponseBase:
    """The list as Excel: each rate as its two numbers."""
    wanted = _wanted(RecordFilter(request.GET, kinds=goods_kinds()))
    headings = [
        Heading(_("Maker"), 34),
        Heading(_("Village"), 34),
        Heading(_("Kind of goods"), 24),
        Heading(_("Shares finished"), 16),
        Heading(_("On time"), 12),
        Heading(_("Pieces delivered"), 16),
        Heading(_("Inspected at first"), 18),
        Heading(_("Passed at the first inspection"), 26),
        Heading(_("Pieces in rework"), 16),
        Heading(_("Rejected pieces"), 16),
    ]
    rows = (_cells(row) for row in found.exported(queries.records_opened_by(request.user), wanted))
    return workbook_response(_("track records"), [(_("Track records"), headings, rows)])


def _cells(row: queries.RecordRow) -> list[object]:
    record = row.record
    return [
        str(row.maker),
        row.maker.village.full_name,
        row.kind.words,
        record.finished,
        record.on_time,
        record.delivered,
        record.looked,
        record.passed_first,
        record.rework_first,
        record.rejected,
    ]


def record_told(maker: Maker, *, is_own: bool) -> dict[str, Any]:
    """What a page about one maker's record says."""
    rows = queries.own_records_of(maker) if is_own else queries.office_records_of([maker])
    return {
        "maker": maker,
        "rows": [(row, found.shares_of_record(row)) for row in rows],
        "remarks": list(found.remarks_of(maker)),
        "shown": found.showings_of(maker).first(),
        "is_own": is_own,
    }


@require_safe
@signed_in
def show_record(request: HttpRequest, maker: int) -> HttpResponse:
    """One maker's record: the own as it stands now, for the office as far as the maker has read it."""
    one = get_object_or_404(queries.records_opened_by(request.user), pk=maker)
    is_own = makers_of(request.user).filter(pk=one.pk).exists()
    context = record_told(one, is_own=is_own) | {"reads_orders": queries.may_read_records(request.user)}
    return render(request, "scorecards/record.html", context)


@require_POST
@signed_in
def note_read(request: HttpRequest, maker: int) -> HttpResponse:
    """The maker says: I have read it."""
    one = get_object_or_404(makers_of(request.user), pk=maker)
    actions.note_shown(maker=one, through=ShownBy.ACCOUNT, by=actor(request))
    messages.success(request, _("Thank you. From now on the office reads the same numbers."))
    return redirect("scorecards:record", one.pk)
