"""Shares: who may see and answer them, what waits to be sent, what came back."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from foundation import clock
from lumbung.makers.queries import makers_of
from lumbung.orders.choices import ShareState, SplitState
from lumbung.orders.models import OrderLine, Share, Split
from lumbung.orders.queries.orders import may_read_all
from lumbung.organisations.models import Membership
from lumbung.people.choices import Captain
from lumbung.people.models import Person

WITH_ALL = (
    "line__order__buyer",
    "line__kind",
    "maker__party",
    "maker__owner",
    "maker__village__district__regency",
    "collection_point__village",
    "split",
)
BULKY = (
    "split__snapshot",
    "split__certificate",
    "split__frontier",
    "split__cheapest_amounts",
    "split__household_amounts",
)
"""What no page of shares shows: hundreds of kilobytes a row in a large order."""


def shares_seen_by(person: object) -> QuerySet[Share]:
    """The office sees every share; a maker and a captain their own; others none."""
    every = Share.objects.select_related(*WITH_ALL).defer(*BULKY)
    if may_read_all(person):
        return every
    if not isinstance(person, Person) or not person.pk:
        return every.none()
    return every.filter(maker__in=list(makers_of(person).values_list("pk", flat=True)))


def share_for_answer(share_id: int) -> Share:
    """One share with all that its answer needs; ask within the lock of its line."""
    return Share.objects.select_related("line__order", "maker__owner").get(pk=share_id)


def lapsed_shares(line: OrderLine | None = None) -> QuerySet[Share]:
    """Offers whose answer term is over and that still hold a part of the quota."""
    found = Share.objects.filter(state=ShareState.OFFERED, answer_until__lte=clock.now())
    return found.filter(line=line) if line else found


def lines_to_split_again() -> QuerySet[OrderLine]:
    """Lines of running orders with lapsed offers, or with something that is with nobody since their decision."""
    running = OrderLine.objects.filter(order__cancelled_at__isnull=True, order__finished_at__isnull=True)
    running = running.select_related("order")
    decided = Split.objects.filter(state=SplitState.DECIDED, parent__isnull=True)
    with_nobody = Q(
        pk__in=decided.values("line"),
        quantity__gt=F("confirmed_quantity") + F("offered_quantity"),
        order__due_on__gt=clock.today(),
        order__resplits_itself=True,
    )
    return running.filter(Q(pk__in=lapsed_shares().values("line")) | with_nobody)


def captains_with_a_phone() -> QuerySet[Membership]:
    """Who answers for a group today and has a phone."""
    day = clock.today()
    return Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), role=Captain.key, starts_on__lte=day
    ).exclude(person__phone="")


def through_captain(party: str) -> Q:
    """Whether the group has a captain who can be sent a message: gathered once, not asked of each row."""
    return Q(**{f"{party}__in": captains_with_a_phone().values("party")})


def has_captain(party: str) -> Exists:
    """The same, asked of each row: where few rows are looked at."""
    return Exists(captains_with_a_phone().filter(party=OuterRef(party)))


def captains_of(parties: QuerySet[Any, Any] | list[int]) -> dict[int, int]:
    """The captain with a phone (party → person) of each of these groups that has one today, by their numbers."""
    rows = captains_with_a_phone().filter(party__in=parties).order_by("id")
    return dict(rows.values_list("party", "person"))


def makers_with_shares(line: OrderLine) -> dict[int, tuple[str, int]]:
    """Every maker who has or had a share of this line: (newest state, quantity held).

    Whoever gave something back counts as declined: nothing more is offered to them in this order.
    """
    rows = (
        Share.objects.filter(line=line)
        .order_by("id")
        .values_list("maker_id", "state", "confirmed_quantity", "released_quantity")
    )
    found: dict[int, tuple[str, int]] = {}
    for maker, state, confirmed, released in rows:
        held = found.get(maker, ("", 0))[1] + confirmed - released
        found[maker] = (ShareState.DECLINED if released else state, held)
    return found


def open_promises(*, except_line: OrderLine) -> QuerySet[Share]:
    """What makers have promised or may still promise anywhere else, in orders not yet due."""
    return Share.objects.filter(
        Q(state=ShareState.OFFERED) | Q(state__in=[ShareState.ACCEPTED, ShareState.PARTLY]),
        line__order__due_on__gte=clock.today(),
        line__order__cancelled_at__isnull=True,
        line__order__finished_at__isnull=True,
    ).exclude(line=except_line)


def makers_with_confirmed_shares() -> set[int]:
    """Who has ever confirmed a share: everybody else comes for the first time."""
    confirmed = Share.objects.filter(state__in=[ShareState.ACCEPTED, ShareState.PARTLY])
    return set(confirmed.values_list("maker_id", flat=True).distinct())
