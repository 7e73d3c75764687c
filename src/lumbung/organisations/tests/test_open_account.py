"""The first account of a new office is opened by a command; the head who has it opens the others on the pages."""

import io
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Membership, Party
from lumbung.people.choices import DEMO_PASSWORD
from lumbung.people.models import Person
from lumbung.records.models import Record

pytestmark = pytest.mark.django_db
PASSWORD = "kata-sandi-panjang-42"


def opened(password: str = PASSWORD, **options: Any) -> str:
    said = io.StringIO()
    options = {"name": "Lale Kepala", "email": "lale@dinas.test"} | options
    call_command("open_account", lang="en", stdin=io.StringIO(f"{password}\n"), stdout=said, **options)
    return said.getvalue()


def test_the_head_of_a_new_office_signs_in_and_may_open_accounts(client: Client) -> None:
    assert opened() == f"Lale Kepala can sign in now: Head of office, {settings.OFFICE_NAME}.\n"
    office = Party.objects.get()
    assert (office.kind, office.name, office.is_demo) == (PartyKind.OFFICE, settings.OFFICE_NAME, False)
    client.post(reverse("account_login"), {"login": "lale@dinas.test", "password": PASSWORD})
    assert client.get(reverse("organisations:new_account")).status_code == 200


def test_each_deed_stands_in_the_records_with_the_command_as_their_author() -> None:
    opened()
    deeds = Record.objects.filter(actor="command:open-account").values_list("deed", flat=True)
    assert sorted(deeds) == [
        "organisations.party_founded",
        "organisations.role_given",
        "people.account_opened",
        "people.registered",
    ]


def test_a_second_account_joins_the_same_office_in_another_role() -> None:
    opened()
    opened(name="Baiq Pemeriksa", email="", phone="0812 0000 4321", role="auditor")
    assert Party.objects.count() == 1
    assert sorted(Membership.objects.values_list("role", flat=True)) == ["auditor", "decider"]


@pytest.mark.parametrize(
    ("password", "options", "sentence"),
    [
        (PASSWORD, {"email": ""}, "phone number or an e-mail address"),
        ("pendek", {}, "too short"),
        (DEMO_PASSWORD, {}, "This password is public"),
        (PASSWORD, {"phone": "12"}, "12"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_a_sentence_and_leaves_nothing(
    password: str, options: dict[str, str], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        opened(password, **options)
    assert not Person.objects.exists()
    assert not Party.objects.exists()


def test_the_same_address_is_not_opened_twice() -> None:
    opened()
    with pytest.raises(CommandError, match="Somebody else has this e-mail address"):
        opened(name="Lale Lain")
    assert Person.objects.count() == 1
