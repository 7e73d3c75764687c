"""Sending offers: one tap each by WhatsApp, one message a captain, one sheet a village."""

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.access import require
from foundation.downloads import workbook_response
from foundation.errors import Refused
from foundation.formats import day_full, number
from foundation.links import absolute
from foundation.paging import part_of
from foundation.sheets import Heading
from foundation.whatsapp import opens_whatsapp, to_whatsapp
from lumbung.orders.actions import sending as actions
from lumbung.orders.choices import SentBy, ShareState
from lumbung.orders.forms.sending import QueueFilter
from lumbung.orders.models import Order, Share
from lumbung.orders.queries import sending as queries
from lumbung.orders.queries.offers import shares_of_captain
from lumbung.orders.queries.orders import may_order
from lumbung.orders.rules import messages as texts
from lumbung.orders.rules import offer as words
from lumbung.orders.rules.wording import unit_of
from lumbung.orders.views.finding import actor, order_of
from lumbung.orders.views.shares import share_shown
from lumbung.orders.views.sheets import share_headings, share_row
from lumbung.people.actions import note_personal_reads
from lumbung.people.models import Person
from lumbung.people.rules import masked_phone


@dataclass(frozen=True)
class Row:
    """A share in the queue."""

    share: Share
    unit: str
    phone: str
    is_next: bool = False
    """Whether it gets the focus: the first that can be sent by a tap."""


def _row(share: Share) -> Row:
    return Row(share, unit_of(share.line), masked_phone(share.maker.owner.phone))


def _rows(shares: list[Share]) -> list[Row]:
    rows = [_row(share) for share in shares]
    following = next((place for place, row in enumerate(rows) if row.phone), None)
    return [replace(row, is_next=place == following) for place, row in enumerate(rows)]


@require(may_order)
@require_safe
@never_cache
@opens_whatsapp
def queue(request: HttpRequest, code: str) -> HttpResponse:
    """What waits to be sent, by way; with `?daftar=terkirim` what was sent and may still be answered."""
    order = order_of(request, code)
    counted = queries.queue_of(order)
    sent = request.GET.get("daftar") == "terkirim"
    waiting = {village.code: village.name for village in counted.villages}
    form = QueueFilter(request.GET, villages=queries.villages_with_offers(order) if sent else waiting)
    chosen = form.value("daftar") or "pesan"
    context = {
        "order": order,
        "queue": counted,
        "running": queries.running_of(order).count(),
        "form": form,
        "chosen": chosen,
        "by_whatsapp": counted.by_way[SentBy.WHATSAPP],
        "by_captain": counted.by_way[SentBy.CAPTAIN],
        "on_paper": counted.by_way[SentBy.SHEET],
    }
    shown = LISTS[chosen](request, order, form, counted)
    return render(request, "orders/sending/queue.html", context | shown)


@require(may_order)
@require_safe
@never_cache
def queue_sheet(request: HttpRequest, code: str) -> HttpResponseBase:
    """The list that is shown, as a workbook: what waits to be sent, or what was sent; phones masked."""
    order = order_of(request, code)
    form = QueueFilter(request.GET, villages=queries.villages_with_offers(order))
    is_sent = form.value("daftar") == "terkirim"
    shares = queries.running_of(order) if is_sent else queries.unsent_of(order)
    shown = _within(shares.select_related(*queries.SHOWN_WITH, "collection_point"), form)
    shown = shown.order_by(*(queries.BY_TERM if is_sent else queries.BY_VILLAGE))
    rows = (
        [*share_row(share, share_shown(share).state), masked_phone(share.maker.owner.phone)]
        for share in shown.iterator(1000)
    )
    headings = [*share_headings(), Heading(_("Phone"), 18)]
    title = _("Sent") if is_sent else _("To be sent")
    return workbook_response(f"{code}-{_('messages')}", [(title, headings, rows)])


def _messages(
    _request: HttpRequest, order: Order, form: QueueFilter, counted: queries.Queue
) -> dict[str, Any]:
    """One tap each, village by village."""
    page = queries.whatsapp_page(order, counted, village=form.value("desa"), after=form.behind)
    return _around(form, page, page.after) | {"groups": _by_village(_rows(page.shares))}


def _captains(
    _request: HttpRequest, order: Order, form: QueueFilter, _counted: queries.Queue
) -> dict[str, Any]:
    """One message each, by the captain's name."""
    tallies, part = queries.captains_waiting(order, after=form.behind)
    return _around(form, part, part.after) | {"captains": tallies}


def _sheets(request: HttpRequest, order: Order, form: QueueFilter, counted: queries.Queue) -> dict[str, Any]:
    """One sheet a village: those that wait, and those that were handed out."""
    waiting, handed = counted.on_paper, queries.villages_with_sheets(order)
    begun = {name: request.GET.get(name, "") for name in ("behind", "printed")}
    part = part_of([one.code for one in waiting], after=begun["behind"], size=queries.ROWS)
    again = part_of([one.code for one in handed], after=begun["printed"], size=queries.ROWS)
    return {
        "waiting": waiting[part.start : part.end],
        "page": part,
        "next_url": form.address(**begun | {"behind": part.after}) if part.after else "",
        "first_url": form.address(printed=begun["printed"]) if part.start else "",
        "handed_out": handed[again.start : again.end],
        "again": again,
        "again_next_url": form.address(**begun | {"printed": again.after}) if again.after else "",
        "again_first_url": form.address(behind=begun["behind"]) if again.start else "",
    }


