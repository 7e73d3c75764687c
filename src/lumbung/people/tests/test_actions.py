from datetime import timedelta

import pytest
from django.db import transaction

from foundation import clock
from foundation.errors import Refused
from lumbung.people import actions, queries, rules
from lumbung.people.actions import NewLink
from lumbung.people.choices import DEMO_PASSWORD, LinkPurpose, Salutation
from lumbung.people.models import Link, Person, PersonalRead
from lumbung.people.rules import NewPerson
from lumbung.people.tests.factories import PASSWORD, person
from lumbung.records.models import Record
from lumbung.records.rules import salted_digest

pytestmark = pytest.mark.django_db
BY = "person:1"


def issue(who=None, **fields):
    known = {
        "purpose": LinkPurpose.ANSWER_SHARE,
        "subject": "share:1",
        "person": who or person(phone="+6281234567890"),
    }
    return actions.issue_link(**{**known, "by": BY, **fields})


def refused(call, *arguments, **keywords):
    with pytest.raises(Refused) as refusal:
        call(*arguments, **keywords)
    return refusal.value


def test_a_registered_person_stands_with_a_tidy_name_and_number():
    made = actions.register_person(
        full_name="  Sahnim   Wati ", salutation=Salutation.IBU, phone="0812 3456 7890", email="", by=BY
    )
    made.refresh_from_db()
    assert (made.full_name, made.phone, made.email, made.has_account) == (
        "Sahnim Wati",
        "+6281234567890",
        None,
        False,
    )


def test_the_record_of_a_person_tells_nothing_in_clear():
    made = actions.register_person(
        full_name="Sahnim", phone="081234567890", email="Sahnim@Contoh.test", by=BY
    )
    content = Record.objects.get(subject=made.key).content
    assert [word in content for word in ("Sahnim", "81234567890", "sahnim@contoh.test")] == [False] * 3
    assert salted_digest(made.salt, "+6281234567890") in content
    assert salted_digest(made.salt, "sahnim@contoh.test") in content


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"full_name": " "}, "full_name"), ({"phone": "12"}, "phone"), ({"email": "ADA@contoh.test"}, "email")],
)
def test_what_is_wrong_with_a_person_is_said_at_its_field(fields, field):
    person(email="ada@contoh.test")
    assert refused(actions.register_person, **{"full_name": "Sahnim", "by": BY, **fields}).field == field
    assert not Record.objects.exists()


def test_thousands_are_registered_at_once_with_one_record(django_assert_max_num_queries):
    rows = [NewPerson(f"Orang {number}", Salutation.BAPAK, f"0812{number:08d}") for number in range(3000)]
    with django_assert_max_num_queries(45):
        made = actions.register_persons(rows, by=BY, is_demo=True)
    assert [one.full_name for one in made] == [row.full_name for row in rows]
    assert len({one.pk for one in made}) == Person.objects.filter(is_demo=True).count() == 3000
    assert '"count":3000' in Record.objects.get().content


def test_a_batch_is_registered_whole_or_not_at_all():
    person(email="ada@contoh.test")
    rows = [NewPerson("Satu"), NewPerson("Dua", email="ada@contoh.test")]
    assert refused(actions.register_persons, rows, by=BY).field == "email"
    twice = [NewPerson("Satu", email="a@contoh.test"), NewPerson("Dua", email="A@contoh.test")]
    assert refused(actions.register_persons, twice, by=BY).field == "email"
    assert Person.objects.count() == 1


def test_an_account_is_opened_once_with_a_fitting_password():
    sahnim = person()
    opened = actions.open_account(sahnim, PASSWORD, BY)
    assert (opened.has_account, opened.check_password(PASSWORD)) == (True, True)
    refused(actions.open_account, sahnim, PASSWORD, BY)
    assert refused(actions.open_account, person(), "pendek", BY).field == "password"
    refused(actions.open_account, person(phone=""), PASSWORD, BY)
    assert Record.objects.filter(deed="people.account_opened").count() == 1


def test_two_accounts_never_share_a_phone_but_two_persons_may():
    first, second = person(phone="+6281234567890"), person(phone="+6281234567890")
    actions.open_account(first, PASSWORD, BY)
    assert refused(actions.open_account, second, PASSWORD, BY).field == "phone"
    assert queries.account_by_phone("+6281234567890") == first


def test_the_demo_password_opens_an_account_only_in_a_demo(settings):
    settings.DEMO = False
    assert refused(actions.open_account, person(is_demo=True), DEMO_PASSWORD, BY).field == "password"
    settings.DEMO = True
    demo = actions.open_account(person(is_demo=True), DEMO_PASSWORD, BY)
    assert list(queries.demo_accounts()) == [demo]
    refused(actions.change_password, demo, "kopi-sapit-tetebatu", demo.key)


def test_a_closed_account_cannot_be_closed_again_nor_get_a_password():
    sahnim = actions.close_account(person(account=True), BY)
    refused(actions.close_account, sahnim, BY)
    refused(actions.change_password, sahnim, "kopi-sapit-tetebatu", BY)
    refused(actions.change_password, person(), "kopi-sapit-tetebatu", BY)


