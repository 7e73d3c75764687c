"""Lists: deliveries, and the shares of an order with what was handed over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.paging import Page, page_of
from lumbung.deliveries.choices import COUNTERS, Pieces
from lumbung.deliveries.models import Delivery, Move
from lumbung.makers.rules import search_words
from lumbung.orders.choices import CONFIRMED_STATES
from lumbung.orders.models import Order, OrderLine, Share
from lumbung.orders.queries.offers import any_link
from lumbung.people.choices import LinkPurpose
from lumbung.people.rules import SECRET_LENGTH, secret_as_read

ROWS = 25
FOUND = 20
WAITING, IN_REWORK, OVERDUE, WITH_REJECTED, UNPRICED = "open", "rework", "overdue", "rejected", "unpriced"
STATES = [
    ("", _("All")),
    (WAITING, _("To be inspected")),
    (IN_REWORK, _("In rework")),
    (OVERDUE, _("In rework for too long")),
    (WITH_REJECTED, _("With rejected pieces")),
    (UNPRICED, _("Accepted, without a price")),
]
OLDEST, NEWEST = "oldest", "newest"
SORTS = [(OLDEST, _("Oldest first")), (NEWEST, _("Newest first"))]
_IN_STATE = {
    WAITING: Q(open_quantity__gt=0),
    IN_REWORK: Q(rework_quantity__gt=0),
    WITH_REJECTED: Q(rejected_quantity__gt=0),
    UNPRICED: Q(unpriced_quantity__gt=0),
}
SUMS = tuple(name for place, name in COUNTERS.items() if place != Pieces.MAKER)


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for among deliveries."""

    text: str = ""
    state: str = ""
    newest: bool = False


def found_among(deliveries: QuerySet[Delivery], wanted: Wanted) -> QuerySet[Delivery]:
    if wanted.state == OVERDUE:
        deliveries = overdue_among(deliveries)
    if wanted.state in _IN_STATE:
        deliveries = deliveries.filter(_IN_STATE[wanted.state])
    text = wanted.text.strip()
    if text.upper().startswith(("SRH-", "PSN-")):
        return deliveries.filter(Q(code=text.upper()) | Q(share__line__order__code=text.upper()))
    for word in search_words(text):
        deliveries = deliveries.filter(share__maker__search_text__contains=word)
    return deliveries


