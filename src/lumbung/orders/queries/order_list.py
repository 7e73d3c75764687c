"""The list of orders: searched, filtered by state, with all that a row shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, PositiveBigIntegerField, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from foundation.paging import Order as Columns
from foundation.paging import Page, page_of
from lumbung.orders.choices import OrderState
from lumbung.orders.models import Order, OrderLine
from lumbung.orders.queries.orders import WITH_LINES, may_read_all
from lumbung.organisations.queries import parties_of
from lumbung.people.choices import Buyer
from lumbung.people.models import Person

ROWS = 20
NEWEST = "newest"
SORTS: dict[str, Columns] = {
    NEWEST: ("-pk",),
    "due": ("due_on", "pk"),
    "quantity": ("-pieces", "-pk"),
}
SLICE = 500


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for among the orders."""

    text: str = ""
    state: str = ""
    sort: str = NEWEST


def orders_followed_by(person: object) -> QuerySet[Order]:
    """The orders whose inner pages the person opens: the office all, a buyer the own ones, others none."""
    every = Order.objects.select_related("buyer", "delivery_village__district__regency").prefetch_related(
        WITH_LINES
    )
    if may_read_all(person):
        return every
    if not isinstance(person, Person) or not person.pk:
        return every.none()
    return every.filter(buyer__in=parties_of(person, roles=[Buyer]))


def followed_among(person: object, orders: Sequence[Order]) -> set[int]:
    """Which of these orders the person opens from inside."""
    followed = orders_followed_by(person).filter(pk__in=[order.pk for order in orders])
    return set(followed.values_list("pk", flat=True))


def found_among(orders: QuerySet[Order], wanted: Wanted) -> QuerySet[Order]:
    """The orders that fit, in the order wanted; every word stands in the number, the name, the buyer or the goods."""
    for word in wanted.text.split()[:8]:
        kinds = OrderLine.objects.filter(
            Q(kind__name__icontains=word) | Q(kind__name_en__icontains=word), order=OuterRef("pk")
        )
        orders = orders.filter(
            Q(code__icontains=word)
            | Q(title__icontains=word)
            | Q(buyer__name__icontains=word)
            | Exists(kinds)
        )
    orders = in_state(orders, wanted.state) if wanted.state else orders
    if wanted.sort == "quantity":
        orders = orders.annotate(pieces=_pieces())
    return orders.order_by(*SORTS[wanted.sort])


def _pieces() -> Coalesce:
    """What an order's lines want together; nothing while it has none."""
    lines = OrderLine.objects.filter(order=OuterRef("pk")).order_by().values("order")
    wanted = Subquery(lines.annotate(pieces=Sum("quantity")).values("pieces"))
    return Coalesce(wanted, 0, output_field=PositiveBigIntegerField())


def in_state(orders: QuerySet[Order], state: str) -> QuerySet[Order]:
    """The orders that `rules.order.order_state` calls so."""
    lines = OrderLine.objects.filter(order=OuterRef("pk"))
    unfilled = Exists(lines.filter(confirmed_quantity__lt=F("quantity")))
    placed = Exists(lines.filter(Q(confirmed_quantity__gt=0) | Q(offered_quantity__gt=0)))
    if state == OrderState.CANCELLED:
        return orders.filter(cancelled_at__isnull=False)
    orders = orders.filter(cancelled_at__isnull=True)
    if state == OrderState.DRAFT:
        return orders.filter(published_at__isnull=True)
    orders = orders.filter(published_at__isnull=False)
    if state == OrderState.FINISHED:
        return orders.filter(finished_at__isnull=False)
    orders = orders.filter(finished_at__isnull=True)
    if state == OrderState.FULL:
        return orders.filter(Exists(lines), ~unfilled)
    orders = orders.filter(unfilled | ~Exists(lines))
    if state == OrderState.OFFERED:
        return orders.filter(placed)
    if state == OrderState.PUBLISHED:
        return orders.filter(~placed)
    return orders.none()


def order_page(
    orders: QuerySet[Order], *, sort: str = NEWEST, after: str = "", before: str = ""
) -> Page[Order]:
    return page_of(orders, by=SORTS[sort], after=after, before=before, size=ROWS)


def exported_lines(orders: QuerySet[Order]) -> Iterator[OrderLine]:
    """Every line of these orders, the orders as they stand; some hundreds in memory at a time."""
    keys = list(orders.values_list("pk", flat=True))
    places = {key: place for place, key in enumerate(keys)}
    for at in range(0, len(keys), SLICE):
        lines = OrderLine.objects.filter(order__in=keys[at : at + SLICE]).select_related(
            "kind", "order__buyer"
        )
        yield from sorted(lines, key=lambda line: (places[line.order_id], line.pk))
