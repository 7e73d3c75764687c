"""What is accepted is owed: each move into the accepted raises a due, each correction of one corrects it.

The move is the cause, so nothing is owed twice. Where a line has no price sheet yet, the pieces are counted as
unpriced, and what is owed for them is raised once there is one.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from foundation import clock
from lumbung.deliveries import queries, rules
from lumbung.deliveries.choices import OWED_LATER, PASSED
from lumbung.deliveries.models import Delivery, Move
from lumbung.money.actions import correct_due, raise_due
from lumbung.money.choices import DueKind, Supply
from lumbung.records.actions import leave_record


def owe(delivery: Delivery, moves: Iterable[Move], *, by: str) -> None:
    """Within the transaction of the moves; the delivery's row is locked, and saved by whoever asks."""
    for move in moves:
        if move.to_place in PASSED:
            _raise(delivery, move, by=by)
        elif move.from_place in PASSED and move.corrects:
            _lower(delivery, move.corrects, move, by=by)


def _raise(delivery: Delivery, move: Move, *, by: str) -> bool:
    price = queries.maker_price_of(delivery.share, move.made_at)
    if not price:
        delivery.unpriced_quantity += move.quantity
        return False
    share, order = delivery.share, delivery.share.line.order
    raise_due(
        cause=move.key,
        kind=DueKind.EARNED,
        share=share.key,
        payee=share.maker.party.key,
        payer=order.buyer.key,
        amount_rupiah=price * move.quantity,
        pay_on=clock.day_of(move.made_at) + timedelta(days=order.payment_days),
        line=f"line:{share.line_id}",
        order=order.key,
        supply=Supply(share.line.supply),
        is_demo=delivery.is_demo,
        by=by,
    )
    return True


def _lower(delivery: Delivery, first: Move, back: Move, *, by: str) -> None:
    due = queries.due_of(first)
    if due is None:
        delivery.unpriced_quantity -= back.quantity
        return
    right = rules.due_left(due.amount_rupiah, first.quantity, queries.corrected_of(first))
    correct_due(due=due, right_rupiah=right, reason=back.reason, by=by)


def raise_what_is_owed(*, line_id: int, by: str) -> int:
    """A line has a price now: what was accepted before is owed. How many pieces; a second time none."""
    raised = 0
    for number in queries.unpriced_of_line(line_id):
        with transaction.atomic():
            delivery = queries.locked_delivery(number)
            pieces = sum(_raise_late(delivery, move, by=by) for move in queries.moves_without_due(delivery))
            if pieces:
                delivery.unpriced_quantity -= pieces
                delivery.save(update_fields=["unpriced_quantity"])
                content = {"delivery": delivery.code, "quantity": pieces}
                leave_record(subject=delivery.share.line.order.key, deed=OWED_LATER, by=by, content=content)
        raised += pieces
    return raised


def _raise_late(delivery: Delivery, move: Move, *, by: str) -> int:
    """The whole entry is owed, and what was corrected of it meanwhile is corrected at once."""
    gone = queries.corrected_of(move)
    before = delivery.unpriced_quantity
    if gone == move.quantity or not _raise(delivery, move, by=by):
        delivery.unpriced_quantity = before
        return 0
    if gone and (due := queries.due_of(move)):
        right = rules.due_left(due.amount_rupiah, move.quantity, gone)
        correct_due(due=due, right_rupiah=right, reason=queries.last_correction(move).reason, by=by)
    return move.quantity - gone
