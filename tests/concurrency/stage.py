"""Sets the stage in the database of the environment and prints what the makers know: secret, digits, share.

Run as a script with DATABASE_URL set. Two hundred makers hold offers for the whole order; as many more wait.
"""

import json
import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from foundation import clock
from lumbung.orders.actions.sending import mark_sent
from lumbung.orders.actions.splitting import compute_split, decide_split, propose_split
from lumbung.orders.choices import SentBy
from lumbung.orders.models import Share
from lumbung.orders.tests import factories as make
from lumbung.people.models import Link
from lumbung.people.rules import secret_of

MAKERS, SPARE, PIECES = 200, 200, 20
EXPIRED_EVERY = 10


def main() -> None:
    for _ in range(MAKERS):
        make.tailor(weekly=PIECES // 4 * 2, lot=1)
    for _ in range(SPARE):
        make.tailor(
            weekly=PIECES // 4 * 2,
            lot=1,
            village=make.village("52.03.05.2099", "Jauh", (-8_700_000, 116_900_000)),
        )
    order = make.order(visit_rupiah=0, transport_rupiah_per_100_km=1000)
    line = make.line(order, quantity=MAKERS * PIECES)
    split = propose_split(split=compute_split(line=line, by="person:1", budget_bp=100), by="person:1")
    decide_split(split=split, by="person:2")
    shares = list(Share.objects.order_by("pk"))
    mark_sent(order=order, shares=[share.pk for share in shares], through=SentBy.WHATSAPP, by="person:1")
    late = [share.pk for share in shares[::EXPIRED_EVERY]]
    Share.objects.filter(pk__in=late).update(answer_until=clock.now() - timedelta(minutes=1))
    json.dump([_known(share, late) for share in shares[:MAKERS]], sys.stdout)


def _known(share: Share, late: list[int]) -> dict[str, object]:
    link = Link.objects.select_related("person").get(subject=share.key)
    return {
        "secret": secret_of(link),
        "digits": link.person.phone[-4:],
        "quantity": share.quantity,
        "late": share.pk in late,
    }


main()
