"""Material reconciled by maker and kind, those outside the stated loss first."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.access import require
from foundation.downloads import workbook_response
from lumbung.lots.forms.filters import AccountFilter
from lumbung.lots.models import Holding
from lumbung.lots.queries import access, holdings
from lumbung.lots.queries.holdings import WantedAccounts
from lumbung.lots.queries.wording import account_in_words
from lumbung.lots.rules.amounts import number_in
from lumbung.lots.views.showing import around, headings, marks, narrowed


def _found(request: HttpRequest) -> tuple[AccountFilter, QuerySet[Holding]]:
    form = AccountFilter(request.GET)
    wanted = WantedAccounts(form.value("text"), form.value("material"), form.value("only"))
    return form, holdings.accounts_found(access.holdings_seen_by(request.user), wanted)


@require_safe
@require(access.may_see_store)
def reconciliation(request: HttpRequest) -> HttpResponse:
    """Handed out = used + returned + lost + open, row by row."""
    form, found = _found(request)
    page = holdings.account_page(found, **marks(request))
    context = {
        "form": form,
        "page": page,
        "rows": [account_in_words(one) for one in holdings.accounts_of(page.rows)],
        "narrowed": narrowed(request, "text", "material", "only"),
        **around(request, page),
    }
    return render(request, "lots/reconciliation.html", context)


@require_safe
@require(access.may_see_store)
def reconciliation_sheet(request: HttpRequest) -> HttpResponseBase:
    """The same as a workbook, all of it."""
    _form, found = _found(request)
    titles = headings(
        _("Maker"),
        _("For"),
        _("Material"),
        _("Unit"),
        _("Handed out"),
        _("Used"),
        _("Returned"),
        _("Lost"),
        _("Open"),
        _("Loss, percent"),
        _("Stated loss, percent"),
        _("Remark"),
        wide=3,
    )
    rows = (_sheet_row(one) for one in holdings.accounts_in_slices(found))
    return workbook_response(_("reconciliation"), [(_("Reconciliation"), titles, rows)])


def _sheet_row(one: holdings.Account) -> list[object]:
    sums, unit = one.sums, one.holding.what.unit
    amounts = (sums.handed_out, sums.used, sums.returned, sums.lost, sums.open)
    return [
        str(one.holding.maker),
        one.subject.words,
        one.holding.what.name,
        str(one.holding.what.get_unit_display()),
        *(number_in(each, unit) for each in amounts),
        one.holding.lost_bp / 100,
        sums.rate_bp / 100,
        "" if one.is_within else _("Loss above what is stated"),
    ]