def test_a_new_number_is_written_down_unless_an_account_would_lose_its_way_in():
    sahnim, other = person(account=True), person(account=True)
    changed = actions.change_contact(sahnim, phone="0812 9999 0000", email="Baru@contoh.test", by=BY)
    assert (changed.phone, changed.email) == ("+6281299990000", "baru@contoh.test")
    refused(actions.change_contact, sahnim, phone="", email="", by=BY)
    refused(actions.change_contact, sahnim, phone=other.phone, email=None, by=BY)
    refused(actions.change_contact, sahnim, phone="", email=other.email, by=BY)


# Links


def test_a_link_is_found_by_its_secret_and_its_purpose():
    link = issue()
    secret = rules.secret_of(link)
    assert queries.link_for(secret.upper(), LinkPurpose.ANSWER_SHARE) == link
    assert queries.link_for(secret, LinkPurpose.CAPTAIN_BUNDLE) is None
    assert queries.link_for("0" * 16, LinkPurpose.ANSWER_SHARE) is None
    assert secret not in Record.objects.get(subject=link.key).content
    assert str(link) == "answer_share share:1"


def test_two_links_to_the_same_thing_have_different_secrets():
    sahnim = person()
    assert rules.secret_of(issue(sahnim)) != rules.secret_of(issue(sahnim))


def test_thousands_of_links_are_issued_at_once_in_order(django_assert_max_num_queries):
    sahnim = person()
    wanted = [NewLink(LinkPurpose.ANSWER_SHARE, f"share:{number}", sahnim) for number in range(2000)]
    with django_assert_max_num_queries(45):
        made = actions.issue_links(wanted, by=BY)
    assert [link.subject for link in made] == [new.subject for new in wanted]
    assert len({link.secret_hash for link in made}) == 2000
    assert queries.link_for(rules.secret_of(made[1999]), LinkPurpose.ANSWER_SHARE) == made[1999]
    assert queries.open_links(["share:7"], LinkPurpose.ANSWER_SHARE).get() == made[7]
    assert Record.objects.get().subject == "links"


def test_a_withdrawn_link_no_longer_opens_and_is_withdrawn_once():
    link = actions.revoke_link(issue(), BY)
    again = actions.revoke_link(link, BY)
    assert rules.why_not_open(again, clock.now())
    assert again.revoked_at == link.revoked_at
    assert Record.objects.filter(deed="people.link_revoked").count() == 1
    assert not queries.open_links(["share:1"], LinkPurpose.ANSWER_SHARE).exists()


def test_the_right_digits_are_noted_the_first_time_and_asked_each_time():
    link = issue()
    first = actions.confirm_digits(link, "7890", link.key)
    second = actions.confirm_digits(link, "7890", link.key)
    assert first.confirmed_at == second.confirmed_at is not None
    assert Record.objects.filter(deed="people.digits_confirmed").count() == 1
    assert refused(actions.confirm_digits, link, "", link.key).field == "digits"


def test_five_wrong_digits_in_a_row_shut_the_link_even_for_the_right_ones():
    link = issue()
    for _ in range(4):
        refused(actions.confirm_digits, link, "0000", link.key)
    link.refresh_from_db()
    assert link.wrong_digits == 4
    fifth = refused(actions.confirm_digits, link, "0000", link.key)
    assert fifth.sentence == rules.why_not_answer(Link.objects.get(), clock.now())
    refused(actions.confirm_digits, link, "7890", link.key)
    assert Record.objects.filter(deed="people.digits_wrong").count() == 5


def test_right_digits_wipe_out_the_wrong_ones_before_them():
    link = issue()
    refused(actions.confirm_digits, link, "0000", link.key)
    assert actions.confirm_digits(link, "7890", link.key).wrong_digits == 0


def test_digits_are_not_looked_at_once_a_link_is_over():
    link = issue(expires_at=clock.now() - timedelta(minutes=1))
    refused(actions.confirm_digits, link, "0000", link.key)
    link.refresh_from_db()
    assert link.wrong_digits == 0


@pytest.mark.django_db(transaction=True)
def test_digits_are_asked_before_the_transaction_of_the_answer_never_within():
    link = issue()
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.confirm_digits(link, "0000", link.key)


# The trail of personal reads


def test_a_person_sees_who_read_the_own_fields(django_assert_max_num_queries):
    sahnim, officer = person("Sahnim"), person("Baiq Ayu")
    actions.note_personal_reads(
        reader=officer.key, page="Pelaku", fields="telepon", persons=[sahnim.pk, officer.pk]
    )
    actions.note_personal_reads(reader="command:export", page="Excel", fields="telepon", persons=[sahnim.pk])
    with django_assert_max_num_queries(2):
        trail = queries.reads_about(sahnim)
    assert [(read.reader, read.page) for read in trail] == [
        ("command:export", "Excel"),
        ("Baiq Ayu", "Pelaku"),
    ]
    assert queries.reads_about(officer) == []


def test_one_page_is_one_row_and_the_own_fields_are_none():
    many = [person() for _ in range(3)]
    actions.note_personal_reads(reader=many[0].key, page="P", fields="f", persons=[one.pk for one in many])
    assert actions.note_personal_reads(reader=many[0].key, page="P", fields="f", persons=[many[0].pk]) is None
    read = PersonalRead.objects.get()
    assert set(read.persons.all()) == set(many[1:])
    assert str(read) == f"{many[0].key} P"
