"""The queue of reasons to be told: who waits untold and by which way, counted and page by page.

The keys of all who wait are gathered once, with what tells their way and their place; numbers, villages, captains
and pages come from these keys, and only the rows of a page are read whole.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from typing import NamedTuple

from foundation.paging import behind
from lumbung.makers.models import Maker
from lumbung.objections.models import ReasonTold
from lumbung.objections.queries.own_reasons import SHOWN_WITH
from lumbung.objections.queries.reasons import rows_without_share, told_of
from lumbung.orders.choices import SentBy
from lumbung.orders.models import Order, Share
from lumbung.orders.queries.sending import ROWS
from lumbung.orders.queries.shares import captains_with_a_phone
from lumbung.orders.rules.sending import way_of
from lumbung.people.models import Person
from lumbung.places.queries import place_names, regency_names
from lumbung.places.rules.marks import regency_of

BY_VILLAGE = ("village_id", "sort_name", "pk")


class Untold(NamedTuple):
    """A maker who waits and was not told; the columns in which the queue is ordered come first."""

    village: str
    sort_name: str
    pk: int
    party: int
    way: SentBy


@dataclass(frozen=True)
class VillageTally:
    code: str
    name: str
    makers: int


@dataclass(frozen=True)
class CaptainTally:
    person: Person
    makers: int


@dataclass(frozen=True)
class Page:
    """Some makers of the queue, which they are, and the one behind whom the next page begins."""

    makers: list[Maker]
    first: int
    total: int
    after: int | None = None

    @property
    def last(self) -> int:
        return self.first + len(self.makers) - 1


@dataclass(frozen=True)
class Queue:
    """All who wait untold, and how many were told."""

    waiting: Sequence[Untold]
    captains: Mapping[int, Sequence[int]]
    """Party → persons who answer for it and have a phone."""
    told: int

    @cached_property
    def _by_way(self) -> Counter[SentBy]:
        return Counter(one.way for one in self.waiting)

    @property
    def whatsapp(self) -> int:
        return self._by_way[SentBy.WHATSAPP]

    @property
    def captain(self) -> int:
        return self._by_way[SentBy.CAPTAIN]

    @property
    def paper(self) -> int:
        return self._by_way[SentBy.SHEET]

    @property
    def untold(self) -> int:
        return len(self.waiting)

    def within(self, way: SentBy, *, regency: str = "", village: str = "") -> list[Untold]:
        """Who waits by this way, in all places or in one."""
        found = [one for one in self.waiting if one.way == way]
        if village:
            return [one for one in found if one.village == village]
        return [one for one in found if regency_of(one.village) == regency] if regency else found


def queue_of(order: Order) -> Queue:
    """Four queries, however long the queue."""
    captains: dict[int, list[int]] = defaultdict(list)
    for party, person in captains_with_a_phone().values_list("party_id", "person_id"):
        captains[party].append(person)
    gone = set(Share.objects.filter(line__order=order).values_list("maker_id", flat=True))
    told = set(ReasonTold.objects.filter(order=order).values_list("maker_id", flat=True))
    rows = rows_without_share(order).values_list(
        "maker__village_id", "maker__sort_name", "maker_id", "maker__party_id", "maker__owner__phone"
    )
    waiting = {
        pk: Untold(village, name, pk, party, _way(phone, is_led=party in captains))
        for village, name, pk, party, phone in rows
        if pk not in gone and pk not in told
    }
    return Queue(list(waiting.values()), captains, len(told))


def _way(phone: str, *, is_led: bool) -> SentBy:
    return way_of(phone=phone, captain_phone="known" if is_led else None)


def regencies_of(waiting: Sequence[Untold]) -> dict[str, str]:
    """Code and name of every regency where somebody of these waits."""
    codes = {regency_of(village) for village in {one.village for one in waiting}}
    return {code: name for code, name in regency_names().items() if code in codes}


def villages_of(waiting: Sequence[Untold]) -> list[VillageTally]:
    """Where these wait, and how many in each village."""
    counted = Counter(one.village for one in waiting)
    names = place_names(counted)
    return [VillageTally(code, names[code], makers) for code, makers in sorted(counted.items())]


def captains_waiting(queue: Queue) -> list[CaptainTally]:
    """Each captain with makers that wait and were not told."""
    led = queue.within(SentBy.CAPTAIN)
    counted = Counter(person for one in led for person in set(queue.captains[one.party]))
    persons = Person.objects.filter(pk__in=counted).order_by("full_name", "pk")
    return [CaptainTally(person, counted[person.pk]) for person in persons]


def page_of(waiting: Sequence[Untold], *, after: int | None) -> Page:
    """A page, village by village, behind the maker `after`, who may have left the queue meanwhile."""
    edge = _edge(after) if after else ("", "", 0)
    beyond = [one for one in waiting if one[:3] > edge] if after else waiting
    keys = [one.pk for one in nsmallest(ROWS + 1, beyond)]
    whole = Maker.objects.select_related(*SHOWN_WITH).in_bulk(keys[:ROWS])
    first = len(waiting) - len(beyond) + 1
    return Page(
        [whole[pk] for pk in keys[:ROWS]], first, len(waiting), keys[ROWS - 1] if len(keys) > ROWS else None
    )


def _edge(after: int) -> tuple[str, str, int]:
    row = Maker.objects.filter(pk=after).values_list("village_id", "sort_name", "pk").first()
    return row or ("", "", 0)


def told_page(order: Order, *, after: int | None) -> Page:
    """A page of them, village by village."""
    found = told_of(order).select_related(None)
    edge = Maker.objects.filter(pk=after).values_list(*BY_VILLAGE).first() if after else None
    beyond = found.filter(behind(BY_VILLAGE, edge)) if edge else found
    keys = list(beyond.order_by(*BY_VILLAGE).values_list("pk", flat=True)[: ROWS + 1])
    whole = Maker.objects.select_related(*SHOWN_WITH).in_bulk(keys[:ROWS])
    total = found.count()
    first = max(1, total - beyond.count() + 1) if edge else 1
    rows = [whole[key] for key in keys[:ROWS]]
    return Page(rows, first, total, keys[ROWS - 1] if len(keys) > ROWS else None)
