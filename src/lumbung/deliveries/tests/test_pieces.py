"""Whatever is done in whatever order: every delivered piece is in exactly one place."""

from collections import Counter
from contextlib import suppress

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from foundation.errors import Refused
from lumbung.deliveries import actions
from lumbung.deliveries.choices import COUNTERS, Pieces
from lumbung.deliveries.models import Delivery, Move, OverShare
from lumbung.deliveries.rules import Found
from lumbung.deliveries.tests import factories as make

KINDS = ("deliver", "look", "again", "correct_delivery", "correct_move", "over")
DEEDS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 10_000)),
    min_size=1,
    max_size=14,
)


def pieces_by_moves(delivery: Delivery) -> Counter:
    """Every place counted from the entries alone, with the maker's below nothing."""
    found: Counter = Counter()
    for move in delivery.moves.all():
        found[move.from_place] -= move.quantity
        found[move.to_place] += move.quantity
    return found


def counts_from(lot: int, a: int, b: int, c: int) -> tuple[int, list[Found]]:
    """Some of a lot accepted, some with a fault: always a whole look, so that every plan takes it."""
    rework = a % (lot + 1)
    rejected = b % (lot - rework + 1)
    findings = [make.rework(rework)] if rework else []
    findings += [make.reject(rejected)] if rejected else []
    return lot - rework - rejected, findings


def do(share, kind: str, a: int, b: int, c: int) -> None:
    deliveries = list(Delivery.objects.filter(share=share).order_by("pk"))
    if kind == "deliver":
        actions.receive_delivery(share=share, quantity=1 + a % 600, by=make.RAHMAT)
    elif kind == "over":
        actions.receive_delivery(share=share, quantity=share.held_quantity + 1 + a, by=make.RAHMAT)
    elif not deliveries:
        return
    else:
        delivery = deliveries[a % len(deliveries)]
        if kind == "look":
            accepted, findings = counts_from(delivery.open_quantity, b, c, a)
            actions.close_inspection(delivery=delivery, accepted=accepted, findings=findings, by=make.RAHMAT)
        elif kind == "again":
            accepted, findings = counts_from(delivery.rework_quantity, b, c, a)
            actions.second_inspection(delivery=delivery, accepted=accepted, findings=findings, by=make.SITI)
        elif kind == "correct_delivery":
            actions.correct_delivery(delivery=delivery, quantity=b % 700, reason="Salah hitung", by=make.SITI)
        else:
            moves = list(delivery.moves.order_by("pk"))
            move = moves[b % len(moves)]
            instead = ["", "accepted", "rejected", "rework", "open"][c % 5]
            actions.correct_move(
                move=move, quantity=1 + c % 90, instead=instead, reason="Salah tulis", by=make.SITI
            )


class TheSumAlwaysHolds(TestCase):
    @given(deeds=DEEDS)
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_after_any_sequence_of_deeds(self, deeds):
        share = make.share(1_000)
        make.terms(share.line)
        for kind, a, b, c in deeds:
            with suppress(Refused):
                do(share, kind, a, b, c)
            for delivery in Delivery.objects.filter(share=share):
                by_moves = pieces_by_moves(delivery)
                assert delivery.delivered_quantity == -by_moves[Pieces.MAKER]
                for place, counter in COUNTERS.items():
                    if place != Pieces.MAKER:
                        assert getattr(delivery, counter) == by_moves[place] >= 0
            sums = Delivery.objects.filter(share=share).aggregate(
                delivered=Sum("delivered_quantity", default=0),
                passed=Sum("accepted_quantity", default=0) + Sum("by_sample_quantity", default=0),
            )
            assert sums["passed"] <= sums["delivered"] <= share.held_quantity


@pytest.mark.django_db
def test_a_hand_at_the_database_cannot_lose_a_piece():
    made = make.delivery(100)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=made.pk).update(open_quantity=99)


@pytest.mark.django_db
def test_a_counter_cannot_fall_below_nothing():
    made = make.delivery(100)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=made.pk).update(open_quantity=101, accepted_quantity=-1)


@pytest.mark.django_db
def test_eight_hundred_and_twelve_a_hundred_and_twenty_and_sixty_eight():
    made = make.delivery(1_000)
    findings = [make.rework(120), make.reject(68)]
    actions.close_inspection(delivery=made, accepted=812, findings=findings, by=make.RAHMAT)
    assert make.sums(made) == make.Sums(1_000, 0, accepted=812, rework=120, rejected=68)
    assert [(m.from_place, m.to_place, m.quantity) for m in Move.objects.order_by("pk")] == [
        ("maker", "open", 1_000),
        ("open", "accepted", 812),
        ("open", "rework", 120),
        ("open", "rejected", 68),
    ]
    actions.second_inspection(delivery=made, accepted=100, findings=[make.reject(5)], by=make.SITI)
    assert make.sums(made) == make.Sums(1_000, 0, accepted=912, rework=15, rejected=73)


@pytest.mark.django_db
def test_what_is_brought_beyond_the_share_stays_with_the_maker_and_is_counted():
    share = make.share(100)
    make.delivery(70, of=share)
    with pytest.raises(Refused, match="At most 30 can be taken in: 10 stay with the maker"):
        actions.receive_delivery(share=share, quantity=40, by=make.RAHMAT)
    assert OverShare.objects.values_list("brought_quantity", "room_quantity").get() == (40, 30)
    assert Delivery.objects.count() == 1
