"""Everybody who makes a line's kind of goods, with what counts for this order; a bounded number of queries."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from foundation import clock
from lumbung.certification.queries import holders
from lumbung.makers import rules as makers_rules
from lumbung.makers.choices import MakerState
from lumbung.makers.models import Good
from lumbung.makers.queries import GoodRow, duplicate_clusters, goods_of_kind
from lumbung.orders.choices import PriceMode
from lumbung.orders.models import CollectionPoint, OrderLine
from lumbung.orders.queries.ledger import priority_villages, turns_of
from lumbung.orders.queries.shares import makers_with_confirmed_shares, open_promises
from lumbung.orders.rules import turns
from lumbung.orders.rules.eligibility import Candidate, Terms, transport_rupiah
from lumbung.orders.rules.turns import Credits
from lumbung.places.rules import road_metres_to_points

Committed = dict[int, list[tuple[int, int]]]


def terms_of(line: OrderLine) -> Terms:
    return Terms(price_mode=PriceMode(line.order.price_mode), ceiling=line.price_rupiah)


LARGE = 5_000
"""From so many makers of a kind on, what reads them all runs away from the request."""


def is_large(line: OrderLine) -> bool:
    """Whether so many make the line's goods that a page cannot wait for all of them."""
    goods = Good.objects.filter(kind_id=line.kind_id, stopped_on__isnull=True).order_by()
    return goods[:LARGE].count() >= LARGE


def candidates_for(line: OrderLine, *, since: date | None = None) -> list[Candidate]:
    """Every maker of this kind of goods, in the order of the register; time counts from `since`, today if not given."""
    rows = goods_of_kind(line.kind_id)
    days = makers_rules.free_days_each(rows, start=since or clock.today(), due=line.order.due_on)
    units = makers_rules.available_each(rows, days, _committed(line)).tolist()
    nearest = _nearest_points(rows, list(line.order.collection_points.select_related("village")))
    missing = _missing_schemes(line)
    twins = duplicate_clusters([row.maker for row in rows])
    known = makers_with_confirmed_shares()
    one_price = line.order.price_mode == PriceMode.ONE
    credits = _credits(line)
    return [
        Candidate(
            maker=row.maker,
            name=row.name,
            village=row.village,
            households=row.households,
            price=line.price_rupiah if one_price else row.price_rupiah,
            own_price=row.price_rupiah,
            capacity=capacity,
            minimum_lot=row.minimum_lot,
            distance_metres=metres,
            collection_point=point,
            transport=transport_rupiah(
                distance_metres=metres or 0, rupiah_per_100_km=line.order.transport_rupiah_per_100_km
            ),
            visit=line.order.visit_rupiah,
            is_active=row.state == MakerState.ACTIVE,
            duplicate_of=_counts_with(row.maker, twins),
            duplicate_sign=str(twins[row.maker].sign) if row.maker in twins else "",
            missing_schemes=tuple(missing(row.maker)),
            is_first_time=row.maker not in known,
            free_days=free,
            credits=credits(row.maker, row.village),
        )
        for row, capacity, free, (metres, point) in zip(rows, units, days.tolist(), nearest, strict=True)
    ]


def _credits(line: OrderLine) -> Callable[[int, str], Credits]:
    """A function telling the credits of a maker in a village, under the order's published terms."""
    order = line.order
    highest = turns.part_of_price(line.price_rupiah, order.turn_credit_bp)
    priority = turns.part_of_price(line.price_rupiah, order.priority_credit_bp)
    ledger = turns_of(line.kind_id, except_line=line) if highest else {}
    preferred = priority_villages(line) if priority else frozenset()

    def credits(maker: int, village: str) -> Credits:
        turn = ledger.get(maker)
        if turn is None and village not in preferred:
            return turns.NOTHING
        turn = turn or turns.Turn()
        return Credits(
            turn=turns.turn_credit(turn, highest=highest),
            priority=priority if village in preferred else 0,
            entitled=turn.entitled,
            received=turn.received,
        )

    return credits


def _counts_with(maker: int, twins: Mapping[int, makers_rules.Twin]) -> int | None:
    """The other maker for whom this one counts, or None."""
    twin = twins.get(maker)
    return twin.representative if twin and twin.representative != maker else None


def _committed(line: OrderLine) -> Committed:
    """What each maker has promised elsewhere: (quantity, that good's weekly capacity)."""
    promised: dict[tuple[int, str], int] = defaultdict(int)
    for maker, kind, state, quantity, confirmed, released in open_promises(except_line=line).values_list(
        "maker_id", "line__kind_id", "state", "quantity", "confirmed_quantity", "released_quantity"
    ):
        promised[maker, kind] += quantity if state == "offered" else confirmed - released
    weekly = _weekly_capacities({maker for maker, _kind in promised})
    found: Committed = defaultdict(list)
    for (maker, kind), quantity in promised.items():
        if quantity and (maker, kind) in weekly:
            found[maker].append((quantity, weekly[maker, kind]))
    return found


def _weekly_capacities(makers: set[int]) -> dict[tuple[int, str], int]:
    if not makers:
        return {}
    rows = Good.objects.values_list("maker_id", "kind_id", "weekly_capacity")
    return {(maker, kind): weekly for maker, kind, weekly in rows.iterator() if maker in makers}


def _nearest_points(
    rows: Sequence[GoodRow], points: Sequence[CollectionPoint]
) -> list[tuple[int | None, int | None]]:
    """For each row the road metres to the nearest collection point, and which; Nones where a point is missing."""
    usable = [p for p in points if p.village.latitude_e6 is not None and p.village.longitude_e6 is not None]
    if not rows or not usable:
        return [(None, None)] * len(rows)
    to = [(p.village.latitude_e6 or 0, p.village.longitude_e6 or 0) for p in usable]
    metres = road_metres_to_points(
        [r.latitude_e6 or 0 for r in rows], [r.longitude_e6 or 0 for r in rows], to
    )
    best = metres.argmin(axis=1).tolist()
    shortest = metres.min(axis=1).tolist()
    return [
        (distance, usable[place].pk) if row.latitude_e6 is not None else (None, None)
        for row, distance, place in zip(rows, shortest, best, strict=True)
    ]


def _missing_schemes(line: OrderLine) -> Callable[[int], list[str]]:
    """A function telling which required certificates a maker lacks on the due date."""
    required = list(line.order.required_schemes.values_list("scheme_id", flat=True))
    held = holders(required, line.kind_id, line.order.due_on) if required else {}
    return lambda maker: [scheme for scheme in required if maker not in held.get(scheme, ())]
