"""The progress of all shares of a line, late ones first."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.access import require
from foundation.downloads import workbook_response
from foundation.sheets import Heading
from lumbung.orders.models import OrderLine
from lumbung.orders.rules.wording import goods_of, unit_of
from lumbung.production.choices import STANDING_KEYS, Standing
from lumbung.production.forms.office import ProgressFilter
from lumbung.production.queries import progress as queries
from lumbung.production.queries.access import may_read_all, may_write
from lumbung.production.queries.standards import standard_of
from lumbung.production.rules.forecast import forecast_sentence
from lumbung.production.views.finding import line_of


@require(may_read_all)
@require_safe
def show(request: HttpRequest, code: str, line: int) -> HttpResponse:
    found = line_of(request, code, line)
    form = ProgressFilter(request.GET)
    progress = queries.progress_of(found)
    rows = _chosen(found, progress, form)
    start = min(_count(request, "mulai"), len(rows))
    shown = queries.shown(rows[start : start + queries.ROWS])
    context = {
        "order": found.order,
        "line": found,
        "goods": goods_of(found),
        "unit": unit_of(found),
        "progress": progress,
        "counts": [
            (standing.label, STANDING_KEYS[standing], progress.counts[standing])
            for standing in Standing
            if progress.counts[standing]
        ],
        "rows": [_told(one, unit_of(found)) for one in shown],
        "form": form,
        "narrowed": bool(form.value("q") or form.value("keadaan")),
        "standard": standard_of(found),
        "from_row": start + 1 if shown else 0,
        "to_row": start + len(shown),
        "total": len(rows),
        "before_url": _from(request, start - queries.ROWS) if start else "",
        "after_url": _from(request, start + queries.ROWS) if start + queries.ROWS < len(rows) else "",
        "excel": f"{reverse('production:progress_export', args=[code, line])}?{request.GET.urlencode()}",
        "writes": may_write(request.user),
    }
    return render(request, "production/progress.html", context)


def _chosen(line: OrderLine, progress: queries.LineProgress, form: ProgressFilter) -> list[queries.Row]:
    return queries.chosen_among(
        line,
        progress.rows,
        text=form.value("q"),
        standing=form.value("keadaan"),
        by=form.value("urut") or queries.BY_LATE,
    )


def _told(shown: queries.Shown, unit: str) -> dict[str, Any]:
    row = shown.row
    return {
        "share": shown.share,
        "row": row,
        "key": STANDING_KEYS[row.standing],
        "words": str(row.standing.label),
        "forecast": forecast_sentence(row.told, unit=unit) if row.told else "",
    }


def _count(request: HttpRequest, name: str) -> int:
    written = request.GET.get(name, "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 9 else 0


def _from(request: HttpRequest, start: int) -> str:
    query = request.GET.copy()
    query.pop("mulai", None)
    if start > 0:
        query["mulai"] = str(start)
    return f"?{query.urlencode()}" if query else request.path


@require(may_read_all)
@require_safe
def export(request: HttpRequest, code: str, line: int) -> HttpResponseBase:
    """The same as a workbook, all of them."""
    found = line_of(request, code, line)
    rows = _chosen(found, queries.progress_of(found), ProgressFilter(request.GET))
    headings = [
        Heading(_("Maker"), 34),
        Heading(_("Village"), 24),
        Heading(_("Kept")),
        Heading(_("Made so far")),
        Heading(_("State"), 22),
        Heading(_("Start")),
        Heading(_("Earliest end")),
        Heading(_("Likely end")),
        Heading(_("Latest end")),
        Heading(_("Likely missing")),
        Heading(_("Times above the share")),
    ]
    sheet = ([*_cells(one)] for one in queries.exported(rows))
    return workbook_response(f"{code}-{_('production')}", [(_("Progress"), headings, sheet)])


def _cells(shown: queries.Shown) -> list[object]:
    row, told = shown.row, shown.row.told
    return [
        shown.share.maker.party.name,
        shown.share.maker.village.full_name,
        row.held,
        row.made,
        str(row.standing.label),
        row.started_on,
        told.earliest if told else None,
        told.median if told else None,
        told.latest if told else None,
        row.missing,
        row.attempts_above,
    ]
