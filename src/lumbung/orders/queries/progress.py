"""How far an order is: what waits to be sent, to be answered, to be split again."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from foundation import clock
from lumbung.orders.choices import CONFIRMED_STATES, ShareState, SplitState
from lumbung.orders.models import Order, Share, Split
from lumbung.orders.rules.next_step import LineStanding


@dataclass(frozen=True)
class Counts:
    """Shares of an order by what is to be done with them."""

    unsent: int = 0
    waiting: int = 0
    lapsed: int = 0
    confirmed: int = 0

    @property
    def all(self) -> int:
        return self.unsent + self.waiting + self.lapsed + self.confirmed


def counts_of(order: Order) -> Counts:
    at = clock.now()
    offered = Q(state=ShareState.OFFERED)
    lapsed = offered & Q(answer_until__lte=at)
    return Counts(
        **Share.objects.filter(line__order=order).aggregate(
            unsent=Count("id", filter=offered & Q(sent_at__isnull=True)),
            waiting=Count("id", filter=offered & Q(answer_until__gt=at)),
            lapsed=Count("id", filter=lapsed),
            confirmed=Count("id", filter=Q(state__in=CONFIRMED_STATES)),
        )
    )


def standings_of(order: Order) -> list[LineStanding]:
    """Each line of an order with its newest plan; two queries."""
    plans: dict[int, Split] = {}
    rows = Split.objects.filter(line__order=order, parent__isnull=True).exclude(state=SplitState.SUPERSEDED)
    for split in rows.defer(
        "snapshot", "certificate", "frontier", "cheapest_amounts", "household_amounts"
    ).order_by("id"):
        if plans.get(split.line_id) is None or plans[split.line_id].state != SplitState.DECIDED:
            plans[split.line_id] = split
    lapsed = dict(
        Share.objects.filter(line__order=order, state=ShareState.OFFERED, answer_until__lte=clock.now())
        .values_list("line_id")
        .annotate(quantity=Sum("quantity"))
        .order_by()
    )
    return [LineStanding(line, plans.get(line.pk), lapsed.get(line.pk, 0)) for line in order.lines.all()]
