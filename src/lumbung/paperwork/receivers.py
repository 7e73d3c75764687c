"""Letters that come about by themselves, where an office or an order has it so: right after what they are about.

Nothing is set while nobody signs for the office, or while no public address is known to which the codes could lead: the
page of the order's letters shows what is missing, and its button sets it.
"""

from django.conf import settings

from lumbung.deliveries.choices import DELIVERED, INSPECTED
from lumbung.deliveries.models import Delivery, Inspection
from lumbung.letters.choices import LetterKind
from lumbung.money.choices import PAYMENT_RECORDED
from lumbung.orders.choices import SHARE_ACCEPTED
from lumbung.orders.models import Order
from lumbung.paperwork import queries
from lumbung.paperwork.actions import issue_about
from lumbung.paperwork.choices import ComesAbout
from lumbung.records.actions import hear, read_content
from lumbung.records.models import Record

ACTOR = "room:paperwork"


def _come_about(order: Order, kind: LetterKind, number: int) -> None:
    """Set the letter if that is the habit; told twice, it stands already."""
    office = queries.office_of(order)
    habit = queries.habit_of(office, order, kind) if office else None
    if habit is None or habit.way != ComesAbout.ITSELF or order.cancelled_at or not queries.head_of(office):
        return
    site = settings.PUBLIC_ADDRESS.rstrip("/") or habit.site
    if site:
        issue_about(order=order, kind=kind, number=number, by=ACTOR, site=site)


def _order(code: str) -> Order:
    return Order.objects.select_related("buyer").get(code=code)


@hear(SHARE_ACCEPTED, name="paperwork.order_letter")
def order_letter(record: Record) -> None:
    """A share was confirmed."""
    code = record.subject.partition(":")[2]
    _come_about(_order(code), LetterKind.ORDER, read_content(record)["share"])


@hear(DELIVERED, name="paperwork.delivery_record")
def delivery_record(record: Record) -> None:
    """Pieces were handed over."""
    delivery = Delivery.objects.get(code=read_content(record)["delivery"])
    _come_about(_order(record.subject.partition(":")[2]), LetterKind.DELIVERY, delivery.pk)


@hear(INSPECTED, name="paperwork.inspection_record")
def inspection_record(record: Record) -> None:
    """An inspection ended with counts."""
    told = read_content(record)
    inspection = Inspection.objects.get(delivery__code=told["delivery"], number=told["inspection"])
    _come_about(_order(record.subject.partition(":")[2]), LetterKind.INSPECTION, inspection.pk)


@hear(PAYMENT_RECORDED, name="paperwork.receipt")
def receipt(record: Record) -> None:
    """Money was paid; of a payment for several orders, the first one's habit counts."""
    number = int(record.subject.partition(":")[2])
    if order := queries.order_of_payment(number):
        _come_about(order, LetterKind.RECEIPT, number)
