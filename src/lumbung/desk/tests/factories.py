"""Orders in every state a desk can show."""

from datetime import timedelta
from typing import Any

from foundation import clock
from lumbung.makers.models import Maker
from lumbung.orders.choices import SplitState
from lumbung.orders.models import OrderLine, Share, Split
from lumbung.orders.tests import factories as make


def line(title: str = "Masker kain", *, quantity: int = 1_000, **fields: Any) -> OrderLine:
    return make.line(make.order(title=title, **fields), quantity=quantity)


def offered(of: OrderLine, *, makers: int = 1, quantity: int = 100) -> list[Share]:
    """A decided split with an offered share for each of so many new makers."""
    tailors = [make.tailor() for _number in range(makers)]
    make.decided_split(of, dict.fromkeys(tailors, quantity))
    return list(of.shares.order_by("id"))


def lapsed(of: OrderLine, *, makers: int = 1, quantity: int = 100) -> list[Share]:
    """Shares that were sent and not answered in time."""
    return [make.sent(share, hours=-2) for share in offered(of, makers=makers, quantity=quantity)]


def accepted(share: Share) -> Share:
    """The share as the answer leaves it, with the counters of its line."""
    share.state, share.confirmed_quantity = "accepted", share.quantity
    share.answered_at, share.answered_by = clock.now(), share.maker.owner.key
    share.save()
    OrderLine.objects.filter(pk=share.line_id).update(
        confirmed_quantity=share.line.confirmed_quantity + share.quantity,
        offered_quantity=share.line.offered_quantity - share.quantity,
    )
    share.line.refresh_from_db()
    return share


def plan(of: OrderLine, state: SplitState, **fields: Any) -> Split:
    """A split in a state before the decision."""
    values: dict[str, Any] = {"decided_at": None, "decided_by": ""}
    if state == SplitState.DRAFTED:
        values |= {"proposed_at": None, "proposed_by": ""}
    return make.decided_split(of, state=state, **(values | fields))


def past(days: int) -> Any:
    return clock.now() - timedelta(days=days)


def tailors(count: int) -> list[Maker]:
    return [make.tailor() for _number in range(count)]
