"""The register as a list: filtered, searched, page by page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from foundation import clock
from foundation.paging import MOST_COUNTED, counted
from lumbung.makers import rules
from lumbung.makers.choices import MakerKind, MakerState
from lumbung.makers.models import BusyWeek, Good, Household, Maker
from lumbung.makers.rules import Known
from lumbung.people.models import Person

PAGE = 50
FEW_GOODS = 20_000
"""So many makers of a kind are gathered from its goods; where there are more, every maker is asked."""
SHOWN = (
    "kind",
    "households",
    "state",
    "sort_name",
    "party__name",
    "village__name",
    "village__district__name",
    "village__district__regency__short_name",
)
MOST_ASKED = 900
"""A statement takes only so many numbers; beyond, the whole table is read."""


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the register."""

    text: str = ""
    regency: str = ""
    kind: str = ""
    state: str = ""


def found_among(makers: QuerySet[Maker], wanted: Wanted) -> QuerySet[Maker]:
    """The makers that fit, by name. Every word must be in the maker's or the place's name, as it sounds."""
    if wanted.regency:
        makers = makers.filter(village__code__startswith=f"{wanted.regency}.")
    if wanted.state:
        makers = makers.filter(state=wanted.state)
    if wanted.kind:
        makers = makers.filter(_making(wanted.kind))
    for word in rules.search_words(wanted.text):
        makers = makers.filter(search_text__contains=word)
    return makers.order_by("sort_name", "pk")


def _making(kind: str) -> Q | Exists:
    goods = Good.objects.filter(kind=kind, stopped_on__isnull=True)
    if goods[: FEW_GOODS + 1].count() > FEW_GOODS:
        return Exists(goods.filter(maker=OuterRef("pk")))
    return Q(pk__in=goods.values("maker"))


@dataclass(frozen=True)
class Page:
    """Some rows of a long list, and where the pages before and after begin."""

    makers: list[Maker]
    first: int
    total: int | None
    """None where there are more than a page counts."""
    before: int | None
    after: int | None

    @property
    def last(self) -> int:
        return self.first + len(self.makers) - 1


def page_of(
    makers: QuerySet[Maker], *, after: int = 0, before: int = 0, first: int = 1, size: int = PAGE
) -> Page:
    """The rows behind the maker `after`, or in front of `before`; `first` is the number of the first row.

    What a search leaves over is read in one pass: where it can be counted, its keys tell the page as well.
    """
    total = None
    if makers.query.where:
        keys = list(makers.values_list("pk", flat=True)[: MOST_COUNTED + 1])
        if len(keys) <= MOST_COUNTED:
            if not keys or not (before or after) or (before or after) in keys:
                return _page_among(keys, after=after, before=before, size=size)
            total = len(keys)
    else:
        total = counted(makers)
    edge = Maker.objects.filter(pk=before or after).values_list("sort_name", "pk").first()
    chosen = _walked(makers, edge, backwards=bool(before), most=size + 1)
    more, chosen = len(chosen) > size, chosen[:size]
    if before:
        chosen.reverse()
    has_before = more if before else edge is not None
    has_after = more or bool(before)
    return Page(
        makers=_whole(chosen),
        first=max(1, first) if edge else 1,
        total=total,
        before=chosen[0] if chosen and has_before else None,
        after=chosen[-1] if chosen and has_after else None,
    )


def _page_among(keys: list[int], *, after: int, before: int, size: int) -> Page:
    """A page of a list whose every key is known."""
    if not keys:
        return Page([], 0, 0, None, None)
    end = keys.index(before) if before else None
    start = max(0, end - size) if end is not None else keys.index(after) + 1 if after else 0
    chosen = keys[start : min(start + size, len(keys) if end is None else end)]
    return Page(
        makers=_whole(chosen),
        first=start + 1,
        total=len(keys),
        before=chosen[0] if chosen and start else None,
        after=chosen[-1] if chosen and start + len(chosen) < len(keys) else None,
    )


def _walked(
    makers: QuerySet[Maker], edge: tuple[str, int] | None, *, backwards: bool, most: int
) -> list[int]:
    """Keys from an edge on; the bound on the name lets the database enter its index there."""
    if edge and backwards:
        makers = makers.filter(sort_name__lte=edge[0]).exclude(sort_name=edge[0], pk__gte=edge[1])
    elif edge:
        makers = makers.filter(sort_name__gte=edge[0]).exclude(sort_name=edge[0], pk__lte=edge[1])
    order = ("-sort_name", "-pk") if backwards else ("sort_name", "pk")
    return list(makers.order_by(*order).values_list("pk", flat=True)[:most])


def _whole(chosen: list[int]) -> list[Maker]:
    """The rows of these keys, with all that a list shows of them, and no more."""
    goods = Good.objects.filter(stopped_on__isnull=True).select_related("kind").order_by("pk")
    makers = Maker.objects.select_related("party", "village__district__regency").only(*SHOWN)
    by_number = makers.prefetch_related(Prefetch("goods", queryset=goods)).in_bulk(chosen)
    return [by_number[number] for number in chosen]


# One maker's page


def goods_of(maker: Maker) -> list[Good]:
    """What the maker makes, and what it no longer makes at the end."""
    return sorted(
        maker.goods.select_related("kind").order_by("kind__name"), key=lambda g: g.stopped_on is not None
    )


def busy_weeks_of(maker: Maker, *, weeks: int = 12) -> dict[date, BusyWeek]:
    """Monday → the busy week, from this week on."""
    mondays = rules.mondays_from(clock.today(), weeks)
    return {week.monday: week for week in maker.busy_weeks.filter(monday__range=(mondays[0], mondays[-1]))}


def houses_of(maker: Maker) -> QuerySet[Household]:
    """The households of a group: those there now first."""
    return maker.houses.select_related("person").order_by(
        F("left_on").asc(nulls_first=True), "person__full_name", "pk"
    )


def known_of(persons: Collection[int]) -> Known:
    """What the register knows of these persons: the groups they count in, the workshops they own."""
    numbers = list(persons) if len(persons) <= MOST_ASKED else None
    houses = Household.objects.filter(left_on__isnull=True)
    shops = Maker.objects.filter(kind=MakerKind.WORKSHOP).exclude(state=MakerState.CLOSED)
    if numbers is not None:
        houses, shops = houses.filter(person__in=numbers), shops.filter(owner__in=numbers)
    return Known(
        groups=dict(houses.values_list("person", "maker__party__name")),
        workshops=dict(shops.values_list("owner", "party__name")),
    )


def same_entry(*, name: str, owner: Person, village_code: str) -> Maker | None:
    """The maker that stands in the register under this name, owner and village."""
    found = Maker.objects.filter(owner=owner, village=village_code, party__name__iexact=rules.tidy(name))
    return found.first()


def known_person(*, full_name: str, phone: str) -> Person | None:
    """The person whom the office already knows by this name and number."""
    if not phone:
        return None
    return Person.objects.filter(phone=phone, full_name__iexact=rules.tidy(full_name)).order_by("pk").first()


def names_of(keys: Collection[str]) -> dict[str, str]:
    """What makers are called, by their keys in the records."""
    numbers = {int(key.partition(":")[2]): key for key in keys if key.partition(":")[2].isdigit()}
    rows = Maker.objects.filter(pk__in=numbers).values_list("pk", "party__name", "village__name")
    return {numbers[number]: f"{name}, {village}" for number, name, village in rows}
