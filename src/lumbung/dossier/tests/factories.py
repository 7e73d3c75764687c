"""An order that went through everything, by the rooms' own actions."""

from lumbung.complaints.actions import About
from lumbung.complaints.tests import factories as complaints
from lumbung.deliveries.actions import close_inspection
from lumbung.deliveries.tests import factories as deliveries
from lumbung.letters.choices import LetterKind
from lumbung.letters.tests import factories as letters
from lumbung.lots.tests import factories as lots
from lumbung.money.tests import factories as money
from lumbung.orders.actions.answering import accept_share, decline_share, release_share
from lumbung.orders.actions.splitting import compute_split, decide_split, propose_split
from lumbung.orders.models import Order, Share
from lumbung.orders.tests import factories as orders
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.tests.factories import party
from lumbung.production.actions.standards import confirm_standard
from lumbung.production.tests import factories as production
from lumbung.records.actions import seal_all

OFFICER, HEAD = "person:1", "person:2"


def lived() -> Order:
    """A split order: one share whole, one in part, one given back in part, one declined; one is being made and paid."""
    for _number in range(6):
        orders.tailor(weekly=70)
    line = orders.line(quantity=1_000)
    split = propose_split(split=compute_split(line=line, by=OFFICER), by=OFFICER)
    decide_split(split=split, by=HEAD)
    whole, part, back, no = (orders.sent(share) for share in Share.objects.order_by("pk")[:4])
    accept_share(share=whole, by="link:1")
    accept_share(share=part, quantity=part.quantity - 5, by="link:2")
    accept_share(share=back, by="link:3")
    release_share(share=back, quantity=7, by="link:3")
    decline_share(share=no, by="link:4", reason="busy")
    money.price(f"line:{line.pk}")
    production.standard(line)
    confirm_standard(share=Share.objects.get(pk=whole.pk), by="link:1")
    production.told(Share.objects.get(pk=whole.pk), 12)
    delivery = deliveries.delivery(12, of=Share.objects.get(pk=whole.pk))
    findings = [deliveries.rework(2), deliveries.reject(1)]
    close_inspection(delivery=delivery, accepted=9, findings=findings, by="person:3")
    made = lots.lot(whole.maker, 12, goods=line.kind, subject=whole.key)
    complaints.complaint(3, about=About(lot=made))
    money.paid(50_000, share=whole.key)
    letters.letter(party("Dinas Contoh", PartyKind.OFFICE), LetterKind.ORDER, subject=whole.key)
    seal_all(by="test")
    return line.order
