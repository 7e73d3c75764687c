"""A maker opens the link and answers with three taps; what cannot be is told at its field."""

import pytest
from django.utils import translation

from foundation import clock, formats
from lumbung.orders.actions.answering import accept_share, decline_share
from lumbung.orders.choices import DeclineReason, ShareState
from lumbung.orders.models import OrderLine, Share
from lumbung.orders.tests import factories as make
from lumbung.orders.tests.offering import answer, offered, phone, quiet_line, text_of
from lumbung.people import rules as people_rules
from lumbung.people.choices import Salutation
from lumbung.people.models import Link
from lumbung.records.models import Record

pytestmark = pytest.mark.django_db
both_languages = pytest.mark.parametrize("language", ["id", "en"])


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


# What comes back moves on


@pytest.mark.django_db(transaction=True)
def test_a_declined_share_moves_on_at_once_where_the_order_wants_it() -> None:
    line = make.line(make.order(resplits_itself=True), quantity=100)
    make.tailor("Penerus")
    found = offered(100, line=line)
    answer(phone(), found.address, "tidak", digits=found.digits)
    states = Share.objects.order_by("pk").values_list("maker__party__name", "state", "quantity")
    assert list(states) == [("Sahnim", "declined", 100), ("Penerus", "offered", 100)]
