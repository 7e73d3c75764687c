from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from foundation import clock
from foundation.errors import Refused
from lumbung.organisations import actions, queries
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Membership
from lumbung.organisations.tests.factories import cast, member, party, regency
from lumbung.people.choices import ROLES, Auditor, Captain, Officer, RegencyOfficer
from lumbung.people.tests.factories import person
from lumbung.records.models import Record
from lumbung.records.queries import told

pytestmark = pytest.mark.django_db


def test_the_cast_has_one_person_a_role_and_a_stranger():
    all_ = cast()
    assert {name: set(queries.roles_of(who)) for name, who in all_.everybody()} == {
        **{role.key: {role.key} for role in ROLES},
        "stranger": set(),
    }
    with pytest.raises(AttributeError):
        _ = all_.nobody


def test_a_party_is_founded_with_its_record():
    made = actions.found_party(kind=PartyKind.BUYER, name=" Pemprov ", by="person:1")
    assert (str(made), made.key) == ("Pemprov", f"party:{made.pk}")
    assert Record.objects.get(subject=made.key).deed == "organisations.party_founded"
    with pytest.raises(Refused):
        actions.found_party(kind=PartyKind.BUYER, name=" ", by="person:1")


def test_a_role_holds_from_today_on_and_ends_with_the_day():
    sahnim, office = person(account=True), party()
    membership = actions.give_role(person=sahnim, party=office, role=Officer, by="person:1")
    assert queries.has_role(sahnim, Officer, Auditor)
    assert actions.give_role(person=sahnim, party=office, role=Officer, by="person:1") == membership
    actions.end_role(membership, "person:1")
    actions.end_role(membership, "person:1")
    assert Record.objects.filter(deed="organisations.role_ended").count() == 1
    with clock.set_to(clock.now() + timedelta(days=1)):
        later = type(sahnim).objects.get(pk=sahnim.pk)
        assert not queries.has_role(later, Officer)
    assert str(membership) == f"{sahnim} officer {office}"


def test_the_keeper_of_a_register_is_bound_to_a_regency_and_others_are_not():
    sahnim, office = person(), party()
    with pytest.raises(Refused):
        actions.give_role(person=sahnim, party=office, role=RegencyOfficer, by="person:1")
    with pytest.raises(Refused):
        actions.give_role(person=sahnim, party=office, role=Officer, by="person:1", regency=regency())
    actions.give_role(person=sahnim, party=office, role=RegencyOfficer, by="person:1", regency=regency())
    assert queries.regencies_of(sahnim) == {"52.03"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(person=sahnim, party=office, role="regency_officer")


def test_a_role_that_is_over_or_not_begun_is_none():
    day = clock.today()
    past = member(Officer, party(), starts_on=day - timedelta(days=9), ends_on=day - timedelta(days=1))
    coming = member(Officer, party(), starts_on=day + timedelta(days=1))
    last_day = member(Officer, party(), starts_on=day - timedelta(days=9), ends_on=day)
    assert [queries.is_office(who) for who in (past, coming, last_day)] == [False, False, True]


def test_nobody_has_a_role_without_an_account_that_is_open():
    officer = member(Officer, party())
    officer.is_active = False
    assert queries.roles_of(officer) == frozenset()
    assert queries.roles_of(AnonymousUser()) == frozenset()
    assert queries.roles_shown(AnonymousUser()) == []


def test_roles_are_asked_once_a_request(django_assert_num_queries):
    officer = member(Officer, party())
    with django_assert_num_queries(1):
        assert queries.is_office(officer)
        assert queries.may_see_records(officer)
        assert not queries.makes(officer)


def test_roles_are_shown_in_words_with_party_and_regency(django_assert_num_queries):
    all_ = cast()
    shown = queries.roles_shown(all_.regency_officer)[0]
    assert (shown.party, shown.regency) == (str(all_.office), "Lombok Timur")
    assert shown.sentence
    member(Captain, all_.group, who=all_.officer)
    member(Officer, party(), who=all_.officer)
    with django_assert_num_queries(1):
        roles = queries.roles_by_person([all_.officer, all_.stranger])
    assert roles == {all_.officer.pk: [Officer, Captain], all_.stranger.pk: []}


def test_parties_are_found_by_role_and_buyers_while_they_stand():
    all_ = cast()
    assert list(queries.parties_of(all_.captain, roles=[Captain])) == [all_.group]
    assert list(queries.parties_of(all_.captain, roles=[Officer])) == []
    gone = party(
        "Dinas Lama", starts_on=clock.today() - timedelta(days=9), ends_on=clock.today() - timedelta(days=1)
    )
    assert gone not in queries.buyers()
    assert set(queries.buyers()) == {all_.office, all_.buyers}


def test_deeds_about_parties_are_told_in_words():
    office = actions.found_party(kind=PartyKind.OFFICE, name="Dinas Contoh", by="person:1")
    membership = actions.give_role(person=person("Sahnim"), party=office, role=Officer, by="person:1")
    actions.end_role(membership, "person:1")
    sentences = [one.sentence for one in told(Record.objects.all())]
    assert all("Dinas Contoh" in sentence for sentence in sentences)
    assert ["Sahnim" in sentence for sentence in sentences] == [True, True, False]
    assert queries.names_of(["party:0", "party:x", office.key]) == {office.key: "Dinas Contoh"}
