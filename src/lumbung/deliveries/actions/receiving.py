"""Pieces come in at a collection point; what is brought beyond the share stays with the maker, and is counted."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from foundation import clock
from foundation.errors import Refused, refuse
from foundation.vendor.locks import hold_table
from lumbung.deliveries import queries, rules
from lumbung.deliveries.actions.keeping import Photo, keep_photos, known
from lumbung.deliveries.actions.moving import move
from lumbung.deliveries.choices import DELIVERED, OVER_SHARE_REFUSED, Pieces
from lumbung.deliveries.models import Delivery, OverShare
from lumbung.deliveries.rules import Step
from lumbung.orders.models import CollectionPoint, Share
from lumbung.orders.queries.orders import locked_line
from lumbung.records.actions import leave_record


class OverShareRefused(Refused):
    """More was brought than the share allows. The attempt is written down; whoever catches this keeps that."""


def receive_delivery(
    *,
    share: Share,
    quantity: int,
    by: str,
    delivered_on: date | None = None,
    collection_point: CollectionPoint | None = None,
    brought_by: str = "",
    note: str = "",
    lot_key: str = "",
    photos: Sequence[Photo] = (),
    entry_key: str = "",
    is_demo: bool = False,
) -> Delivery:
    """Take pieces of a share in: all begin as not inspected. Sent twice under one key, it is one delivery."""
    told: dict[str, Any] = {
        "delivered_on": delivered_on or clock.today(),
        "collection_point": collection_point or share.collection_point,
        "brought_by": brought_by.strip(),
        "note": note.strip(),
        "lot_key": lot_key.strip(),
        "is_demo": is_demo,
    }
    with transaction.atomic():
        locked_line(share.line_id)
        if before := known(share.deliveries.all(), entry_key):
            return before
        share = queries.share_for_delivery(share.pk)
        refuse(rules.why_not_share(share) or rules.why_closed(queries.closing_of(share)))
        refuse(rules.why_not_quantity(quantity), field="quantity")
        refuse(rules.why_not_delivered_on(told["delivered_on"], today=clock.today()), field="delivered_on")
        delivered = queries.delivered_of(share.pk)
        over = rules.why_not_deliver(quantity, held=share.held_quantity, delivered=delivered)
        if not over:
            delivery = _taken_in(share, quantity, told, by=by, entry_key=entry_key)
            keep_photos(delivery.key, photos, by=by)
            return delivery
    count_over_share(share=share, quantity=quantity, by=by, entry_key=entry_key)
    raise OverShareRefused(over, field="quantity")


def _taken_in(share: Share, quantity: int, told: dict[str, Any], *, by: str, entry_key: str) -> Delivery:
    hold_table(Delivery)  # two deliveries at once take two numbers
    year = clock.today().year
    code = rules.next_code(year=year, last=queries.last_code(f"SRH-{year}-"))
    delivery = Delivery.objects.create(
        code=code, share=share, received_at=clock.now(), received_by=by, entry_key=entry_key, **told
    )
    move(delivery, [Step(Pieces.MAKER, Pieces.OPEN, quantity)], by=by)
    content = {
        "delivery": delivery.code,
        "share": share.pk,
        "maker": share.maker.key,
        "quantity": quantity,
        "delivered_on": told["delivered_on"].isoformat(),
    }
    leave_record(subject=share.line.order.key, deed=DELIVERED, by=by, content=content)
    return delivery


def count_over_share(*, share: Share, quantity: int, by: str, entry_key: str = "") -> None:
    """Somebody brought more than the share allows: it is written down, once for each entry.

    `receive_delivery` does it by itself. Whoever asks that within a transaction which the refusal undoes does it again.
    """
    with transaction.atomic():
        locked_line(share.line_id)
        if known(share.overshares.all(), entry_key):
            return
        share = queries.share_for_delivery(share.pk)
        room = rules.room_of(share.held_quantity, queries.delivered_of(share.pk))
        if quantity <= room:
            return
        OverShare.objects.create(
            share=share,
            brought_quantity=quantity,
            room_quantity=room,
            refused_at=clock.now(),
            refused_by=by,
            entry_key=entry_key,
        )
        content = {"share": share.pk, "maker": share.maker.key, "brought": quantity, "room": room}
        leave_record(subject=share.line.order.key, deed=OVER_SHARE_REFUSED, by=by, content=content)
