"""Orders and lines: who may see them, and the row that is locked."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Length

from lumbung.orders.choices import CONFIRMED_STATES, ShareState
from lumbung.orders.models import Order, OrderLine, Share
from lumbung.organisations.queries import has_role, parties_of
from lumbung.people.choices import Auditor, Buyer, DataProtectionOfficer, Decider, Officer
from lumbung.people.models import Person

WITH_LINES = Prefetch("lines", queryset=OrderLine.objects.select_related("kind"))
"""An order's lines and what they are of, in one query."""


def may_order(person: object) -> bool:
    """Who takes in orders, proposes splits and sends offers."""
    return has_role(person, Officer)


def may_decide(person: object) -> bool:
    return has_role(person, Decider)


def may_read_all(person: object) -> bool:
    """The office and its auditor see every order; a draft as well."""
    return has_role(person, Officer, Decider, Auditor, DataProtectionOfficer)


def orders_seen_by(person: object) -> QuerySet[Order]:
    """Published orders are public; drafts belong to the office, and to their buyer."""
    every = Order.objects.select_related("buyer", "delivery_village__district__regency").prefetch_related(
        WITH_LINES
    )
    if may_read_all(person):
        return every
    public = Q(published_at__isnull=False)
    if isinstance(person, Person) and person.pk:
        public |= Q(buyer__in=parties_of(person, roles=[Buyer]))
    return every.filter(public)


def published_orders() -> QuerySet[Order]:
    """What everybody may see: running orders, newest first."""
    return (
        Order.objects.filter(published_at__isnull=False, cancelled_at__isnull=True, finished_at__isnull=True)
        .select_related("buyer")
        .prefetch_related(WITH_LINES)
        .order_by("-published_at", "-id")
    )


def lines_of(order: Order) -> QuerySet[OrderLine]:
    return order.lines.select_related("kind", "order__buyer")


def locked_line(line_id: int) -> OrderLine:
    """The line's row, held until the transaction ends: nobody else changes its quota meanwhile."""
    return OrderLine.objects.select_for_update().select_related(None).get(pk=line_id)


def quantities_of(line: OrderLine) -> tuple[int, int]:
    """The sums of the line's shares: held by confirmation, and open in offers."""
    confirmed = Q(state__in=CONFIRMED_STATES)
    sums = Share.objects.filter(line=line).aggregate(
        confirmed=Sum("confirmed_quantity", filter=confirmed, default=0),
        released=Sum("released_quantity", filter=confirmed, default=0),
        offered=Sum("quantity", filter=Q(state=ShareState.OFFERED), default=0),
    )
    return sums["confirmed"] - sums["released"], sums["offered"]


def last_code(prefix: str) -> str | None:
    """The highest number of a year: after 9999 numbers grow longer."""
    codes = Order.objects.filter(code__startswith=prefix).order_by(Length("code").desc(), "-code")
    return codes.values_list("code", flat=True).first()


def titles_of(codes: Iterable[str]) -> dict[str, str]:
    """Order number → title."""
    return dict(Order.objects.filter(code__in=list(codes)).values_list("code", "title"))
