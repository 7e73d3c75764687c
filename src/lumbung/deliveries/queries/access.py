"""Who sees which deliveries, and who takes in and inspects."""

from django.db.models import Q, QuerySet

from lumbung.deliveries.models import Delivery
from lumbung.files.models import Attachment
from lumbung.makers.queries import makers_of
from lumbung.orders.models import Order
from lumbung.orders.queries.orders import WITH_LINES
from lumbung.organisations.queries import has_role, makes, parties_of
from lumbung.people.choices import (
    Auditor,
    Buyer,
    DataProtectionOfficer,
    Decider,
    Inspector,
    Officer,
    Treasurer,
)
from lumbung.people.models import Person

READERS = (Officer, Decider, Inspector, Treasurer, Auditor, DataProtectionOfficer)
WITH_ALL = (
    "share__line__order__buyer",
    "share__line__kind",
    "share__maker__party",
    "share__maker__owner",
    "share__maker__village",
    "collection_point",
)


def may_read_deliveries(person: object) -> bool:
    """Whether the person reads everybody's deliveries."""
    return has_role(person, *READERS)


def may_see_deliveries(person: object) -> bool:
    """Whether the list of deliveries has anything to say to the person."""
    return may_read_deliveries(person) or makes(person) or has_role(person, Buyer)


def may_receive(person: object) -> bool:
    """Who takes goods in at a collection point."""
    return has_role(person, Inspector, Officer)


def may_inspect(person: object) -> bool:
    return has_role(person, Inspector)


def may_close(person: object) -> bool:
    """Who says that the rest of a share is not waited for any more."""
    return has_role(person, Officer)


def may_set_terms(person: object) -> bool:
    """Who answers for how a line is inspected."""
    return has_role(person, Inspector, Decider)


def deliveries_seen_by(person: object) -> QuerySet[Delivery]:
    """The office sees all, a maker and a captain their own, a buyer those of the own organisation's orders."""
    every = Delivery.objects.select_related(*WITH_ALL)
    if may_read_deliveries(person):
        return every
    if not isinstance(person, Person) or not person.pk:
        return every.none()
    own = Q(share__maker__in=list(makers_of(person).values_list("pk", flat=True)))
    if has_role(person, Buyer):
        own |= Q(share__line__order__buyer__in=parties_of(person, roles=[Buyer]))
    return every.filter(own)


def orders_inspected_for(person: object) -> QuerySet[Order]:
    """The orders whose deliveries the person reads as a whole: the office all, a buyer the own ones."""
    every = Order.objects.select_related("buyer").prefetch_related(WITH_LINES)
    if may_read_deliveries(person):
        return every
    if not isinstance(person, Person) or not has_role(person, Buyer):
        return every.none()
    return every.filter(buyer__in=parties_of(person, roles=[Buyer]))


def may_follow_deliveries(order: Order, person: object) -> bool:
    """Whether the person reads this order's deliveries as a whole."""
    return may_read_deliveries(person) or orders_inspected_for(person).filter(pk=order.pk).exists()


def photo_seen_by(pk: int, person: object) -> Attachment | None:
    """A photo of a delivery or of a finding that the person sees."""
    photo = Attachment.objects.filter(pk=pk, removed_at__isnull=True).select_related("file").first()
    kind, _colon, name = photo.subject.partition(":") if photo else ("", "", "")
    seen = deliveries_seen_by(person)
    if kind == "delivery":
        return photo if seen.filter(code=name).exists() else None
    if kind == "finding" and name.isdecimal():
        return photo if seen.filter(inspections__findings=int(name)).exists() else None
    return None
