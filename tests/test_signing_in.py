"""The door: who gets in, by what, and what the account page says to whom."""

import re

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.urls import reverse

from lumbung.organisations.tests.factories import cast, member, party
from lumbung.people import actions
from lumbung.people.choices import DEMO_PASSWORD, Officer
from lumbung.people.tests.factories import PASSWORD, person
from lumbung.records.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def to_the_account(settings):
    settings.LOGIN_REDIRECT_URL = "people:account"


@pytest.fixture
def sahnim():
    return person("Sahnim", account=True, phone="+6281234567890", email="sahnim@contoh.test")


def sign_in(client, login, password=PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": login, "password": password}, **extra)


@pytest.mark.parametrize(
    "written",
    [
        "081234567890",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "6281234567890",
        "sahnim@contoh.test",
        "SAHNIM@contoh.test ",
    ],
)
def test_a_phone_or_an_email_signs_in_however_it_is_written(client, sahnim, written):
    answer = sign_in(client, written)
    assert answer.status_code == 302
    assert get_user(client) == sahnim


@pytest.mark.parametrize("missing", [{"phone": ""}, {"email": None}])
def test_one_of_phone_and_email_is_enough(client, missing):
    who = person(account=True, **missing)
    sign_in(client, who.phone or who.email)
    assert get_user(client) == who


def test_a_wrong_password_is_refused_in_words_and_what_was_typed_stays(client, sahnim):
    answer = sign_in(client, "0812 3456 7890", "salah-sama-sekali")
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert 'value="0812 3456 7890"' in answer.content.decode()
    assert not get_user(client).is_authenticated


def test_something_that_is_neither_phone_nor_email_is_said_at_the_field(client):
    answer = sign_in(client, "sahnim")
    assert list(answer.context["form"].errors) == ["login"]


def test_a_person_without_account_cannot_sign_in_even_with_a_password(client, sahnim):
    sahnim.has_account = False
    sahnim.save()
    sign_in(client, "081234567890")
    assert not get_user(client).is_authenticated


def test_a_closed_account_ends_its_sessions(client, sahnim):
    sign_in(client, "081234567890")
    actions.close_account(sahnim, by="person:1")
    assert client.get(reverse("people:account")).status_code == 302


def test_signing_out_needs_a_press_of_the_button(client, sahnim):
    client.force_login(sahnim)
    assert client.get(reverse("account_logout")).status_code == 200
    assert get_user(client).is_authenticated
    client.post(reverse("account_logout"))
    assert not get_user(client).is_authenticated


def test_after_eight_wrong_passwords_the_right_one_waits_too(client, sahnim, settings):
    settings.AXES_ENABLED = True
    answers = [sign_in(client, "0812-3456-7890", "salah-sama-sekali").status_code for _ in range(8)]
    assert answers == [200] * 7 + [429]
    locked = sign_in(client, "+6281234567890")
    assert locked.status_code == 429
    assert reverse("account_reset_password") in locked.content.decode()
    assert not get_user(client).is_authenticated
    elsewhere = sign_in(client, "081234567890", REMOTE_ADDR="10.0.0.9")
    assert elsewhere.status_code == 302


def test_nobody_signs_up(client):
    answer = client.get(reverse("account_signup"))
    assert answer.status_code == 200
    assert "<form" not in answer.content.decode().split("<main")[1].split("</main>")[0]
    client.post(reverse("account_signup"), {"email": "a@b.test", "password1": PASSWORD})
    assert not get_user(client).is_authenticated


def test_the_sign_in_page_of_a_demo_shows_its_accounts_with_their_roles(client, settings):
    settings.DEMO = True
    officer = member(Officer, party(), who=person("Baiq Ayu", account=True, is_demo=True))
    person("Orang Biasa", account=True)
    text = client.get(reverse("account_login")).content.decode()
    assert [word in text for word in ("Baiq Ayu", officer.email, DEMO_PASSWORD)] == [True] * 3
    assert "Orang Biasa" not in text
    settings.DEMO = False
    assert DEMO_PASSWORD not in client.get(reverse("account_login")).content.decode()


def test_a_forgotten_password_is_set_anew_by_a_letter(client, sahnim):
    client.post(reverse("account_reset_password"), {"email": "Sahnim@Contoh.test"})
    address = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    page = client.get(address, follow=True)
    new = "kopi-sapit-tetebatu"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert sign_in(client, "081234567890", new).status_code == 302
    assert Record.objects.get(deed="people.password_changed").subject == sahnim.key
    assert client.get(address, follow=True).context["token_fail"]


def test_no_letter_goes_to_who_has_no_account(client):
    person("Tanpa Akun", email="tanpa@contoh.test")
    answers = [
        client.post(reverse("account_reset_password"), {"email": f"{who}@contoh.test"})
        for who in ("tanpa", "siapa")
    ]
    assert [answer.url for answer in answers] == [reverse("account_reset_password_done")] * 2
    assert mail.outbox == []
    assert client.get(reverse("account_reset_password_done")).status_code == 200


def test_the_password_is_changed_with_the_present_one(client, sahnim):
    client.force_login(sahnim)
    wanted = {"password1": "kopi-sapit-tetebatu", "password2": "kopi-sapit-tetebatu"}
    address = reverse("account_change_password")
    wrong = client.post(address, {**wanted, "oldpassword": "bukan-ini-sandinya"})
    assert list(wrong.context["form"].errors) == ["oldpassword"]
    differing = client.post(address, {**wanted, "oldpassword": PASSWORD, "password2": "lain-sama-sekali"})
    assert list(differing.context["form"].errors) == ["password2"]
    assert client.post(address, {**wanted, "oldpassword": PASSWORD}).status_code == 302
    sahnim.refresh_from_db()
    assert sahnim.check_password("kopi-sapit-tetebatu")
    assert get_user(client) == sahnim


@pytest.mark.parametrize("weak", ["pendek", "1234567890", "sahnim123", DEMO_PASSWORD])
def test_a_weak_password_is_refused_at_its_field(client, sahnim, weak):
    client.force_login(sahnim)
    sent = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    answer = client.post(reverse("account_change_password"), sent)
    assert "password1" in answer.context["form"].errors


def test_a_demo_account_keeps_its_password(client, sahnim):
    sahnim.is_demo = True
    sahnim.save()
    client.force_login(sahnim)
    sent = {"oldpassword": PASSWORD, "password1": "kopi-sapit-tetebatu", "password2": "kopi-sapit-tetebatu"}
    answer = client.post(reverse("account_change_password"), sent)
    assert list(answer.context["form"].errors) == ["password1"]


def test_the_own_password_is_asked_once_more(client, sahnim):
    client.force_login(sahnim)
    address = reverse("account_reauthenticate")
    assert client.get(address).status_code in {200, 302}
    assert client.post(address, {"password": "bukan-ini-sandinya"}).status_code == 200
    assert client.post(address, {"password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(
    "name", ["account_inactive", "account_reset_password", "account_reset_password_from_key_done"]
)
def test_the_quiet_pages_open(client, name):
    assert client.get(reverse(name)).status_code == 200


def test_pages_of_accounts_hold_no_inline_style_or_script(client, sahnim):
    client.force_login(sahnim)
    for name in ("people:account", "account_logout", "account_change_password"):
        text = client.get(reverse(name)).content.decode()
        assert " style=" not in text
        assert not re.search(r"<script(?![^>]*\bsrc=)", text)


def test_the_page_of_an_account_shows_roles_and_readers_to_its_owner(client):
    all_ = cast()
    actions.note_personal_reads(
        reader=all_.officer.key, page="Pelaku", fields="telepon", persons=[all_.regency_officer.pk]
    )
    client.force_login(all_.regency_officer)
    text = client.get(reverse("people:account")).content.decode()
    assert [word in text for word in (all_.officer.full_name, "Lombok Timur", "telepon")] == [True] * 3
    client.force_login(all_.stranger)
    text = client.get(reverse("people:account")).content.decode()
    assert all_.officer.full_name not in text
    client.logout()
    assert client.get(reverse("people:account")).status_code == 302
