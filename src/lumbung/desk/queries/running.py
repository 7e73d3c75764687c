"""Running orders as bars of cloth, and the newest split told in its own numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import clock
from lumbung.desk.rules import amount, makers_in_public, told_in_public, what_a_house_gets
from lumbung.orders.choices import CONFIRMED_STATES, SplitState
from lumbung.orders.models import Order, OrderLine, Share, Split
from lumbung.orders.queries.orders import may_read_all, orders_seen_by, published_orders
from lumbung.orders.rules.order import order_state
from lumbung.orders.rules.wording import STATE_KEYS, goods_of, unit_of
from lumbung.organisations.queries import parties_of
from lumbung.people.choices import Buyer
from lumbung.people.models import Person
from lumbung.places.rules.marks import SMALLEST_GROUP

MOST_ORDERS = 6


@dataclass(frozen=True)
class Running:
    """One order as a card: how much of it is woven."""

    title: str
    url: str
    state: str
    light: str
    confirmed: int
    quantity: int
    unit: str
    due_on: date
    makers: int = 0

    @property
    def makers_words(self) -> str:
        return makers_in_public(self.makers)


def running_in_public() -> list[Running]:
    """Published orders whose day has not come, newest first, with how many makers confirmed."""
    orders = list(published_orders().filter(due_on__gte=clock.today())[:MOST_ORDERS])
    makers = _makers_of(orders)
    return [
        _card(order, reverse("orders:quota", args=[order.code]), makers.get(order.pk, 0)) for order in orders
    ]


def _makers_of(orders: Sequence[Order]) -> dict[int, int]:
    rows = (
        Share.objects.filter(line__order__in=orders, state__in=CONFIRMED_STATES)
        .values_list("line__order")
        .annotate(makers=Count("maker", distinct=True))
        .order_by()
    )
    return dict(rows)


def _card(order: Order, url: str, makers: int = 0) -> Running:
    lines = list(order.lines.all())
    units = {unit_of(line) for line in lines}
    confirmed, quantity = (
        sum(line.confirmed_quantity for line in lines),
        sum(line.quantity for line in lines),
    )
    return Running(
        title=order.title,
        url=url,
        state=STATE_KEYS[order_state(order, lines)],
        light="available" if quantity > confirmed else "exhausted",
        confirmed=confirmed,
        quantity=quantity,
        unit=units.pop() if len(units) == 1 else _("units"),
        due_on=order.due_on,
        makers=makers,
    )


def running_for(person: Person) -> list[Running]:
    """The running orders as a desk shows them: the office follows their pages, others the public ones."""
    orders = published_orders().filter(due_on__gte=clock.today())[:MOST_ORDERS]
    inside = may_read_all(person)
    return [
        _card(order, order.get_absolute_url() if inside else reverse("orders:quota", args=[order.code]))
        for order in orders
    ]


def own_orders(person: Person) -> list[Running]:
    """A buyer's orders, drafts as well, newest first."""
    own = orders_seen_by(person).filter(buyer__in=parties_of(person, roles=[Buyer]))
    return [_card(order, order.get_absolute_url()) for order in own[: MOST_ORDERS * 2]]


@dataclass(frozen=True)
class ShareOfMany:
    """What each of several single houses receives alike: never fewer than five, in one village if it can be."""

    value_rupiah: int
    amount: str
    houses: int
    village: str = ""


@dataclass(frozen=True)
class Told:
    """A decided split in numbers, each computed from rows."""

    split: Split
    goods: str
    unit: str
    why_url: str
    quota_url: str
    largest_at_least_cost: int
    share: ShareOfMany | None

    @property
    def order(self) -> Order:
        return self.split.line.order

    @property
    def eligible(self) -> int | None:
        return told_in_public(self.split.eligible, beside=self.split.makers)

    @property
    def makers(self) -> int | None:
        return told_in_public(self.split.makers)

    @property
    def share_sentence(self) -> str:
        """What one house receives, and when: only what is promised, for payments are not kept here yet."""
        share, days = self.share, self.order.payment_days
        return what_a_house_gets(share.amount, share.village, share.houses, days) if share else ""

    @property
    def is_fairer(self) -> bool:
        """Whether the decided plan's largest share lies below the cheapest plan's."""
        return self.split.largest_share < self.largest_at_least_cost


def newest_told() -> Told | None:
    """The newest decided split of a running order; None when there is none."""
    split = (
        Split.objects.filter(
            state=SplitState.DECIDED, parent__isnull=True, line__order__cancelled_at__isnull=True
        )
        .defer("snapshot", "certificate")
        .select_related("line__order__buyer", "line__kind")
        .order_by("-decided_at", "-id")
        .first()
    )
    if split is None:
        return None
    return Told(
        split=split,
        goods=_goods(split.line),
        unit=unit_of(split.line),
        why_url=reverse("orders:why", args=[split.line.order.code]),
        quota_url=reverse("orders:quota", args=[split.line.order.code]),
        largest_at_least_cost=next(
            (point["largest_share"] for point in split.frontier if point["budget_bp"] == 0), 0
        ),
        share=_share_of_many(split),
    )


def _goods(line: OrderLine) -> str:
    goods = goods_of(line)
    return goods[:1].lower() + goods[1:]


def _share_of_many(split: Split) -> ShareOfMany | None:
    """An amount that five or more houses of one village get alike, or else five or more anywhere."""
    alike = split.rows.filter(quantity__gt=0, households=1).order_by()
    for place in (("maker__village__name", "maker__village"), ()):
        row = (
            alike.values(*place, "quantity", "price_rupiah")
            .annotate(houses=Count("id"))
            .filter(houses__gte=SMALLEST_GROUP)
            .order_by("-houses", "-quantity", *place)
            .first()
        )
        if row:
            return ShareOfMany(
                value_rupiah=row["quantity"] * row["price_rupiah"],
                amount=amount(row["quantity"], unit_of(split.line)),
                houses=row["houses"],
                village=row.get("maker__village__name", ""),
            )
    return None
