"""Every odd state of an offer has its sentence, and a link's page tells nothing to others."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from foundation import clock, formats
from lumbung.orders.actions.answering import accept_share
from lumbung.orders.choices import ShareState
from lumbung.orders.models import Share
from lumbung.orders.rules import answer as rules
from lumbung.orders.tests.offering import (
    Offered,
    bundle_for,
    cancelled,
    captain_of,
    declined,
    everything_kept,
    given_back,
    lapsed,
    noted_as_lapsed,
    offered,
    phone,
    text_of,
    withdrawn,
)
from lumbung.people import rules as people_rules
from lumbung.people.actions import revoke_link
from lumbung.people.models import Link

pytestmark = pytest.mark.django_db
PAGES = ["", "sanggup/", "sebagian/", "tidak/", "halangan/"]
both_languages = pytest.mark.parametrize("language", ["id", "en"])


# Odd states: a kind sentence each, and the way on


@both_languages
@pytest.mark.parametrize("happens", [declined, lapsed, noted_as_lapsed, withdrawn, cancelled, given_back])
def test_an_offer_that_is_over_says_so_kindly_and_shows_the_way_on(
    happens: Callable[[Offered], None], language: str, settings: object
) -> None:
    found = offered()
    happens(found)
    response = phone(language).get(found.address)
    page = text_of(response)
    assert response.status_code == 200
    assert "sanggup/" not in page
    assert f"/kuota/{found.share.line.order.code}/" in page
    assert settings.OFFICE_NAME in page  # type: ignore[attr-defined]
    assert 'class="state' in page


@pytest.mark.parametrize("happens", [lapsed, cancelled, withdrawn])
def test_the_sentence_is_that_of_the_rule(happens: Callable[[Offered], None]) -> None:
    found = offered()
    happens(found)
    with translation.override("en"):
        sentence = rules.why_not_answer(Share.objects.select_related("line__order").get(), at=clock.now())
    assert sentence
    assert sentence in text_of(phone().get(found.address))


@pytest.mark.parametrize("happens", [declined, lapsed, withdrawn, cancelled, given_back])
@pytest.mark.parametrize("word", ["sanggup", "sebagian", "tidak", "halangan"])
def test_what_is_over_is_answered_no_more(happens: Callable[[Offered], None], word: str) -> None:
    found = offered()
    happens(found)
    before = Share.objects.values().get()
    response = phone().post(f"{found.address}{word}/", {"digits": found.digits, "quantity": "1"})
    assert (response.status_code, response.headers["Location"]) == (302, found.address)
    assert Share.objects.values().get() == before


def test_a_confirmed_share_of_a_cancelled_order_is_told_to_stop() -> None:
    found = offered()
    accept_share(share=found.share, by=found.link.key)
    cancelled(found)
    page = text_of(phone().get(found.address))
    assert "Anggaran dicabut" in page
    assert "halangan/" not in page


def test_a_confirmed_share_whose_link_took_wrong_guesses_says_whom_to_ask() -> None:
    found = offered()
    accept_share(share=found.share, by=found.link.key)
    Link.objects.filter(pk=found.link.pk).update(wrong_digits=5)
    page = text_of(phone().get(found.address))
    assert "693" in page
    assert "halangan/" not in page


@both_languages
@pytest.mark.parametrize("page", PAGES)
def test_a_withdrawn_link_opens_nothing_and_says_whom_to_ask(page: str, language: str) -> None:
    found = offered()
    revoke_link(found.link, by="person:1")
    response = phone(language).get(f"{found.address}{page}")
    assert response.status_code == 410
    with translation.override(language):
        link = Link.objects.get(pk=found.link.pk)
        assert str(people_rules.why_not_open(link, clock.now())) in text_of(response)
    assert formats.rupiah(2_356_200) not in text_of(response)


def test_a_link_whose_time_is_over_says_so() -> None:
    found = offered()
    Link.objects.filter(pk=found.link.pk).update(expires_at=clock.now() - timedelta(minutes=1))
    assert phone().get(found.address).status_code == 410


@pytest.mark.parametrize("secret", ["nope", "7m1jz3f8vtr2rq85", "x" * 200, "…", "7M1J-Z3F8"])
@pytest.mark.parametrize("door", ["b", "k"])
def test_an_unknown_secret_is_answered_alike_whatever_its_shape(
    secret: str, door: str, django_assert_num_queries: Callable[..., object]
) -> None:
    offered()
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        response = phone().get(f"/{door}/{secret}/")
    assert response.status_code == 404
    assert 'href="/b/"' in text_of(response)


def test_a_captains_link_opens_no_offer_and_an_offers_link_no_bundle() -> None:
    found = offered()
    _link, bundle = bundle_for(captain_of(found.share.maker), found.share.line.order)
    assert phone().get(bundle.replace("/k/", "/b/")).status_code == 404
    assert phone().get(found.address.replace("/b/", "/k/")).status_code == 404


# What a link's page tells to others


@pytest.mark.parametrize("page", PAGES)
def test_get_changes_nothing(page: str, client: Client) -> None:
    found = offered()
    if page == "halangan/":
        accept_share(share=found.share, by=found.link.key)
    before = everything_kept()
    for agent in ("WhatsApp/2.23", "facebookexternalhit/1.1", "Mozilla/5.0"):
        client.get(f"{found.address}{page}", headers={"user-agent": agent})
        client.head(f"{found.address}{page}")
    assert everything_kept() == before
    assert not client.cookies


@pytest.mark.parametrize("happens", [None, declined, lapsed, cancelled])
@pytest.mark.parametrize("page", [*PAGES, "bahasa/"])
def test_every_page_of_a_link_is_private(page: str, happens: Callable[[Offered], None] | None) -> None:
    found = offered()
    if happens:
        happens(found)
    responses = [phone().get(f"{found.address}{page}"), phone().post(f"{found.address}{page}")]
    responses += [phone().get("/b/"), phone().get("/b/nope/"), phone().get("/k/nope/")]
    for response in responses:
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_the_preview_in_a_messenger_shows_neither_names_nor_amounts() -> None:
    found = offered()
    head = text_of(phone().get(found.address)).partition("</head>")[0]
    assert 'property="og:title"' in head
    assert "og:image" not in head
    for private in ("Sahnim", "693", "2,356,200", found.address, "Mamben"):
        assert private not in head


def test_a_flood_of_answers_is_slowed_down_and_reading_is_not(settings: object) -> None:
    settings.RATES_PER_MINUTE = {"answer": 2, "public": 240}  # type: ignore[attr-defined]
    found, client = offered(), phone()
    statuses = [client.post(f"{found.address}sanggup/", {"digits": ""}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert client.get(found.address).status_code == 200


def test_a_form_needs_no_cookie_and_no_token() -> None:
    found = offered()
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(f"{found.address}sanggup/", {"digits": found.digits}, headers={"origin": "null"})
    assert response.status_code == 302
    assert found.now().state == ShareState.ACCEPTED


def test_the_language_is_changed_without_leaving_the_offer() -> None:
    found = offered()
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "id"})
    response = client.post(f"{found.address}bahasa/", {"language": "en", "next": found.address})
    assert (response.status_code, response.headers["Location"]) == (302, found.address)
    assert '<html lang="en">' in text_of(client.get(found.address))


def test_the_language_form_leads_nowhere_else() -> None:
    found = offered()
    response = phone().post(
        f"{found.address}bahasa/", {"language": "en", "next": "https://elsewhere.example/"}
    )
    assert "elsewhere" not in response.headers["Location"]


@pytest.mark.parametrize(
    ("page", "most"), [("", 2), ("sanggup/", 2), ("sebagian/", 2), ("tidak/", 2), ("halangan/", 4)]
)
def test_an_offer_needs_two_queries_and_giving_back_two_more(
    page: str, most: int, django_assert_max_num_queries: Callable[..., object]
) -> None:
    """Giving back asks also what is made already, and what was handed over."""
    found = offered()
    if page == "halangan/":
        accept_share(share=found.share, by=found.link.key)
    with django_assert_max_num_queries(most):  # type: ignore[attr-defined]
        assert phone().get(f"{found.address}{page}").status_code == 200
