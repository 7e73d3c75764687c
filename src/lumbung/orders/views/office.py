"""Orders at the office: the list, taking one in, its page, publishing and cancelling it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import formats
from foundation.access import require
from foundation.answering import done_or_told
from foundation.around import around
from foundation.downloads import workbook_response
from lumbung.orders.actions import ordering
from lumbung.orders.forms.filters import OrderFilter
from lumbung.orders.forms.order import CancelForm, LineForm, OrderForm
from lumbung.orders.forms.points import PointForms, Points, points_of, with_row_added, with_row_removed
from lumbung.orders.models import Order, OrderLine
from lumbung.orders.queries.order_list import (
    Wanted,
    exported_lines,
    followed_among,
    found_among,
    order_page,
    orders_followed_by,
)
from lumbung.orders.queries.orders import lines_of, may_order, may_read_all, orders_seen_by
from lumbung.orders.rules import order as rules
from lumbung.orders.views.finding import actor, line_of, order_of
from lumbung.orders.views.pages import detail_context, list_headings, list_row, missing_fields, order_card
from lumbung.orders.views.showing import faults_of, told

POINTS = "points"
LINE = "line"


@require_GET
def list_orders(request: HttpRequest) -> HttpResponse:
    """Everybody sees the published orders; the office and a buyer also their drafts."""
    inside = may_read_all(request.user)
    form = OrderFilter(request.GET, drafts=inside)
    orders = found_among(orders_seen_by(request.user), _wanted(form))
    page = order_page(
        orders,
        sort=form.value("sort"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    followed = followed_among(request.user, page.rows)
    context = {
        "form": form,
        "page": page,
        "around": around(request, page),
        "cards": [order_card(order, inside=order.pk in followed) for order in page.rows],
        "may_order": may_order(request.user),
        "excel": f"{reverse('orders:export')}?{request.GET.urlencode()}",
        "narrowed": bool(form.value("q") or form.value("state")),
    }
    return render(request, "orders/list.html", context)


def _wanted(form: OrderFilter) -> Wanted:
    return Wanted(form.value("q"), form.value("state"), form.value("sort"))


@require_GET
def export_orders(request: HttpRequest) -> HttpResponseBase:
    form = OrderFilter(request.GET, drafts=may_read_all(request.user))
    orders = found_among(orders_seen_by(request.user), _wanted(form))
    rows = (list_row(line) for line in exported_lines(orders))
    return workbook_response(_("orders"), [(_("Orders"), list_headings(), rows)])


@require_GET
def show_order(request: HttpRequest, code: str) -> HttpResponse:
    """The office's page of an order; whoever may only see it in public is led to the public page."""
    order = orders_followed_by(request.user).filter(code=code).first()
    if order is None:
        get_object_or_404(orders_seen_by(request.user), code=code)
        return redirect("orders:quota", code=code)
    return render(request, "orders/detail.html", detail_context(request, order))


@require(may_order)
@require_http_methods(["GET", "POST"])
def new_order(request: HttpRequest) -> HttpResponse:
    """One form: terms, the first line, collection points."""
    if request.method == "GET":
        return _show_form(request, OrderForm(), PointForms(prefix=POINTS), LineForm(prefix=LINE))
    if (row := _row_asked_for(request)) is not None:
        return row
    form, points = OrderForm(request.POST), PointForms(request.POST, prefix=POINTS)
    line = LineForm(request.POST, prefix=LINE)
    if all([form.is_valid(), points.is_valid(), line.is_valid()]):

        def create() -> str:
            order = ordering.create_order(
                terms=form.terms(), buyer=form.cleaned_data["buyer"], by=actor(request)
            )
            _keep_parts(request, order, form, points)
            ordering.set_line(order=order, by=actor(request), **line.cleaned_data)
            return order.get_absolute_url()

        if address := done_or_told(request, form, create):
            messages.success(
                request, _("The order is kept as a draft. Nobody outside the office sees it yet.")
            )
            return redirect(address)
    return _show_form(request, form, points, line)


def _keep_parts(request: HttpRequest, order: Order, form: OrderForm, points: Points) -> None:
    ordering.set_collection_points(order=order, points=points.places(), by=actor(request))
    ordering.set_requirements(order=order, schemes=form.required_schemes(), by=actor(request))


