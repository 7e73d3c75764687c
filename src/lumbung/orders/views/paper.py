"""Offers on sheets to print and hand out in a village, one slip a maker."""

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
from foundation.errors import Refused
from foundation.formats import number
from foundation.links import absolute
from foundation.scanning import Scan, scan_of
from lumbung.orders.actions import sending
from lumbung.orders.choices import SentBy
from lumbung.orders.forms.sending import SheetForm
from lumbung.orders.models import Order, Share
from lumbung.orders.queries import sending as queries
from lumbung.orders.queries.orders import may_order
from lumbung.orders.rules import messages as texts
from lumbung.orders.rules import offer as words
from lumbung.orders.rules.wording import unit_of
from lumbung.orders.views.finding import actor, order_of
from lumbung.people.choices import LinkPurpose
from lumbung.people.queries import open_secrets
from lumbung.places.models import Village


@dataclass(frozen=True)
class OfferSlip:
    share: Share
    goods: str
    unit: str
    unit_one: str
    by_phone: bool
    answer_by: str
    scan: Scan


@require(may_order)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def offer_sheet(request: HttpRequest, code: str, village: str) -> HttpResponse:
    """One slip a maker, with a picture to scan and a code to type; `?semua=1` for who has a phone too."""
    order = order_of(request, code)
    place = get_object_or_404(Village.objects.select_related("district__regency"), pk=village)
    everybody = request.GET.get("semua") == "1"
    shares = queries.on_sheet_of(order, village, everybody=everybody)
    if request.method == "POST":
        return _offers_handed_out(request, order, shares)
    context = {
        "order": order,
        "village": place,
        "everybody": everybody,
        "slips": _offer_slips(request, shares),
        "unsent": [share.pk for share in shares if share.sent_at is None],
        "written_in": settings.LANGUAGE_CODE,
        "code_address": absolute(request, reverse("orders:code")).partition("://")[2],
    }
    return render(request, "orders/sending/sheet.html", context)


def _offer_slips(request: HttpRequest, shares: list[Share]) -> list[OfferSlip]:
    purpose = LinkPurpose.ANSWER_SHARE
    secrets = open_secrets([share.key for share in shares], purpose)
    with texts.written_in(settings.LANGUAGE_CODE):
        return [_offer_slip(share, scan_of(request, purpose, secrets.get(share.key, ""))) for share in shares]


def _offer_slip(share: Share, scan: Scan) -> OfferSlip:
    sender = texts.Sender(settings.OFFICE_NAME, share.answer_until, share.line.order.answer_hours)
    return OfferSlip(
        share,
        goods=words.goods_words(share.line),
        unit=unit_of(share.line),
        unit_one=words.unit_singular(share.line),
        by_phone=bool(share.maker.owner.phone),
        answer_by=texts.answer_by(sender),
        scan=scan,
    )


def _offers_handed_out(request: HttpRequest, order: Order, shares: list[Share]) -> HttpResponse:
    form = SheetForm(request.POST, shares=shares)
    if form.is_valid():
        try:
            sent = sending.mark_sent(
                order=order, shares=form.cleaned_data["shares"], through=SentBy.SHEET, by=actor(request)
            )
            messages.success(request, _offers_told(sent))
        except Refused as refusal:
            messages.error(request, refusal.sentence)
    return redirect("orders:sending", order.code)


def _offers_told(count: int) -> str:
    return ngettext(
        "%(count)s offer is noted as handed out. The answer term runs from now.",
        "%(count)s offers are noted as handed out. The answer term runs from now.",
        count,
    ) % {"count": number(count)}
