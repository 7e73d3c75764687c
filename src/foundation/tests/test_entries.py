"""An entry that waited on a phone arrives once, and the phone is told what became of it."""

from datetime import timedelta

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path
from django.utils import translation

from foundation import clock, entries, once
from foundation.access import signed_in
from foundation.answering import answer
from foundation.errors import Refused
from foundation.models import Arrived

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
DEEDS: list[int] = []


class Pieces(forms.Form):
    pieces = forms.IntegerField(label="Pieces")


def enter(request):
    form = Pieces(request.POST or None)

    def deed():
        if form.cleaned_data["pieces"] > 100:
            raise Refused("At most 100 a day.", field="pieces")
        if DEEDS and not form.cleaned_data["pieces"]:
            raise AssertionError
        DEEDS.append(form.cleaned_data["pieces"])
        return "/hasil/"

    return answer(request, form, deed, done="Written down.") or HttpResponse("the form again")


def once_only(request):
    """After the first entry the page takes no more, whatever is sent."""
    return HttpResponse("no more") if DEEDS else enter(request)


def answers(status):
    return lambda request: HttpResponse("not JSON", status=status)


urlpatterns = [
    path("hasil/", enter),
    path("sekali/", once_only),
    path("sendiri/", signed_in(enter)),
    path("akun/masuk/", answers(200), name="account_login"),
    *(path(f"{status}/", answers(status)) for status in (200, 302, 400, 403, 404, 410, 429, 500, 503)),
]


@pytest.fixture(autouse=True)
def nothing_done():
    DEEDS.clear()
    with translation.override("en"):
        yield


def send(client, address="/hasil/", *, owner="link", key="k" * 22, headers=None, **fields):
    told = {"X-Lumbung-Entry": owner, "accept-language": "en"} | (headers or {})
    return client.post(address, {"entry_key": key, **fields}, headers=told)


def test_what_is_done_is_told_in_the_words_of_the_page(client):
    assert send(client, pieces=3).json() == {
        "state": "done",
        "sentence": "Written down.",
        "address": "/hasil/",
    }
    assert DEEDS == [3]


def test_the_same_entry_arrives_once_however_often_it_is_sent(client):
    told = [send(client, pieces=3).json()["state"] for _ in range(3)]
    assert (told, DEEDS) == (["done"] * 3, [3])


def test_two_entries_of_the_same_words_are_two_entries(client):
    for key in ("a" * 22, "b" * 22):
        send(client, pieces=3, key=key)
    assert DEEDS == [3, 3]


def test_an_entry_that_arrived_is_not_asked_again_whether_it_may(client):
    first = send(client, "/sekali/", pieces=3)
    assert send(client, "/sekali/", pieces=3).json()["state"] == first.json()["state"] == "done"
    assert send(client, "/sekali/", pieces=3, key="b" * 22).json()["state"] == "refused"
    assert DEEDS == [3]


def test_an_entry_is_known_after_a_year_and_its_key_is_not_kept_in_clear(client):
    send(client, pieces=3)
    assert "kkkk" not in Arrived.objects.get().key
    with clock.set_to(clock.now() + timedelta(days=365)):
        once.do_once(RequestFactory().post("/a/", {"once": "other"}), lambda: "")
        send(client, pieces=3)
    assert DEEDS == [3]


@pytest.mark.parametrize(
    ("pieces", "sentence"), [("101", "Pieces: At most 100 a day."), ("", "Pieces: This field is required.")]
)
def test_what_is_refused_is_told_in_its_sentence_and_may_be_sent_again(client, pieces, sentence):
    told = send(client, pieces=pieces).json()
    assert told == {"state": "refused", "sentence": sentence, "address": ""}
    assert send(client, pieces=7).json()["state"] == "done"
    assert DEEDS == [7]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, "refused"),
        (302, "refused"),
        (400, "refused"),
        (403, "refused"),
        (404, "refused"),
        (410, "refused"),
        (429, "later"),
        (500, "later"),
        (503, "later"),
    ],
)
def test_nothing_but_the_deed_says_that_it_is_done(client, status, state):
    told = send(client, f"/{status}/").json()
    assert told["state"] == state
    assert told["sentence"].endswith(".")


def test_whoever_is_led_to_the_sign_in_page_is_told_so(client):
    assert send(client, "/sendiri/", pieces=3).json()["state"] == "sign-in"


def test_a_form_that_is_sent_as_always_is_answered_as_always(client):
    answered = client.post("/hasil/", {"entry_key": "k" * 22, "pieces": 3})
    assert (answered.status_code, answered["Location"]) == (302, "/hasil/")
    client.post("/hasil/", {"entry_key": "k" * 22, "pieces": 3})
    assert DEEDS == [3]


def test_an_entry_is_as_old_as_the_phone_says_by_its_own_clock():
    with clock.set_to(clock.now()):
        for age, seconds in (("3600", 3600), ("0", 0), ("-5", 0), ("soon", 0), ("9" * 12, 0), ("", 0)):
            request = RequestFactory().post("/", headers={"X-Lumbung-Entry": "link", "X-Lumbung-Age": age})
            assert entries.entered_at(request) == clock.now() - timedelta(seconds=seconds)
        assert entries.entered_at(RequestFactory().post("/", headers={"X-Lumbung-Age": "60"})) == clock.now()


def test_nobody_has_no_mark():
    assert entries.person_mark(AnonymousUser()) == entries.person_mark(None) == ""