def overdue_among(deliveries: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """Of these, the ones with pieces that are in rework for longer than agreed: more are there than came lately."""
    agreed = clock.now() - timedelta(days=settings.REWORK_DAYS)
    lately = Move.objects.filter(delivery=OuterRef("pk"), to_place=Pieces.REWORK, made_at__gt=agreed)
    came = Subquery(lately.order_by().values("delivery").annotate(sum=Sum("quantity")).values("sum"))
    return deliveries.filter(rework_quantity__gt=0).filter(rework_quantity__gt=Coalesce(came, 0))


@dataclass(frozen=True)
class Waiting:
    """What waits in deliveries of one kind: how many, and the first of them."""

    count: int
    pieces: int
    first: Delivery


def waiting_by_state() -> dict[str, Waiting]:
    """What is to be inspected, in rework for too long, or has no price; two queries, one when nothing waits."""
    every = Delivery.objects.order_by()
    asked = {
        WAITING: (every.filter(_IN_STATE[WAITING]), "open_quantity"),
        OVERDUE: (overdue_among(every), "rework_quantity"),
        UNPRICED: (every.filter(_IN_STATE[UNPRICED]), "unpriced_quantity"),
    }
    counts = [_counted(found, state, counter) for state, (found, counter) in asked.items()]
    rows = {state: rest for state, *rest in counts[0].union(*counts[1:], all=True) if rest[0]}
    if not rows:
        return {}
    firsts = {pk for _count, _pieces, pk in rows.values()}
    found = Delivery.objects.select_related("share__line__order", "share__line__kind", "share__maker__party")
    by_pk = found.in_bulk(firsts)
    return {state: Waiting(count, pieces, by_pk[pk]) for state, (count, pieces, pk) in rows.items()}


def _counted(found: QuerySet[Delivery], state: str, counter: str) -> QuerySet[Any, Any]:
    """One row: the state, how many, of how many pieces, and the first."""
    counts = found.values(state=Value(state))
    return counts.annotate(count=Count("pk"), pieces=Sum(counter), first=Min("pk")).values_list(
        "state", "count", "pieces", "first"
    )


def delivery_page(
    deliveries: QuerySet[Delivery], wanted: Wanted, *, after: str, before: str
) -> Page[Delivery]:
    by = ("-delivered_on", "-pk") if wanted.newest else ("delivered_on", "pk")
    return page_of(found_among(deliveries, wanted), by=by, after=after, before=before, size=ROWS)


def exported(deliveries: QuerySet[Delivery], wanted: Wanted) -> Iterator[Delivery]:
    found = found_among(deliveries, wanted)
    return found.order_by("delivered_on", "pk").iterator(chunk_size=2000)


def shares_to_deliver(text: str = "") -> list[Share]:
    """Confirmed shares of which pieces are still to come, by the code on a sheet or the maker's name."""
    shares: QuerySet[Any] = shares_counted(Share.objects.filter(state__in=CONFIRMED_STATES))
    shares = shares.filter(
        line__order__cancelled_at__isnull=True,
        line__order__finished_at__isnull=True,
        delivered__lt=F("confirmed_quantity") - F("released_quantity"),
    )
    if (key := _share_of_code(text)) is not None:
        return list(shares.filter(pk=key))
    for word in search_words(text):
        shares = shares.filter(maker__search_text__contains=word)
    return list(shares.order_by("line__order__due_on", "pk")[:FOUND])


def _share_of_code(text: str) -> int | None:
    secret = secret_as_read(text.strip())
    link = any_link(secret) if len(secret) == SECRET_LENGTH else None
    if link is None or link.purpose != LinkPurpose.ANSWER_SHARE:
        return None
    return int(link.subject.removeprefix("share:"))


def shares_counted(shares: QuerySet[Share]) -> QuerySet[Any]:
    """Shares with the sums of their deliveries (`delivered`, `open_pieces`, `accepted`, and so on)."""
    return shares.select_related(
        "line__order", "line__kind", "maker__party", "maker__owner", "maker__village", "collection_point"
    ).annotate(
        delivered=_sum("delivered_quantity"),
        open_pieces=_sum("open_quantity"),
        accepted=_sum("accepted_quantity"),
        by_sample=_sum("by_sample_quantity"),
        rework=_sum("rework_quantity"),
        rejected=_sum("rejected_quantity"),
    )


def _sum(counter: str) -> Coalesce:
    of_share = Delivery.objects.filter(share=OuterRef("pk")).order_by().values("share")
    return Coalesce(Subquery(of_share.annotate(sum=Sum(counter)).values("sum")), 0)


def shares_of_order(order: Order) -> QuerySet[Any]:
    """What each maker of an order holds, and what became of it."""
    return shares_counted(Share.objects.filter(line__order=order, state__in=CONFIRMED_STATES))


@dataclass(frozen=True)
class LineCounted:
    """A line with the sums of its deliveries."""

    line: OrderLine
    sums: dict[str, int]

    @property
    def to_come(self) -> int:
        return self.line.confirmed_quantity - self.sums["delivered"]


def lines_counted(order: Order) -> list[LineCounted]:
    """Each line of an order, which comes with its lines, with its sums, in one query."""
    counted = {
        f"{name.removesuffix('_quantity')}": Sum(name, default=0) for name in ("delivered_quantity", *SUMS)
    }
    deliveries: QuerySet[Any, Any] = Delivery.objects.filter(share__line__order=order).order_by()
    rows: list[dict[str, int]] = list(deliveries.values("share__line").annotate(**counted))
    by_line = {row["share__line"]: row for row in rows}
    none = dict.fromkeys(counted, 0)
    return [LineCounted(line, by_line.get(line.pk, none)) for line in order.lines.all()]


def deliveries_of_share(share: Share) -> list[Delivery]:
    """The deliveries of a share with what was found, oldest first."""
    found = share.deliveries.select_related("collection_point").prefetch_related("inspections__findings")
    return list(found.order_by("pk"))


def deliveries_of_shares(shares: QuerySet[Share]) -> list[Delivery]:
    """The deliveries of several shares with their makers, the newest first."""
    found = Delivery.objects.filter(share__in=shares.order_by().values("pk"))
    found = found.select_related("share__maker__party", "share__maker__village", "share__line__kind")
    return list(found.prefetch_related("inspections__findings").order_by("-pk")[:200])
