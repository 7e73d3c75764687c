import pytest
from django.utils import translation

from foundation.errors import Refused
from lumbung.people import actions, panels, queries
from lumbung.people.models import Person
from lumbung.people.tests.factories import PASSWORD, person
from lumbung.people.tests.test_actions import issue
from lumbung.records.models import Record
from lumbung.records.queries import told

pytestmark = pytest.mark.django_db


def test_keys_are_named_and_what_is_no_person_is_left_out():
    sahnim = person("Sahnim")
    assert queries.names_of([sahnim.key, "person:0", "person:x", "command:deliver"]) == {sahnim.key: "Sahnim"}


def test_fields_that_were_read_are_told_in_words():
    with translation.override("en"):
        assert queries.fields_in_words("phone, bank_account,shoe") == "phone number, bank account, shoe"


def test_a_link_is_called_by_its_holder():
    link = issue(person("Sahnim"))
    assert panels.links([link.key, "link:0", "link:x"]) == {link.key: "Sahnim"}


def test_every_deed_of_this_room_is_told_in_words():
    sahnim = actions.register_person(full_name="Sahnim", phone="081234567890", by="person:0")
    actions.change_contact(sahnim, phone="081234567891", email="s@contoh.test", by="person:0")
    actions.open_account(sahnim, PASSWORD, "person:0")
    sahnim.refresh_from_db()
    actions.change_password(sahnim, "kopi-sapit-tetebatu", "person:0")
    actions.close_account(sahnim, "person:0")
    link = issue(sahnim)
    with pytest.raises(Refused):
        actions.confirm_digits(link, "0000", link.key)
    actions.confirm_digits(link, "7891", link.key)
    actions.revoke_link(link, "person:0")
    actions.register_persons([], by="person:0")
    actions.issue_links([], by="person:0")
    sentences = [one.sentence for one in told(Record.objects.all())]
    assert len(set(sentences)) == Record.objects.count() == 11
    assert sum("Sahnim" in sentence for sentence in sentences) == 9
    assert all(sentence.endswith(".") for sentence in sentences)


def test_an_account_is_found_by_its_email_as_the_framework_asks():
    sahnim = person(account=True)
    assert Person.objects.get_by_natural_key(sahnim.email.upper()) == sahnim
    made = Person.objects.create_account(full_name="Amaq", password=PASSWORD, email="amaq@contoh.test")
    assert (made.has_account, made.check_password(PASSWORD)) == (True, True)
