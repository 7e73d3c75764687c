"""The queue of offers to be sent: counts, villages, captains, and the rows page by page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from foundation import clock
from lumbung.makers.models import Maker
from lumbung.orders.choices import SentBy, ShareState
from lumbung.orders.models import Order, Share
from lumbung.orders.queries.shares import captains_of
from lumbung.orders.rules.sending import way_of
from lumbung.people.models import Person

ROWS = 50
BY_VILLAGE = ("maker__village_id", "maker__sort_name", "pk")
BY_TERM = ("answer_until", "pk")
SHOWN_WITH = (
    "line__order",
    "line__kind",
    "maker__party",
    "maker__owner",
    "maker__village__district__regency",
    "collection_point",
)


@dataclass
class VillageTally:
    """What waits in one village."""

    code: str
    name: str
    unsent: int = 0
    on_paper: int = 0


@dataclass
class CaptainTally:
    """What waits for one captain."""

    person: Person
    shares: int = 0
    quantity: int = 0


@dataclass
class Queue:
    """All unsent offers of an order, counted by way, by village, by captain."""

    by_way: Counter[SentBy] = field(default_factory=Counter)
    villages: list[VillageTally] = field(default_factory=list)
    captains: list[CaptainTally] = field(default_factory=list)
    through_captains: set[int] = field(default_factory=set)
    """The shares that go through a captain."""

    @property
    def unsent(self) -> int:
        return sum(self.by_way.values())


@dataclass(frozen=True)
class Rows:
    """A page of the queue."""

    shares: list[Share]
    first: int
    total: int
    after: int | None
    """The share behind which the next page begins, if there is one."""

    @property
    def last(self) -> int:
        return self.first + len(self.shares) - 1


def offers_of(order: Order) -> QuerySet[Share]:
    """The order's open offers, with all that a row shows."""
    return Share.objects.filter(line__order=order, state=ShareState.OFFERED).select_related(*SHOWN_WITH)


def unsent_of(order: Order) -> QuerySet[Share]:
    return offers_of(order).filter(sent_at__isnull=True)


def by_whatsapp_of(order: Order, queue: Queue) -> QuerySet[Share]:
    """What waits for one tap each: not through a captain, and not on paper."""
    return unsent_of(order).exclude(pk__in=queue.through_captains).exclude(maker__owner__phone="")


def running_of(order: Order) -> QuerySet[Share]:
    """Offers that were sent and whose makers may still answer."""
    return offers_of(order).filter(answer_until__gt=clock.now())


def queue_of(order: Order) -> Queue:
    """Count what is unsent; two queries, however long the queue."""
    unsent = unsent_of(order).select_related(None)
    captains = captains_of(Maker.objects.filter(shares__in=unsent))
    rows = unsent.order_by("maker__village_id").values_list(
        "pk", "maker_id", "quantity", "maker__owner__phone", "maker__village_id", "maker__village__name"
    )
    queue = Queue()
    villages: dict[str, VillageTally] = {}
    by_captain: dict[int, CaptainTally] = {}
    for pk, maker, quantity, phone, code, name in rows:
        captain = captains.get(maker)
        way = way_of(phone=phone, captain_phone=captain.phone if captain else None)
        queue.by_way[way] += 1
        if captain and way == SentBy.CAPTAIN:
            tally = by_captain.setdefault(captain.pk, CaptainTally(captain))
            tally.shares, tally.quantity = tally.shares + 1, tally.quantity + quantity
            queue.through_captains.add(pk)
            continue
        village = villages.setdefault(code, VillageTally(code, name))
        village.unsent += 1
        village.on_paper += way == SentBy.SHEET
    queue.villages = list(villages.values())
    queue.captains = sorted(by_captain.values(), key=lambda tally: tally.person.full_name)
    return queue


def rows_of(shares: QuerySet[Share], *, by: Sequence[str], after: int | None) -> Rows:
    """A page of shares in this order, behind the share `after`, which may have left the queue meanwhile."""
    edge = Share.objects.filter(pk=after).values_list(*by).first() if after else None
    total = shares.count()
    beyond = shares.filter(behind_edge(by, edge)) if edge else shares
    found = list(beyond.order_by(*by)[: ROWS + 1])
    more, found = len(found) > ROWS, found[:ROWS]
    first = total - beyond.count() + 1 if edge else 1
    return Rows(found, first if found else 0, total, found[-1].pk if more else None)


def behind_edge(by: Sequence[str], edge: Sequence[object]) -> Q:
    """Rows greater than the edge in the first column that differs."""
    behind, level = Q(pk__in=[]), Q()
    for column, value in zip(by, edge, strict=True):
        behind |= level & Q(**{f"{column}__gt": value})
        level &= Q(**{column: value})
    return behind


def on_sheet_of(order: Order, village: str, *, everybody: bool) -> list[Share]:
    """Whose offers stand on a village's sheet: makers without a phone, or all whose offer is open.

    What was handed out on paper stays on the sheet, so that a lost one can be printed again; what goes through
    a captain has its own list.
    """
    shares = offers_of(order).filter(maker__village_id=village).order_by("maker__sort_name", "pk")
    if not everybody:
        shares = shares.filter(Q(maker__owner__phone="") | Q(sent_through=SentBy.SHEET))
    return list(shares)


def villages_with_sheets(order: Order) -> list[VillageTally]:
    """Where sheets were handed out and are not answered yet: a lost one can be printed again."""
    rows = (
        running_of(order)
        .select_related(None)
        .filter(sent_through=SentBy.SHEET)
        .values_list("maker__village_id", "maker__village__name")
        .annotate(offers=Count("id"))
        .order_by("maker__village_id")
    )
    return [VillageTally(code, name, on_paper=offers) for code, name, offers in rows]


def villages_with_offers(order: Order) -> dict[str, str]:
    """Code and name of every village where an offer is open."""
    rows = offers_of(order).select_related(None).order_by("maker__village_id")
    return dict(rows.values_list("maker__village_id", "maker__village__name").distinct())
