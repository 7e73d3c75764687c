"""Whatever happens to a share in whatever order, no piece and no rupiah is lost or doubled."""

from random import Random

import pytest
from django.db.models import Sum

from foundation import clock
from foundation.errors import Refused
from lumbung.deliveries import actions
from lumbung.deliveries.choices import BUCKETS, PASSED, Round
from lumbung.deliveries.models import Delivery, Move
from lumbung.deliveries.tests import factories as make
from lumbung.money import queries as owed
from lumbung.money.actions import correct_payment, give_advance, record_payment
from lumbung.money.models import Allocation, Due, Payment, Standing
from lumbung.money.tests import factories as money
from lumbung.orders.models import Share
from lumbung.orders.tests import factories as orders

pytestmark = pytest.mark.django_db
BY = "person:1"
PIECES, PRICE, MAKERS_PART = 120, 100_000, 85_000
STEPS = 40


class Life:
    """One share whose deeds are drawn; what a rule refuses changes nothing."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        line = orders.line(quantity=PIECES, price=MAKERS_PART)
        money.price(f"line:{line.pk}", PRICE)
        self.share = make.share(PIECES, line=line)
        self.deeds = (
            self.bring, self.bring, self.inspect, self.inspect, self.bring_back, self.correct_pieces,
            self.correct_delivery, self.pay, self.pay, self.correct_payment, self.advance,
        )  # fmt: skip
        self.done: list[str] = []

    def step(self) -> None:
        deed = self.chance.choice(self.deeds)
        try:
            deed()
        except Refused:
            return
        self.done.append(deed.__name__)

    def _one(self, rows):
        found = list(rows)
        if not found:
            raise Refused("nothing there")
        return self.chance.choice(found)

    def bring(self) -> None:
        make.delivery(self.chance.randint(1, 50), of=Share.objects.get(pk=self.share.pk))

    def inspect(self) -> None:
        delivery = self._one(Delivery.objects.filter(open_quantity__gt=0))
        bad = self.chance.randint(0, delivery.open_quantity)
        again = self.chance.randint(0, bad)
        findings = [make.rework(again)] * bool(again) + [make.reject(bad - again)] * bool(bad - again)
        actions.close_inspection(
            delivery=delivery, accepted=delivery.open_quantity - bad, findings=findings, by=BY
        )

    def bring_back(self) -> None:
        delivery = self._one(Delivery.objects.filter(rework_quantity__gt=0))
        quantity = self.chance.randint(1, delivery.rework_quantity)
        accepted = self.chance.randint(0, quantity)
        findings = [make.reject(quantity - accepted)] * bool(quantity - accepted)
        actions.close_inspection(
            delivery=delivery, accepted=accepted, findings=findings, round_=Round.AGAIN, by=BY
        )

    def correct_pieces(self) -> None:
        move = self._one(Move.objects.filter(corrects=None).exclude(from_place="maker"))
        instead = self.chance.choice(["", "accepted", "rejected", "rework"])
        quantity = self.chance.randint(1, move.quantity)
        actions.correct_move(move=move, quantity=quantity, instead=instead, reason="Salah hitung", by=BY)

    def correct_delivery(self) -> None:
        delivery = self._one(Delivery.objects.all())
        actions.correct_delivery(
            delivery=delivery, quantity=self.chance.randint(1, 60), reason="Salah hitung", by=BY
        )

    def pay(self) -> None:
        standing = self._one(Standing.objects.all())
        record_payment(
            payer=standing.payer,
            payee=standing.payee,
            paid_on=clock.today(),
            shares={standing.share: self.chance.randint(1, max(1, standing.open_rupiah) + 9)},
            reference=f"TRF-{self.chance.random()}",
            by=BY,
        )

    def correct_payment(self) -> None:
        payment = self._one(Payment.objects.filter(corrects=None))
        right = self.chance.randint(0, payment.amount_rupiah * 2)
        correct_payment(payment=payment, shares={self.share.key: right}, reason="Salah tulis", by=BY)

    def advance(self) -> None:
        give_advance(
            share=self.share.key,
            amount_rupiah=self.chance.randint(1, 500_000),
            pay_on=clock.today(),
            reason="Uang muka",
            cause=f"test:{self.chance.random()}",
            by=BY,
        )

    def check(self) -> None:
        deliveries = list(Delivery.objects.all())
        assert sum(one.delivered_quantity for one in deliveries) <= PIECES
        for one in deliveries:
            assert sum(one.count_of(place) for place in BUCKETS) == one.delivered_quantity
        dues, paid = _sum(Due.objects.all()), _sum(Allocation.objects.all())
        passed = sum(one.count_of(place) for one in deliveries for place in PASSED)
        assert _sum(Due.objects.exclude(kind="advance")) == passed * MAKERS_PART
        assert _sum(Payment.objects.all()) == paid
        standing = owed.standing_of(self.share.key)
        told = (standing.due_rupiah, standing.paid_rupiah, standing.open_rupiah) if standing else (0, 0, 0)
        assert told == (dues, paid, dues - paid)


def _sum(rows) -> int:
    return rows.aggregate(found=Sum("amount_rupiah"))["found"] or 0


@pytest.mark.parametrize("seed", range(5))
def test_after_every_deed_of_a_random_life_all_sums_hold(seed: int) -> None:
    life = Life(Random(seed))
    for _step in range(STEPS):
        life.step()
        life.check()
    assert len(set(life.done)) >= 5, life.done
