"""The rest of a share will not come: it is closed with a reason, and opened again where that was wrong."""

from django.db import transaction

from foundation import clock
from foundation.errors import refuse
from lumbung.deliveries import queries, rules
from lumbung.deliveries.choices import SHARE_CLOSED, SHARE_REOPENED
from lumbung.deliveries.models import Closing
from lumbung.orders.models import Share
from lumbung.orders.queries.orders import locked_line
from lumbung.records.actions import leave_record


def close_share(*, share: Share, reason: str, by: str) -> Closing:
    """Nothing more of this share is waited for."""
    with transaction.atomic():
        locked_line(share.line_id)
        share = queries.share_for_delivery(share.pk)
        to_come = rules.room_of(share.held_quantity, queries.delivered_of(share.pk))
        refuse(
            rules.why_not_close_share(
                share, to_come=to_come, closing=queries.closing_of(share), reason=reason
            ),
            field="reason",
        )
        closing = _written(share, to_come, reason, by=by)
        content = {"share": share.pk, "maker": share.maker.key, "missing": to_come, "reason": closing.reason}
        leave_record(subject=share.line.order.key, deed=SHARE_CLOSED, by=by, content=content)
    return closing


def reopen_share(*, share: Share, reason: str, by: str) -> Closing:
    """The rest comes after all: an entry that points at the closing takes it back."""
    with transaction.atomic():
        locked_line(share.line_id)
        share = queries.share_for_delivery(share.pk)
        closing = queries.closing_of(share)
        refuse(rules.why_not_reopen_share(share, closing=closing, reason=reason), field="reason")
        assert closing is not None, "asked above"
        back = _written(share, closing.missing_quantity, reason, by=by, corrects=closing)
        content = {"share": share.pk, "maker": share.maker.key, "reason": back.reason}
        leave_record(subject=share.line.order.key, deed=SHARE_REOPENED, by=by, content=content)
    return back


def _written(share: Share, missing: int, reason: str, *, by: str, corrects: Closing | None = None) -> Closing:
    return Closing.objects.create(
        share=share,
        missing_quantity=missing,
        reason=" ".join(reason.split())[:300],
        corrects=corrects,
        closed_at=clock.now(),
        closed_by=by,
    )
