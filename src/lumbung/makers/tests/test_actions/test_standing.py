from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from foundation import clock
from foundation.errors import Refused
from lumbung.makers import actions
from lumbung.makers.choices import MakerState
from lumbung.makers.models import DuplicateReview, Maker
from lumbung.makers.tests.factories import busy, good, group, household, maker
from lumbung.makers.tests.test_actions.deeds import deeds_about
from lumbung.people.tests.factories import person
from lumbung.records.queries import records_about

pytestmark = pytest.mark.django_db
OFFICER = "person:1"


# Standing


def test_a_maker_is_paused_closed_and_taken_up_again_with_reasons():
    of = maker()
    actions.pause_maker(maker=of, reason="Panen", by=OFFICER)
    actions.pause_maker(maker=of, reason="Panen lagi", by=OFFICER)
    paused = Maker.objects.get()
    assert (paused.state, paused.state_reason, paused.state_since) == (
        MakerState.PAUSED,
        "Panen",
        clock.today(),
    )
    actions.close_maker(maker=of, reason="Pindah ke Jawa", by=OFFICER)
    with pytest.raises(Refused, match="Take it up again first"):
        actions.pause_maker(maker=of, reason="Panen", by=OFFICER)
    actions.reactivate_maker(maker=of, reason="Kembali", by=OFFICER)
    assert Maker.objects.get().state == MakerState.ACTIVE
    assert deeds_about(of) == ["makers.state_changed"] * 3
    assert "Jawa" not in "".join(records_about(of.key).values_list("content", flat=True))


def test_nothing_is_paused_without_a_reason():
    with pytest.raises(Refused, match="Write the reason"):
        actions.pause_maker(maker=maker(), reason="", by=OFFICER)


def test_the_count_of_households_is_kept_true():
    of = group()
    houses = [actions.add_household(maker=of, person=person(f"P {n}"), by=OFFICER) for n in range(3)]
    assert Maker.objects.get().households == 3
    actions.household_leaves(household=houses[0], by=OFFICER)
    actions.household_leaves(household=houses[0], by=OFFICER)
    assert Maker.objects.get().households == 2
    back = actions.add_household(maker=of, person=houses[0].person, hamlet="Dasan", by=OFFICER)
    assert (back.pk, back.left_on, back.hamlet) == (houses[0].pk, None, "Dasan")
    assert Maker.objects.get().households == 3
    for house in houses:
        actions.household_leaves(household=house, by=OFFICER)
    assert Maker.objects.get().households == 1
    assert actions.add_household(maker=of, person=person(), by=OFFICER).left_on is None
    assert deeds_about(of).count("makers.household_joined") == 5
    assert deeds_about(of).count("makers.household_left") == 4


def test_a_household_that_is_there_already_is_not_added_twice():
    of, who = group(), person()
    first = actions.add_household(maker=of, person=who, by=OFFICER)
    assert actions.add_household(maker=of, person=who, by=OFFICER) == first
    assert deeds_about(of) == ["makers.household_joined"]


def test_a_household_counts_in_one_group_only():
    house = household(group("Beriuk Maju"))
    with pytest.raises(Refused, match="already counts in Beriuk Maju"):
        actions.add_household(maker=group("Harapan"), person=house.person, by=OFFICER)
    with pytest.raises(Refused, match="own workshop, Sahnim"):
        actions.add_household(maker=group("Harapan 2"), person=maker("Sahnim").owner, by=OFFICER)


def test_a_household_does_not_leave_tomorrow():
    with pytest.raises(Refused, match="cannot lie in the future"):
        actions.household_leaves(
            household=household(group()), on=clock.today() + timedelta(days=1), by=OFFICER
        )


def test_two_entries_that_were_looked_at_are_two():
    one = maker("Sahnim")
    other = maker("Rohani", owner=one.owner)
    first = actions.review_duplicates(first=other, second=one, reason="Ibu dan anak, dua rumah", by=OFFICER)
    again = actions.review_duplicates(first=one, second=other, reason="lagi", by=OFFICER)
    assert first == again == DuplicateReview.objects.get()
    assert (first.first, first.second, first.reviewed_by) == (one, other, OFFICER)
    assert deeds_about(one) == ["makers.duplicates_reviewed"]
    assert "Ibu dan anak" not in records_about(one.key).get().content


def test_two_entries_with_nothing_in_common_need_no_review():
    with pytest.raises(Refused, match="neither owner nor account nor house"):
        actions.review_duplicates(first=maker(), second=maker(), reason="beda", by=OFFICER)
    one = maker()
    with pytest.raises(Refused, match="one and the same entry"):
        actions.review_duplicates(first=one, second=one, reason="beda", by=OFFICER)


# Constraints that hold whoever writes


@pytest.mark.parametrize(
    "write",
    [
        lambda: maker(households=0),
        lambda: good(price=0),
        lambda: good(weekly=0),
        lambda: good(lot=0),
        lambda: busy_twice(),
        lambda: good_twice(),
        lambda: household_twice(),
        lambda: DuplicateReview.objects.create(
            first=maker(), second=maker(pk=1), reason="x", reviewed_by="x"
        ),
    ],
)
def test_the_tables_refuse_what_cannot_be(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


def busy_twice():
    of = maker()
    return [busy(of, date(2026, 5, 4)), busy(of, date(2026, 5, 4))]


def good_twice():
    of = maker()
    return [good(of), good(of)]


def household_twice():
    of, who = group(), person()
    return [household(of, who), household(of, who)]
