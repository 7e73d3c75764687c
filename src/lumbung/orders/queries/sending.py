"""The queue of offers to be sent: counts, villages, captains, and the rows page by page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from foundation import clock
from lumbung.makers.models import Maker
from lumbung.orders.choices import SentBy, ShareState
from lumbung.orders.models import Order, Share
from lumbung.orders.queries.shares import captains_of, through_captain
from lumbung.people.models import Person

ROWS = 20
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

    def by_whatsapp_in(self, village: str) -> int:
        """How many wait for one tap each, in this village or (empty) in all."""
        return sum(one.unsent - one.on_paper for one in self.villages if village in {"", one.code})

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


def by_whatsapp_of(order: Order) -> QuerySet[Share]:
    """What waits for one tap each: not through a captain, and not on paper."""
    return unsent_of(order).filter(~through_captain("maker__party")).exclude(maker__owner__phone="")


def running_of(order: Order) -> QuerySet[Share]:
    """Offers that were sent and whose makers may still answer."""
    return offers_of(order).filter(answer_until__gt=clock.now())


def queue_of(order: Order) -> Queue:
    """Count what is unsent; three queries, however long the queue."""
    unsent = unsent_of(order).select_related(None).annotate(captained=through_captain("maker__party"))
    rows = (
        unsent.order_by("maker__village_id")
        .values_list("maker__village_id", "maker__village__name")
        .annotate(
            whatsapp=Count("pk", filter=Q(captained=False) & ~Q(maker__owner__phone="")),
            captain=Count("pk", filter=Q(captained=True)),
            paper=Count("pk", filter=Q(captained=False, maker__owner__phone="")),
        )
    )
    queue = Queue()
    for code, name, whatsapp, captain, paper in rows:
        ways = {SentBy.WHATSAPP: whatsapp, SentBy.CAPTAIN: captain, SentBy.SHEET: paper}
        queue.by_way.update({way: count for way, count in ways.items() if count})
        if whatsapp or paper:
            queue.villages.append(VillageTally(code, name, whatsapp + paper, paper))
    if queue.by_way[SentBy.CAPTAIN]:
        queue.captains = _captains_waiting(unsent.filter(captained=True))
    return queue


def _captains_waiting(unsent: QuerySet[Share]) -> list[CaptainTally]:
    captains = captains_of(Maker.objects.filter(shares__in=unsent))
    by_captain: dict[int, CaptainTally] = {}
    for maker, quantity in unsent.order_by("pk").values_list("maker_id", "quantity"):
        tally = by_captain.setdefault(captains[maker].pk, CaptainTally(captains[maker]))
        tally.shares, tally.quantity = tally.shares + 1, tally.quantity + quantity
    return sorted(by_captain.values(), key=lambda tally: tally.person.full_name)


def rows_of(
    shares: QuerySet[Share], *, by: Sequence[str], after: int | None, total: int | None = None
) -> Rows:
    """A page of shares in this order, behind the share `after`, which may have left the queue meanwhile.

    The rows are chosen by their keys first. Who knows how many there are in all gives `total`.
    """
    bare = shares.select_related(None)
    edge = Share.objects.filter(pk=after).values_list(*by).first() if after else None
    total = bare.count() if total is None else total
    beyond = bare.filter(behind_edge(by, edge)) if edge else bare
    keys = list(beyond.order_by(*by).values_list("pk", flat=True)[: ROWS + 1])
    more, keys = len(keys) > ROWS, keys[:ROWS]
    whole = {share.pk: share for share in shares.filter(pk__in=keys).order_by()}
    first = max(1, total - beyond.count() + 1) if edge else 1
    found = [whole[key] for key in keys if key in whole]
    return Rows(found, first if found else 0, total, found[-1].pk if more and found else None)


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
