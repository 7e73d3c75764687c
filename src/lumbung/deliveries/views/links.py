"""By link: what became of the own pieces, and what is owed and paid for them. Nothing changes here."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation import clock
from foundation.links import private
from lumbung.deliveries import queries
from lumbung.deliveries.models import Delivery
from lumbung.deliveries.views.lists import opened
from lumbung.deliveries.views.showing import picture_of, shown_inspections
from lumbung.files.models import Attachment
from lumbung.money.queries import standing_of, totals_of
from lumbung.orders.models import Order, Share
from lumbung.orders.queries import offers
from lumbung.orders.rules.wording import goods_of, unit_of
from lumbung.people import rules as people_rules
from lumbung.people.models import Link

Shown = tuple[Link, Order, list[Delivery]]


def _unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "orders/offer/unknown.html", status=404)


def _closed(request: HttpRequest, link: Link, order: Order, reason: str) -> HttpResponse:
    context = {"reason": reason, "order": order, "person": link.person}
    return render(request, "orders/offer/closed.html", context, status=410)


@private
@require_safe
def of_share(request: HttpRequest, secret: str) -> HttpResponse:
    """The own deliveries of one share, with results, photos and reasons."""
    link, share = offers.link_to_share(secret)
    if link is None or share is None:
        return _unknown(request)
    if reason := people_rules.why_not_open(link, clock.now()):
        return _closed(request, link, share.line.order, reason)
    deliveries = queries.deliveries_of_share(share)
    address = _photo_at("deliveries:share_photo", secret)
    context = _told(link, deliveries, address) | {
        "share": share,
        "order": share.line.order,
        "goods": goods_of(share.line),
        "held": share.held_quantity,
        "to_come": share.held_quantity - sum(each.delivered_quantity for each in deliveries),
        "totals": totals_of([share.key]).get(share.key),
        "standing": standing_of(share.key),
        "back": reverse("orders:offer", args=[secret]),
        "language_url": reverse("orders:offer_language", args=[secret]),
        "next": request.path,
    }
    return render(request, "deliveries/link/share.html", context)


def _photo_at(name: str, secret: str) -> Callable[[Attachment], str]:
    def address(secret: str, photo: Attachment) -> str:
        return reverse(name, args=[secret, photo.pk])

    return partial(address, secret)


def _told(link: Link, deliveries: list[Delivery], address: Callable[[Attachment], str]) -> dict[str, Any]:
    inspections = shown_inspections(deliveries, address=address)
    return {
        "person": link.person,
        "you": link.person.you,
        "deliveries": [
            (each, picture_of(each, linked=False), inspections[each.pk], unit_of(each.share.line))
            for each in deliveries
        ],
    }


@private
@require_safe
def of_group(request: HttpRequest, secret: str) -> HttpResponse:
    """The deliveries of the makers of a captain's group."""
    link = offers.link_to_bundle(secret)
    if link is None:
        return _unknown(request)
    order = offers.order_of_bundle(link)
    if reason := people_rules.why_not_open(link, clock.now()):
        return _closed(request, link, order, reason)
    shares = offers.shares_of_bundle(link)
    deliveries = queries.deliveries_of_shares(shares)
    context = _told(link, deliveries, _photo_at("deliveries:group_photo", secret)) | {
        "order": order,
        "totals": _sum_of(shares),
        "back": reverse("orders:bundle", args=[secret]),
        "language_url": reverse("orders:bundle_language", args=[secret]),
        "next": request.path,
    }
    return render(request, "deliveries/link/group.html", context)


def _sum_of(shares: QuerySet[Share]) -> dict[str, int] | None:
    """What the whole group is owed and was paid; None where nothing was ever owed."""
    found = totals_of([share.key for share in shares]).values()
    if not found:
        return None
    return {name: sum(getattr(each, name) for each in found) for name in ("due", "paid", "open")}


@private
@require_safe
def photo_of_share(request: HttpRequest, secret: str, photo: int) -> HttpResponseBase:
    link, share = offers.link_to_share(secret)
    if link is None or share is None or people_rules.why_not_open(link, clock.now()):
        return _unknown(request)
    return opened(queries.photo_of_deliveries(photo, share.deliveries.all()))


@private
@require_safe
def photo_of_group(request: HttpRequest, secret: str, photo: int) -> HttpResponseBase:
    link = offers.link_to_bundle(secret)
    if link is None or people_rules.why_not_open(link, clock.now()):
        return _unknown(request)
    return opened(
        queries.photo_of_deliveries(photo, queries.deliveries_of_shares(offers.shares_of_bundle(link)))
    )
