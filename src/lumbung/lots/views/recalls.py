"""Recalls: what is called back, and where it still is."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.access import require
from foundation.downloads import workbook_response
from lumbung.lots.models import Recall
from lumbung.lots.queries import access, lots, recalling, tracing
from lumbung.lots.queries.wording import what_in_words
from lumbung.lots.rules.amounts import amount
from lumbung.lots.views.showing import around, headings, marks


@require_safe
@require(access.may_see_store)
def recalls(request: HttpRequest) -> HttpResponse:
    """All recalls, the newest first."""
    page = lots.recall_page(**marks(request))
    return render(request, "lots/recalls.html", {"page": page, "rows": page.rows, **around(request, page)})


@require_safe
@require(access.may_see_store)
def recalls_sheet(request: HttpRequest) -> HttpResponseBase:
    """Every recalled lot as a workbook."""
    titles = headings(
        _("Recall"), _("Begun"), _("Reason"), _("What to do"), _("Lot"), _("What"), _("Quantity")
    )
    rows = (
        [
            recall.code,
            recall.started_at,
            recall.reason,
            recall.advice,
            lot.shown,
            what_in_words(lot.what),
            amount(lot.quantity, lot.what),
        ]
        for recall in lots.recalls().prefetch_related("lots__goods", "lots__material")
        for lot in recall.lots.all()
    )
    return workbook_response(_("recalls"), [(_("Recalls"), titles, rows)])


@require_safe
@require(access.may_see_store)
def recall(request: HttpRequest, code: str) -> HttpResponse:
    """One recall: its lots, who made them, where they are now."""
    found = get_object_or_404(Recall, code=code)
    rows = list(lots.with_makers(found.lots.order_by("pk")))
    what = rows[0].what
    sums = recalling.back_of([lot.pk for lot in rows if lot.what == what])
    context = {
        "recall": found,
        "lots": [(lot, what_in_words(lot.what), amount(lot.quantity, lot.what)) for lot in rows],
        "lying": [(one, amount(one.quantity, one.lot.what)) for one in recalling.lying_of(rows)],
        "sums": sums,
        "whole_words": amount(sums.whole, what),
        "back_words": amount(sums.back, what),
        "out_words": amount(sums.whole - sums.back, what),
        "made": [
            (one, amount(one.quantity, one.lot.what))
            for one in tracing.makers_behind(tracing.with_origins(rows))
        ],
    }
    return render(request, "lots/recall.html", context)


@require_safe
@require(access.may_see_store)
def where_sheet(request: HttpRequest, code: str) -> HttpResponseBase:
    """Who still has how much of which lot, as a workbook: the list for telling them."""
    found = get_object_or_404(Recall, code=code)
    titles = headings(_("Who has it"), _("Lot"), _("Quantity"), wide=1)
    called_back = list(found.lots.select_related("goods", "material").order_by("pk"))
    rows = (
        [one.words, one.lot.shown, amount(one.quantity, one.lot.what)]
        for one in recalling.lying_of(called_back)
    )
    return workbook_response(found.code, [(_("Where it is"), titles, rows)])
