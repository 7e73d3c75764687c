"""What the public pages of an order show: how full it is, and why it is split so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from foundation import clock
from lumbung.orders.choices import CONFIRMED_STATES, ShareState, SplitState
from lumbung.orders.models import Order, OrderLine, Share, Split
from lumbung.orders.rules.grouping import PlaceSum
from lumbung.places.rules import MapPoint

BULKY = ("snapshot", "certificate")


@dataclass(frozen=True)
class Light:
    """How a line stands at this moment, in units."""

    line: OrderLine
    waiting: int = 0
    """With makers who may still answer."""
    unsent: int = 0
    """Meant for makers to whom the office has not sent the offer yet."""
    makers: int = 0
    """Who hold a confirmed share."""
    last_term: datetime | None = None
    """When the last of those who may still answer must have done so."""
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
        return self.remaining - self.waiting - self.unsent


def public_orders() -> QuerySet[Order]:
    """What everybody may open by its number; cancelled ones too, to say so."""
    published = Order.objects.filter(published_at__isnull=False)
    return published.select_related("buyer").prefetch_related("lines__kind")


def lights_of(order: Order) -> list[Light]:
    """Each line as it stands now; one query besides the order's own."""
    at = clock.now()
    waiting = Q(state=ShareState.OFFERED, answer_until__gt=at)
    unsent = Q(state=ShareState.OFFERED, answer_until__isnull=True)
    holding = Q(state__in=CONFIRMED_STATES, confirmed_quantity__gt=F("released_quantity"))
    rows = (
        Share.objects.filter(line__order=order)
        .values_list("line")
        .annotate(
            waiting=Sum("quantity", filter=waiting, default=0),
            unsent=Sum("quantity", filter=unsent, default=0),
            makers=Count("maker", filter=holding, distinct=True),
            until=Max("answer_until", filter=waiting),
        )
        .order_by()
    )
    found = {line: (int(sent), int(unsent), int(makers), until) for line, sent, unsent, makers, until in rows}
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
