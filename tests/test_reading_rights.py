"""Address by address, role by role: who may read records and files."""

import pytest
from django.urls import reverse

from lumbung.files import actions
from lumbung.files.choices import Visibility
from lumbung.files.tests.factories import photo
from lumbung.organisations.tests.factories import cast
from lumbung.records.tests.factories import record

pytestmark = pytest.mark.django_db
RECORD_READERS = {"officer", "decider", "auditor", "data_protection_officer"}
OFFICE = RECORD_READERS | {"regency_officer", "treasurer", "inspector"}


def status(answer):
    """The status, with the answer read to its end, so that no file stays open."""
    answer.getvalue() if answer.streaming else answer.content
    return answer.status_code


def test_records_open_for_those_who_answer_for_them_and_nobody_else(client):
    one = record()
    pages = [
        reverse("records:list"),
        reverse("records:sheet"),
        reverse("records:check"),
        one.get_absolute_url(),
    ]
    for name, who in cast().everybody():
        client.force_login(who)
        expected = 200 if name in RECORD_READERS else 403
        assert [status(client.get(page)) for page in pages] == [expected] * 4, name
        assert status(client.post(reverse("records:check"))) == expected, name
    client.logout()
    for page in pages:
        assert client.get(page).url.startswith(f"{reverse('account_login')}?next=")


def test_files_of_the_office_open_for_the_office_and_for_who_put_them_there(client, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    all_ = cast()
    kept = {"subject": "share:1", "name": "foto.jpg"}
    office = actions.keep_file(upload=photo(), by=all_.captain.key, **kept)
    public = actions.keep_file(upload=photo(), by="person:0", visibility=Visibility.PUBLIC, **kept)
    for name, who in all_.everybody():
        client.force_login(who)
        answers = [client.get(one.get_absolute_url()) for one in (office, public)]
        expected = 200 if name in OFFICE | {"captain"} else 404
        assert [status(answer) for answer in answers] == [expected, 200], name
    client.logout()
    assert client.get(office.get_absolute_url()).status_code == 404


def test_the_own_account_opens_for_everybody_who_signed_in(client):
    for _name, who in cast().everybody():
        client.force_login(who)
        assert who.full_name in client.get(reverse("people:account")).content.decode()
    client.logout()
    assert client.get(reverse("people:account")).status_code == 302
