"""Entries that wait on a phone: whose they are, what a browser may keep, and what it is given to work with."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from lumbung.makers.models import Maker
from lumbung.makers.tests.factories import maker
from lumbung.organisations.tests.factories import Cast, cast
from lumbung.people.models import Person
from lumbung.records.models import Record

pytestmark = pytest.mark.django_db
SRC = Path(__file__).resolve().parents[1] / "src"


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def strict() -> Client:
    """A browser whose forms must carry their token."""
    return Client(enforce_csrf_checks=True)


def weeks_of(maker: Maker) -> str:
    return f"/pelaku/{maker.pk}/minggu/"


def send(client: Client, maker: Maker, owner: Person, *, weeks: str = "2", **headers: str) -> dict[str, Any]:
    monday = re.search(r'<option value="(\d{4}-\d\d-\d\d)"', client.get(weeks_of(maker)).content.decode())
    fields = {"entry_key": "k" * 22, "monday": monday[1] if monday else "", "weeks": weeks}
    headers = {"X-Lumbung-Entry": f"person:{owner.pk}"} | headers
    told: dict[str, Any] = client.post(weeks_of(maker), fields, headers=headers).json()
    return told


def deeds(maker: Maker) -> int:
    return Record.objects.filter(subject=maker.key, deed="makers.weeks_busy").count()


def test_an_entry_with_the_token_of_this_moment_arrives_once(strict: Client, people: Cast) -> None:
    here = maker()
    strict.force_login(people.officer)
    state = strict.get("/luring/keadaan/").json()
    assert state["person"] == f"person:{people.officer.pk}"
    told = [send(strict, here, people.officer, **{"X-CSRFToken": state["token"]}) for _ in range(2)]
    assert [each["state"] for each in told] == ["done", "done"]
    assert told[0]["address"] == weeks_of(here)
    assert deeds(here) == 1


def test_an_entry_with_a_token_that_is_too_old_is_sent_again_with_a_new_one(
    strict: Client, people: Cast
) -> None:
    here = maker()
    strict.force_login(people.officer)
    assert send(strict, here, people.officer)["state"] == "later"
    assert deeds(here) == 0


def test_an_entry_waits_until_its_own_person_is_signed_in(client: Client, people: Cast) -> None:
    here = maker()
    assert send(client, here, people.officer)["state"] == "sign-in"
    client.force_login(people.decider)
    assert send(client, here, people.officer)["state"] == "sign-in"
    client.force_login(people.officer)
    assert send(client, here, people.officer)["state"] == "done"
    assert deeds(here) == 1


def test_an_entry_that_the_form_refuses_is_told_why(client: Client, people: Cast) -> None:
    here = maker()
    client.force_login(people.officer)
    told = send(client, here, people.officer, weeks="99")
    assert (told["state"], told["sentence"]) == (
        "refused",
        "Berapa minggu: Paling banyak 12. Anda menulis 99.",
    )


def test_an_entry_for_a_maker_that_one_may_not_see_is_refused(client: Client, people: Cast) -> None:
    here = maker()
    client.force_login(people.stranger)
    assert send(client, here, people.stranger)["state"] == "refused"
    assert deeds(here) == 0


def test_nobody_gets_no_token_and_no_cookie(client: Client) -> None:
    answer = client.get("/luring/keadaan/")
    assert answer.json() == {"person": "", "token": ""}
    assert answer.cookies == {}
    assert "no-store" in answer["Cache-Control"]


def test_only_a_marked_page_may_be_kept_and_says_for_whom(client: Client, people: Cast) -> None:
    here, mark = maker(), f"person:{people.officer.pk}"
    assert client.get("/").headers["X-Lumbung-Person"] == "nobody"
    client.force_login(people.officer)
    page, other = client.get(weeks_of(here)), client.get(here.get_absolute_url())
    assert (page.headers["X-Lumbung-Person"], page.headers["X-Lumbung-Keep"]) == (mark, mark)
    assert other.headers["X-Lumbung-Person"] == mark
    assert "X-Lumbung-Keep" not in other.headers
    assert f'data-entry="busy-weeks" data-owner="{mark}"' in page.content.decode()


def test_the_page_for_being_without_a_signal_names_nobody(client: Client, people: Cast) -> None:
    client.force_login(people.officer)
    page = client.get("/luring/").content.decode()
    assert people.officer.full_name not in page
    assert "data-person" not in page
    assert "csrfmiddlewaretoken" not in page


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_for_being_without_a_signal_speaks_both_languages(client: Client, language: str) -> None:
    page = client.get("/luring/", headers={"accept-language": language}).content.decode()
    words = {"id": "Tidak ada isian Anda yang menunggu", "en": "No entry of yours waits"}
    assert words[language] in page


def test_the_worker_answers_for_every_address_and_is_never_old(client: Client) -> None:
    answer = client.get("/pekerja.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-store" in answer["Cache-Control"]
    assert "connect-src 'self'" in answer["Content-Security-Policy"]
    told = json.loads(answer.content.decode().split("\n")[0].removeprefix("const SHELL = ").rstrip(";"))
    assert told["urls"][0] == told["page"] == "/luring/"
    for url in told["urls"][1:]:
        assert finders.find(url.removeprefix(told["files"])), url
    assert client.get(told["state"]).status_code == 200


def test_a_page_may_have_a_worker_of_its_own_address_only(client: Client) -> None:
    assert "worker-src 'self'" in client.get("/").headers["Content-Security-Policy"]


def test_what_a_page_and_the_worker_load_is_small() -> None:
    def on_the_wire(*names: str) -> int:
        folder = SRC / "foundation/static/foundation"
        return len(gzip.compress(b"".join((folder / name).read_bytes() for name in names), 9))

    assert on_the_wire("queue.js", "entries.js") <= 6_000
    assert on_the_wire("queue.js", "worker.js") <= 6_000


def test_no_form_keeps_a_draft_of_what_already_waits() -> None:
    forms = [
        tag
        for path in SRC.rglob("templates/**/*.html")
        for tag in re.findall(r"<form\b[^>]*>", path.read_text())
    ]
    marked = [tag for tag in forms if "{% offline" in tag]
    assert marked
    assert [tag for tag in marked if "{% draft" in tag] == []


def test_every_marked_form_carries_its_key() -> None:
    for path in SRC.rglob("templates/**/*.html"):
        text = path.read_text()
        assert len(re.findall(r"{% offline ", text)) == text.count("{% entry_key %}"), path
