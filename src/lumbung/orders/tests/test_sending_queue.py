"""An officer sends offers: one tap each; the term runs from sending."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.test import Client

from foundation import clock, formats
from foundation.sheets import open_grids
from lumbung.orders.actions.answering import accept_share
from lumbung.orders.actions.ordering import cancel_order
from lumbung.orders.choices import SentBy, ShareState
from lumbung.orders.models import Share
from lumbung.orders.tests import factories as make
from lumbung.orders.tests.offering import captain_of, everything_kept, quiet_line
from lumbung.orders.tests.sending import message, page, sending, waiting
from lumbung.organisations.tests.factories import Cast, cast
from lumbung.people.actions import revoke_link
from lumbung.people.choices import LinkPurpose
from lumbung.people.models import Link, Person, PersonalRead
from lumbung.people.queries import open_links
from lumbung.people.rules import secret_of
from lumbung.records.models import Record

pytestmark = pytest.mark.django_db


# The queue


def test_the_queue_counts_first_by_way(officer: Client) -> None:
    line = quiet_line()
    waiting(line, "Sahnim")
    waiting(line, "Rohani", phone="")
    waiting(line, "Jumah", phone="")
    captain_of(waiting(line, "Beriuk").maker)
    html = page(officer, sending(line.order))
    assert "4 offers to send" in html
    assert re.findall(r"<li><b>(\d+)</b>", html) == ["1", "1", "2", "0"]


def test_the_queue_goes_village_by_village_with_masked_phones(officer: Client) -> None:
    line = quiet_line()
    first = waiting(line, "Sahnim", phone="+6281234567890")
    second = waiting(line, "Zaenab", village=make.village("52.03.05.2009", "Karang Baru"))
    html = page(officer, sending(line.order))
    assert (
        html.index("<h3>Mamben Daya")
        < html.index("Sahnim")
        < html.index("<h3>Karang Baru")
        < html.index("Zaenab")
    )
    assert "0812-••••-7890" in html
    assert "1234567890" not in html
    assert html.count("autofocus") == 1
    for share in (first, second):
        assert f'action="{sending(line.order)}{share.pk}/"' in html


def test_the_next_row_has_the_focus(officer: Client) -> None:
    line = quiet_line()
    first, second = waiting(line, "Ani"), waiting(line, "Budi")
    officer.post(f"{sending(line.order)}{first.pk}/")
    html = page(officer, sending(line.order))
    assert f"{sending(line.order)}{first.pk}/" not in html
    button = re.search(rf'action="{sending(line.order)}{second.pk}/".*?</form>', html, re.DOTALL)
    assert button
    assert "autofocus" in button.group()


def test_a_village_is_chosen(officer: Client) -> None:
    line = quiet_line()
    waiting(line, "Sahnim")
    waiting(line, "Zaenab", village=make.village("52.03.05.2009", "Karang Baru"))
    html = page(officer, f"{sending(line.order)}?desa=52.03.05.2009")
    assert "Zaenab" in html
    assert "Sahnim" not in html


@pytest.mark.parametrize(
    "query", ["?desa=99", "?daftar=lain", "?setelah=abc", "?setelah=-1", "?setelah=99999999999999999999"]
)
def test_an_address_that_cannot_be_read_shows_the_queue(query: str, officer: Client) -> None:
    line = quiet_line()
    waiting(line)
    assert "Sahnim" in page(officer, f"{sending(line.order)}{query}")


def test_twenty_a_page_and_the_next_page_begins_behind_the_last_even_after_it_was_sent(
    officer: Client,
) -> None:
    line = quiet_line(quantity=10_000)
    for number in range(50):
        waiting(line, f"Penjahit {number:03d}", 10)
    names: list[str] = []
    address = sending(line.order)
    for _ in range(3):
        html = page(officer, address)
        found = re.findall(r"<b>(Penjahit \d+)</b>", html)
        names += found
        last = Share.objects.get(maker__party__name=found[-1])
        officer.post(f"{sending(line.order)}{last.pk}/")
        following = re.search(r'href="(\?[^"]+)" rel="next"', html)
        address = sending(line.order) + following.group(1).replace("&amp;", "&") if following else ""
    assert names == [f"Penjahit {number:03d}" for number in range(50)]
    assert address == ""


def test_an_empty_queue_says_so_and_shows_what_is_sent(officer: Client) -> None:
    html = page(officer, sending(quiet_line().order))
    assert "0 offers to send" in html
    assert "?daftar=terkirim" in html


@pytest.mark.parametrize("many", [2, 60])
@pytest.mark.parametrize("query", ["", "?daftar=kapten", "?daftar=lembar", "?daftar=terkirim"])
def test_the_queue_needs_no_more_queries_for_more_offers(
    many: int, query: str, officer: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    line = quiet_line(quantity=10_000)
    for number in range(many):
        share = waiting(line, f"Penjahit {number}", 10, phone="" if number % 3 == 0 else None)
        if number % 3 == 1:
            captain_of(share.maker)
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        page(officer, f"{sending(line.order)}{query}")


def test_looking_at_the_queue_changes_nothing(officer: Client) -> None:
    line = quiet_line()
    share = waiting(line)
    captain = captain_of(share.maker)
    here = sending(line.order)
    before = everything_kept()
    for address in (
        "",
        "?daftar=kapten",
        "?daftar=lembar",
        f"kapten/{captain.pk}/",
        f"desa/{share.maker.village_id}/?semua=1",
    ):
        page(officer, here + address)
    assert everything_kept() == before


# One tap


def test_one_tap_notes_the_sending_and_opens_the_text(officer: Client, people: Cast) -> None:
    line = quiet_line()
    share = waiting(line, phone="+6281234567890")
    path, lines = message(officer.post(f"{sending(line.order)}{share.pk}/"))
    share.refresh_from_db()
    link = open_links([share.key], LinkPurpose.ANSWER_SHARE).get()
    assert path == "/6281234567890"
    assert f"http://testserver/b/{secret_of(link)}/" in lines
    assert (share.sent_by, share.sent_through) == (people.officer.key, SentBy.WHATSAPP)
    assert share.sent_at
    assert share.answer_until == share.sent_at + timedelta(hours=48)
    assert formats.moment(share.answer_until, "id") in lines[-1]


def test_the_text_is_written_for_the_maker_whatever_language_the_officer_reads(officer: Client) -> None:
    line = quiet_line()
    share = waiting(line, quantity=1_000)
    _path, lines = message(officer.post(f"{sending(line.order)}{share.pk}/"))
    assert "1.000" in lines[0]
    assert len(lines) <= 5


def test_the_link_stands_under_the_public_address(officer: Client, settings: Any) -> None:
    settings.PUBLIC_ADDRESS = "https://lumbung.example/"
    line = quiet_line()
    _path, lines = message(officer.post(f"{sending(line.order)}{waiting(line).pk}/"))
    assert any(text.startswith("https://lumbung.example/b/") for text in lines)


def test_using_a_phone_number_is_noted_once(officer: Client, people: Cast) -> None:
    line = quiet_line()
    share = waiting(line)
    page(officer, sending(line.order))
    assert not PersonalRead.objects.exists()
    officer.post(f"{sending(line.order)}{share.pk}/")
    noted = PersonalRead.objects.get()
    assert (noted.reader, noted.fields) == (people.officer.key, "phone")
    assert list(noted.persons.all()) == [share.maker.owner]


def test_sending_again_keeps_the_term_and_the_link(officer: Client) -> None:
    line = quiet_line()
    share = waiting(line)
    _path, first = message(officer.post(f"{sending(line.order)}{share.pk}/"))
    with clock.set_to(clock.now() + timedelta(hours=5)):
        _path, second = message(officer.post(f"{sending(line.order)}{share.pk}/"))
    assert first == second
    assert Record.objects.filter(deed="orders.offers_sent").count() == 1


def test_a_withdrawn_link_is_replaced_on_sending(officer: Client) -> None:
    line = quiet_line()
    share = waiting(line)
    old = open_links([share.key], LinkPurpose.ANSWER_SHARE).get()
    revoke_link(old, by="person:1")
    _path, lines = message(officer.post(f"{sending(line.order)}{share.pk}/"))
    new = open_links([share.key], LinkPurpose.ANSWER_SHARE).get()
    assert new.pk != old.pk
    assert f"http://testserver/b/{secret_of(new)}/" in lines


def test_a_link_shut_by_wrong_guesses_is_replaced_on_sending(officer: Client) -> None:
    line = quiet_line()
    share = waiting(line)
    Link.objects.update(wrong_digits=5)
    message(officer.post(f"{sending(line.order)}{share.pk}/"))
    assert open_links([share.key], LinkPurpose.ANSWER_SHARE).get().wrong_digits == 0


def test_after_the_servers_key_changed_links_are_issued_anew(
    officer: Client, settings: Any, people: Cast
) -> None:
    line = quiet_line()
    share = waiting(line)
    settings.SECRET_KEY = "another key of fifty characters, made up for this test only"
    officer.force_login(people.officer)
    _path, lines = message(officer.post(f"{sending(line.order)}{share.pk}/"))
    assert Client().get(urlsplit(lines[2]).path).status_code == 200


def test_without_a_phone_nothing_is_sent_and_the_sheet_is_named(officer: Client) -> None:
    line = quiet_line()
    share = waiting(line, phone="")
    response = officer.post(f"{sending(line.order)}{share.pk}/", follow=True)
    share.refresh_from_db()
    assert share.sent_at is None
    assert "No phone number is registered for Sahnim" in response.content.decode()


def test_of_a_cancelled_order_nothing_is_sent(officer: Client) -> None:
    line = quiet_line()
    share = waiting(line)
    cancel_order(order=line.order, reason="Anggaran dicabut", by="person:1")
    assert officer.post(f"{sending(line.order)}{share.pk}/").status_code == 404
    assert 'class="notice stop"' in page(officer, sending(line.order))


def test_an_answered_offer_is_sent_no_more(officer: Client) -> None:
    line = quiet_line()
    share = waiting(line)
    accept_share(share=share, by="link:1")
    assert officer.post(f"{sending(line.order)}{share.pk}/").status_code == 404


def test_a_share_of_another_order_is_not_sent_from_this_queue(officer: Client) -> None:
    share = waiting(quiet_line())
    assert officer.post(f"{sending(quiet_line().order)}{share.pk}/").status_code == 404


def test_the_browser_may_follow_to_the_conversation(officer: Client) -> None:
    policy = officer.get(sending(quiet_line().order))["Content-Security-Policy"]
    forms = next(part for part in policy.split("; ") if part.startswith("form-action"))
    assert {"https://wa.me", "https://api.whatsapp.com", "'self'"} <= set(forms.split())


# What is sent


def test_what_is_sent_shows_its_running_term_and_can_be_sent_again(officer: Client) -> None:
    line = quiet_line()
    late, soon = waiting(line, "Ani"), waiting(line, "Budi")
    for share in (late, soon):
        officer.post(f"{sending(line.order)}{share.pk}/")
    Share.objects.filter(pk=soon.pk).update(answer_until=clock.now() + timedelta(hours=1))
    html = page(officer, f"{sending(line.order)}?daftar=terkirim")
    assert html.index("Budi") < html.index("Ani")
    late.refresh_from_db()
    assert late.answer_until
    assert formats.moment(late.answer_until, "en") in html
    assert html.count("Send again") == 2


def test_what_lapsed_is_no_longer_among_the_sent(officer: Client) -> None:
    line = quiet_line()
    share = waiting(line)
    officer.post(f"{sending(line.order)}{share.pk}/")
    Share.objects.update(answer_until=clock.now() - timedelta(minutes=1))
    assert "Nothing waits for an answer" in page(officer, f"{sending(line.order)}?daftar=terkirim")


# Who may


def statuses(client: Client, share: Share, captain: Person) -> list[int]:
    here = sending(share.line.order)
    got = [
        client.get(here + part).status_code
        for part in ("", f"desa/{share.maker.village_id}/", f"kapten/{captain.pk}/")
    ]
    posted = [
        client.post(here + part).status_code
        for part in ("", f"{share.pk}/", f"desa/{share.maker.village_id}/", f"kapten/{captain.pk}/")
    ]
    return got + posted


OFFICER = [200, 200, 200, 405, 303, 302, 303]
FORBIDDEN = [403] * 7
SIGN_IN = [302] * 7


def test_only_officers_send() -> None:
    everybody = cast()
    found = {}
    for role, who in [*everybody.everybody(), ("nobody", None)]:
        line = quiet_line()
        share = waiting(line)
        captain = captain_of(share.maker)
        client = Client()
        if who:
            client.force_login(who)
        found[role] = statuses(client, share, captain)
        if role != "officer":
            assert Share.objects.get(pk=share.pk).sent_at is None
    expected = dict.fromkeys(found, FORBIDDEN) | {"officer": OFFICER, "nobody": SIGN_IN}
    assert found == expected


def test_a_visitor_is_led_to_the_sign_in_page_and_back() -> None:
    address = sending(quiet_line().order)
    response = Client().get(address)
    assert unquote(response.headers["Location"]) == f"/akun/masuk/?next={address}"


def test_the_state_of_a_share_stays_offered_when_it_is_sent(officer: Client) -> None:
    line = quiet_line()
    share = waiting(line)
    officer.post(f"{sending(line.order)}{share.pk}/")
    share.refresh_from_db()
    assert share.state == ShareState.OFFERED


# The queue as a sheet


def test_the_queue_goes_out_as_excel_with_masked_phones_in_few_queries(
    officer: Client, django_assert_max_num_queries: Any
) -> None:
    line = quiet_line()
    shares = [waiting(line, name) for name in ("Sahnim", "Rohani", "Jumah")]
    with django_assert_max_num_queries(14):
        response = officer.get(f"{sending(line.order)}unduh/")
        content = response.getvalue()
    (grid,) = open_grids(BytesIO(content))
    assert len(grid.rows) == 1 + len(shares)
    phones = {share.maker.owner.phone for share in shares}
    assert all("••••" in str(row) for row in grid.rows[1:])
    assert not any(phone.removeprefix("+62") in str(grid.rows) for phone in phones)
