"""What was written wrong is put right by a new entry that points at the old one, with the reason."""

from django.db import transaction

from foundation.errors import refuse
from lumbung.deliveries import queries, rules
from lumbung.deliveries.actions.keeping import known
from lumbung.deliveries.actions.moving import move as write
from lumbung.deliveries.choices import DELIVERY_CORRECTED, PIECES_CORRECTED, Pieces
from lumbung.deliveries.models import Delivery, Move
from lumbung.deliveries.rules import Step
from lumbung.orders.queries.orders import locked_line
from lumbung.records.actions import leave_record


def correct_delivery(
    *, delivery: Delivery, quantity: int, reason: str, by: str, entry_key: str = ""
) -> Delivery:
    """It was another number of pieces: more come in, or some never came; the first entry stands beside it."""
    with transaction.atomic():
        locked_line(delivery.share.line_id)
        delivery = queries.locked_delivery(delivery.pk)
        if known(delivery.moves.all(), entry_key):
            return delivery
        share = queries.share_for_delivery(delivery.share_id)
        if quantity > delivery.delivered_quantity:
            refuse(rules.why_closed(queries.closing_of(share)), field="quantity")
        delivered = queries.delivered_of(share.pk)
        refuse(
            rules.why_not_correct_delivery(
                delivery, quantity, held=share.held_quantity, delivered=delivered, reason=reason
            ),
            field="quantity" if reason.strip() else "reason",
        )
        before = delivery.delivered_quantity
        step = (
            Step(Pieces.MAKER, Pieces.OPEN, quantity - before)
            if quantity > before
            else Step(Pieces.OPEN, Pieces.MAKER, before - quantity)
        )
        write(
            delivery, [step], corrects=queries.first_move(delivery), reason=reason.strip(), by=by,
            entry_key=entry_key,
        )  # fmt: skip
        content = {"delivery": delivery.code, "before": before, "quantity": quantity}
        leave_record(subject=share.line.order.key, deed=DELIVERY_CORRECTED, by=by, content=content)
    return delivery


def correct_move(
    *, move: Move, quantity: int, reason: str, by: str, instead: str = "", entry_key: str = ""
) -> Delivery:
    """So many of an entry's pieces go back to where they came from, and from there, if asked, to where they belong."""
    with transaction.atomic():
        locked_line(move.delivery.share.line_id)
        delivery = queries.locked_delivery(move.delivery_id)
        move.delivery = delivery
        if known(delivery.moves.all(), entry_key):
            return delivery
        there = delivery.count_of(move.to_place)
        refuse(
            rules.why_not_correct_move(
                move,
                quantity,
                instead=instead,
                corrected=queries.corrected_of(move),
                there=there,
                reason=reason,
            ),
            field="quantity" if reason.strip() else "reason",
        )
        came_from, led_to = Pieces(move.from_place), Pieces(move.to_place)
        write(
            delivery, [Step(led_to, came_from, quantity)], corrects=move, inspection=move.inspection,
            reason=reason.strip(), by=by, entry_key=entry_key,
        )  # fmt: skip
        if instead and instead != came_from:
            step = Step(came_from, Pieces(instead), quantity)
            write(delivery, [step], inspection=move.inspection, reason=reason.strip(), by=by)
        content = {
            "delivery": delivery.code,
            "quantity": quantity,
            "from": str(led_to),
            "to": str(instead or came_from),
        }
        leave_record(subject=delivery.share.line.order.key, deed=PIECES_CORRECTED, by=by, content=content)
    return delivery
