"""Rows of the workbooks."""

from typing import Any

from django.utils.translation import gettext as _

from foundation.sheets import Heading
from lumbung.deliveries.choices import Pieces
from lumbung.deliveries.models import Delivery
from lumbung.orders.models import Share
from lumbung.orders.rules.wording import goods_of, unit_of


def _places() -> list[Heading]:
    places = (Pieces.ACCEPTED, Pieces.BY_SAMPLE, Pieces.REWORK, Pieces.REJECTED, Pieces.OPEN)
    return [Heading(place.label) for place in places]


def delivery_headings() -> list[Heading]:
    return [
        Heading(_("Number"), 18),
        Heading(_("Order"), 18),
        Heading(_("Goods"), 30),
        Heading(_("Maker"), 30),
        Heading(_("Village"), 24),
        Heading(_("Collection point"), 24),
        Heading(_("Handed over on")),
        Heading(_("Handed over")),
        *_places(),
        Heading(_("Unit")),
    ]


def delivery_row(delivery: Delivery) -> list[Any]:
    share = delivery.share
    return [
        delivery.code,
        share.line.order.code,
        goods_of(share.line),
        share.maker.party.name,
        share.maker.village.name,
        delivery.collection_point.name,
        delivery.delivered_on,
        delivery.delivered_quantity,
        delivery.accepted_quantity,
        delivery.by_sample_quantity,
        delivery.rework_quantity,
        delivery.rejected_quantity,
        delivery.open_quantity,
        unit_of(share.line),
    ]


def share_headings() -> list[Heading]:
    return [
        Heading(_("Maker"), 30),
        Heading(_("Village"), 24),
        Heading(_("Goods"), 30),
        Heading(_("Share")),
        Heading(_("Handed over")),
        *_places(),
        Heading(_("Unit")),
    ]


def share_row(share: Any) -> list[Any]:
    assert isinstance(share, Share)
    counted: Any = share
    return [
        share.maker.party.name,
        share.maker.village.name,
        goods_of(share.line),
        share.held_quantity,
        counted.delivered,
        counted.accepted,
        counted.by_sample,
        counted.rework,
        counted.rejected,
        counted.open_pieces,
        unit_of(share.line),
    ]
