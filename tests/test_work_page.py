"""The page of a long work: how far it is, for whom, and where it leads."""

import pytest

from foundation.models import WorkState
from foundation.tests.works import known_works
from foundation.work import Progress, start
from foundation.work.progress import beat
from lumbung.organisations.tests.factories import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def works():
    """Works that only these tests know."""
    with known_works():
        yield


@pytest.fixture
def now_committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def people():
    return cast()


def of(person, name="test.count", **arguments):
    return start(name, by=person.key, about="Menghitung sampai tiga", back="/pesanan/", **arguments)


def opened(client, person, one, **extra):
    client.force_login(person)
    return client.get(one.get_absolute_url(), **extra)


def test_the_page_shows_how_far_it_is_with_and_without_javascript(client, people):
    one = of(people.officer, to=1000)
    Progress(one).say(250, 1000, "Menulis baris")
    page = opened(client, people.officer, one).content.decode()
    assert "Menulis baris" in page
    assert "250 dari 1.000" in page or "250 of 1.000" in page
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    part = opened(client, people.officer, one, headers={"hx-request": "true"}).content.decode()
    assert "Menulis baris" in part
    assert "<html" not in part


def test_it_leads_on_when_it_is_done(client, people, now_committed):
    with now_committed():
        one = of(people.officer, to=2)
    there = f"/hitung/{people.officer.key}/2/"
    assert opened(client, people.officer, one).url == there
    assert opened(client, people.officer, one, headers={"hx-request": "true"})["HX-Redirect"] == there


def test_a_refused_work_says_why_and_leads_back(client, people, now_committed):
    with now_committed():
        one = of(people.officer, "test.refuse")
    page = opened(client, people.officer, one).content.decode()
    assert "Pesanan ini sudah dibatalkan." in page
    assert 'href="/pesanan/"' in page
    part = opened(client, people.officer, one, headers={"hx-request": "true"})
    assert part["HX-Redirect"] == one.get_absolute_url()


def test_a_broken_work_offers_another_try_to_who_started_it(client, people, now_committed):
    with now_committed():
        one = of(people.officer, "test.break")
    address = f"{one.get_absolute_url()}ulang/"
    assert address in opened(client, people.officer, one).content.decode()
    assert address not in opened(client, people.decider, one).content.decode()
    assert client.post(address).status_code == 404
    client.force_login(people.officer)
    assert client.post(address).url == one.get_absolute_url()
    one.refresh_from_db()
    assert one.state == WorkState.WAITING


def test_only_who_started_it_and_the_office_see_a_work(client, people):
    one = of(people.buyer, to=2)
    seen = {
        name: opened(client, getattr(people, name), one).status_code
        for name in ("buyer", "officer", "decider", "auditor", "maker", "stranger")
    }
    assert seen == {
        "buyer": 200,
        "officer": 200,
        "decider": 200,
        "auditor": 200,
        "maker": 404,
        "stranger": 404,
    }
    client.logout()
    assert client.get(one.get_absolute_url()).url.startswith("/akun/masuk/")


def test_a_work_that_nobody_does_says_so(client, people):
    one = of(people.officer, to=2)
    assert '<p class="notice wait"><b>' in opened(client, people.officer, one).content.decode()
    beat()
    assert '<p class="notice wait"><b>' not in opened(client, people.officer, one).content.decode()
