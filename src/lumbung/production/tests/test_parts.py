"""A captain passes parts on: never more than the share, each confirmed, who really made it is known."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from foundation.errors import Refused
from lumbung.people.models import Person
from lumbung.production import queries
from lumbung.production.actions.parts import Member, confirm_part, correct_part, pass_part
from lumbung.production.models import Part
from lumbung.production.queries import parts
from lumbung.production.tests import factories as make
from lumbung.records.actions import read_content
from lumbung.records.queries import records_about

pytestmark = pytest.mark.django_db


def test_parts_never_exceed_the_share() -> None:
    share = make.started(100, maker=make.group())
    first, second, _third = share.maker.houses.order_by("pk")
    make.passed(share, first, 60)
    with pytest.raises(Refused, match=r"Of the share 40 are left. You wrote 41"):
        make.passed(share, second, 41)
    make.passed(share, second, 40)
    assert parts.passed_quantity(share) == 100


def test_a_correction_is_a_new_entry_and_is_confirmed_anew() -> None:
    share = make.started(100, maker=make.group())
    house = share.maker.houses.first()
    part = make.passed(share, house, 60)
    newer = correct_part(part=part, quantity=80, pay_rupiah=3_000, entry_key=make.key(), by=make.LINK)
    assert (newer.corrects, newer.confirmed_at) == (part, None)
    part.refresh_from_db()
    assert part.quantity == 60
    assert [one.quantity for one in queries.parts_of(share)] == [80]
    with pytest.raises(Refused, match="corrected already"):
        correct_part(part=part, quantity=10, pay_rupiah=3_000, entry_key=make.key(), by=make.LINK)


def test_passing_again_to_a_member_changes_the_part_that_stands() -> None:
    share = make.started(100, maker=make.group())
    house = share.maker.houses.first()
    make.passed(share, house, 60)
    make.passed(share, house, 90)
    assert [one.quantity for one in queries.parts_of(share)] == [90]


def test_a_part_taken_back_is_nobodys_and_can_be_given_again() -> None:
    share = make.started(100, maker=make.group())
    house = share.maker.houses.first()
    part = make.passed(share, house, 60)
    gone = correct_part(part=part, quantity=0, pay_rupiah=0, entry_key=make.key(), by=make.LINK)
    assert not queries.parts_of(share).exists()
    with pytest.raises(Refused, match="taken back"):
        confirm_part(part=gone, by=make.LINK)
    assert house in parts.members_without_part(share)
    assert make.passed(share, house, 100).quantity == 100


def test_a_part_is_never_below_what_its_member_has_made() -> None:
    share = make.started(100, maker=make.group())
    part = make.passed(share, share.maker.houses.first(), 60)
    make.told(share, 25, part=part)
    with pytest.raises(Refused, match=r"25 are made already, so it cannot be less. You wrote 24"):
        correct_part(part=part, quantity=24, pay_rupiah=3_000, entry_key=make.key(), by=make.LINK)


def test_sent_twice_it_is_one_entry() -> None:
    share = make.started(100, maker=make.group())
    member = Member(household=share.maker.houses.first())
    sent = {"share": share, "member": member, "quantity": 30, "pay_rupiah": 2_500, "entry_key": "sama"}
    assert pass_part(**sent, by=make.LINK) == pass_part(**sent, by=make.LINK)
    assert Part.objects.count() == 1


def test_somebody_by_name_gets_a_part_with_a_phone_or_without() -> None:
    share = make.started(100, maker=make.group())
    part = pass_part(
        share=share,
        member=Member(full_name="Inaq Ratna"),
        quantity=10,
        pay_rupiah=2_500,
        entry_key=make.key(),
        by=make.LINK,
    )
    assert (part.person.full_name, part.person.phone, part.household) == ("Inaq Ratna", "", None)
    with pytest.raises(Refused, match="Choose a house of the group, or write a name"):
        pass_part(share=share, member=Member(), quantity=1, pay_rupiah=0, entry_key=make.key(), by=make.LINK)


def test_no_house_of_another_group_gets_a_part() -> None:
    share = make.started(100, maker=make.group())
    stranger = make.group("Kelompok lain").houses.first()
    with pytest.raises(Refused, match="does not belong to the group"):
        make.passed(share, stranger, 10)


def test_nobody_is_promised_more_than_the_share_pays() -> None:
    share = make.started(100, maker=make.group())
    with pytest.raises(Refused, match=r"pays Rp3,400 for a piece. You wrote Rp25,000"):
        make.passed(share, share.maker.houses.first(), 10, pay=25_000)


def test_the_record_names_the_member_by_key_only() -> None:
    share = make.started(100, maker=make.group())
    part = make.passed(share, share.maker.houses.first(), 10)
    passed = next(r for r in records_about(share.key) if r.deed == "production.part_passed")
    assert read_content(passed)["person"] == part.person.key
    assert Person.objects.get(pk=part.person_id).full_name not in passed.content


class NeverAbove(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 80)), max_size=8))
    def test_however_parts_are_passed_and_changed_their_sum_stays_within_the_share(
        self, wishes: list[tuple[int, int]]
    ) -> None:
        share = make.started(100, maker=make.group())
        houses = list(share.maker.houses.order_by("pk"))
        for which, quantity in wishes:
            try:
                make.passed(share, houses[which], quantity, confirmed=False)
            except Refused:
                continue
            assert parts.passed_quantity(share) <= 100
