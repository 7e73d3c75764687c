"""What of a share or an order is still open."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Sum

from lumbung.deliveries.models import Closing, Delivery
from lumbung.deliveries.queries.lists import shares_of_order
from lumbung.deliveries.rules import Open, why_not_over
from lumbung.orders.models import Order, Share
from lumbung.orders.rules.order import Outcome


def closings() -> QuerySet[Closing]:
    """Those that stand: no correction points at them, and they are none themselves."""
    return Closing.objects.filter(corrects__isnull=True, correction__isnull=True)


def closing_of(share: Share) -> Closing | None:
    return closings().filter(share=share).first()


def shares_still_open(order: Order) -> QuerySet[Any]:
    """Shares of which pieces are still to come and that nobody has closed."""
    shares = shares_of_order(order).annotate(
        to_come=F("confirmed_quantity") - F("released_quantity") - F("delivered")
    )
    found: QuerySet[Any] = shares.filter(~Exists(closings().filter(share=OuterRef("pk"))), to_come__gt=0)
    return found


def open_in(order: Order) -> Open:
    """Two queries."""
    shares = shares_still_open(order).aggregate(shares=Count("pk"), pieces=Sum("to_come", default=0))
    deliveries = Delivery.objects.filter(share__line__order=order)
    pieces = deliveries.aggregate(
        unchecked=Sum("open_quantity", default=0), rework=Sum("rework_quantity", default=0)
    )
    return Open(shares["shares"], shares["pieces"], **pieces)


def missing_in(order: Order) -> int:
    """What was ordered and never passed."""
    ordered: int = order.lines.aggregate(sum=Sum("quantity", default=0))["sum"]
    passed: int = Delivery.objects.filter(share__line__order=order).aggregate(
        sum=Sum(F("accepted_quantity") + F("by_sample_quantity"), default=0)
    )["sum"]
    return ordered - passed


def outcome(order: Order) -> Outcome:
    """For whoever finishes the order."""
    return Outcome(why_not_over(open_in(order)), missing_in(order))
