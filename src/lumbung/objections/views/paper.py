"""Reasons of who waits on sheets to print and hand out in a village, one slip a maker."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from foundation.access import require
from foundation.formats import number
from foundation.links import absolute
from foundation.scanning import Scan, scan_of
from lumbung.makers.models import Maker
from lumbung.objections.actions import reasons as actions
from lumbung.objections.forms.reasons import SheetForm
from lumbung.objections.queries import reasons as queries
from lumbung.objections.views.finding import actor, order_of
from lumbung.orders.choices import SentBy
from lumbung.orders.models import Order, SplitRow
from lumbung.orders.queries.orders import may_order
from lumbung.orders.rules.messages import written_in
from lumbung.orders.rules.reasons import change_sentence, reason_sentence
from lumbung.people.choices import LinkPurpose
from lumbung.people.queries import open_secrets
from lumbung.places.models import Village


@dataclass(frozen=True)
class Slip:
    """One maker's reason, to be cut out."""

    maker: Maker
    reason: str
    change: str
    scan: Scan


@require(may_order)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def reason_sheet(request: HttpRequest, code: str, village: str) -> HttpResponse:
    """The links of these slips are made by a button, not by looking; `?semua=1` for who has a phone too."""
    order = order_of(request, code)
    place = get_object_or_404(Village.objects.select_related("district__regency"), pk=village)
    everybody = request.GET.get("semua") == "1"
    makers = list(queries.on_paper_of(order, village, everybody=everybody))
    if request.method == "POST":
        return _deed(request, order, makers)
    slips, told = _slips(request, order, makers), queries.told_about(order, makers)
    context = {
        "order": order,
        "village": place,
        "everybody": everybody,
        "slips": slips,
        "without_link": sum(slip.scan.picture is None for slip in slips),
        "untold": [maker.pk for maker in makers if maker.pk not in told],
        "written_in": settings.LANGUAGE_CODE,
        "code_address": absolute(request, reverse("orders:code")).partition("://")[2],
    }
    return render(request, "objections/reasons/sheet.html", context)


def _slips(request: HttpRequest, order: Order, makers: list[Maker]) -> list[Slip]:
    purpose, rows = LinkPurpose.OWN_REASON, queries.reasons_of(order, makers)
    secrets = open_secrets([maker.key for maker in makers], purpose)
    with written_in(settings.LANGUAGE_CODE):
        return [
            _slip(maker, rows.get(maker.pk), scan_of(request, purpose, secrets.get(maker.key, "")))
            for maker in makers
        ]


def _slip(maker: Maker, row: SplitRow | None, scan: Scan) -> Slip:
    if row is None:
        return Slip(maker, "", "", scan)
    return Slip(
        maker, reason_sentence(row.reason, row.numbers), change_sentence(row.reason, row.numbers), scan
    )


def _deed(request: HttpRequest, order: Order, makers: list[Maker]) -> HttpResponse:
    """Make the links that are missing, or note what was handed out."""
    if request.POST.get("act") == "links":
        actions.prepare_links(makers=makers, by=actor(request))
        return redirect(request.get_full_path())
    form = SheetForm(request.POST, makers=makers)
    if form.is_valid():
        told = actions.mark_told(
            order=order, makers=form.cleaned_data["makers"], through=SentBy.SHEET, by=actor(request)
        )
        messages.success(request, _told(told))
    return redirect("objections:reasons", order.code)


def _told(count: int) -> str:
    return ngettext(
        "%(count)s reason is noted as handed out.", "%(count)s reasons are noted as handed out.", count
    ) % {"count": number(count)}
