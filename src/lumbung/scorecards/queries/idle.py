"""Makers who have had no work for long, and what comes after an order."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.paging import Page, page_of
from lumbung.deliveries.models import Delivery
from lumbung.makers.choices import MakerState
from lumbung.makers.models import Maker
from lumbung.makers.queries import WITH_ALL
from lumbung.makers.rules import search_words
from lumbung.money.queries import standing_of
from lumbung.orders.choices import CONFIRMED_STATES, ShareState
from lumbung.orders.models import OrderLine, Share
from lumbung.production.queries import made_of
from lumbung.scorecards.choices import IDLE_DAYS
from lumbung.scorecards.models import Asked

ROWS = 25
MOST_NEXT = 3
MOST_COUNTED = 4_000
HAD, NEVER = "had", "never"
HISTORIES = [("", _("All")), (HAD, _("Had work before")), (NEVER, _("Never had work"))]


def makers_without_work() -> QuerySet[Maker]:
    """Active makers for ninety days without a confirmed share, and with none open. Work lasts until its due date."""
    today = clock.today()
    since = today - timedelta(days=IDLE_DAYS)
    at_work = Share.objects.filter(maker=OuterRef("pk")).filter(
        Q(state=ShareState.OFFERED)
        | Q(state__in=CONFIRMED_STATES, answered_at__gte=clock.start_of(since))
        | Q(state__in=CONFIRMED_STATES, line__order__due_on__gte=since)
    )
    return Maker.objects.filter(
        ~Exists(at_work), state=MakerState.ACTIVE, registered_at__lt=clock.start_of(since)
    ).select_related(*WITH_ALL)


def count_without_work() -> int:
    """How many, counted up to four thousand."""
    return makers_without_work().order_by()[: MOST_COUNTED + 1].count()


@dataclass(frozen=True)
class Wanted:
    """Whom somebody looks for among them."""

    text: str = ""
    history: str = ""
    newest: bool = False


def found_among(makers: QuerySet[Maker], wanted: Wanted) -> QuerySet[Maker]:
    ever = Share.objects.filter(maker=OuterRef("pk"), state__in=CONFIRMED_STATES)
    if wanted.history == HAD:
        makers = makers.filter(Exists(ever))
    elif wanted.history == NEVER:
        makers = makers.filter(~Exists(ever))
    for word in search_words(wanted.text):
        makers = makers.filter(search_text__contains=word)
    return makers


def idle_page(wanted: Wanted, *, after: str, before: str) -> Page[Maker]:
    by = ("-pk",) if wanted.newest else ("pk",)
    found = found_among(makers_without_work(), wanted)
    return page_of(found, by=by, after=after, before=before, size=ROWS)


@dataclass(frozen=True)
class Idle:
    """A maker without work: when the last was due, when the office wrote last."""

    maker: Maker
    last_due_on: date | None
    asked_at: datetime | None


def with_last(makers: Collection[Maker]) -> list[Idle]:
    """Two queries, however many makers."""
    numbers = [maker.pk for maker in makers]
    shares = Share.objects.filter(maker__in=numbers, state__in=CONFIRMED_STATES).order_by()
    last = dict(shares.values_list("maker").annotate(last=Max("line__order__due_on")))
    asked = dict(Asked.objects.filter(maker__in=numbers).values_list("maker").annotate(last=Max("asked_at")))
    return [Idle(maker, last.get(maker.pk), asked.get(maker.pk)) for maker in makers]


def exported(wanted: Wanted) -> Iterator[Idle]:
    some: list[Maker] = []
    for maker in found_among(makers_without_work(), wanted).order_by("pk").iterator(chunk_size=500):
        some.append(maker)
        if len(some) == 500:
            yield from with_last(some)
            some = []
    yield from with_last(some)


# After the order


@dataclass(frozen=True)
class After:
    """What became of a share that was handed over whole."""

    made: int
    delivered: int
    passed: int
    earned_rupiah: int | None
    paid_rupiah: int


def after_share(share: Share) -> After | None:
    """None while pieces of the share are still to come. Three queries."""
    sums = Delivery.objects.filter(share=share).aggregate(
        delivered=Sum("delivered_quantity", default=0),
        passed=Sum(F("accepted_quantity") + F("by_sample_quantity"), default=0),
    )
    if not share.held_quantity or sums["delivered"] < share.held_quantity:
        return None
    standing = standing_of(share.key)
    return After(
        made=made_of([share.pk]).get(share.pk, 0),
        delivered=sums["delivered"],
        passed=sums["passed"],
        earned_rupiah=standing.due_rupiah if standing else None,
        paid_rupiah=standing.paid_rupiah if standing else 0,
    )


def next_orders(share: Share) -> list[OrderLine]:
    """Open lines of the same goods, those due first on top; the own order is not told again."""
    lines = OrderLine.objects.filter(
        kind=share.line.kind_id,
        order__published_at__isnull=False,
        order__cancelled_at__isnull=True,
        order__finished_at__isnull=True,
        order__due_on__gte=clock.today(),
        quantity__gt=F("confirmed_quantity"),
    ).exclude(order=share.line.order_id)
    return list(lines.select_related("order", "kind").order_by("order__due_on", "pk")[:MOST_NEXT])
