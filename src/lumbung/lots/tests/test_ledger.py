"""Whatever happens in whatever order, nothing is lost sight of."""

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from foundation.errors import Refused
from lumbung.lots import actions
from lumbung.lots.models import Entry, Holding, Movement
from lumbung.lots.queries.holdings import reconciliation
from lumbung.lots.queries.movements import sum_of
from lumbung.lots.tests.factories import BY, material, store
from lumbung.makers.tests.factories import maker

DEEDS = st.tuples(
    st.sampled_from(["receive", "hand_out", "take_back", "used", "lost", "move", "correct"]),
    st.integers(1, 60),
    st.integers(0, 1),
    st.integers(0, 1),
    st.integers(0, 30),
)
SUBJECTS = ("share:1", "share:2")


class Ledger(TestCase):
    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(DEEDS, min_size=1, max_size=25))
    def test_nothing_is_ever_lost_sight_of(self, deeds):
        """Handed out = used + returned + loss + open; over all holders what was received; nothing below zero."""
        cloth = material(rate_bp=9_000)
        places, makers = [store(), store()], [maker(), maker()]
        for deed in deeds:
            try:
                do(deed, cloth, places, makers)
            except Refused:
                continue
        for account in reconciliation(SUBJECTS):
            sums = account.sums
            assert sums.handed_out == sums.used + sums.returned + sums.lost + sums.open
            assert min(sums.handed_out, sums.used, sums.returned, sums.lost, sums.open) >= 0
            assert sums.open == account.holding.quantity
        assert [
            sum_of(row) - row.quantity for row in Holding.objects.all() if sum_of(row) != row.quantity
        ] == []
        came = total(from_holder="")
        went = total(to_holder="")
        assert came - went == (Holding.objects.aggregate(sum=Sum("quantity"))["sum"] or 0)


def total(**wanted: str) -> int:
    return Movement.objects.filter(**wanted).aggregate(sum=Sum("quantity"))["sum"] or 0


def do(deed, cloth, places, makers) -> None:
    name, quantity, first, second, number = deed
    place, who, subject = places[first], makers[second], SUBJECTS[number % 2]
    given_ = {"material": cloth, "quantity": quantity, "by": BY}
    if name == "receive":
        actions.receive(**given_, store=place)
    elif name == "hand_out":
        actions.hand_out(**given_, store=place, maker=who, subject=subject)
    elif name == "take_back":
        actions.take_back(**given_, store=place, maker=who, subject=subject)
    elif name == "used":
        actions.tell_used(**given_, maker=who, subject=subject)
    elif name == "lost":
        actions.tell_lost(
            what=cloth, quantity=quantity, holder=who.key, subject=subject, reason="hujan", by=BY
        )
    elif name == "move":
        keys = (places[first].key, places[1 - first].key)
        actions.move(what=cloth, quantity=quantity, from_holder=keys[0], to_holder=keys[1], by=BY)
    elif entry := Entry.objects.order_by("pk")[number : number + 1].first():
        again = quantity if entry.movements.count() == 1 else None
        actions.correct_entry(entry=entry, quantity=again, reason="salah catat", by=BY)


@pytest.mark.django_db
def test_the_sequences_reach_corrections_that_are_refused():
    """The property above would be empty if every correction were possible."""
    cloth, place, who = material(), store(), maker()
    received = actions.receive(material=cloth, quantity=10, store=place, by=BY)
    actions.hand_out(material=cloth, quantity=10, store=place, maker=who, by=BY)
    with pytest.raises(Refused):
        actions.correct_entry(entry=received, reason="salah", by=BY)
