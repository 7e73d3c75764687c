"""What is accepted is owed to the maker, to the rupiah, once; corrections are owed less."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.extra.django import TestCase

from foundation import clock
from foundation.errors import Refused
from lumbung.deliveries import actions
from lumbung.deliveries.models import Delivery, Move
from lumbung.deliveries.tests import factories as make
from lumbung.deliveries.tests.test_pieces import DEEDS, do
from lumbung.money.actions import confirm_tax_rule, tell_tax_standing, write_tax_rule
from lumbung.money.choices import PayeeStatus, PayerKind, Rounding, Supply
from lumbung.money.models import Due
from lumbung.money.queries import totals_of
from lumbung.money.tests import factories as money
from lumbung.orders.choices import PriceMode
from lumbung.orders.models import Order, OrderLine

pytestmark = pytest.mark.django_db
PRICE = 85_000
"""What `money.price` gives the maker for a piece."""


def owed(share) -> int:
    found = totals_of([share.key])
    return found[share.key].due if found else 0


def priced(share) -> None:
    money.price(f"line:{share.line_id}")


def passed(share) -> int:
    return sum(one.passed_quantity for one in Delivery.objects.filter(share=share))


def test_accepted_pieces_are_owed_and_nothing_else():
    share = make.share(1_000)
    priced(share)
    made = make.delivery(1_000, of=share)
    actions.close_inspection(
        delivery=made, accepted=812, findings=[make.rework(120), make.reject(68)], by=make.RAHMAT
    )
    assert owed(share) == 812 * PRICE
    due = Due.objects.get()
    assert (due.payee, due.payer) == (share.maker.party.key, share.line.order.buyer.key)
    assert due.cause == Move.objects.get(to_place="accepted").key
    assert (due.pay_on - due.raised_at.date()).days in (7, 8)


def test_pieces_accepted_by_sample_are_owed_too():
    share = make.share(1_000)
    priced(share)
    make.terms(share.line)
    made = make.delivery(1_000, of=share)
    actions.close_inspection(delivery=made, accepted=80, by=make.RAHMAT)
    assert owed(share) == 1_000 * PRICE


def test_reworked_pieces_are_owed_when_they_pass():
    share = make.share(100)
    priced(share)
    made = make.delivery(100, of=share)
    actions.close_inspection(delivery=made, accepted=90, findings=[make.rework(10)], by=make.RAHMAT)
    actions.second_inspection(delivery=made, accepted=7, by=make.SITI)
    assert owed(share) == 97 * PRICE


def test_a_correction_is_an_entry_that_points_at_the_old():
    share = make.share(100)
    priced(share)
    made = make.delivery(100, of=share)
    actions.close_inspection(delivery=made, accepted=100, by=make.RAHMAT)
    accepted = Move.objects.get(to_place="accepted")
    actions.correct_move(move=accepted, quantity=4, instead="rejected", reason="Salah lihat", by=make.SITI)
    actions.correct_move(move=accepted, quantity=1, reason="Salah lihat", by=make.SITI)
    assert owed(share) == 95 * PRICE
    first, *later = Due.objects.order_by("pk")
    assert first.amount_rupiah == 100 * PRICE
    assert [(due.amount_rupiah, due.corrects_id) for due in later] == [
        (-4 * PRICE, first.pk),
        (-1 * PRICE, first.pk),
    ]


def test_without_a_price_nothing_is_owed_until_there_is_one():
    share = make.share(100)
    made = make.delivery(100, of=share)
    actions.close_inspection(delivery=made, accepted=100, by=make.RAHMAT)
    accepted = Move.objects.get(to_place="accepted")
    actions.correct_move(move=accepted, quantity=10, instead="rejected", reason="Salah lihat", by=make.SITI)
    assert (owed(share), Delivery.objects.get().unpriced_quantity) == (0, 90)
    priced(share)
    assert actions.raise_what_is_owed(line_id=share.line_id, by="person:1") == 90
    assert actions.raise_what_is_owed(line_id=share.line_id, by="person:1") == 0
    assert (owed(share), Delivery.objects.get().unpriced_quantity) == (90 * PRICE, 0)
    actions.correct_move(move=accepted, quantity=5, reason="Salah lihat", by=make.SITI)
    assert owed(share) == 85 * PRICE


@pytest.mark.django_db(transaction=True)
def test_a_price_that_is_set_later_is_heard():
    share = make.share(100)
    made = make.delivery(100, of=share)
    actions.close_inspection(delivery=made, accepted=100, by=make.RAHMAT)
    priced(share)
    assert owed(share) == 100 * PRICE


def test_an_own_price_is_what_is_owed():
    share = make.share(100, price_rupiah=3_100)
    Order.objects.update(price_mode=PriceMode.OWN)
    priced(share)
    made = make.delivery(100, of=share)
    actions.close_inspection(delivery=made, accepted=100, by=make.RAHMAT)
    assert owed(share) == 100 * 3_100


class WhatIsOwedFollowsThePieces(TestCase):
    @given(deeds=DEEDS)
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_after_any_sequence_of_deeds(self, deeds):
        share = make.share(1_000)
        make.terms(share.line)
        late = len(deeds) // 2
        for place, (kind, a, b, c) in enumerate(deeds):
            if place == late:
                priced(share)
                actions.raise_what_is_owed(line_id=share.line_id, by="person:1")
            with suppress(Refused):
                do(share, kind, a, b, c)
        assert owed(share) == passed(share) * PRICE
        assert not Delivery.objects.filter(share=share, unpriced_quantity__gt=0).exists()


# What is paid for


def taxed(share, supply: Supply) -> None:
    """A confirmed rule of one percent for one supply; both sides are known to it."""
    tell_tax_standing(party=share.maker.party.key, payee_status=PayeeStatus.WITHOUT_NPWP, by=make.SITI)
    tell_tax_standing(party=share.line.order.buyer.key, payer_kind=PayerKind.TREASURER, by=make.SITI)
    rule = write_tax_rule(
        name="Contoh",
        supply=supply,
        payee_status=PayeeStatus.WITHOUT_NPWP,
        payer_kind=PayerKind.TREASURER,
        threshold_rupiah=0,
        rate_bp=100,
        rounding=Rounding.DOWN,
        in_force_from=clock.today(),
        source="Contoh",
        by=make.SITI,
    )
    confirm_tax_rule(rule=rule, by=make.RAHMAT)


@pytest.mark.parametrize(("bought", "withheld"), [(Supply.SERVICE, 812 * PRICE // 100), (Supply.GOODS, 0)])
def test_a_rule_for_services_is_withheld_from_sewing_handed_out_material_and_not_from_goods(bought, withheld):
    share = make.share(1_000)
    OrderLine.objects.filter(pk=share.line_id).update(supply=bought)
    priced(share)
    taxed(share, Supply.SERVICE)
    made = make.delivery(1_000, of=share)
    actions.close_inspection(delivery=made, accepted=812, findings=[make.reject(188)], by=make.RAHMAT)
    assert owed(share) == 812 * PRICE - withheld
