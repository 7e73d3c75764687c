"""Sheets to print and hand out in a village, one slip a maker: offers, and the reasons of who waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from foundation.access import require
from foundation.errors import Refused
from foundation.formats import number
from lumbung.makers.models import Maker
from lumbung.orders.actions import reasons, sending
from lumbung.orders.choices import SentBy
from lumbung.orders.forms.reasons import SheetForm as ReasonSheetForm
from lumbung.orders.forms.sending import SheetForm as OfferSheetForm
from lumbung.orders.models import Order, Share, SplitRow
from lumbung.orders.queries import reasons as reason_queries
from lumbung.orders.queries import sending as offer_queries
from lumbung.orders.queries.orders import may_order
from lumbung.orders.rules import messages as texts
from lumbung.orders.rules import offer as words
from lumbung.orders.rules.reasons import change_sentence, reason_sentence
from lumbung.orders.rules.sending import code_shown
from lumbung.orders.rules.wording import unit_of
from lumbung.orders.views.finding import actor, order_of
from lumbung.orders.views.sending import absolute
from lumbung.people.choices import LinkPurpose
from lumbung.people.queries import open_links
from lumbung.places.models import Village


@dataclass(frozen=True)
class Scan:
    """How a slip leads to its page: the address as a picture to scan, and a code to type."""

    picture: SafeString | None
    """None where there is no link, or it must be issued anew."""
    code: str


def _scans(
    request: HttpRequest, subjects: Sequence[str], *, purpose: LinkPurpose, page: str
) -> dict[str, Scan]:
    """By subject, what leads to its page; two queries whatever their number."""
    links = open_links(list(subjects), purpose)
    secrets = {link.subject: secret for link in links if (secret := sending.secret_or_none(link))}
    return {subject: _scan(request, secrets.get(subject, ""), page) for subject in subjects}


def _scan(request: HttpRequest, secret: str, page: str) -> Scan:
    address = absolute(request, reverse(page, args=[secret])) if secret else ""
    return Scan(picture_of(address) if address else None, code_shown(secret))


def picture_of(address: str) -> SafeString:
    """A QR code as SVG, drawn by attributes alone; the address is our own, so nothing in it needs escaping."""
    drawn = segno.make(address, error="m").svg_inline(
        scale=4, border=4, omitsize=True, svgclass="qr", lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 - segno draws it from an address of ours


def _everybody(request: HttpRequest) -> bool:
    """Whether the sheet is for all makers of the village, not only for those without a phone."""
    return request.GET.get("semua") == "1"


def _printed(
    request: HttpRequest, template: str, order: Order, place: Village, context: dict[str, Any]
) -> HttpResponse:
    context |= {
        "order": order,
        "village": place,
        "everybody": _everybody(request),
        "written_in": settings.LANGUAGE_CODE,
        "code_address": absolute(request, reverse("orders:code")).partition("://")[2],
    }
    return render(request, template, context)


def _place(village: str) -> Village:
    return get_object_or_404(Village.objects.select_related("district__regency"), pk=village)


# Offers


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
    """One slip a maker, with a picture to scan and a code to type."""
    order, place = order_of(request, code), _place(village)
    shares = offer_queries.on_sheet_of(order, village, everybody=_everybody(request))
    if request.method == "POST":
        return _offers_handed_out(request, order, shares)
    context = {
        "slips": _offer_slips(request, shares),
        "unsent": [share.pk for share in shares if share.sent_at is None],
    }
    return _printed(request, "orders/sending/sheet.html", order, place, context)


def _offer_slips(request: HttpRequest, shares: list[Share]) -> list[OfferSlip]:
    scans = _scans(
        request, [share.key for share in shares], purpose=LinkPurpose.ANSWER_SHARE, page="orders:offer"
    )
    with texts.written_in(settings.LANGUAGE_CODE):
        return [_offer_slip(share, scans[share.key]) for share in shares]


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
    form = OfferSheetForm(request.POST, shares=shares)
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


# Reasons


@dataclass(frozen=True)
class ReasonSlip:
    maker: Maker
    reason: str
    change: str
    scan: Scan


@require(may_order)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def reason_sheet(request: HttpRequest, code: str, village: str) -> HttpResponse:
    """The links of these slips are made by a button, not by looking."""
    order, place = order_of(request, code), _place(village)
    makers = list(reason_queries.on_paper_of(order, village, everybody=_everybody(request)))
    if request.method == "POST":
        return _reason_sheet_deed(request, order, makers)
    slips, told = _reason_slips(request, order, makers), reason_queries.told_about(order, makers)
    context = {
        "slips": slips,
        "without_link": sum(slip.scan.picture is None for slip in slips),
        "untold": [maker.pk for maker in makers if maker.pk not in told],
    }
    return _printed(request, "orders/reasons/sheet.html", order, place, context)


def _reason_slips(request: HttpRequest, order: Order, makers: list[Maker]) -> list[ReasonSlip]:
    rows = reason_queries.reasons_of(order, makers)
    scans = _scans(
        request, [maker.key for maker in makers], purpose=LinkPurpose.OWN_REASON, page="orders:own_reason"
    )
    with texts.written_in(settings.LANGUAGE_CODE):
        return [_reason_slip(maker, rows.get(maker.pk), scans[maker.key]) for maker in makers]


def _reason_slip(maker: Maker, row: SplitRow | None, scan: Scan) -> ReasonSlip:
    if row is None:
        return ReasonSlip(maker, "", "", scan)
    return ReasonSlip(
        maker,
        reason_sentence(row.reason, row.numbers),
        change_sentence(row.reason, row.numbers),
        scan,
    )


def _reason_sheet_deed(request: HttpRequest, order: Order, makers: list[Maker]) -> HttpResponse:
    """Make the links that are missing, or note what was handed out."""
    if request.POST.get("act") == "links":
        reasons.prepare_links(makers=makers, by=actor(request))
        return redirect(request.get_full_path())
    form = ReasonSheetForm(request.POST, makers=makers)
    if form.is_valid():
        told = reasons.mark_told(
            order=order, makers=form.cleaned_data["makers"], through=SentBy.SHEET, by=actor(request)
        )
        messages.success(request, _reasons_told(told))
    return redirect("orders:reasons", order.code)


def _reasons_told(count: int) -> str:
    return ngettext(
        "%(count)s reason is noted as handed out.", "%(count)s reasons are noted as handed out.", count
    ) % {"count": number(count)}
