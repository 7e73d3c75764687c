"""The queue of offers to be sent: counts, villages, captains, and the rows page by page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from foundation import clock
from foundation.paging import Page, Part, behind, page_of, part_of
from lumbung.orders.choices import SentBy, ShareState, SplitState
from lumbung.orders.models import Order, Share, SplitVillage
from lumbung.orders.queries.shares import captains_of, has_captain, through_captain
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
    """What waits in one village: for one tap each, and on paper."""

    code: str
    name: str
    by_whatsapp: int = 0
    on_paper: int = 0


@dataclass(frozen=True)
class CaptainTally:
    """What waits for one captain."""

    person: Person
    shares: int
    quantity: int


@dataclass
class Queue:
    """All unsent offers of an order, counted by way and by village."""

    by_way: Counter[SentBy] = field(default_factory=Counter)
    villages: list[VillageTally] = field(default_factory=list)

    @property
    def on_paper(self) -> list[VillageTally]:
        return [village for village in self.villages if village.on_paper]

    def by_whatsapp_in(self, village: str) -> list[VillageTally]:
        """Where somebody waits for one tap: this village, or (empty) all of them."""
        return [one for one in self.villages if one.by_whatsapp and village in {"", one.code}]

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
    return unsent_of(order).filter(~has_captain("maker__party")).exclude(maker__owner__phone="")


def running_of(order: Order) -> QuerySet[Share]:
    """Offers that were sent and whose makers may still answer."""
    return offers_of(order).filter(answer_until__gt=clock.now())


def queue_of(order: Order) -> Queue:
    """Count what is unsent; one query, however long the queue."""
    rows = (
        unsent_of(order)
        .select_related(None)
        .annotate(captained=through_captain("maker__party"), phoned=~Q(maker__owner__phone=""))
        .order_by("maker__village_id")
        .values_list("maker__village_id", "maker__village__name", "captained", "phoned")
        .annotate(count=Count("pk"))
    )
    queue, villages = Queue(), dict[str, VillageTally]()
    for code, name, captained, phoned, count in rows:
        way = SentBy.CAPTAIN if captained else SentBy.WHATSAPP if phoned else SentBy.SHEET
        queue.by_way[way] += count
        if not captained:
            tally = villages.setdefault(code, VillageTally(code, name))
            tally.by_whatsapp += count if phoned else 0
            tally.on_paper += 0 if phoned else count
    queue.villages = list(villages.values())
    return queue


def captains_waiting(order: Order, *, after: int | None) -> tuple[list[CaptainTally], Part[int]]:
    """Captains to whom a message was not sent yet, by name, behind the captain `after`."""
    unsent = unsent_of(order).select_related(None).filter(through_captain("maker__party"))
    captains = captains_of(unsent_of(order).values("maker__party"))
    shares, quantity = Counter[int](), Counter[int]()
    for party, count in unsent.order_by("pk").values_list("maker__party", "quantity"):
        shares[captains[party]] += 1
        quantity[captains[party]] += count
    persons = Person.objects.filter(pk__in=shares).order_by("full_name", "pk")
    keys = list(persons.values_list("pk", flat=True))
    part = part_of(keys, after=after, size=ROWS)
    shown = persons.in_bulk(keys[part.start : part.end])
    return [CaptainTally(shown[key], shares[key], quantity[key]) for key in keys[part.start : part.end]], part


def whatsapp_page(order: Order, queue: Queue, *, village: str, after: int | None) -> Rows:
    """Offers that wait for one tap each, village by village, behind the share `after`, which may have left since.

    The tallies tell how many stand in front, and in which villages this page can lie: no more is read.
    """
    edge = Share.objects.filter(pk=after).values_list(*BY_VILLAGE).first() if after else None
    beyond, tallies = by_whatsapp_of(order).select_related(None), queue.by_whatsapp_in(village)
    total, passed = sum(tally.by_whatsapp for tally in tallies), 0
    if edge:
        beyond = beyond.filter(behind(BY_VILLAGE, edge))
        here = sum(tally.by_whatsapp for tally in tallies if tally.code == edge[0])
        passed = sum(tally.by_whatsapp for tally in tallies if tally.code <= edge[0])
        passed -= beyond.filter(maker__village=edge[0]).count() if here else 0
        tallies = [tally for tally in tallies if tally.code >= edge[0]]
    within = beyond.filter(maker__village__in=_enough(tallies, besides=edge[0] if edge else ""))
    keys = list(within.order_by(*BY_VILLAGE).values_list("pk", flat=True)[: ROWS + 1])
    more, keys = len(keys) > ROWS, keys[:ROWS]
    whole = Share.objects.select_related(*SHOWN_WITH).in_bulk(keys)
    found = [whole[key] for key in keys if key in whole]
    return Rows(found, passed + 1 if found else 0, total, found[-1].pk if more and found else None)


def _enough(tallies: Sequence[VillageTally], *, besides: str) -> list[str]:
    """The first villages that hold a page and one more, not counting the one that was begun."""
    codes, found = list[str](), 0
    for tally in tallies:
        codes.append(tally.code)
        found += 0 if tally.code == besides else tally.by_whatsapp
        if found > ROWS:
            break
    return codes


def running_page(shares: QuerySet[Share], *, after: str, before: str) -> Page[Share]:
    """What was sent, the shortest term first."""
    return page_of(shares, by=BY_TERM, after=after, before=before, size=ROWS)


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
    """Code and name of every village where the order's decided plans offered something."""
    plans = SplitVillage.objects.filter(
        split__line__order=order, split__state=SplitState.DECIDED, chosen_makers__gt=0
    )
    return dict(plans.order_by("village_id").values_list("village_id", "village__name").distinct())
