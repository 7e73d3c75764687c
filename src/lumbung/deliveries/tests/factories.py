"""Deliveries for tests, brought about by the room's own deeds."""

from dataclasses import dataclass
from typing import Any

from foundation import clock
from lumbung.deliveries import actions
from lumbung.deliveries.models import Delivery
from lumbung.deliveries.rules import Found
from lumbung.orders.choices import ShareState
from lumbung.orders.models import Order, OrderLine, Share
from lumbung.orders.tests import factories as orders
from lumbung.people.models import Person

RAHMAT = "person:90001"
SITI = "person:90002"


def share(
    quantity: int = 1_000, *, line: OrderLine | None = None, name: str = "Sahnim", **fields: Any
) -> Share:
    """A share that its maker has confirmed whole."""
    line = line or orders.line(quantity=quantity)
    state = {
        "state": ShareState.ACCEPTED,
        "confirmed_quantity": quantity,
        "answered_at": clock.now(),
        "answered_by": "person:1",
    }
    return orders.share(line, fields.pop("maker", None) or orders.tailor(name), quantity, **state, **fields)


def delivery(quantity: int = 1_000, *, of: Share | None = None, by: str = RAHMAT, **fields: Any) -> Delivery:
    return actions.receive_delivery(share=of or share(quantity), quantity=quantity, by=by, **fields)


def terms(of: OrderLine, *, level: int = 2, aql_bp: int = 250, small_below: int = 51) -> None:
    actions.confirm_terms(line=of, level=level, aql_bp=aql_bp, small_below=small_below, by=SITI)


def rework(quantity: int, fault: str = "seam") -> Found:
    return Found(fault, quantity, "rework")


def reject(quantity: int, fault: str = "measure") -> Found:
    return Found(fault, quantity, "rejected")


@dataclass(frozen=True)
class Sums:
    """The buckets of a delivery, and what was delivered."""

    delivered: int
    open: int
    accepted: int = 0
    by_sample: int = 0
    rework: int = 0
    rejected: int = 0


def sums(of: Delivery) -> Sums:
    found = Delivery.objects.get(pk=of.pk)
    return Sums(
        found.delivered_quantity,
        found.open_quantity,
        found.accepted_quantity,
        found.by_sample_quantity,
        found.rework_quantity,
        found.rejected_quantity,
    )


def inspector(name: str = "Rahmat Hidayat") -> Person:
    from lumbung.organisations.tests.factories import member, party
    from lumbung.people.choices import Inspector
    from lumbung.people.tests.factories import person

    return member(Inspector, party(), who=person(name, account=True))


def order_of(made: Delivery) -> Order:
    return made.share.line.order
