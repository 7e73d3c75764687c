"""Pages by link: the sheet, the parts, the pieces; nothing changes before four digits are right."""

import pytest
from django.test import Client

from foundation import clock
from foundation.formats import number
from lumbung.orders.actions.ordering import cancel_order
from lumbung.orders.models import Share
from lumbung.orders.tests.offering import everything_kept
from lumbung.orders.tests.office import queries_of
from lumbung.people.actions import revoke_link
from lumbung.production import queries
from lumbung.production.actions.parts import confirm_part, correct_part
from lumbung.production.actions.standards import add_photo, approve_standard
from lumbung.production.models import Confirmation, Made, Making, Part
from lumbung.production.queries import making, standards
from lumbung.production.tests import factories as make
from lumbung.production.tests.phones import bundle_for, captain_of, own_link, phone, sent, text_of, to_share

pytestmark = pytest.mark.django_db


def made(share: Share) -> int:
    return queries.made_of([share.pk]).get(share.pk, 0)


# The sheet


def test_a_maker_sees_measures_words_and_photos_and_confirms_with_four_digits() -> None:
    line = make.line()
    make.standard(line)
    share = make.held(line)
    _link, address = to_share(share)
    page = text_of(phone().get(f"{address}standar/"))
    for words in ("Panjang", "17", "± 0,5", "Dua lapis, jahitan rapat.", "Made by Sahnim", "standar/foto/"):
        assert words in page
    after = text_of(sent(f"{address}standar/", share.maker.owner))
    assert "You can make by this sheet since" in after
    assert Confirmation.objects.get().confirmed_by.startswith("link:")


def test_wrong_digits_confirm_nothing() -> None:
    line = make.line()
    make.standard(line)
    share = make.held(line)
    _link, address = to_share(share)
    page = text_of(phone().post(f"{address}standar/", {"digits": "0000"}))
    assert "not the last four digits" in page
    assert not Confirmation.objects.exists()


def test_without_a_sheet_the_page_asks_to_wait() -> None:
    share = make.held(make.line())
    _link, address = to_share(share)
    assert "There is no sheet yet" in text_of(phone().get(f"{address}standar/"))
    assert "Please wait for its message" in text_of(phone().get(address))


