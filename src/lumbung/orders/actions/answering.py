"""A maker answers: takes the share, takes less, takes none; or gives something back later."""

from django.db import transaction

from foundation import clock
from foundation.errors import refuse
from lumbung.orders.actions.quota import settle
from lumbung.orders.choices import SHARE_ACCEPTED, SHARE_DECLINED, SHARE_RELEASED, DeclineReason, ShareState
from lumbung.orders.models import Share
from lumbung.orders.queries.kept_back import made_already
from lumbung.orders.queries.orders import locked_line
from lumbung.orders.queries.shares import share_for_answer
from lumbung.orders.rules import answer as rules
from lumbung.records.actions import leave_record


def accept_share(*, share: Share, by: str, quantity: int | None = None) -> Share:
    """Confirm the whole share, or `quantity` of it; the rest moves to other makers."""
    with transaction.atomic():
        line = locked_line(share.line_id)
        share = share_for_answer(share.pk)
        refuse(rules.why_not_answer(share, at=clock.now()))
        quantity = share.quantity if quantity is None else quantity
        refuse(rules.why_not_partly(share, quantity), field="quantity")
        share.state = ShareState.ACCEPTED if quantity == share.quantity else ShareState.PARTLY
        share.confirmed_quantity = quantity
        _answered(share, by=by)
        share.save(update_fields=["state", "confirmed_quantity", "answered_at", "answered_by"])
        settle(line, by=by)
        content = {
            "share": share.pk,
            "maker": share.maker.key,
            "offered": share.quantity,
            "confirmed": quantity,
        }
        leave_record(subject=share.line.order.key, deed=SHARE_ACCEPTED, by=by, content=content)
    return share


def decline_share(*, share: Share, by: str, reason: DeclineReason | str = "") -> Share:
    """Not this time: the share moves on, and the maker loses no turn."""
    with transaction.atomic():
        line = locked_line(share.line_id)
        share = share_for_answer(share.pk)
        refuse(rules.why_not_answer(share, at=clock.now()))
        share.state, share.decline_reason = ShareState.DECLINED, reason
        _answered(share, by=by)
        share.save(update_fields=["state", "decline_reason", "answered_at", "answered_by"])
        settle(line, by=by)
        content = {
            "share": share.pk,
            "maker": share.maker.key,
            "offered": share.quantity,
            "reason": str(reason),
        }
        leave_record(subject=share.line.order.key, deed=SHARE_DECLINED, by=by, content=content)
    return share


def _answered(share: Share, *, by: str) -> None:
    share.answered_at, share.answered_by = clock.now(), by


def release_share(*, share: Share, quantity: int, by: str) -> Share:
    """Something came between: what is not made yet goes back and moves on."""
    with transaction.atomic():
        line = locked_line(share.line_id)
        share = share_for_answer(share.pk)
        refuse(rules.why_not_release(share, quantity, made=made_already(share.pk)), field="quantity")
        share.released_quantity += quantity
        share.released_at = clock.now()
        share.save(update_fields=["released_quantity", "released_at"])
        settle(line, by=by)
        content = {
            "share": share.pk,
            "maker": share.maker.key,
            "released": quantity,
            "held": share.held_quantity,
        }
        leave_record(subject=share.line.order.key, deed=SHARE_RELEASED, by=by, content=content)
    return share
