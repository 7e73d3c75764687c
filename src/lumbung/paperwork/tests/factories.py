"""An order on its way with what letters are about, made by the rooms' own deeds."""

from lumbung.deliveries import actions as deliveries
from lumbung.deliveries.models import Delivery, Inspection
from lumbung.deliveries.tests.factories import reject, rework
from lumbung.letters.models import Letterhead
from lumbung.letters.tests.factories import SITE, head
from lumbung.money.models import Payment
from lumbung.money.tests import factories as money
from lumbung.orders.models import Order, OrderLine, Share
from lumbung.orders.tests import factories as orders
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Party
from lumbung.organisations.tests.factories import party
from lumbung.paperwork.actions import issue_missing
from lumbung.production.tests.factories import held

BY = "person:90001"

__all__ = ["BY", "SITE", "delivered", "held", "inspected", "issued", "line", "order_of", "paid", "signing"]


def signing(office: Party | None = None) -> Party:
    """An office that has its letterhead."""
    office = office or Party.objects.filter(kind=PartyKind.OFFICE).first() or party()
    if not Letterhead.objects.filter(office=office).exists():
        head(office)
    return office


def line(**fields: object) -> OrderLine:
    """A line of an order that is not split again by itself."""
    return orders.line(orders.order(resplits_itself=False, **fields))


def delivered(share: Share, quantity: int = 100) -> Delivery:
    return deliveries.receive_delivery(share=share, quantity=quantity, by=BY)


def inspected(delivery: Delivery, *, accepted: int = 90, again: int = 6, rejected: int = 4) -> Inspection:
    findings = [*([rework(again)] if again else []), *([reject(rejected)] if rejected else [])]
    return deliveries.close_inspection(delivery=delivery, accepted=accepted, findings=findings, by=BY)


def paid(share: Share, amount: int = 300_000, *, due: int = 0, **given: object) -> Payment:
    """Money paid to the maker of a share."""
    money.due(
        due or amount,
        share=share.key,
        of=share.maker.party,
        pays=share.line.order.buyer,
        order=share.line.order.key,
    )
    return money.paid(amount, share=share.key, **given)


def order_of(share: Share) -> Order:
    return share.line.order


def issued(order: Order, **given: object) -> list:
    """Everything that the order lacks, set."""
    return issue_missing(order=order, by=BY, site=SITE, **given)
