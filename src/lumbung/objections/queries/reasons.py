"""Who waits without a share of an order, why, and who was told."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from lumbung.makers.models import Maker
from lumbung.objections.models import ReasonTold
from lumbung.objections.queries.own_reasons import HEAVY, SHOWN_WITH
from lumbung.orders.choices import SentBy, SplitState
from lumbung.orders.models import Order, Share, SplitRow
from lumbung.orders.queries.shares import captains_with_a_phone, through_captain
from lumbung.people.models import Person


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


def waiting_of_captain(order: Order, captain: Person) -> QuerySet[Maker]:
    """The makers of a captain's groups that wait, told or not."""
    parties = captains_with_a_phone().filter(person=captain).values("party")
    return waiting_of(order).filter(party__in=parties).order_by("sort_name", "pk")


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
    told = ReasonTold.objects.filter(order=order).values("maker")
    return Maker.objects.filter(pk__in=told).select_related(*SHOWN_WITH)
