"""The desk: who sees what, today, and where each row leads."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation import clock, formats
from lumbung.certification.tests import factories as certificates
from lumbung.desk.tests import factories as desk
from lumbung.desk.tests.browsing import browser, main_of, page, text_of, ways
from lumbung.orders.actions.answering import accept_share, decline_share
from lumbung.orders.actions.ordering import publish_order
from lumbung.orders.choices import SplitState
from lumbung.orders.tests import factories as make
from lumbung.organisations.tests.factories import Cast, cast, member
from lumbung.people import choices
from lumbung.records.actions import leave_record, seal_all
from lumbung.records.models import Pending

pytestmark = pytest.mark.django_db
PUBLIC = ["/", "/cara-kerja/"]


@pytest.fixture
def people() -> Cast:
    return cast()


# Who may open what


def test_the_desk_is_for_everybody_who_signed_in_and_for_no_visitor(people: Cast) -> None:
    for _role, who in people.everybody():
        assert main_of(page("/meja/", who))
    response = Client().get("/meja/")
    assert (response.status_code, response["Location"]) == (302, "/akun/masuk/?next=%2Fmeja%2F")


@pytest.mark.parametrize("address", [*PUBLIC, "/meja/"])
def test_nothing_is_changed_by_these_pages(people: Cast, address: str) -> None:
    client = Client()
    client.force_login(people.officer, backend="config.accounts.Backend")
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(
    ("role", "tasks"),
    [
        ("officer", 3),
        ("decider", 1),
        ("auditor", 0),
        ("regency_officer", 0),
        ("data_protection_officer", 0),
        ("treasurer", 0),
        ("buyer", 0),
        ("maker", 0),
        ("stranger", 0),
    ],
)
def test_each_role_sees_what_waits_for_it_and_nothing_else(people: Cast, role: str, tasks: int) -> None:
    desk.lapsed(desk.line("Lewat", quantity=100))
    desk.plan(desk.line("Usul"), SplitState.PROPOSED)
    desk.line("Baru")
    desk.line("Konsep", published=False)
    who = people.stranger if role == "stranger" else people.by_role[role]
    text = main_of(page("/meja/", who))
    assert text.count('<span class="n') == tasks
    assert ("Konsep" in text) is (role == "officer")


# The desk


def test_an_officers_desk_splits_again_by_one_button(people: Cast) -> None:
    line = desk.line(quantity=100)
    desk.lapsed(line)
    text = main_of(page("/meja/", people.officer))
    assert f'<form method="post" action="/pesanan/{line.order.code}/{line.pk}/bagi-lagi/">' in text
    assert '<span class="n late">1</span>' in text
    assert "One thing waits for you" in text


def test_what_lies_behind_the_first_rows_is_counted(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lumbung.desk.queries.MOST_TASKS", 2)
    for number in range(4):
        desk.lapsed(desk.line(f"Pesanan {number}", quantity=100))
    text = main_of(page("/meja/", people.officer))
    assert "Four things wait for you" in text
    assert text.count('<span class="n') == 2
    assert "2 more things wait behind these." in text


def test_today_is_told_in_words_with_names(people: Cast) -> None:
    line = desk.line("Masker kain dua lapis", quantity=700)
    share = make.share(line, make.tailor("Sahnim"), 693)
    accept_share(share=share, by=share.maker.owner.key)
    text = main_of(page("/meja/", people.officer))
    assert "Masker kain dua lapis" in text
    assert "693" in text.partition("Today")[2]
    assert "All records" in text


def test_what_happened_yesterday_is_not_today(people: Cast) -> None:
    with clock.set_to(clock.now() - timedelta(days=1, minutes=1)):
        line = desk.line(published=False)
        publish_order(order=line.order, by=people.officer.key)
    assert "Nothing has happened yet today." in page("/meja/", people.officer)


def test_a_maker_sees_only_own_deeds_and_no_link_to_the_records(people: Cast) -> None:
    line = desk.line(quantity=200, resplits_itself=False)
    mine, other = (make.share(line, make.tailor(name), 100) for name in ("Sahnim", "Rohana"))
    link, _secret = make.link_to(mine)
    accept_share(share=mine, by=link.key)
    decline_share(share=other, by=other.maker.owner.key)
    me = member(choices.MakerRole, mine.maker.party, who=mine.maker.owner)
    me.has_account = True
    me.save()
    today = main_of(page("/meja/", me)).partition("Today")[2]
    assert today.count("<time") == 1
    assert "All records" not in today


def test_a_buyer_follows_the_own_orders_and_sees_no_makers_name(people: Cast) -> None:
    line = desk.line("Pesanan kita", buyer=people.buyers, published=False)
    publish_order(order=line.order, by=people.officer.key)
    share = make.share(line, make.tailor("Inaq Rahasia"), 100)
    accept_share(share=share, by=share.maker.owner.key)
    desk.line("Pesanan lain")
    text = main_of(page("/meja/", people.buyer))
    assert "Pesanan kita" in text
    assert "Pesanan lain" not in text
    assert "Rahasia" not in text
    assert "Order published." in text


def test_an_auditor_finds_the_seal_the_check_and_the_decisions(people: Cast) -> None:
    split = make.decided_split(
        desk.line("Masker kain"),
        {make.tailor(): 100},
        proposed_by=people.officer.key,
        decided_by=people.decider.key,
    )
    with transaction.atomic():
        leave_record(subject="order:X", deed="tests.done", by="person:1", content={})
    seal = seal_all(by="command:seal-records")
    with transaction.atomic():
        leave_record(subject="order:X", deed="tests.done", by="person:1", content={})
    assert seal
    text = main_of(page("/meja/", people.auditor))
    assert seal.hash[:16] in text
    assert '<dd class="number">1</dd>' in text
    assert 'href="/catatan/periksa/"' in text
    assert "Officer Contoh, Decider Contoh" in text
    assert formats.rupiah(split.gap_rupiah, "en") in text
    assert seal.hash[:16] not in page("/meja/", people.officer)


def test_a_command_and_a_rule_are_named_in_words(people: Cast) -> None:
    with transaction.atomic():
        leave_record(subject="order:X", deed="tests.done", by="room:orders", content={})
        leave_record(subject="order:X", deed="tests.done", by="command:load-places", content={})
    text = page("/meja/", people.officer)
    assert "Lumbung, by itself" in text
    assert "the command load-places" in text


# Weight and budget


@pytest.mark.parametrize("address", [*PUBLIC, "/meja/"])
def test_a_page_stays_light(people: Cast, address: str) -> None:
    for number in range(8):
        desk.lapsed(desk.line(f"Pesanan {number}", quantity=100))
    assert len(page(address, people.officer if address == "/meja/" else None).encode()) < 20_000


@pytest.mark.parametrize("address", [*PUBLIC, "/meja/"])
def test_pages_ask_as_often_for_many_orders_as_for_one(people: Cast, address: str) -> None:
    client = browser(people.officer if address == "/meja/" else None)
    counted = []
    for times in (1, 5):
        for number in range(times):
            line = desk.line(f"Pesanan {times} {number}", quantity=700)
            shares = desk.offered(line, makers=6)
            accept_share(share=shares[0], by=shares[0].maker.owner.key)
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            text_of(client, address)
        counted.append(len(asked))
    assert counted[0] == counted[1]
    assert counted[0] <= (44 if address == "/meja/" else 8)


@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_speak_both_languages(people: Cast, language: str) -> None:
    desk.lapsed(desk.line(quantity=100))
    for address in PUBLIC:
        assert f'<html lang="{language}">' in page(address, language=language)
    assert f'<html lang="{language}">' in page("/meja/", people.officer, language)


# Every way onward leads somewhere


def busy_office(people: Cast) -> None:
    """Something in every row of an office's desk."""
    desk.lapsed(desk.line("Lewat", quantity=100))
    desk.offered(desk.line("Belum", quantity=100))
    desk.accepted(desk.offered(desk.line("Kurang"))[0])
    desk.plan(desk.line("Kembali"), SplitState.RETURNED, returned_reason="Belum.")
    desk.plan(desk.line("Usul"), SplitState.PROPOSED, proposed_by=people.officer.key)
    desk.line("Baru")
    desk.line("Konsep", published=False)
    maker, _twin = make.tailor(bank_account="77"), make.tailor(bank_account="77")
    certificates.certificate(maker.goods.get(), days=30)
    with transaction.atomic():
        record = leave_record(subject="order:X", deed="tests.done", by="person:1", content={})
    Pending.objects.create(record=record, receiver="orders.move_on", failure="ValueError", attempts=1)


