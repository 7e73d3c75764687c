"""Finished shares and flags for tests, brought about by the deeds of the rooms below."""

from datetime import timedelta
from typing import Any

from foundation import clock
from lumbung.deliveries import actions as deliveries
from lumbung.deliveries.models import Delivery
from lumbung.deliveries.tests import factories as brought
from lumbung.makers.models import Maker
from lumbung.orders.models import Share
from lumbung.orders.tests import factories as orders
from lumbung.scorecards import actions, rules
from lumbung.scorecards.choices import FlagKind
from lumbung.scorecards.models import Flag

INSPECTOR = brought.RAHMAT


def confirmed(maker: Maker, quantity: int = 100, *, due_in: int = 7, **fields: Any) -> Share:
    """A share of an order that is due so many days from now, confirmed whole two weeks ago."""
    line = orders.line(orders.order(due_on=clock.today() + timedelta(days=due_in)), quantity=quantity)
    share = brought.share(quantity, line=line, maker=maker)
    Share.objects.filter(pk=share.pk).update(answered_at=clock.now() - timedelta(days=14))
    share.refresh_from_db()
    return share


def finished(
    maker: Maker, quantity: int = 100, *, rework: int = 0, rejected: int = 0, due_in: int = 7
) -> Delivery:
    """Handed over whole and inspected; late where it was due before today."""
    delivery = brought.delivery(quantity, of=confirmed(maker, quantity, due_in=due_in))
    findings = [brought.rework(rework)] if rework else []
    findings += [brought.reject(rejected)] if rejected else []
    deliveries.close_inspection(
        delivery=delivery, accepted=quantity - rework - rejected, findings=findings, by=INSPECTOR
    )
    return delivery


def flag(*makers: Maker, kind: FlagKind = FlagKind.SUDDEN_JUMP, evidence: str = "") -> Flag:
    found = makers or (orders.tailor(),)
    numbers = {
        "good": "masker-kain",
        "week": 900,
        "usual": 100,
        "weeks": 4,
        "monday": clock.today().isoformat(),
        "shares": [],
    }
    sign = rules.Sign(kind, evidence or f"maker:{found[0].pk}", [maker.pk for maker in found], numbers)
    return actions.raise_flags([sign], by="room:scorecards")[0]