def _row_asked_for(request: HttpRequest, order: Order | None = None) -> HttpResponse | None:
    """The same form with a row more or less, when that is what was asked for; nothing is judged yet."""
    act = request.POST.get("act", "")
    if act == "add":
        data = with_row_added(request.POST, POINTS)
    elif act.startswith("remove-") and act[7:].isdecimal():
        data = with_row_removed(request.POST, POINTS, int(act[7:]))
    else:
        return None
    form, points = OrderForm(data, order=order).unjudged(), PointForms(data, prefix=POINTS).unjudged()
    line = None if order else LineForm(data, prefix=LINE).unjudged()
    return _show_form(request, form, points, line, order)


def _show_form(
    request: HttpRequest,
    form: OrderForm,
    points: Points,
    line: LineForm | None = None,
    order: Order | None = None,
) -> HttpResponse:
    sent = [form, *([line] if line else []), *points.forms]
    faults = faults_of(sent, rows=points, at=POINTS) if form.is_judged else []
    context = {
        "form": form,
        "points": points,
        "line": line,
        "order": order,
        "missing": missing_fields(order) if order else [],
        "faults": faults,
        "count": formats.count_words(len(faults)).lower(),
    }
    return render(request, "orders/form.html", context)


@require(may_order)
@require_http_methods(["GET", "POST"])
def change_order(request: HttpRequest, code: str) -> HttpResponse:
    order = order_of(request, code)
    if reason := rules.why_not_change(order):
        messages.warning(request, reason)
        return redirect(order)
    if request.method == "GET":
        points = PointForms(prefix=POINTS, initial=points_of(order))
        return _show_form(request, OrderForm(order=order), points, order=order)
    if (row := _row_asked_for(request, order)) is not None:
        return row
    form, points = OrderForm(request.POST, order=order), PointForms(request.POST, prefix=POINTS)
    if all([form.is_valid(), points.is_valid()]):

        def change() -> str:
            ordering.change_order(order=order, terms=form.terms(), by=actor(request))
            _keep_parts(request, order, form, points)
            return order.get_absolute_url()

        if address := done_or_told(request, form, change):
            messages.success(request, _("The terms are kept."))
            return redirect(address)
    return _show_form(request, form, points, order=order)


@require(may_order)
@require_http_methods(["GET", "POST"])
def add_line(request: HttpRequest, code: str) -> HttpResponse:
    return _line_page(request, order_of(request, code), None)


@require(may_order)
@require_http_methods(["GET", "POST"])
def change_line(request: HttpRequest, code: str, line: int) -> HttpResponse:
    found = line_of(request, code, line)
    return _line_page(request, found.order, found)


def _line_page(request: HttpRequest, order: Order, line: OrderLine | None) -> HttpResponse:
    if reason := rules.why_not_change(order):
        messages.warning(request, reason)
        return redirect(order)
    form = LineForm(request.POST or None, order=order, line=line)
    if request.method == "POST" and form.is_valid():

        def keep() -> str:
            ordering.set_line(order=order, line=line, by=actor(request), **form.cleaned_data)
            return order.get_absolute_url()

        if address := done_or_told(request, form, keep):
            messages.success(request, _("The line is kept."))
            return redirect(address)
    context = {"order": order, "line": line, "form": form, "lines": lines_of(order)}
    return render(request, "orders/line.html", context)


@require(may_order)
@require_POST
def publish_order(request: HttpRequest, code: str) -> HttpResponse:
    order = order_of(request, code)

    def publish() -> str:
        ordering.publish_order(order=order, by=actor(request))
        return _("The order is published. Everybody sees it now, and its terms stand.")

    told(request, publish)
    return redirect(order)


@require(may_order)
@require_http_methods(["GET", "POST"])
def cancel_order(request: HttpRequest, code: str) -> HttpResponse:
    order = order_of(request, code)
    if order.cancelled_at:
        messages.warning(request, _("This order is already cancelled."))
        return redirect(order)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def cancel() -> str:
            ordering.cancel_order(order=order, reason=form.cleaned_data["reason"], by=actor(request))
            return order.get_absolute_url()

        if address := done_or_told(request, form, cancel):
            messages.success(request, _("The order is cancelled. Open offers are withdrawn."))
            return redirect(address)
    return render(request, "orders/cancel.html", {"order": order, "form": form})
