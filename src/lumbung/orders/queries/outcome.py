"""How far an order is from its end, as rooms above know it: what still lies open, and what never passed."""

from collections.abc import Callable

from django.db.models import Sum

from lumbung.orders.models import Order
from lumbung.orders.rules.order import Outcome, why_not_finish

Tell = Callable[[Order], Outcome]
_tellers: list[Tell] = []


def register_outcome(function: Tell) -> None:
    """A room above says what of an order is still open; the first reason counts, and the most that is missing."""
    if function not in _tellers:
        _tellers.append(function)


def outcome_of(order: Order) -> Outcome:
    """Ask within the locks of the order's lines."""
    told = [function(order) for function in _tellers]
    reason = next((one.why_not for one in told if one.why_not), None)
    return Outcome(reason, max((one.missing for one in told), default=0))


def why_not_over(order: Order, outcome: Outcome) -> str | None:
    """The reason why the order cannot be finished now, or None."""
    sums = order.lines.aggregate(
        offered=Sum("offered_quantity", default=0), held=Sum("confirmed_quantity", default=0)
    )
    return why_not_finish(order, outcome, offered=sums["offered"], held=sums["held"])
