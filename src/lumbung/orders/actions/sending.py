"""Offers go out: the answer term runs from the moment of sending."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Refused
from lumbung.orders.choices import SentBy, ShareState
from lumbung.orders.models import Order, Share
from lumbung.records.actions import leave_record


def mark_sent(*, order: Order, shares: Iterable[int], through: SentBy, by: str) -> int:
    """Note that these offers were sent just now; those sent before keep their term. How many were new."""
    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        if locked.cancelled_at:
            raise Refused(_("This order is cancelled: nothing is sent any more."))
        now = clock.now()
        unsent = Share.objects.filter(
            pk__in=list(shares), line__order=locked, state=ShareState.OFFERED, sent_at__isnull=True
        )
        sent = list(unsent.order_by("pk").values_list("pk", flat=True))
        if sent:
            unsent.update(
                sent_at=now,
                sent_by=by,
                sent_through=through,
                answer_until=now + timedelta(hours=locked.answer_hours),
            )
            content = {"shares": sent, "through": str(through), "hours": locked.answer_hours}
            leave_record(subject=locked.key, deed="orders.offers_sent", by=by, content=content)
    return len(sent)
