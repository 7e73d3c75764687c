"""Offers go out: the answer term runs from the moment of sending."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Refused, refuse
from lumbung.orders.choices import SentBy, ShareState
from lumbung.orders.models import Order, Share
from lumbung.orders.queries.offers import bundle_subject, shares_of_captain
from lumbung.orders.rules import sending as rules
from lumbung.people.actions import usable_secret
from lumbung.people.choices import LinkPurpose
from lumbung.people.models import Person
from lumbung.records.actions import leave_record


def mark_sent(*, order: Order, shares: Iterable[int], through: SentBy, by: str) -> int:
    """Note that these offers were sent just now; those sent before keep their term. How many were new."""
    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        refuse(rules.why_not_send(locked))
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


def send_by_whatsapp(*, share: Share, by: str) -> tuple[Share, str]:
    """Note an offer as sent to the maker's own phone; the share as it stands now, and its link's secret.

    Sending again, or after a captain got it, keeps the term that runs.
    """
    owner = share.maker.owner
    refuse(rules.why_not_message(owner))
    order = share.line.order
    with transaction.atomic():
        mark_sent(order=order, shares=[share.pk], through=SentBy.WHATSAPP, by=by)
        secret = usable_secret(purpose=LinkPurpose.ANSWER_SHARE, subject=share.key, person=owner, by=by)
    share.refresh_from_db(fields=["sent_at", "sent_by", "sent_through", "answer_until", "state"])
    return share, secret


def send_bundle(*, order: Order, captain: Person, by: str) -> tuple[list[Share], str]:
    """Note all open offers of a captain's group as sent through the captain; the shares, and the link's secret."""
    refuse(rules.why_not_message(captain))
    with transaction.atomic():
        shares = shares_of_captain(captain, order).filter(state=ShareState.OFFERED)
        if not shares.exists():
            raise Refused(_("The group of %(name)s has no open offer of this order.") % {"name": captain})
        mark_sent(order=order, shares=shares.values_list("pk", flat=True), through=SentBy.CAPTAIN, by=by)
        subject = bundle_subject(captain, order)
        secret = usable_secret(purpose=LinkPurpose.CAPTAIN_BUNDLE, subject=subject, person=captain, by=by)
        return list(shares), secret
