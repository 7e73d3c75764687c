from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from foundation import clock
from lumbung.certification import queries
from lumbung.certification.tests.factories import certificate, scheme, skill
from lumbung.makers.tests.factories import good, group, household, kind, maker, village
from lumbung.organisations.tests.factories import cast
from lumbung.people.tests.factories import person

pytestmark = pytest.mark.django_db


def due():
    return clock.today() + timedelta(days=30)


def held_by(*schemes: str):
    return queries.holders(schemes, "masker-kain", due())


def test_a_skill_counts_for_the_owners_maker_and_for_a_present_household():
    own, of, left = good(), good(group("Beriuk")), good(group("Harapan"))
    certificate(own.maker.owner)
    certificate(household(of.maker).person)
    certificate(household(left.maker, left_on=clock.today()).person)
    certificate(person("Nobody's"))
    assert held_by("menjahit") == {"menjahit": {own.maker_id, of.maker_id}}


def test_a_product_counts_for_the_good_of_the_asked_kind():
    own, other = good(), good(kind=kind("tas", "Tas"))
    stopped = good(stopped_on=clock.today())
    for each in (own, other, stopped):
        certificate(each)
    assert held_by("halal") == {"halal": {own.maker_id}}


def test_a_skill_counts_only_for_makers_of_the_asked_kind():
    certificate(good(kind=kind("tas", "Tas")).maker.owner)
    certificate(good(stopped_on=clock.today()).maker.owner)
    assert held_by("menjahit") == {"menjahit": set()}


def test_only_certificates_that_are_valid_on_the_due_date_count():
    last_day, too_short, revoked, endless = good(), good(), good(), good()
    certificate(last_day, days=30)
    certificate(too_short, days=29)
    certificate(revoked, revoked_on=clock.today(), revoked_reason="Bahan")
    certificate(endless, days=None)
    certificate(good(), valid_from=due() + timedelta(days=1))
    assert held_by("halal") == {"halal": {last_day.maker_id, endless.maker_id}}


def test_several_schemes_are_told_apart_in_four_queries(django_assert_num_queries):
    of = good()
    certificate(of)
    certificate(of.maker.owner)
    for _ in range(10):
        certificate(good())
    with django_assert_num_queries(4):
        found = held_by("halal", "menjahit", "unknown")
    assert found["menjahit"] == {of.maker_id}
    assert len(found["halal"]) == 11
    assert found["unknown"] == set()


def test_nothing_asked_nothing_told():
    assert held_by() == {}


def test_expiring_are_those_that_end_soon_and_still_count(django_assert_num_queries):
    soon, sooner = certificate(good(), days=90), certificate(person(), days=0)
    certificate(good(), days=91)
    certificate(good(), days=-1)
    certificate(good(), days=None)
    certificate(good(), days=5, revoked_on=clock.today(), revoked_reason="x")
    with django_assert_num_queries(1):
        assert list(queries.expiring()) == [sooner, soon]
    assert list(queries.expiring(within_days=10)) == [sooner]


def test_a_makers_certificates_are_those_of_its_goods_and_people():
    of = good(group())
    house = household(of.maker)
    gone = household(of.maker, left_on=clock.today())
    halal = certificate(of, days=100)
    owners, households = certificate(of.maker.owner, days=50), certificate(house.person, days=70)
    certificate(gone.person)
    endless = certificate(of, days=None)
    revoked = certificate(of, days=10, revoked_on=clock.today(), revoked_reason="Bahan")
    certificate(good())
    assert list(queries.certificates_of(of.maker)) == [owners, households, halal, endless, revoked]
    assert set(queries.people_of(of.maker)) == {of.maker.owner, house.person}
    assert list(queries.goods_of(of.maker)) == [of]


def test_everybody_sees_the_certificates_of_the_makers_they_see():
    village()
    people = cast()
    here = certificate(good(maker("Sahnim")))
    far = good(group("Far", village=village("52.02.01.2001", "Kuta")))
    there, theirs = certificate(far), certificate(household(far.maker).person)
    own = certificate(people.captain)
    every = {here, there, theirs, own}  # the office sees those of people without a workshop too
    seen = {
        "officer": every,
        "decider": every,
        "auditor": every,
        "data_protection_officer": every,
        "treasurer": every,
        "inspector": every,
        "regency_officer": {here},
        "captain": {own},
    }
    for role, who in people.everybody():
        assert set(queries.certificates_seen_by(who)) == seen.get(role, set()), role
    assert set(queries.certificates_seen_by(AnonymousUser())) == set()


def test_schemes_are_listed_by_name():
    skill()
    scheme()
    assert [found.code for found in queries.schemes()] == ["halal", "menjahit"]
