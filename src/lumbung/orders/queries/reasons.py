"""Who waits without a share of an order, and by which way the reason reaches them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lumbung.makers.models import Maker
from lumbung.orders.choices import SentBy, SplitState
from lumbung.orders.models import Order, ReasonTold, Share, SplitRow
from lumbung.orders.queries.own_reasons import HEAVY, SHOWN_WITH
from lumbung.orders.queries.sending import ROWS, behind_edge
from lumbung.orders.queries.shares import captains_with_a_phone, through_captain
from lumbung.people.models import Person

BY_VILLAGE = ("village_id", "sort_name", "pk")


def rows_without_share(order: Order) -> QuerySet[SplitRow]:
    """The rows of the order's decided plans that give nothing."""
    return SplitRow.objects.filter(
        split__line__order=order, split__state=SplitState.DECIDED, split__parent__isnull=True, quantity=0
    )


def waiting_of(order: Order) -> QuerySet[Maker]:
    """Every maker, eligible or not, to whom no share of the order was ever offered."""
    shares = Share.objects.filter(line__order=order).values("maker")
    rows = rows_without_share(order).values("maker")
    return Maker.objects.filter(~Q(pk__in=shares), pk__in=rows).select_related(*SHOWN_WITH)


def in_plans_of(order: Order) -> QuerySet[Maker]:
    """Makers to whom a decided plan gave nothing, whether or not a later plan did."""
    return Maker.objects.filter(pk__in=rows_without_share(order).values("maker")).select_related(*SHOWN_WITH)


def untold_of(order: Order) -> QuerySet[Maker]:
    return waiting_of(order).exclude(pk__in=ReasonTold.objects.filter(order=order).values("maker"))


def by_whatsapp_of(order: Order) -> QuerySet[Maker]:
    """One tap each: not through a captain, and not on paper."""
    return untold_of(order).filter(~through_captain("party")).exclude(owner__phone="")


def by_captain_of(order: Order) -> QuerySet[Maker]:
    return untold_of(order).filter(through_captain("party"))


def on_paper_of(order: Order, village: str = "", *, everybody: bool = False) -> QuerySet[Maker]:
    """Makers without a phone, those noted as told on paper too, so that a lost sheet can be printed again."""
    found = waiting_of(order)
    if village:
        found = found.filter(village=village)
    if everybody:
        return found.order_by("sort_name", "pk")
    paper = ReasonTold.objects.filter(order=order, maker=OuterRef("pk"), through=SentBy.SHEET)
    return found.filter(Q(owner__phone="") & ~through_captain("party") | Exists(paper)).order_by(
        "sort_name", "pk"
    )


@dataclass(frozen=True)
class VillageTally:
    """Who waits untold in a village, by way."""

    code: str
    name: str
    whatsapp: int
    captain: int
    paper: int


@dataclass(frozen=True)
class Counts:
    """The queue by village and by way."""

    villages: Sequence[VillageTally]
    told: int

    @property
    def whatsapp(self) -> int:
        return sum(village.whatsapp for village in self.villages)

    @property
    def captain(self) -> int:
        return sum(village.captain for village in self.villages)

    @property
    def paper(self) -> int:
        return sum(village.paper for village in self.villages)

    @property
    def untold(self) -> int:
        return self.whatsapp + self.captain + self.paper

    def by_whatsapp_in(self, village: str) -> int:
        """How many wait for one tap each, in this village or (empty) in all."""
        return sum(one.whatsapp for one in self.villages if village in {"", one.code})


def counts_of(order: Order) -> Counts:
    """Two queries, however long the queue."""
    found = (
        untold_of(order)
        .select_related(None)
        .annotate(through=through_captain("party"))
        .order_by("village_id")
    )
    rows = found.values_list("village_id", "village__name").annotate(
        whatsapp=Count("pk", filter=Q(through=False) & ~Q(owner__phone="")),
        captain=Count("pk", filter=Q(through=True)),
        paper=Count("pk", filter=Q(through=False, owner__phone="")),
    )
    told = ReasonTold.objects.filter(order=order).count()
    return Counts([VillageTally(*row) for row in rows.order_by("village_id")], told)


@dataclass(frozen=True)
class CaptainTally:
    person: Person
    makers: int


def captains_waiting(order: Order) -> list[CaptainTally]:
    """Each captain with makers that wait and were not told."""
    parties = untold_of(order).select_related(None).values("party")
    rows = (
        captains_with_a_phone()
        .filter(party__in=parties)
        .values_list("person")
        .annotate(makers=Count("party", distinct=True))
    )
    counted: dict[int, int] = dict(rows.order_by())
    persons = Person.objects.filter(pk__in=counted).order_by("full_name", "pk")
    return [CaptainTally(person, counted[person.pk]) for person in persons]


def waiting_of_captain(order: Order, captain: Person) -> QuerySet[Maker]:
    """The makers of a captain's groups that wait, told or not."""
    parties = captains_with_a_phone().filter(person=captain).values("party")
    return waiting_of(order).filter(party__in=parties).order_by("sort_name", "pk")


@dataclass(frozen=True)
class Rows:
    """A page of the queue."""

    makers: list[Maker]
    first: int
    total: int
    after: int | None

    @property
    def last(self) -> int:
        return self.first + len(self.makers) - 1


def rows_of(makers: QuerySet[Maker], *, after: int | None, total: int | None = None) -> Rows:
    """A page, village by village, behind the maker `after`, who may have left the queue meanwhile."""
    edge = Maker.objects.filter(pk=after).values_list(*BY_VILLAGE).first() if after else None
    bare = makers.select_related(None)
    total = bare.count() if total is None else total
    beyond = bare.filter(behind_edge(BY_VILLAGE, edge)) if edge else bare
    keys = list(beyond.order_by(*BY_VILLAGE).values_list("pk", flat=True)[: ROWS + 1])
    whole = Maker.objects.select_related(*SHOWN_WITH).in_bulk(keys[:ROWS])
    first = max(1, total - beyond.count() + 1) if edge else 1
    return Rows(
        [whole[key] for key in keys[:ROWS]], first, total, keys[ROWS - 1] if len(keys) > ROWS else None
    )


def reasons_of(order: Order, makers: Sequence[Maker]) -> dict[int, SplitRow]:
    """The row that says why, for each of these makers: of the first line in which they stand."""
    rows = rows_without_share(order).filter(maker__in=[maker.pk for maker in makers])
    found: dict[int, SplitRow] = {}
    for row in rows.select_related("split__line__kind").defer(*HEAVY).order_by("split__line_id"):
        found.setdefault(row.maker_id, row)
    return found


def told_about(order: Order, makers: Sequence[Maker]) -> dict[int, ReasonTold]:
    rows = ReasonTold.objects.filter(order=order, maker__in=[maker.pk for maker in makers])
    return {told.maker_id: told for told in rows}


def told_of(order: Order) -> QuerySet[Maker]:
    """Who was told already, whether or not they have got a share since."""
    return Maker.objects.filter(pk__in=ReasonTold.objects.filter(order=order).values("maker")).select_related(
        *SHOWN_WITH
    )
