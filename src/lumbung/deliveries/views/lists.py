"""Deliveries: the list, one of them, those of an order, their photos."""

from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.access import require
from foundation.downloads import workbook_response
from foundation.paging import Page, page_of
from lumbung.deliveries import queries
from lumbung.deliveries.choices import BUCKETS, Pieces
from lumbung.deliveries.forms import DeliveryFilter
from lumbung.deliveries.models import Delivery
from lumbung.deliveries.views import sheets
from lumbung.deliveries.views.finding import delivery_of
from lumbung.deliveries.views.showing import picture_of, shown_inspections, shown_moves
from lumbung.files.models import Attachment
from lumbung.files.queries import path_of
from lumbung.orders.models import Order
from lumbung.orders.rules.wording import goods_of, unit_of


def _wanted(form: DeliveryFilter) -> queries.Wanted:
    return queries.Wanted(form.value("q"), form.value("state"), form.value("sort") == queries.NEWEST)


def _around(request: HttpRequest, page: Page[Any]) -> dict[str, str]:
    """The addresses of the pages around, with what narrows the list."""
    kept = {name: value for name, value in request.GET.items() if name not in ("after", "before")}
    marks = {"previous_url": ("before", page.before), "next_url": ("after", page.after)}
    return {url: f"?{urlencode({**kept, name: mark})}" if mark else "" for url, (name, mark) in marks.items()}


@require_safe
@require(queries.may_see_deliveries)
def list_deliveries(request: HttpRequest) -> HttpResponse:
    """What was handed over: to be inspected first, narrowed and sorted."""
    form = DeliveryFilter(request.GET)
    after, before = (request.GET.get(name, "") for name in ("after", "before"))
    page = queries.delivery_page(
        queries.deliveries_seen_by(request.user), _wanted(form), after=after, before=before
    )
    context = {
        "form": form,
        "page": page,
        "rows": [(delivery, unit_of(delivery.share.line)) for delivery in page.rows],
        "around": _around(request, page),
        "excel": f"{reverse('deliveries:export')}?{request.GET.urlencode()}",
        "narrowed": bool(form.value("q") or form.value("state")),
        "may_receive": queries.may_receive(request.user),
    }
    return render(request, "deliveries/list.html", context)


@require_safe
@require(queries.may_see_deliveries)
def export_deliveries(request: HttpRequest) -> HttpResponseBase:
    rows = queries.exported(queries.deliveries_seen_by(request.user), _wanted(DeliveryFilter(request.GET)))
    sheet = (_("Deliveries"), sheets.delivery_headings(), map(sheets.delivery_row, rows))
    return workbook_response(_("deliveries"), [sheet])


@require_safe
@require(queries.may_see_deliveries)
def show_delivery(request: HttpRequest, code: str) -> HttpResponse:
    """One delivery: where its pieces are, and every entry that brought them there."""
    return render(request, "deliveries/detail.html", told(request, delivery_of(request, code)))


def told(request: HttpRequest, delivery: Delivery) -> dict[str, Any]:
    place = request.GET.get("tempat", "")
    place = place if place in Pieces.values else ""
    line = delivery.share.line
    running = queries.running_inspection(delivery)
    moves = shown_moves(delivery, place)
    return {
        "delivery": delivery,
        "order": line.order,
        "share": delivery.share,
        "goods": goods_of(line),
        "unit": unit_of(line),
        "picture": picture_of(delivery),
        "inspections": shown_inspections([delivery])[delivery.pk],
        "moves": moves,
        "place": Pieces(place).label if place in BUCKETS else "",
        "photos": queries.photos_of([delivery], [])[delivery.key],
        "running": running,
        "running_by": queries.name_behind(running.opened_by) if running else "",
        "received_by": queries.name_behind(delivery.received_by),
        "inspects": queries.may_inspect(request.user),
        "receives": queries.may_receive(request.user),
        "reads_all": queries.may_read_deliveries(request.user),
    }


def _order_of(request: HttpRequest, code: str) -> Order:
    return get_object_or_404(queries.orders_inspected_for(request.user), code=code)


@require_safe
@require(queries.may_see_deliveries)
def of_order(request: HttpRequest, code: str) -> HttpResponse:
    """What each maker of an order handed over, and what became of it."""
    order = _order_of(request, code)
    shares = queries.shares_of_order(order)
    after, before = (request.GET.get(name, "") for name in ("after", "before"))
    page = page_of(shares, by=("pk",), after=after, before=before, size=25)
    lines = queries.lines_counted(order)
    context = {
        "order": order,
        "lines": [(counted, goods_of(counted.line), unit_of(counted.line)) for counted in lines],
        "page": page,
        "many_goods": len(lines) > 1,
        "excel": reverse("deliveries:order_export", args=[order.code]),
        "sets_terms": queries.may_set_terms(request.user),
        "terms": queries.terms_of_order(order),
    }
    return render(request, "deliveries/order.html", context)


@require_safe
@require(queries.may_see_deliveries)
def export_of_order(request: HttpRequest, code: str) -> HttpResponseBase:
    order = _order_of(request, code)
    shares = queries.shares_of_order(order).order_by("pk").iterator(chunk_size=2000)
    sheet = (_("Makers"), sheets.share_headings(), map(sheets.share_row, shares))
    return workbook_response(f"{order.code}-{_('deliveries')}", [sheet])


@require_safe
@require(queries.may_see_deliveries)
def show_photo(request: HttpRequest, photo: int) -> HttpResponseBase:
    """A photo of a delivery or of a finding, for whoever sees the delivery."""
    return opened(queries.photo_seen_by(photo, request.user))


def opened(photo: Attachment | None) -> HttpResponseBase:
    path = path_of(photo.file_id) if photo else None
    if photo is None or path is None or not path.exists():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=photo.file.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response