def _running(
    request: HttpRequest, order: Order, form: QueueFilter, _counted: queries.Queue
) -> dict[str, Any]:
    """What was sent, the shortest term first."""
    page = queries.running_page(
        _within(queries.running_of(order), form),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return {
        "page": page,
        "next_url": form.address(after=page.after) if page.after else "",
        "first_url": form.address(before=page.before) if page.before else "",
        "rows": [_row(share) for share in page.rows],
    }


LISTS = {"pesan": _messages, "kapten": _captains, "lembar": _sheets, "terkirim": _running}


def _within(shares: QuerySet[Share], form: QueueFilter) -> QuerySet[Share]:
    return shares.filter(maker__village_id=form.value("desa")) if form.value("desa") else shares


def _around(form: QueueFilter, page: object, after: int | None) -> dict[str, Any]:
    return {
        "page": page,
        "next_url": form.address(setelah=after) if after else "",
        "first_url": form.address() if form.behind else "",
    }


def _by_village(rows: list[Row]) -> list[tuple[str, str, list[Row]]]:
    """The rows under their villages, in the order given."""
    groups = groupby(rows, key=lambda row: row.share.maker.village)
    return [(village.pk, village.full_name, list(found)) for village, found in groups]


@require(may_order)
@require_POST
def send_share(request: HttpRequest, code: str, share: int) -> HttpResponse:
    """Note it as sent and open the conversation with the text written; the answer term runs from now."""
    order = order_of(request, code)
    found = get_object_or_404(queries.offers_of(order), pk=share)
    try:
        found, secret = actions.send_by_whatsapp(share=found, by=actor(request))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("orders:sending", code)
    owner = found.maker.owner
    _note_phone(request, owner)
    return to_whatsapp(owner.phone, _offer_text(request, found, secret))


def _note_phone(request: HttpRequest, person: Person) -> None:
    note_personal_reads(reader=actor(request), page=request.path, fields="phone", persons=[person.pk])


def _offer_text(request: HttpRequest, share: Share, secret: str) -> str:
    """Makers read Indonesian, whatever language the officer has chosen."""
    owner, order, language = share.maker.owner, share.line.order, settings.LANGUAGE_CODE
    with texts.written_in(language):
        told = texts.OfferTold(
            addressed=owner.addressed_as,
            you=owner.you,
            goods=words.goods_words(share.line),
            quantity=share.quantity,
            unit=unit_of(share.line),
            value_rupiah=share.value_rupiah,
            due=day_full(order.due_on),
            address=absolute(request, reverse("orders:offer", args=[secret])),
        )
    sender = texts.Sender(settings.OFFICE_NAME, share.answer_until, order.answer_hours)
    return texts.offer_message(told, sender, language=language)


@require(may_order)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@opens_whatsapp
def captain(request: HttpRequest, code: str, person: int) -> HttpResponse:
    """All open offers of a captain's group: one message for the captain, and one for each maker who has a phone."""
    order = order_of(request, code)
    found = get_object_or_404(Person, pk=person)
    shares = shares_of_captain(found, order).filter(state=ShareState.OFFERED)
    if request.method == "POST":
        return _send_bundle(request, order, found)
    offers = list(shares)
    context = {
        "order": order,
        "captain": found,
        "phone": masked_phone(found.phone),
        "offers": offers,
        "unsent": sum(share.sent_at is None for share in offers),
        "total": sum(share.quantity for share in offers),
        "rows": [_row(share) for share in offers if share.maker.owner_id != found.pk],
    }
    return render(request, "orders/sending/captain.html", context, status=200 if offers else 404)


def _send_bundle(request: HttpRequest, order: Order, person: Person) -> HttpResponse:
    try:
        shares, secret = actions.send_bundle(order=order, captain=person, by=actor(request))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("orders:sending", order.code)
    _note_phone(request, person)
    return to_whatsapp(person.phone, _bundle_text(request, order, person, shares, secret))


def _bundle_text(request: HttpRequest, order: Order, person: Person, shares: list[Share], secret: str) -> str:
    language = settings.LANGUAGE_CODE
    with texts.written_in(language):
        told = texts.BundleTold(
            addressed=person.addressed_as,
            shares=len(shares),
            what=_goods_together(order, shares),
            address=absolute(request, reverse("orders:bundle", args=[secret])),
        )
    until = min((share.answer_until for share in shares if share.answer_until), default=None)
    sender = texts.Sender(settings.OFFICE_NAME, until, order.answer_hours)
    return texts.bundle_message(told, sender, language=language)


def _goods_together(order: Order, shares: list[Share]) -> str:
    """The sum and the goods; only the order's name where its lines are not counted together."""
    if len({share.line_id for share in shares}) > 1:
        return order.title
    line = shares[0].line
    return f"{number(sum(share.quantity for share in shares))} {unit_of(line)}, {words.goods_words(line)}"
