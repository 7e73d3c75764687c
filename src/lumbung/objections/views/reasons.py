"""Telling the reason to who waits: one tap each by WhatsApp, one message a captain, one sheet a village."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.access import require
from foundation.errors import Refused
from foundation.links import absolute
from foundation.whatsapp import opens_whatsapp, to_whatsapp
from lumbung.makers.models import Maker
from lumbung.objections.actions import reasons as actions
from lumbung.objections.forms.reasons import QueueFilter
from lumbung.objections.models import ReasonTold
from lumbung.objections.queries import reasons as queries
from lumbung.objections.queries.queue import (
    Page,
    Queue,
    captains_waiting,
    page_of,
    queue_of,
    regencies_of,
    told_page,
    villages_of,
)
from lumbung.objections.rules import messages as texts
from lumbung.objections.views.finding import actor, order_of
from lumbung.orders.choices import SentBy
from lumbung.orders.models import Order, SplitRow
from lumbung.orders.queries.orders import may_order
from lumbung.orders.rules.messages import written_in
from lumbung.orders.rules.reasons import change_sentence, reason_sentence
from lumbung.people.actions import note_personal_reads
from lumbung.people.models import Person
from lumbung.people.rules import masked_phone


@dataclass(frozen=True)
class Row:
    """A maker who waits, in the queue."""

    maker: Maker
    phone: str
    reason: str
    told: ReasonTold | None


def _rows(order: Order, makers: list[Maker]) -> list[Row]:
    reasons, told = queries.reasons_of(order, makers), queries.told_about(order, makers)
    return [
        Row(maker, masked_phone(maker.owner.phone), _reason(reasons.get(maker.pk)), told.get(maker.pk))
        for maker in makers
    ]


def _reason(row: SplitRow | None) -> str:
    return reason_sentence(row.reason, row.numbers) if row else ""


@require(may_order)
@require_safe
@never_cache
@opens_whatsapp
def queue(request: HttpRequest, code: str) -> HttpResponse:
    """Who waits and was not told, by way; with `?daftar=terkirim` who was told."""
    order = order_of(request, code)
    waiting = queue_of(order)
    form = _filter(request, waiting)
    chosen = form.value("daftar") or "pesan"
    context: dict[str, Any] = {"order": order, "counts": waiting, "form": form, "chosen": chosen}
    if chosen == "kapten":
        context["captains"] = captains_waiting(waiting)
    elif chosen == "lembar":
        context["villages"] = villages_of(waiting.within(SentBy.SHEET))
    elif chosen == "terkirim":
        context |= _listed(order, form, told_page(order, after=form.behind))
    else:
        makers = waiting.within(SentBy.WHATSAPP, regency=form.value("kabupaten"), village=form.value("desa"))
        context |= _listed(order, form, page_of(makers, after=form.behind))
    return render(request, "objections/reasons/queue.html", context)


def _filter(request: HttpRequest, waiting: Queue) -> QueueFilter:
    """All regencies where somebody waits for a message, and the villages of the one that is chosen."""
    regencies = regencies_of(waiting.within(SentBy.WHATSAPP))
    chosen = request.GET.get("kabupaten", "")
    within = waiting.within(SentBy.WHATSAPP, regency=chosen) if chosen in regencies else []
    villages = {village.code: village.name for village in villages_of(within)}
    return QueueFilter(request.GET, regencies=regencies, villages=villages)


def _listed(order: Order, form: QueueFilter, page: Page) -> dict[str, Any]:
    rows = _rows(order, page.makers)
    return {
        "page": page,
        "groups": [
            (village, list(found)) for village, found in groupby(rows, key=lambda row: row.maker.village)
        ],
        "next_url": form.address(behind=page.after) if page.after else "",
        "first_url": form.address() if form.behind else "",
    }


@require(may_order)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@opens_whatsapp
def send_reason(request: HttpRequest, code: str, maker: int) -> HttpResponse:
    """The reason of one maker; sending notes it as told and opens the conversation with the text written."""
    order = order_of(request, code)
    found = get_object_or_404(queries.in_plans_of(order), pk=maker)
    if request.method != "POST":
        return _show_reason(request, order, found)
    try:
        secret = actions.tell_by_whatsapp(order=order, maker=found, by=actor(request))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("objections:reasons", code)
    _note_phone(request, found.owner)
    row = queries.reasons_of(order, [found]).get(found.pk)
    return to_whatsapp(found.owner.phone, _text(request, order, found, row, secret))


def _show_reason(request: HttpRequest, order: Order, maker: Maker) -> HttpResponse:
    row = queries.reasons_of(order, [maker])[maker.pk]
    context = {
        "order": order,
        "maker": maker,
        "row": _rows(order, [maker])[0],
        "change": change_sentence(row.reason, row.numbers),
    }
    return render(request, "objections/reasons/one.html", context)


def _note_phone(request: HttpRequest, person: Person) -> None:
    note_personal_reads(reader=actor(request), page=request.path, fields="phone", persons=[person.pk])


def _text(request: HttpRequest, order: Order, maker: Maker, row: SplitRow | None, secret: str) -> str:
    """Makers read Indonesian, whatever language the officer has chosen."""
    with written_in(settings.LANGUAGE_CODE):
        reason = _reason(row)
        change = change_sentence(row.reason, row.numbers) if row else ""
    told = texts.ReasonForMaker(
        addressed=maker.owner.addressed_as,
        order=order.title,
        reason=reason,
        change=change,
        address=absolute(request, reverse("objections:own", args=[secret])),
        office=settings.OFFICE_NAME,
    )
    return texts.reason_message(told, language=settings.LANGUAGE_CODE)


@require(may_order)
@require_POST
def send_reasons(request: HttpRequest, code: str, person: int) -> HttpResponse:
    """One message to a captain for all makers of the group who wait."""
    order = order_of(request, code)
    captain = get_object_or_404(Person, pk=person)
    try:
        count, secret = actions.tell_captain(order=order, captain=captain, by=actor(request))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("objections:reasons", code)
    _note_phone(request, captain)
    text = texts.reasons_message(
        addressed=captain.addressed_as,
        order=order.title,
        makers=count,
        address=absolute(request, reverse("objections:own", args=[secret])),
        office=settings.OFFICE_NAME,
        language=settings.LANGUAGE_CODE,
    )
    return to_whatsapp(captain.phone, text)