def test_the_photos_of_the_sheet_that_counts_open_by_the_link_and_no_other_file_does() -> None:
    line = make.line()
    standard = make.standard(line)
    share = make.held(line)
    _link, address = to_share(share)
    _photos, (sample,) = standards.photos_of(standard)
    answer = phone().get(f"{address}standar/foto/{sample.pk}/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert b"WEBP" in b"".join(answer.streaming_content)
    draft = make.draft(line)
    add_photo(standard=draft, upload=make.picture("red"), name="b.png", is_sample=False, by=make.WRITER)
    (hidden,), _sample = standards.photos_of(draft)
    assert phone().get(f"{address}standar/foto/{hidden.pk}/").status_code == 404
    assert phone().get(sample.get_absolute_url()).status_code == 404
    approve_standard(standard=draft, by=make.HEAD)
    newer = phone().get(f"{address}standar/foto/{hidden.pk}/")
    assert newer.status_code == 200
    newer.getvalue()


# Pieces


def test_pieces_of_a_day_are_told_and_stand_in_the_history() -> None:
    share = make.started(100)
    _link, address = to_share(share)
    page = text_of(sent(f"{address}hasil/", share.maker.owner, quantity="12", made_on=_today(), once="a"))
    assert ">12<" in page and "of 100 sheets" in page
    assert made(share) == 12


def test_sent_twice_it_is_told_once() -> None:
    share = make.started(100)
    _link, address = to_share(share)
    for _time in range(2):
        sent(f"{address}hasil/", share.maker.owner, quantity="12", made_on=_today(), once="sama")
    assert made(share) == 12


def test_too_many_are_refused_at_the_field_and_the_attempt_is_counted() -> None:
    share = make.started(100)
    _link, address = to_share(share)
    page = text_of(sent(f"{address}hasil/", share.maker.owner, quantity="101", made_on=_today(), once="a"))
    assert "100 are left. You wrote 101" in page
    assert (made(share), Making.objects.get().attempts_above) == (0, 1)


def test_before_the_sheet_is_confirmed_the_page_says_so_and_tells_nothing() -> None:
    line = make.line()
    make.standard(line)
    share = make.held(line)
    _link, address = to_share(share)
    page = text_of(sent(f"{address}hasil/", share.maker.owner, quantity="1", made_on=_today()))
    assert "First see the sheet and confirm it" in page
    assert not Made.objects.exists()


def test_an_entry_is_put_right_and_the_old_number_stays_to_be_seen() -> None:
    share = make.started(100)
    entry = make.told(share, 70)
    _link, address = to_share(share)
    sent(f"{address}hasil/{entry.pk}/", share.maker.owner, quantity="7", once="a")
    assert made(share) == 7
    newer = making.entries_of(share).get()
    page = text_of(phone().get(f"{address}hasil/{newer.pk}/"))
    assert ">7<" in page and ">70<" in page
    assert phone().get(f"{address}hasil/{entry.pk}/").status_code == 404


def test_getting_a_page_changes_nothing() -> None:
    share = make.started(100, maker=make.group())
    part = make.passed(share, share.maker.houses.first(), 30)
    entry = make.told(share, 5, part=part)
    _link, address = to_share(share)
    pages = ["standar/", "bagian/", f"bagian/{part.pk}/", "hasil/", f"hasil/{entry.pk}/"]
    own = own_link(part)
    before = everything_kept()
    for page in pages:
        assert phone().get(f"{address}{page}").status_code == 200
    assert phone().get(own).status_code == phone().get(f"{own}standar/").status_code == 200
    assert everything_kept() == before


# Parts


def test_a_captain_passes_a_part_and_the_member_agrees_on_the_captains_phone() -> None:
    share = make.started(100, maker=make.group())
    house = share.maker.houses.order_by("pk")[0]
    _link, address = to_share(share)
    owner = share.maker.owner
    sent(f"{address}bagian/", owner, household=house.pk, quantity="30", pay_rupiah="2.500", once="a")
    part = Part.objects.get()
    assert (part.person, part.quantity, part.pay_rupiah) == (house.person, 30, 2_500)
    page = text_of(phone().get(f"{address}bagian/"))
    assert "30 of 100 sheets passed on" in page and "Has not agreed yet" in page
    phone().post(f"{address}bagian/{part.pk}/", {"agree": "1", "agree-digits": owner.phone[-4:]})
    part.refresh_from_db()
    assert part.confirmed_at


def test_somebody_by_name_without_a_phone_gets_a_part_and_no_link() -> None:
    share = make.started(100, maker=make.group())
    _link, address = to_share(share)
    fields = {"full_name": "Inaq Ratna", "quantity": "10", "pay_rupiah": "2500", "once": "a"}
    sent(f"{address}bagian/", share.maker.owner, **fields)
    part = Part.objects.get()
    page = text_of(phone().get(f"{address}bagian/{part.pk}/"))
    assert "No phone number of Inaq Ratna is known" in page


def test_a_part_is_changed_and_the_member_agrees_anew() -> None:
    share = make.started(100, maker=make.group())
    part = make.passed(share, share.maker.houses.first(), 30)
    _link, address = to_share(share)
    sent(f"{address}bagian/{part.pk}/", share.maker.owner, quantity="40", pay_rupiah="2500", once="a")
    newer = queries.parts_of(share).get()
    assert (newer.quantity, newer.corrects, newer.confirmed_at) == (40, part, None)


def test_the_members_link_opens_in_whatsapp_with_text_first_and_link_last() -> None:
    share = make.started(100, maker=make.group())
    part = make.passed(share, share.maker.houses.first(), 30)
    _link, address = to_share(share)
    from lumbung.orders.tests.sending import message

    number_, lines = message(phone().post(f"{address}bagian/{part.pk}/kirim/"))
    assert number_.strip("/") == part.person.phone.removeprefix("+")
    assert len(lines) <= 5 and "30 sheets" in lines[0]
    assert lines[-1].startswith("http://testserver/a/")


# A member's own link


def test_a_member_agrees_and_tells_the_own_pieces() -> None:
    share = make.started(100, maker=make.group())
    part = make.passed(share, share.maker.houses.first(), 30, confirmed=False)
    address = own_link(part)
    assert "I agree" in text_of(phone().get(address))
    sent(address, part.person)
    page = text_of(sent(address, part.person, quantity="9", made_on=_today(), once="a"))
    assert "9 of 30 made" in page
    assert making.entries_of(share).get().part == part


def test_a_member_sees_the_part_as_it_stands_now_and_nobody_elses_entries() -> None:
    share = make.started(100, maker=make.group())
    first, second, _third = share.maker.houses.order_by("pk")
    part, other = make.passed(share, first, 30), make.passed(share, second, 30)
    strange = make.told(share, 21, part=other)
    address = own_link(part)
    newer = correct_part(part=part, quantity=44, pay_rupiah=2_000, entry_key="k", by=make.LINK)
    confirm_part(part=newer, by=make.LINK)
    page = text_of(phone().get(address))
    assert ">44<" in page and ">21<" not in page
    assert phone().get(f"{address}hasil/{strange.pk}/").status_code == 404


def test_a_part_taken_back_says_so() -> None:
    share = make.started(100, maker=make.group())
    part = make.passed(share, share.maker.houses.first(), 30)
    address = own_link(part)
    correct_part(part=part, quantity=0, pay_rupiah=0, entry_key="k", by=make.LINK)
    assert "This part was taken back" in text_of(phone().get(address))


# The captain's page


def test_a_month_of_twenty_five_groups_is_entered_from_one_phone_and_each_number_arrives_once() -> None:
    line = make.line(quantity=25 * 60)
    shares = [make.started(60, of=line, maker=make.group(houses=1)) for _group in range(25)]
    captain = captain_of(*[share.maker for share in shares])
    _link, address = bundle_for(captain, line.order)
    client = phone()
    for turn in range(3):
        numbers = {f"s{share.pk}": str(2 + turn) for share in shares}
        for _time in range(2):
            answer = sent(f"{address}hasil/", captain, client, made_on=_today(), once=f"h{turn}", **numbers)
        assert "25 numbers arrived." in text_of(answer)
    assert set(queries.made_of([share.pk for share in shares]).values()) == {2 + 3 + 4}
    assert Made.objects.count() == 75


def test_one_wrong_number_does_not_keep_the_others_away() -> None:
    line = make.line()
    first, second = make.started(50, of=line), make.started(50, of=line)
    captain = captain_of(first.maker, second.maker)
    _link, address = bundle_for(captain, line.order)
    numbers = {f"s{first.pk}": "10", f"s{second.pk}": "51"}
    page = text_of(sent(f"{address}hasil/", captain, made_on=_today(), once="a", **numbers))
    assert "1 number arrived." in page and "50 are left. You wrote 51" in page
    assert (made(first), made(second)) == (10, 0)
    assert f'name="s{first.pk}" value="10"' not in page


def test_members_of_a_share_stand_on_the_captains_page_each_on_an_own_line() -> None:
    share = make.started(100, maker=make.group())
    captain = captain_of(share.maker)
    first, second, _third = share.maker.houses.order_by("pk")
    part = make.passed(share, first, 30)
    waiting = make.passed(share, second, 20, confirmed=False)
    _link, address = bundle_for(captain, share.line.order)
    page = text_of(phone().get(f"{address}hasil/"))
    assert f'name="p{part.pk}"' in page and f'name="p{waiting.pk}"' not in page
    assert f"/{share.pk}/bagian/{waiting.pk}/" in page
    sent(f"{address}hasil/", captain, made_on=_today(), once="a", **{f"p{part.pk}": "8"})
    assert making.entries_of(share).get().part == part


def test_the_captains_page_takes_the_same_number_of_queries_with_one_share_and_with_many() -> None:
    line = make.line()
    first = make.started(20, of=line, maker=make.group())
    make.passed(first, first.maker.houses.first(), 5)
    captain = captain_of(first.maker)
    _link, address = bundle_for(captain, line.order)
    queries_of(phone(), f"{address}hasil/")
    one = queries_of(phone(), f"{address}hasil/")
    from lumbung.organisations.tests.factories import member
    from lumbung.people.choices import Captain

    for _group in range(4):
        share = make.started(20, of=line, maker=make.group())
        member(Captain, share.maker.party, who=captain)
        for house in share.maker.houses.all():
            make.passed(share, house, 3)
    assert queries_of(phone(), f"{address}hasil/") == one


def test_a_share_within_the_bundle_has_the_same_pages() -> None:
    share = make.started(100, maker=make.group())
    captain = captain_of(share.maker)
    _link, address = bundle_for(captain, share.line.order)
    for page in ("standar/", "bagian/", "hasil/"):
        assert phone().get(f"{address}{share.pk}/{page}").status_code == 200
    other = make.started(10, of=make.line())
    assert phone().get(f"{address}{other.pk}/hasil/").status_code == 404


# Closed doors


@pytest.mark.parametrize(
    "page", ["standar/", "bagian/", "hasil/", "bagian/1/", "hasil/1/", "standar/foto/1/"]
)
@pytest.mark.parametrize("letter", ["b", "k"])
def test_an_unknown_secret_opens_the_same_page_everywhere(letter: str, page: str) -> None:
    below = "1/" if letter == "k" else ""
    answer = phone().get(f"/{letter}/0000000000000000/{below}{page}")
    assert (answer.status_code, "leads nowhere" in text_of(answer)) == (404, True)
    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("page", ["", "standar/", "standar/foto/1/", "hasil/1/"])
def test_an_unknown_member_link_opens_nothing(page: str) -> None:
    assert phone().get(f"/a/0000000000000000/{page}").status_code == 404


def test_a_withdrawn_link_opens_nothing_any_more() -> None:
    share = make.started(100)
    link, address = to_share(share)
    revoke_link(link, by="person:1")
    assert phone().get(f"{address}hasil/").status_code == 410
    assert sent(f"{address}hasil/", share.maker.owner, quantity="1", made_on=_today()).status_code == 410
    assert not Made.objects.exists()


def test_a_cancelled_order_takes_nothing_more() -> None:
    share = make.started(100)
    _link, address = to_share(share)
    cancel_order(order=share.line.order, reason="Anggaran dicabut", by="person:1")
    assert "cancelled" in text_of(phone().get(f"{address}hasil/"))
    sent(f"{address}hasil/", share.maker.owner, quantity="1", made_on=_today())
    assert not Made.objects.exists()


def test_the_page_of_the_share_leads_to_the_next_step() -> None:
    share = make.started(100)
    _link, address = to_share(share)
    page = text_of(phone().get(address))
    assert f"{address}hasil/" in page and "0 of 100 made" in page


def test_pages_speak_indonesian(client: Client) -> None:
    share = make.started(1_234, of=make.line(quantity=2_000))
    _link, address = to_share(share)
    page = text_of(phone("id").get(f"{address}hasil/"))
    assert "Berapa yang dibuat" in page and number(1_234, "id") in page


def _today() -> str:
    day = clock.today()
    return f"{day.day}/{day.month}/{day.year}"
