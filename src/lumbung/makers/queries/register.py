"""The register as a list: filtered, searched, page by page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from foundation import clock
from foundation.paging import MOST_COUNTED, Order, behind, counted, part_of, turned
from lumbung.makers import rules
from lumbung.makers.choices import MakerKind, MakerState
from lumbung.makers.models import BusyWeek, Good, Household, Maker
from lumbung.makers.rules import Known
from lumbung.people.models import Person
from lumbung.places.models import Village

PAGE = 25
FEW_GOODS = 20_000
"""So many makers of a kind are gathered from its goods; where there are more, every maker is asked."""
BY_NAME = "name"
SORTS: dict[str, Order] = {
    BY_NAME: ("sort_name", "pk"),
    "place": ("village", "sort_name", "pk"),
    "households": ("-households", "sort_name", "pk"),
    "newest": ("-registered_at", "-pk"),
}
"""The orders in which the register can be read, each with an index that holds what a search asks for."""
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
    sort: str = BY_NAME


def found_among(makers: QuerySet[Maker], wanted: Wanted) -> QuerySet[Maker]:
    """The makers that fit, in the order wanted. Every word must be in the maker's or the place's name, as it sounds."""
    making = _making(wanted.kind) if wanted.kind else Q()
    if wanted.regency and isinstance(making, Exists):
        # Many fit: the makers are walked in their order until enough are found, not all of the regency gathered.
        makers = makers.filter(village__code__startswith=f"{wanted.regency}.")
    elif wanted.regency:
        makers = makers.filter(within(wanted.regency))
    if wanted.state:
        makers = makers.filter(state=wanted.state)
    makers = makers.filter(making)
    for word in rules.search_words(wanted.text):
        makers = makers.filter(search_text__contains=word)
    return makers.order_by(*SORTS[wanted.sort])


def within(regency: str) -> Q:
    """By the regency's villages: an index leads to their makers."""
    return Q(village__in=Village.objects.filter(district__regency=regency).order_by())


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
    makers: QuerySet[Maker],
    *,
    sort: str = BY_NAME,
    after: int = 0,
    before: int = 0,
    first: int = 1,
    size: int = PAGE,
    with_goods: bool = True,
) -> Page:
    """The rows behind the maker `after`, or in front of `before`; `first` is the number of the first row.

    What a search leaves over is read in one pass: where it can be counted, its keys tell the page as well.
    """
    total, by = None, SORTS[sort]
    if first > MOST_COUNTED:
        pass  # whoever came so far knows that there are more
    elif makers.query.where:
        keys = list(makers.order_by(*by).values_list("pk", flat=True)[: MOST_COUNTED + 1])
        total = len(keys) if len(keys) <= MOST_COUNTED else None
        if (before or after) in (0, *keys):
            part = part_of(keys, after=after, before=before, size=size)
            if total is not None or part.after:
                shown = _whole(keys[part.start : part.end], with_goods=with_goods)
                return Page(shown, part.first, total, part.before, part.after)
    else:
        total = counted(makers)
    edge = Maker.objects.filter(pk=before or after).values_list(*_bare(by)).first()
    chosen = _walked(makers, turned(by) if before else by, edge, most=size + 1)
    more, chosen = len(chosen) > size, chosen[:size]
    if before:
        chosen.reverse()
    has_before = more if before else edge is not None
    has_after = more or bool(before)
    return Page(
        makers=_whole(chosen, with_goods=with_goods),
        first=max(1, first) if edge else 1,
        total=total,
        before=chosen[0] if chosen and has_before else None,
        after=chosen[-1] if chosen and has_after else None,
    )


def _bare(by: Order) -> list[str]:
    return [name.removeprefix("-") for name in by]


def _walked(makers: QuerySet[Maker], by: Order, edge: Sequence[object] | None, *, most: int) -> list[int]:
    """Keys in this order, from an edge on."""
    found = makers.filter(behind(by, edge)) if edge else makers
    return list(found.order_by(*by).values_list("pk", flat=True)[:most])


def _whole(chosen: list[int], *, with_goods: bool) -> list[Maker]:
    """The rows of these keys, with all that a list shows of them, and no more."""
    makers = Maker.objects.select_related("party", "village__district__regency").only(*SHOWN)
    if with_goods:
        goods = Good.objects.filter(stopped_on__isnull=True).select_related("kind").order_by("pk")
        makers = makers.prefetch_related(Prefetch("goods", queryset=goods))
    by_number = makers.in_bulk(chosen)
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
