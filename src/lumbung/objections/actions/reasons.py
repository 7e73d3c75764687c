"""The reason goes out to who waits without a share: by WhatsApp, through the captain, on a printed sheet."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Refused, refuse
from lumbung.makers.models import Maker
from lumbung.objections.choices import REASONS_TOLD
from lumbung.objections.models import ReasonTold
from lumbung.objections.queries import reasons as queries
from lumbung.orders.choices import SentBy
from lumbung.orders.models import Order
from lumbung.orders.rules import sending as rules
from lumbung.people.actions import NewLink, issue_links, usable_secret
from lumbung.people.choices import LinkPurpose
from lumbung.people.models import Person
from lumbung.people.queries import open_secrets
from lumbung.records.actions import leave_record


def mark_told(*, order: Order, makers: Iterable[int], through: SentBy, by: str) -> int:
    """Note that these makers were told just now; only those who wait count. How many there were."""
    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        found = list(
            queries.waiting_of(locked).filter(pk__in=list(makers)).order_by("pk").values_list("pk", flat=True)
        )
        now = clock.now()
        ReasonTold.objects.bulk_create(
            [ReasonTold(order=locked, maker_id=pk, through=through, told_at=now, told_by=by) for pk in found],
            update_conflicts=True,
            unique_fields=["order", "maker"],
            update_fields=["through", "told_at", "told_by"],
            batch_size=1_000,
        )
        if found:
            content = {"makers": found, "through": str(through)}
            leave_record(subject=locked.key, deed=REASONS_TOLD, by=by, content=content)
    return len(found)


def tell_by_whatsapp(*, order: Order, maker: Maker, by: str) -> str:
    """Note that a maker is told on the own phone; the secret of the link to the own lines."""
    owner = maker.owner
    refuse(rules.why_not_message(owner))
    with transaction.atomic():
        if not mark_told(order=order, makers=[maker.pk], through=SentBy.WHATSAPP, by=by):
            raise Refused(_("%(maker)s has a share of this order.") % {"maker": maker})
        return usable_secret(purpose=LinkPurpose.OWN_REASON, subject=maker.key, person=owner, by=by)


def tell_captain(*, order: Order, captain: Person, by: str) -> tuple[int, str]:
    """Note that all makers of a captain's groups are told through the captain; how many, and the link's secret."""
    refuse(rules.why_not_message(captain))
    with transaction.atomic():
        makers = list(queries.waiting_of_captain(order, captain).values_list("pk", flat=True))
        if not makers:
            raise Refused(_("Nobody in the group of %(name)s waits for a share.") % {"name": captain})
        count = mark_told(order=order, makers=makers, through=SentBy.CAPTAIN, by=by)
        subject = f"captain:{captain.pk}"
        return count, usable_secret(purpose=LinkPurpose.OWN_REASON, subject=subject, person=captain, by=by)


def prepare_links(*, makers: Sequence[Maker], by: str) -> int:
    """A link for each of these makers who has none that opens, so that a sheet can be printed; how many are new."""
    with transaction.atomic():
        ready = open_secrets([maker.key for maker in makers], LinkPurpose.OWN_REASON)
        new = [
            NewLink(LinkPurpose.OWN_REASON, maker.key, maker.owner)
            for maker in makers
            if maker.key not in ready
        ]
        if new:
            issue_links(new, by=by)
    return len(new)