@pytest.mark.parametrize(
    ("role", "least"),
    [("officer", 12), ("decider", 4), ("regency_officer", 4), ("auditor", 6), ("data_protection_officer", 4)],
)
def test_every_button_of_an_office_desk_opens_for_who_sees_it(people: Cast, role: str, least: int) -> None:
    busy_office(people)
    client = browser(people.by_role[role])
    found = ways(text_of(client, "/meja/"))
    assert len(found) >= least
    assert {way: client.get(way).status_code for way in found} == dict.fromkeys(found, 200)


def test_every_button_of_a_makers_and_a_buyers_desk_opens(people: Cast) -> None:
    line = desk.line(buyer=people.buyers)
    maker = make.tailor(owner=people.maker)
    make.link_to(make.sent(make.share(line, maker, 100)))
    desk.accepted(make.share(desk.line("Lama"), maker, 50))
    for who in (people.maker, people.buyer, people.stranger):
        client = browser(who)
        found = ways(text_of(client, "/meja/"))
        assert found
        assert {way: client.get(way).status_code for way in found} == dict.fromkeys(found, 200)


def test_splitting_again_from_the_desk_takes_the_lapsed_shares_back(people: Cast) -> None:
    line = desk.line(quantity=100)
    desk.lapsed(line)
    client = browser(people.officer)
    (way,) = re.findall(r'<form method="post" action="(/pesanan/[^"]*)"', text_of(client, "/meja/"))
    assert client.post(way).status_code == 302
    assert "did not answer in time" not in text_of(client, "/meja/")
