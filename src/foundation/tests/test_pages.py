"""Pages that belong to no room."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.views.csrf import csrf_failure

from foundation.views import look

pytestmark = pytest.mark.django_db


def test_the_look_shows_every_component_in_both_languages(client):
    page = client.get("/gaya/", headers={"accept-language": "id"}).content.decode()
    assert '<html lang="id">' in page
    page = client.get("/gaya/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="en">' in page
    for heading in (
        "Mark and border",
        "Buttons",
        "States of a share",
        "Steps",
        "Table",
        "What fairness costs",
    ):
        assert f"<h2>{heading}</h2>" in page


def test_the_look_is_for_staff_only_outside_the_demo(client, settings):
    settings.DEMO = False
    assert client.get("/gaya/").status_code == 404


def test_the_look_is_light_enough_for_a_phone(client):
    assert len(client.get("/gaya/").content) < 50_000


def test_every_page_of_the_demo_says_so_and_no_other(client, settings):
    settings.DEMO = True
    assert 'class="demo"' in client.get("/gaya/").content.decode()
    settings.DEMO = False
    assert 'class="demo"' not in client.get("/not-here/").content.decode()


def test_a_missing_page_is_told_kindly(client):
    answer = client.get("/not-here/", headers={"accept-language": "en"})
    assert answer.status_code == 404
    assert "This page is not here" in answer.content.decode()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_every_refusal_can_be_shown_without_a_request(name):
    with translation.override("en"):
        page = render_to_string(f"{name}.html")
    assert "<h1>" in page
    assert "Lumbung" in page


def test_a_form_from_another_place_is_refused_with_a_remedy():
    with translation.override("en"):
        answer = csrf_failure(RequestFactory().post("/"))
    assert answer.status_code == 403
    assert "Please send it once more" in answer.content.decode()


def test_the_language_is_chosen_with_a_button_and_stays(client):
    answer = client.post("/bahasa/", {"language": "en", "next": "/gaya/"})
    assert answer.headers["Location"] == "/gaya/"
    assert '<html lang="en">' in client.get("/gaya/").content.decode()


def test_health_and_robots_answer_machines(client, settings):
    assert client.get("/healthz").content == b"ok"
    settings.DEMO = True
    assert b"Disallow: /\n" in client.get("/robots.txt").content
    settings.DEMO = False
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /b/" in robots
    assert "Disallow: /\n" not in robots


def test_nothing_inline_passes_the_policy(client):
    policy = client.get("/gaya/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy


def test_only_reading_is_allowed_on_the_look():
    assert look(RequestFactory().post("/gaya/")).status_code == 405
