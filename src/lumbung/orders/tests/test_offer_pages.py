"""A maker opens the link and answers with three taps; every odd state has its sentence."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from foundation import clock, formats
from lumbung.orders.actions.answering import accept_share, decline_share, release_share
from lumbung.orders.actions.ordering import cancel_order
from lumbung.orders.choices import DeclineReason, ShareState
from lumbung.orders.models import OrderLine, Share
from lumbung.orders.rules import answer as rules
from lumbung.orders.tests import factories as make
from lumbung.orders.tests.offering import (
    Offered,
    answer,
    bundle_for,
    captain_of,
    everything_kept,
    offered,
    quiet_line,
)
from lumbung.people import rules as people_rules
from lumbung.people.actions import revoke_link
from lumbung.people.choices import Salutation
from lumbung.people.models import Link, Person
from lumbung.records.models import Record

pytestmark = pytest.mark.django_db
PAGES = ["", "sanggup/", "sebagian/", "tidak/", "halangan/"]
both_languages = pytest.mark.parametrize("language", ["id", "en"])


def phone(language: str = "en") -> Client:
    return Client(headers={"accept-language": language})


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


# Three taps


@both_languages
def test_the_offer_tells_what_how_many_for_how_much_and_until_when(language: str) -> None:
    found = offered(693)
    page = text_of(phone(language).get(found.address))
    assert found.share.answer_until
    for told in (
        "Ibu Sahnim, Mamben Daya",
        "Masker kain dua lapis",
        formats.number(693, language),
        formats.rupiah(3_400, language),
        formats.rupiah(2_356_200, language),
        formats.day_long(found.share.line.order.due_on, language),
        formats.moment(found.share.answer_until, language),
        "Katun, dua lapis, 17 × 9 cm.",
        "Aikmel",
    ):
        assert told in page
    assert "data-" not in page
    assert "csrf" not in page


@both_languages
def test_three_taps_take_the_whole_share(language: str) -> None:
    found, client = offered(693), phone(language)
    first = text_of(client.get(found.address))
    assert f'href="{found.address}sanggup/"' in first
    second = text_of(client.get(f"{found.address}sanggup/"))
    assert formats.number(693, language) in second
    third = answer(client, found.address, "sanggup", digits=found.digits)
    assert third.redirect_chain == [(found.address, 302)]
    assert (found.now().state, found.now().confirmed_quantity) == (ShareState.ACCEPTED, 693)
    assert found.now().answered_by == found.link.key
    answered_at = found.now().answered_at
    assert answered_at
    assert formats.moment(answered_at, language) in text_of(third)
    assert f'href="{found.address}halangan/"' in text_of(third)


@both_languages
def test_taking_fewer_confirms_that_number(language: str) -> None:
    found, client = offered(693, lot=40), phone(language)
    page = text_of(client.get(f"{found.address}sebagian/"))
    assert "40" in page
    after = answer(client, found.address, "sebagian", quantity="400", digits=found.digits)
    assert (found.now().state, found.now().confirmed_quantity) == (ShareState.PARTLY, 400)
    assert formats.rupiah(400 * 3_400, language) in text_of(after)


@both_languages
@pytest.mark.parametrize("reason", ["", *DeclineReason.values])
def test_not_this_time_with_or_without_a_reason(language: str, reason: str) -> None:
    found = offered()
    after = answer(phone(language), found.address, "tidak", reason=reason, digits=found.digits)
    assert (found.now().state, found.now().decline_reason) == (ShareState.DECLINED, reason)
    assert after.status_code == 200
    assert "sanggup/" not in text_of(after)


@both_languages
def test_a_hindrance_gives_back_what_is_not_made(language: str) -> None:
    found = offered(693)
    accept_share(share=found.share, by=found.link.key)
    after = answer(phone(language), found.address, "halangan", quantity="93", digits=found.digits)
    assert found.now().held_quantity == 600
    assert formats.number(600, language) in text_of(after)
    assert OrderLine.objects.get().confirmed_quantity == 600


def test_the_equal_refusal_is_a_button_like_the_others() -> None:
    page = text_of(phone().get(offered().address))
    assert page.count('class="button"') == 2
    assert page.count('class="button main"') == 1


def test_a_bapak_is_called_bapak_and_somebody_unknown_is_not_guessed() -> None:
    man = offered(salutation=Salutation.BAPAK)
    assert "Bapak Sahnim" in text_of(phone().get(man.address))
    nobody = offered(line=man.share.line, quantity=100, salutation=Salutation.NONE)
    page = text_of(phone().get(nobody.address))
    assert "Ibu" not in page
    assert "Bapak" not in page


def test_the_offer_says_how_many_take_part_instead_of_how_few() -> None:
    found = offered()
    found.share.split.makers = 1542
    found.share.split.frontier = [{"budget_bp": 0, "makers": 642}]
    found.share.split.save()
    page = text_of(phone().get(found.address))
    assert "1,542" in page
    assert "642" in page


# Digits


@pytest.mark.parametrize("digits", ["", "12", "abcd", "12345", "0000"])
@pytest.mark.parametrize(
    ("word", "more"), [("sanggup", {}), ("sebagian", {"quantity": "400"}), ("tidak", {})]
)
def test_without_the_right_digits_nothing_is_answered_and_nothing_typed_is_lost(
    word: str, more: dict[str, str], digits: str
) -> None:
    found = offered(phone="+628123456789")
    page = answer(phone(), found.address, word, digits=digits, **more)
    assert found.now().state == ShareState.OFFERED
    assert 'id="id_digits_error"' in text_of(page)
    assert all(f'value="{typed}"' in text_of(page) for typed in more.values())


def test_a_forwarded_link_is_shut_after_five_wrong_guesses_and_says_whom_to_ask() -> None:
    found, client = offered(phone="+628123456789"), phone()
    for _ in range(5):
        page = answer(client, found.address, "sanggup", digits="0000")
    link = Link.objects.get(pk=found.link.pk)
    sentence = people_rules.why_not_answer(link, clock.now())
    assert sentence
    with translation.override("en"):
        assert str(people_rules.why_not_answer(link, clock.now())) in text_of(page)
    offer = text_of(client.get(found.address))
    assert "sanggup/" not in offer
    right = answer(client, found.address, "sanggup", digits="6789")
    assert found.now().state == ShareState.OFFERED
    assert right.redirect_chain == [(found.address, 302)]


def test_whoever_has_no_phone_reads_the_offer_and_why_it_is_answered_on_paper() -> None:
    found = offered(phone="")
    page = text_of(phone().get(found.address))
    assert "sanggup/" not in page
    assert 'class="notice stop"' in page
    assert phone().get(f"{found.address}sanggup/").url == found.address  # type: ignore[attr-defined]


# Numbers


@pytest.mark.parametrize("quantity", ["", "39", "694", "0", "-5", "banyak", "1.25"])
def test_a_number_that_cannot_be_is_told_at_its_field(quantity: str) -> None:
    found = offered(693, lot=40)
    page = answer(phone(), found.address, "sebagian", quantity=quantity, digits=found.digits)
    assert found.now().state == ShareState.OFFERED
    assert 'id="id_quantity_error"' in text_of(page)


@pytest.mark.parametrize("written", ["1.250", "1250", "1 250"])
def test_numbers_are_read_as_people_write_them(written: str) -> None:
    found = offered(2_000, line=quiet_line(quantity=5_000))
    answer(phone("id"), found.address, "sebagian", quantity=written, digits=found.digits)
    assert found.now().confirmed_quantity == 1_250


@pytest.mark.parametrize("quantity", ["0", "694"])
def test_nobody_gives_back_more_than_is_held(quantity: str) -> None:
    found = offered(693)
    accept_share(share=found.share, by=found.link.key)
    page = answer(phone(), found.address, "halangan", quantity=quantity, digits=found.digits)
    assert found.now().held_quantity == 693
    assert 'id="id_quantity_error"' in text_of(page)


def test_the_whole_share_taken_as_a_part_is_the_whole_share() -> None:
    found = offered(693)
    answer(phone(), found.address, "sebagian", quantity="693", digits=found.digits)
    assert found.now().state == ShareState.ACCEPTED


# Twice


def test_the_same_form_sent_twice_answers_once_and_thanks_twice() -> None:
    found, client = offered(), phone()
    fields = {"digits": found.digits, "once": "one-token"}
    pages = [answer(client, found.address, "sanggup", **fields) for _ in range(2)]
    assert [page.redirect_chain for page in pages] == [[(found.address, 302)]] * 2
    assert Record.objects.filter(deed="orders.share_accepted").count() == 1


def test_two_open_tabs_answer_once() -> None:
    found, client = offered(), phone()
    answer(client, found.address, "sanggup", digits=found.digits, once="first")
    page = answer(client, found.address, "tidak", digits=found.digits, once="second")
    assert found.now().state == ShareState.ACCEPTED
    assert page.redirect_chain == [(found.address, 302)]


def test_an_answer_that_came_from_elsewhere_meanwhile_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    found = offered()

    def overtaken(*, share: Share, by: str) -> Share:
        decline_share(share=share, by="person:9")
        return accept_share(share=share, by=by)

    monkeypatch.setattr("lumbung.orders.views.offers.accept_share", overtaken)
    page = answer(phone(), found.address, "sanggup", digits=found.digits)
    assert page.redirect_chain == [(found.address, 302)]


def test_giving_back_twice_gives_back_once() -> None:
    found, client = offered(693), phone()
    accept_share(share=found.share, by=found.link.key)
    for _ in range(2):
        answer(client, found.address, "halangan", quantity="100", digits=found.digits, once="one-token")
    assert found.now().held_quantity == 593


# Odd states: a kind sentence each, and the way on


def declined(found: Offered) -> None:
    decline_share(share=found.share, by=found.link.key)


def lapsed(found: Offered) -> None:
    Share.objects.filter(pk=found.share.pk).update(answer_until=clock.now() - timedelta(minutes=1))


def noted_as_lapsed(found: Offered) -> None:
    lapsed(found)
    Share.objects.filter(pk=found.share.pk).update(state=ShareState.LAPSED, ended_at=clock.now())


def withdrawn(found: Offered) -> None:
    Share.objects.filter(pk=found.share.pk).update(state=ShareState.WITHDRAWN, ended_at=clock.now())


def cancelled(found: Offered) -> None:
    cancel_order(order=found.share.line.order, reason="Anggaran dicabut", by="person:1")


def given_back(found: Offered) -> None:
    accept_share(share=found.share, by=found.link.key)
    release_share(share=found.share, quantity=found.share.quantity, by=found.link.key)


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
    ("page", "most"), [("", 2), ("sanggup/", 2), ("sebagian/", 2), ("tidak/", 2), ("halangan/", 2)]
)
def test_an_offer_needs_two_queries(
    page: str, most: int, django_assert_max_num_queries: Callable[..., object]
) -> None:
    found = offered()
    if page == "halangan/":
        accept_share(share=found.share, by=found.link.key)
    with django_assert_max_num_queries(most):  # type: ignore[attr-defined]
        assert phone().get(f"{found.address}{page}").status_code == 200


# The code on a sheet


@pytest.mark.parametrize(
    "write", [str, str.upper, lambda s: "-".join([s[:4], s[4:8], s[8:12], s[12:]]), lambda s: f" {s} "]
)
def test_the_code_of_a_sheet_opens_the_offer(write: Callable[[str], str]) -> None:
    found = offered()
    secret = found.address.split("/")[2]
    response = phone().post("/b/", {"code": write(secret)})
    assert (response.status_code, response.headers["Location"]) == (302, found.address)


def test_the_code_of_a_captain_opens_the_bundle() -> None:
    found = offered()
    _link, bundle = bundle_for(captain_of(found.share.maker), found.share.line.order)
    response = phone().post("/b/", {"code": bundle.split("/")[2]})
    assert response.headers["Location"] == bundle


@pytest.mark.parametrize("code", ["", "abc", "7m1jz3f8vtr2rq85", "x" * 300])
def test_a_code_that_nobody_knows_is_told_at_the_field(code: str) -> None:
    page = phone().post("/b/", {"code": code})
    assert page.status_code == 200
    assert 'id="id_code_error"' in text_of(page)


def test_a_code_is_not_guessed_quickly(settings: object) -> None:
    settings.RATES_PER_MINUTE = {"answer": 3, "public": 240}  # type: ignore[attr-defined]
    statuses = [phone().post("/b/", {"code": f"guess{n}"}).status_code for n in range(4)]
    assert statuses == [200, 200, 200, 429]


# A captain's bundle


def group_of_two() -> tuple[Person, list[Share], Link, str]:
    line = quiet_line()
    shares = [
        make.sent(make.share(line, make.tailor(name), n)) for name, n in (("Beriuk", 300), ("Genem", 200))
    ]
    captain = captain_of(*(share.maker for share in shares))
    link, address = bundle_for(captain, line.order)
    return captain, shares, link, address


@both_languages
def test_a_captain_sees_the_shares_of_the_own_groups_and_no_others(language: str) -> None:
    captain, shares, _link, address = group_of_two()
    stranger = make.sent(make.share(shares[0].line, make.tailor("Bukan Anggota"), 100))
    page = text_of(phone(language).get(address))
    assert captain.addressed_as in page
    for share in shares:
        assert str(share.maker) in page
        assert f'href="{address}{share.pk}/"' in page
    assert "Bukan Anggota" not in page
    assert phone().get(f"{address}{stranger.pk}/").status_code == 404


@both_languages
def test_a_captain_answers_one_by_one_with_the_own_digits(language: str) -> None:
    captain, shares, link, address = group_of_two()
    client = phone(language)
    first, second = (f"{address}{share.pk}/" for share in shares)
    assert "Beriuk" in text_of(client.get(first))
    answer(client, first, "sanggup", digits=captain.phone[-4:])
    page = answer(client, second, "sebagian", quantity="50", digits=captain.phone[-4:])
    assert [s.confirmed_quantity for s in Share.objects.order_by("pk")] == [300, 50]
    assert {s.answered_by for s in Share.objects.all()} == {link.key}
    assert f'href="{address}"' in text_of(page)
    bundle = text_of(client.get(address))
    assert formats.number(50, language) in bundle


def test_the_makers_digits_are_not_the_captains() -> None:
    _captain, shares, _link, address = group_of_two()
    answer(phone(), f"{address}{shares[0].pk}/", "sanggup", digits=shares[0].maker.owner.phone[-4:])
    assert Share.objects.get(pk=shares[0].pk).state == ShareState.OFFERED


def test_the_makers_own_link_works_beside_the_bundle_and_the_first_answer_counts() -> None:
    captain, shares, _link, address = group_of_two()
    own, secret = make.link_to(shares[0])
    answer(phone(), f"/b/{secret}/", "tidak", digits=own.person.phone[-4:])
    page = answer(phone(), f"{address}{shares[0].pk}/", "sanggup", digits=captain.phone[-4:])
    assert Share.objects.get(pk=shares[0].pk).state == ShareState.DECLINED
    assert page.redirect_chain == [(f"{address}{shares[0].pk}/", 302)]


def test_a_captain_who_gave_up_the_group_sees_nothing_of_it() -> None:
    captain, shares, _link, address = group_of_two()
    captain.memberships.update(
        ends_on=clock.today() - timedelta(days=1), starts_on=clock.today() - timedelta(days=9)
    )
    page = phone().get(address)
    assert page.status_code == 200
    assert "Beriuk" not in text_of(page)
    assert phone().get(f"{address}{shares[0].pk}/").status_code == 404


def test_a_withdrawn_bundle_opens_nothing() -> None:
    _captain, shares, link, address = group_of_two()
    revoke_link(link, by="person:1")
    assert phone().get(address).status_code == 410
    assert phone().get(f"{address}{shares[0].pk}/").status_code == 410


def test_opening_a_bundle_changes_nothing() -> None:
    _captain, shares, _link, address = group_of_two()
    before = everything_kept()
    for page in ("", f"{shares[0].pk}/", f"{shares[0].pk}/sanggup/"):
        phone().get(f"{address}{page}")
    assert everything_kept() == before


def test_a_bundle_with_several_goods_names_them() -> None:
    _captain, shares, _link, address = group_of_two()
    more = make.line(shares[0].line.order, size="Anak")
    make.share(more, shares[0].maker, 70)
    assert "anak" in text_of(phone().get(address))


@pytest.mark.parametrize("groups", [1, 8])
def test_a_bundle_needs_no_more_queries_for_more_groups(
    groups: int, django_assert_num_queries: Callable[..., object]
) -> None:
    line = quiet_line()
    makers = [make.tailor() for _ in range(groups)]
    for maker in makers:
        make.share(line, maker, 10)
    _link, address = bundle_for(captain_of(*makers), line.order)
    with django_assert_num_queries(3):  # type: ignore[attr-defined]
        assert phone().get(address).status_code == 200


# What comes back moves on


@pytest.mark.django_db(transaction=True)
def test_a_declined_share_moves_on_at_once_where_the_order_wants_it() -> None:
    line = make.line(make.order(resplits_itself=True), quantity=100)
    make.tailor("Penerus")
    found = offered(100, line=line)
    answer(phone(), found.address, "tidak", digits=found.digits)
    states = Share.objects.order_by("pk").values_list("maker__party__name", "state", "quantity")
    assert list(states) == [("Sahnim", "declined", 100), ("Penerus", "offered", 100)]
