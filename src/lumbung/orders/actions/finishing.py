"""The end of an order: everything handed over or closed, everything inspected; and its opening again."""

from django.db import transaction

from foundation import clock
from foundation.errors import refuse
from lumbung.orders.choices import ORDER_FINISHED, ORDER_REOPENED
from lumbung.orders.models import Order, OrderLine
from lumbung.orders.queries.outcome import outcome_of, why_not_over
from lumbung.orders.rules import order as rules
from lumbung.records.actions import leave_record


def finish_order(*, order: Order, by: str, note: str = "") -> Order:
    """Nothing more comes in and nothing waits: the order is over. What never passed needs a word about it."""
    with transaction.atomic():
        order = _locked(order)
        outcome = outcome_of(order)
        refuse(why_not_over(order, outcome))
        refuse(rules.why_not_finish_short(outcome.missing, note), field="note")
        order.finished_at, order.finished_by, order.finished_note = clock.now(), by, note.strip()
        order.save(update_fields=["finished_at", "finished_by", "finished_note"])
        content = {"missing": outcome.missing, "note": order.finished_note}
        leave_record(subject=order.key, deed=ORDER_FINISHED, by=by, content=content)
    return order


def reopen_order(*, order: Order, reason: str, by: str) -> Order:
    """Something was wrong after all: corrections are possible again."""
    with transaction.atomic():
        order = _locked(order)
        refuse(rules.why_not_reopen(order, reason=reason), field="reason")
        order.finished_at, order.finished_by, order.finished_note = None, "", ""
        order.save(update_fields=["finished_at", "finished_by", "finished_note"])
        leave_record(subject=order.key, deed=ORDER_REOPENED, by=by, content={"reason": reason.strip()})
    return order


def _locked(order: Order) -> Order:
    """The order and all its lines: nobody hands over, answers or splits meanwhile."""
    order = Order.objects.select_for_update().get(pk=order.pk)
    list(OrderLine.objects.select_for_update().filter(order=order).order_by("pk").values_list("pk"))
    return order
