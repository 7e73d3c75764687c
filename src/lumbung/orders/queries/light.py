"""What the public pages of an order show: how full it is, and why it is split so."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum

from foundation import clock
from lumbung.orders.choices import CONFIRMED_STATES, ShareState, SplitState
from lumbung.orders.models import Order, OrderLine, Share, Split
from lumbung.orders.rules.grouping import PlaceSum
from lumbung.places.rules import MapPoint

BULKY = ("snapshot", "certificate", "frontier")


@dataclass(frozen=True)
class Light:
    """How a line stands at this moment, in units."""

    line: OrderLine
    waiting: int = 0
    """With makers who may still answer."""
    makers: int = 0
    """Who hold a confirmed share."""
    is_split: bool = False

    @property
    def confirmed(self) -> int:
        return self.line.confirmed_quantity

    @property
    def remaining(self) -> int:
        return self.line.remaining_quota

    @property
    def unplaced(self) -> int:
        """With nobody at this moment: to be split, or to be split again."""
        return self.remaining - self.waiting


def public_orders() -> QuerySet[Order]:
    """What everybody may open by its number; cancelled ones too, to say so."""
    published = Order.objects.filter(published_at__isnull=False)
    return published.select_related("buyer").prefetch_related("lines__kind")


def lights_of(order: Order) -> list[Light]:
    """Each line as it stands now; one query besides the order's own."""
    at = clock.now()
    waiting = Q(state=ShareState.OFFERED) & (Q(answer_until__isnull=True) | Q(answer_until__gt=at))
    holding = Q(state__in=CONFIRMED_STATES, confirmed_quantity__gt=F("released_quantity"))
    rows = (
        Share.objects.filter(line__order=order)
        .values_list("line")
        .annotate(
            waiting=Sum("quantity", filter=waiting, default=0),
            makers=Count("maker", filter=holding, distinct=True),
        )
        .order_by()
    )
    found = {line: (int(quantity), int(makers)) for line, quantity, makers in rows}
    return [
        Light(line, *found[line.pk], is_split=True) if line.pk in found else Light(line)
        for line in order.lines.all()
    ]


def decided_splits(order: Order) -> list[Split]:
    """The plan that was decided for each line, without the bulky parts that no page shows."""
    decided = Split.objects.filter(line__order=order, state=SplitState.DECIDED, parent__isnull=True)
    return list(decided.select_related("line__kind").defer(*BULKY).order_by("line_id"))


def place_sums_of(split: Split) -> list[PlaceSum]:
    """What each village with an eligible maker gets by the plan; households are those with a share."""
    rows = split.village_sums.order_by("village_id").values_list(
        "village_id", "makers", "chosen_makers", "chosen_households", "entitled_quantity", "quantity"
    )
    return [PlaceSum(*row) for row in rows]


def points_of(places: Iterable[PlaceSum]) -> list[MapPoint]:
    """The same for the map: what each village makes, and where eligible makers have no share."""
    return [
        MapPoint(place.village, place.received, makers=place.chosen)
        if place.chosen
        else MapPoint(place.village, 0, open=True, makers=place.makers)
        for place in places
    ]
