"""Price sheets and tax rules."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import clock
from foundation.access import require
from foundation.answering import answer, press
from foundation.downloads import workbook_response
from foundation.sheets import Heading
from lumbung.money import actions, queries, rules
from lumbung.money.forms import EndRuleForm, PriceForm, TaxRuleForm
from lumbung.money.models import TaxRule
from lumbung.money.views.finding import around, by, page_in
from lumbung.money.views.shares import bars_of

page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@require(queries.may_read_money)
def list_prices(request: HttpRequest) -> HttpResponse:
    """The newest price sheet of each line."""
    shown = page_in(request, queries.newest_sheets(), "-pk")
    names = queries.words_of(sheet.line for sheet in shown.rows)
    context = {
        "page": shown,
        "around": around(request, shown),
        "rows": [(sheet, names[sheet.line], bars_of(sheet)) for sheet in shown.rows],
        "excel": reverse("money:prices_sheet"),
        "writes": queries.may_write_terms(request.user),
    }
    return render(request, "money/prices.html", context)


@require_safe
@require(queries.may_read_money)
def prices_sheet(request: HttpRequest) -> HttpResponseBase:
    """Every part of the newest sheets."""
    sheets = list(queries.newest_sheets())
    names = queries.words_of(sheet.line for sheet in sheets)
    headings = [
        Heading(_("Line of the order"), 40),
        Heading(_("Version")),
        Heading(_("In force from"), 18),
        Heading(_("Buyer's price")),
        Heading(_("Who gets it"), 30),
        Heading(_("Rupiah per unit")),
        Heading(_("The rest")),
    ]
    rows = (
        [
            names[sheet.line],
            sheet.version,
            sheet.in_force_from,
            sheet.buyer_rupiah,
            row.called,
            row.rupiah,
            row.is_rest,
        ]
        for sheet in sheets
        for row in sheet.rows.all()
    )
    return workbook_response(_("price sheets"), [(_("Price sheets"), headings, rows)])


@page
@require(queries.may_write_terms)
def new_price(request: HttpRequest) -> HttpResponse:
    """A price sheet for a line that is found by its order's number or name."""
    form = PriceForm(request.POST or None, initial={"line": request.GET.get("line", "")})

    def deed() -> str:
        line = form.cleaned_data["line"].key
        _set(request, form, line)
        return reverse("money:price", args=[line])

    context = {"form": form}
    done = _("The price sheet stands.")
    return answer(request, form, deed, done=done) or render(request, "money/new_price.html", context)


def _set(request: HttpRequest, form: PriceForm, line: str) -> None:
    actions.set_price(
        line=line, buyer_rupiah=form.cleaned_data["buyer_rupiah"], rows=form.told(), by=by(request)
    )


@page
@require(queries.may_read_money)
def show_price(request: HttpRequest, line: str) -> HttpResponse:
    """From the buyer's rupiah to the last household, all versions, and a new one."""
    sheets = list(queries.sheets_of(line))
    if not sheets:
        raise Http404
    writes = queries.may_write_terms(request.user)
    form = PriceForm(request.POST or None, with_line=False)
    if request.method == "POST" and not writes:
        raise Http404

    def deed() -> str:
        _set(request, form, line)
        return reverse("money:price", args=[line])

    context: dict[str, Any] = {
        "line": queries.named([line])[line],
        "now": bars_of(queries.priced_at(line, clock.now())),
        "versions": [(sheet, bars_of(sheet)) for sheet in sheets],
        "form": form,
        "writes": writes,
        "excel": reverse("money:prices_sheet"),
    }
    done = _("The price sheet stands.")
    return answer(request, form, deed, done=done) or render(request, "money/price.html", context)


@page
@require(queries.may_read_money)
def list_taxes(request: HttpRequest) -> HttpResponse:
    """All tax rules, and one more; what nobody confirmed is off."""
    writes = queries.may_write_terms(request.user)
    if request.method == "POST" and not writes:
        raise Http404
    form = TaxRuleForm(request.POST or None, initial={"in_force_from": clock.today()})

    def deed() -> str:
        given = {**form.cleaned_data, "threshold_rupiah": form.cleaned_data["threshold_rupiah"] or 0}
        actions.write_tax_rule(**given, by=by(request))
        return reverse("money:taxes")

    confirms = queries.may_keep_money(request.user)
    context = {
        "form": form,
        "rows": [(rule, _why_not(request, rule) if confirms else None) for rule in queries.tax_rules()],
        "writes": writes,
        "confirms": confirms,
        "today": clock.today(),
    }
    done = _("The rule is written. It is off until somebody else confirms it.")
    return answer(request, form, deed, done=done) or render(request, "money/taxes.html", context)


def _why_not(request: HttpRequest, rule: TaxRule) -> str | None:
    return rules.why_not_confirm(written_by=rule.written_by, confirmed=rule.is_confirmed, by=by(request))


@require_safe
@require(queries.may_read_money)
def taxes_sheet(request: HttpRequest) -> HttpResponseBase:
    headings = [
        Heading(_("Name"), 30),
        Heading(_("Supply"), 30),
        Heading(_("Payee"), 24),
        Heading(_("Payer"), 24),
        Heading(_("Only above"), 16),
        Heading(_("Rate, hundredths of a percent")),
        Heading(_("Rounding"), 24),
        Heading(_("In force from")),
        Heading(_("In force until")),
        Heading(_("Source"), 50),
        Heading(_("Checked and confirmed")),
    ]
    rows = (
        [
            rule.name,
            rule.get_supply_display(),
            rule.get_payee_status_display(),
            rule.get_payer_kind_display(),
            rule.threshold_rupiah,
            rule.rate_bp,
            rule.get_rounding_display(),
            rule.in_force_from,
            rule.in_force_until,
            rule.source,
            rule.confirmed_at,
        ]
        for rule in queries.tax_rules()
    )
    return workbook_response(_("tax rules"), [(_("Tax rules"), headings, rows)])


@require_POST
@require(queries.may_keep_money)
def confirm_tax(request: HttpRequest, pk: int) -> HttpResponse:
    """The treasurer confirms a rule that somebody else wrote."""
    rule = get_object_or_404(TaxRule, pk=pk)
    return press(
        request,
        lambda: actions.confirm_tax_rule(rule=rule, by=by(request)),
        back=reverse("money:taxes"),
        done=_("The rule is confirmed and applies from now on."),
    )


@page
@require(queries.may_keep_money)
def end_tax(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of a rule."""
    rule = get_object_or_404(TaxRule, pk=pk, in_force_until__isnull=True)
    form = EndRuleForm(request.POST or None, initial={"until": clock.today()})

    def deed() -> str:
        actions.end_tax_rule(rule=rule, until=form.cleaned_data["until"], by=by(request))
        return reverse("money:taxes")

    done = _("The rule has its last day.")
    return answer(request, form, deed, done=done) or render(
        request, "money/end_tax.html", {"form": form, "rule": rule}
    )
