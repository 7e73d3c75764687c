"""The list of shares, one share, answers from paper and phone, links, and splitting again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from foundation import clock
from lumbung.makers.rules.spelling import search_text
from lumbung.makers.tests.factories import village
from lumbung.orders.actions.answering import accept_share
from lumbung.orders.actions.ordering import cancel_order
from lumbung.orders.choices import ShareState
from lumbung.orders.forms.filters import SHARE_SORTS
from lumbung.orders.models import Share
from lumbung.orders.queries.share_list import NO_TERM, SORTS
from lumbung.orders.rules.reasons import reason_sentence
from lumbung.orders.tests import factories as make
from lumbung.orders.tests import office
from lumbung.orders.tests.office import queries_of, rows_of
from lumbung.organisations.tests.factories import Cast
from lumbung.people.models import Link, PersonalRead
from lumbung.people.rules import masked_phone, phone_shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(people: Cast) -> office.OnItsWay:
    return office.offered()


def share_path(found: office.OnItsWay, share: Share, tail: str = "") -> str:
    return office.path(found, f"bagian/{share.pk}/{tail}")


def post(client: Client, url: str, **fields: object) -> str:
    answer = client.post(url, fields, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


# The list


def names_in(client: Client, found: office.OnItsWay, **query: str) -> list[str]:
    answer = client.get(office.path(found, "bagian/"), query)
    return [shown.share.maker.party.name for shown in answer.context["rows"]]


def test_the_list_is_filtered_by_the_state_as_a_reader_sees_it(
    officer: Client, found: office.OnItsWay
) -> None:
    unsent, waiting, lapsed, taken = found.shares[:4]
    make.sent(waiting)
    make.sent(lapsed, hours=-1)
    accept_share(share=taken, by="link:1")
    assert waiting.maker.party.name in names_in(officer, found, state="waiting")
    assert len(names_in(officer, found, state="waiting")) == 1
    assert names_in(officer, found, state="lapsed") == [lapsed.maker.party.name]
    assert names_in(officer, found, state="accepted") == [taken.maker.party.name]
    assert unsent.maker.party.name in names_in(officer, found, state="unsent")
    assert names_in(officer, found, state="declined") == []
    assert len(names_in(officer, found, state="nonsense")) == len(found.shares)


def test_the_list_is_searched_by_maker(officer: Client, found: office.OnItsWay) -> None:
    maker = found.shares[0].maker
    maker.search_text = search_text("Baik Nurhayati", "Mamben Daya")
    maker.save()
    assert names_in(officer, found, q="Baiq Nurhayati mamben") == [maker.party.name]
    page = officer.get(office.path(found, "bagian/"), {"q": "zzz"}).content.decode()
    assert "No share fits" in page


IN_ORDER = {
    "offered": lambda share: share.pk,
    "name": lambda share: (share.maker.sort_name, share.pk),
    "place": lambda share: (share.maker.village_id, share.maker.sort_name, share.pk),
    "quantity": lambda share: (-share.quantity, share.pk),
    "term": lambda share: (share.answer_until or NO_TERM, share.pk),
}


def shares_of_many_kinds() -> office.OnItsWay:
    """Two lines, two villages, names and amounts that come twice, sent or not yet."""
    order = make.order()
    lines = [make.line(order, quantity=2_000, size=size) for size in ("kecil", "besar")]
    villages = [village(), village("52.02.03.2004", "Kuta")]
    for number in range(13):
        maker = make.tailor(village=villages[number % 2], sort_name=f"p {number * 5 % 4}")
        share = make.share(lines[number % 2], maker, 100 + number * 7 % 3)
        if number % 3:
            make.sent(share, hours=number * 11 % 5 - 2)
    return office.OnItsWay(order, lines[0])


@pytest.mark.parametrize("sort", IN_ORDER)
def test_in_every_order_the_list_gives_each_share_once_and_so_does_excel(
    sort: str, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lumbung.orders.queries.share_list.ROWS", 4)
    found = shares_of_many_kinds()
    wanted = sorted(Share.objects.all(), key=IN_ORDER[sort])
    url = office.path(found, "bagian/")
    pages = office.pages_of(officer, url, {"sort": sort})
    assert [shown.share for page in pages for shown in page["rows"]] == wanted
    last = officer.get(f"{url}{pages[-2]['around'].next_url}").context["around"].previous_url
    back = office.pages_of(officer, f"{url}{last}", {}, to="previous_url")
    assert [page["page"].rows for page in reversed(back)] == [page["page"].rows for page in pages[:-1]]
    rows = rows_of(officer.get(pages[0]["excel"]).getvalue())
    assert [row[0] for row in rows[1:]] == [share.maker.party.name for share in wanted]


def test_the_lists_order_is_one_of_those_offered(officer: Client) -> None:
    assert set(IN_ORDER) == set(SORTS) == {key for key, _words in SHARE_SORTS}
    found = shares_of_many_kinds()
    as_offered = names_in(officer, found)
    for nonsense in ("maker__owner__phone", "-quantity", "?"):
        assert names_in(officer, found, sort=nonsense) == as_offered


def test_an_order_without_shares_says_so(officer: Client) -> None:
    page = officer.get(office.path(office.published(), "bagian/")).content.decode()
    assert "No share yet" in page


def test_the_list_asks_as_much_for_many_shares_as_for_few(officer: Client) -> None:
    few, many = office.offered(makers=2, quantity=300), office.offered(makers=60, quantity=9_000)
    counted = queries_of(officer, office.path(few, "bagian/"))
    assert queries_of(officer, office.path(many, "bagian/")) <= counted + 1
    assert counted <= 16


def test_the_shares_go_out_as_excel(officer: Client, found: office.OnItsWay) -> None:
    rows = rows_of(officer.get(office.path(found, "bagian/excel/")).getvalue())
    assert len(rows) == 1 + len(found.shares)
    assert sum(row[6] for row in rows[1:]) == 1_000
    assert rows[1][11] == "Not sent yet"


# One share


def test_a_share_shows_its_moments_and_its_reason(
    officer: Client, found: office.OnItsWay, people: Cast
) -> None:
    share = found.shares[0]
    make.sent(share)
    Share.objects.filter(pk=share.pk).update(sent_by=people.officer.key)
    page = officer.get(share_path(found, share)).content.decode()
    assert people.officer.full_name in page
    with translation.override("en"):
        assert reason_sentence(share.reason, share.numbers) in page
    assert "Answer until" in page


def test_the_phone_is_masked_until_it_is_asked_for_and_then_noted(
    officer: Client, found: office.OnItsWay, people: Cast
) -> None:
    share = found.shares[0]
    owner = share.maker.owner
    page = officer.get(share_path(found, share)).content.decode()
    assert masked_phone(owner.phone) in page
    assert phone_shown(owner.phone) not in page
    assert not PersonalRead.objects.exists()
    assert phone_shown(owner.phone) in post(officer, share_path(found, share, "nomor/"))
    read = PersonalRead.objects.get()
    assert (read.reader, list(read.persons.all())) == (people.officer.key, [owner])


def test_who_may_not_write_sees_neither_phone_nor_link(found: office.OnItsWay, people: Cast) -> None:
    share = found.shares[0]
    page = office.signed_in(people.auditor).get(share_path(found, share)).content.decode()
    assert masked_phone(share.maker.owner.phone) not in page
    assert "tautan/" not in page
    assert "jawaban/" not in page


@pytest.mark.parametrize(
    ("fields", "state", "confirmed"),
    [
        ({"answer": "accept"}, ShareState.ACCEPTED, None),
        ({"answer": "partly", "quantity": "60"}, ShareState.PARTLY, 60),
        ({"answer": "decline", "reason": "busy"}, ShareState.DECLINED, 0),
    ],
)
def test_an_answer_from_paper_is_kept_with_the_officers_name(
    officer: Client,
    found: office.OnItsWay,
    people: Cast,
    fields: dict[str, str],
    state: str,
    confirmed: int | None,
) -> None:
    share = found.shares[0]
    page = post(officer, share_path(found, share, "jawaban/"), **fields)
    share.refresh_from_db()
    assert (share.state, share.answered_by) == (state, people.officer.key)
    assert share.confirmed_quantity == (share.quantity if confirmed is None else confirmed)
    assert "The answer is kept, with your name." in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "required"),
        ({"answer": "partly"}, "Write how many are taken."),
        ({"answer": "partly", "quantity": "5.000"}, "At most"),
        ({"answer": "partly", "quantity": "0"}, "At least"),
        ({"answer": "partly", "quantity": "enam"}, "is not a number"),
    ],
)
def test_a_faulty_answer_is_told_at_its_field(
    officer: Client, found: office.OnItsWay, fields: dict[str, str], sentence: str
) -> None:
    share = found.shares[0]
    page = post(officer, share_path(found, share, "jawaban/"), **fields)
    assert sentence in page
    share.refresh_from_db()
    assert share.state == ShareState.OFFERED


def test_an_answer_that_comes_too_late_is_told_kindly(officer: Client, found: office.OnItsWay) -> None:
    share = make.sent(found.shares[0], hours=-1)
    page = post(officer, share_path(found, share, "jawaban/"), answer="accept")
    assert "The time to answer is over." in page
    share.refresh_from_db()
    assert share.state == ShareState.OFFERED
    assert "jawaban/" not in officer.get(share_path(found, share)).content.decode()


def test_the_same_answer_sent_twice_counts_once(officer: Client, found: office.OnItsWay) -> None:
    share = found.shares[0]
    for _ in range(2):
        page = post(officer, share_path(found, share, "jawaban/"), answer="accept", once="abc")
        assert "The answer is kept" in page


def test_what_a_maker_gives_back_is_written_down_once(officer: Client, found: office.OnItsWay) -> None:
    share = accept_share(share=found.shares[0], by="link:1")
    url = share_path(found, share, "kembali/")
    assert "Write a number from 1 to" in post(officer, url, quantity="900.000")
    for _ in range(2):
        post(officer, url, quantity="40", once="abc")
    share.refresh_from_db()
    assert share.released_quantity == 40
    page = officer.get(share_path(found, share)).content.decode()
    assert "Given back" in page


def test_a_link_is_withdrawn_and_issued_anew(officer: Client, found: office.OnItsWay) -> None:
    share = found.shares[0]
    post(officer, share_path(found, share, "tautan/"), renew="1")
    links = Link.objects.filter(subject=share.key).order_by("id")
    assert [bool(link.revoked_at) for link in links] == [True, False]
    page = post(officer, share_path(found, share, "tautan/"))
    assert not Link.objects.filter(subject=share.key, revoked_at__isnull=True).exists()
    assert "it opens nothing any more" in page
    assert "This link was withdrawn" in page


def test_wrong_tries_at_a_link_are_shown(officer: Client, found: office.OnItsWay) -> None:
    share = found.shares[0]
    Link.objects.filter(subject=share.key).update(wrong_digits=2)
    assert "2 wrong tries" in officer.get(share_path(found, share)).content.decode()


# Splitting again


def test_lapsed_offers_are_split_again_by_a_button(officer: Client) -> None:
    found = office.offered(makers=8, quantity=1_000)
    for _ in range(4):
        make.tailor(weekly=70)
    share = make.sent(found.shares[0], hours=-1)
    assert "bagi-lagi/" in officer.get(office.path(found, "bagian/")).content.decode()
    page = post(officer, office.line_path(found, "bagi-lagi/"))
    assert f"{share.quantity} split again among" in page
    assert "1 offers had lapsed" in page
    again = found.line.splits.get(parent__isnull=False)
    shown = officer.get(office.line_path(found, f"pembagian/{again.number}/")).content.decode()
    assert "What came back, split again" in shown
    assert "Gini" not in shown


def test_with_nothing_to_split_again_it_says_so(officer: Client, found: office.OnItsWay) -> None:
    assert "There was nothing to split again" in post(officer, office.line_path(found, "bagi-lagi/"))


# The order's page follows


def test_the_orders_page_always_has_the_next_thing_to_do(officer: Client, people: Cast) -> None:
    found = office.published(makers=8, quantity=1_000)

    def next_button() -> str:
        shown = officer.get(office.path(found)).context["next"]
        return str(shown.url.removeprefix(office.path(found)))

    to_split = f"{found.line.pk}/pembagian/"
    assert next_button() == to_split
    officer.post(office.path(found, to_split))
    assert next_button() == to_split
    officer.post(office.path(found, f"{to_split}1/ajukan/"))
    assert next_button() == to_split
    office.signed_in(people.decider).post(office.path(found, f"{to_split}1/putuskan/"))
    assert next_button() == "kirim/"
    for share in found.shares:
        make.sent(share)
    assert next_button() == "bagian/"
    Share.objects.filter(pk=found.shares[0].pk).update(answer_until=clock.now() - timedelta(hours=1))
    assert next_button() == f"{found.line.pk}/bagi-lagi/"
    for share in found.shares[1:]:
        accept_share(share=share, by="link:1")
    cancel_order(order=found.order, reason="x", by="person:1")
    assert next_button() == ""


def test_the_page_tells_what_happened_with_names(officer: Client, found: office.OnItsWay) -> None:
    share = accept_share(share=found.shares[0], by="link:1")
    page = officer.get(office.path(found)).content.decode()
    assert f"{share.maker.party.name}, Mamben Daya takes {share.quantity}." in page
    assert "Split 1 decided" in page


def test_a_buyer_reads_that_the_makers_are_being_asked(people: Cast) -> None:
    buyer = office.signed_in(people.buyer)
    found = office.offered(buyer=people.buyers)
    page = buyer.get(office.path(found)).content.decode()
    assert "The makers are being asked." in page
    assert found.shares[0].maker.party.name not in page
    early = office.published(buyer=people.buyers)
    assert "The office is preparing the split." in buyer.get(office.path(early)).content.decode()
    cancel_order(order=early.order, reason="x", by="person:1")
    assert buyer.get(office.path(early)).context["next"].title == ""
