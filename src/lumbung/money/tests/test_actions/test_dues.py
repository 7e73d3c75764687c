"""What is owed: each cause once, corrected by entries, promised for a day."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from foundation import clock
from foundation.errors import Refused
from lumbung.money import actions
from lumbung.money.choices import DelayHolder, DueKind
from lumbung.money.models import Delay, Due, PayDay, Standing
from lumbung.money.tests.factories import BY, due, paid, payee
from lumbung.money.tests.test_actions.asking import deeds, sums

pytestmark = pytest.mark.django_db


def test_the_same_cause_twice_is_owed_once():
    first = due(1000, cause="delivery:1")
    again = due(1000, cause="delivery:1")
    assert first == again
    assert sums() == (1000, 0, 1000)
    assert deeds("share:1") == ["money.due_raised"]


def test_what_is_owed_first_needs_a_pay_day_and_later_entries_follow_it():
    with pytest.raises(Refused, match="pay-day"):
        due(1000, pay_on=None)
    first = due(1000)
    assert due(500, pay_on=None).pay_on == first.pay_on


def test_a_share_has_one_payee_and_one_payer():
    due(1000)
    with pytest.raises(Refused, match="are others"):
        due(1000, payee=payee().key)
    assert Due.objects.count() == 1


def test_an_entry_that_lowers_is_no_earning():
    due(1000)
    with pytest.raises(Refused, match="adds"):
        due(-1, kind=DueKind.EARNED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Due.objects.create(
            share="share:1", kind="earned", cause="x", amount_rupiah=-1, pay_on=clock.today(), raised_by=BY
        )


def test_advance_retention_and_rework_sum_to_what_the_share_stands_at():
    due(5_000, kind=DueKind.ADVANCE)
    due(10_000)
    due(-5_000, kind=DueKind.ADVANCE)
    due(-500, kind=DueKind.RETENTION_KEPT)
    due(-300, kind=DueKind.REWORK)
    due(500, kind=DueKind.RETENTION_RELEASED)
    assert sums() == (9_700, 0, 9_700)


def test_a_correction_is_a_new_entry_that_points_at_the_old_one():
    old = due(1000)
    entry = actions.correct_due(due=old, right_rupiah=800, reason="Salah hitung", by=BY)
    again = actions.correct_due(due=old, right_rupiah=900, reason="Hitung ulang", by=BY)
    assert (entry.corrects, entry.amount_rupiah, again.amount_rupiah) == (old, -200, 100)
    assert Due.objects.get(pk=old.pk).amount_rupiah == 1000
    assert sums() == (900, 0, 900)
    assert deeds("share:1") == ["money.due_raised", "money.due_corrected", "money.due_corrected"]


@pytest.mark.parametrize(
    ("right", "reason", "told"), [(800, " ", "why"), (1000, "x", "already"), (-5, "x", "opposite")]
)
def test_a_correction_is_refused_with_its_reason(right, reason, told):
    old = due(1000)
    with pytest.raises(Refused, match=told):
        actions.correct_due(due=old, right_rupiah=right, reason=reason, by=BY)
    assert sums() == (1000, 0, 1000)


def test_a_correction_is_not_corrected_itself():
    entry = actions.correct_due(due=due(1000), right_rupiah=800, reason="x", by=BY)
    with pytest.raises(Refused, match="follows from"):
        actions.correct_due(due=entry, right_rupiah=1, reason="x", by=BY)


def test_a_promise_leaves_the_first_pay_day_as_it_was():
    first = due(1000, days=-3).pay_on
    later = clock.today() + timedelta(days=5)
    actions.promise_pay_day(share="share:1", pay_on=later, by=BY)
    standing = Standing.objects.get()
    assert (standing.pay_on, standing.promised_on, PayDay.objects.count()) == (first, later, 1)
    with pytest.raises(Refused, match="later day"):
        actions.promise_pay_day(share="share:1", pay_on=clock.today() - timedelta(days=1), by=BY)


def test_nothing_is_promised_where_nothing_is_open():
    due(1000)
    paid(1000)
    with pytest.raises(Refused, match="Nothing is open"):
        actions.promise_pay_day(share="share:1", pay_on=clock.today(), by=BY)
    with pytest.raises(Refused, match="ever owed"):
        actions.promise_pay_day(share="share:9", pay_on=clock.today(), by=BY)


def test_instalments_take_the_place_of_what_is_open():
    due(1000, days=-20)
    paid(400)
    days = [clock.today() + timedelta(days=n) for n in (3, 9)]
    actions.promise_instalments(share="share:1", parts=[(days[0], 200), (days[1], 400)], by=BY)
    assert sums() == (1000, 400, 600)
    assert Standing.objects.get().pay_on == days[0]
    paid(200)
    assert Standing.objects.get().pay_on == days[1]


def test_instalments_are_exactly_what_is_open():
    due(1000)
    with pytest.raises(Refused, match=r"Rp999.*Rp1,000|Rp999"):
        actions.promise_instalments(
            share="share:1", parts=[(clock.today(), 500), (clock.today(), 499)], by=BY
        )


def test_who_holds_a_payment_up_is_told_anew_and_the_old_word_stays():
    due(1000)
    for holder in (DelayHolder.BUYER, DelayHolder.TREASURER):
        actions.tell_delay(share="share:1", holder=holder, since=clock.today(), reason="Berkas", by=BY)
    assert Standing.objects.get().held_by == "treasurer"
    actions.tell_delay(share="share:1", holder=DelayHolder.NOBODY, since=clock.today(), reason="Beres", by=BY)
    assert (Standing.objects.get().held_by, Delay.objects.count()) == ("", 3)
    with pytest.raises(Refused, match="waits for"):
        actions.tell_delay(share="share:1", holder=DelayHolder.BANK, since=clock.today(), reason="", by=BY)
    with pytest.raises(Refused, match="day to come"):
        later = clock.today() + timedelta(days=1)
        actions.tell_delay(share="share:1", holder=DelayHolder.BANK, since=later, reason="x", by=BY)
