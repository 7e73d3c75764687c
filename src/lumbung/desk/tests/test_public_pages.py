"""The front page and how it works: real numbers, nobody's name, open to everybody."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from foundation import clock
from lumbung.desk.queries.running import newest_told, running_in_public
from lumbung.desk.tests import factories as desk
from lumbung.desk.tests.browsing import browser, main_of, page, text_of, ways
from lumbung.orders.actions.answering import accept_share
from lumbung.orders.choices import SplitState
from lumbung.orders.models import Split
from lumbung.orders.tests import factories as make
from lumbung.organisations.tests.factories import Cast, cast

pytestmark = pytest.mark.django_db
PUBLIC = ["/", "/cara-kerja/"]


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_are_open_to_everybody(people: Cast, address: str) -> None:
    statuses = {"nobody": Client().get(address).status_code}
    for role, who in people.everybody():
        client = Client()
        client.force_login(who, backend="config.accounts.Backend")
        statuses[role] = client.get(address).status_code
    assert set(statuses.values()) == {200}


def test_the_front_page_shows_running_orders_as_cloth() -> None:
    line = desk.line("Masker kain dua lapis", quantity=500)
    for share in desk.offered(line, makers=5, quantity=50):
        share.refresh_from_db()
        accept_share(share=share, by="link:1")
    text = main_of(page("/"))
    assert f'href="/kuota/{line.order.code}/"' in text
    assert "250 of 500 sheets" in text
    assert "5 makers" in text
    assert "Still open" in text


def test_a_full_order_says_so_and_a_past_or_cancelled_one_is_not_shown() -> None:
    full = desk.line("Penuh", quantity=100)
    accept_share(share=desk.offered(full)[0], by="link:1")
    desk.line("Lewat", due_on=clock.today() - timedelta(days=1))
    desk.line("Batal", cancelled_at=clock.now(), cancelled_by="x", cancelled_reason="x")
    desk.line("Konsep", published=False)
    assert [(order.title, order.light) for order in running_in_public()] == [("Penuh", "exhausted")]


def test_an_order_of_several_kinds_is_summed_in_units() -> None:
    first = desk.line("Campur", quantity=300)
    other = make.masks()
    other.pk, other.name, other.unit = "botol", "Botol", "bottle"
    other.save(force_insert=True)
    first.order.lines.create(kind=other, quantity=200, price_rupiah=5_000)
    shown = running_in_public()
    assert [(order.quantity, order.confirmed) for order in shown] == [(500, 0)]
    assert shown[0].unit not in {"lembar", "botol", "sheets", "bottles"}


def test_the_told_order_is_computed_from_rows() -> None:
    line = desk.line("Masker kain", quantity=3_465)
    split = make.decided_split(
        line,
        dict.fromkeys(desk.tailors(5), 693),
        eligible=2_114,
        frontier=[{"budget_bp": 0, "largest_share": 5_520}],
    )
    told = newest_told()
    assert told
    assert (told.split.pk, told.largest_at_least_cost, told.is_fairer) == (split.pk, 5_520, True)
    assert told.share
    assert (told.share.value_rupiah, told.share.houses, told.share.village) == (693 * 3_400, 5, "Mamben Daya")
    text = main_of(page("/"))
    for words in (
        "3,465",
        "2,114",
        "693",
        "Rp2,356,200",
        "Mamben Daya",
        "7 days after the goods are inspected",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("eligible", "makers", "told"),
    [(20, 10, (20, 10)), (20, 17, (None, 17)), (20, 20, (20, 20)), (4, 4, (None, None))],
)
def test_no_number_of_the_telling_lets_a_group_under_five_be_guessed(
    eligible: int, makers: int, told: tuple[int | None, int | None]
) -> None:
    make.decided_split(desk.line(), {make.tailor(): 10}, eligible=eligible, makers=makers)
    found = newest_told()
    assert found
    assert (found.eligible, found.makers) == told


def test_a_village_with_fewer_than_five_alike_is_not_named() -> None:
    there = make.village("52.03.14.2002", "Kilang")
    makers = [*desk.tailors(4), make.tailor(village=there), make.tailor(village=there)]
    make.decided_split(desk.line(quantity=600), dict.fromkeys(makers, 100))
    told = newest_told()
    assert told
    assert told.share
    assert (told.share.houses, told.share.village) == (6, "")
    assert "Kilang" not in page("/")


def test_fewer_than_five_houses_alike_are_not_told_at_all() -> None:
    make.decided_split(desk.line(quantity=400), dict.fromkeys(desk.tailors(4), 100))
    told = newest_told()
    assert told
    assert told.share is None
    assert told.share_sentence == ""
    assert "fewer than five" not in main_of(page("/"))


def test_public_pages_name_no_maker() -> None:
    line = desk.line(quantity=600)
    names = [f"Inaq Rahasia {number}" for number in range(6)]
    make.decided_split(line, {make.tailor(name): 100 for name in names})
    for share in list(line.shares.all())[:3]:
        accept_share(share=share, by="link:1")
    for address in PUBLIC:
        assert "Rahasia" not in page(address)
    assert "fewer than five makers" in page("/")


def test_without_a_decided_order_the_telling_is_left_out() -> None:
    desk.plan(desk.line(), SplitState.PROPOSED)
    assert newest_told() is None
    for address in PUBLIC:
        assert 'class="told' not in page(address)
    assert "followed to the houses" not in page("/")


def test_resplits_and_cancelled_orders_are_not_told() -> None:
    gone = desk.line(cancelled_at=clock.now(), cancelled_by="x", cancelled_reason="x")
    desk.offered(gone)
    line = desk.line()
    desk.offered(line)
    parent = Split.objects.get(line=line)
    make.decided_split(line, {make.tailor(): 10}, parent=parent, number=2)
    told = newest_told()
    assert told
    assert told.split.pk == parent.pk


def test_no_order_at_all_leaves_a_sentence() -> None:
    assert "No order is open at the moment" in page("/")


def test_the_office_can_be_asked_only_where_it_can_be_reached(settings: Any) -> None:
    settings.OFFICE_EMAIL = settings.OFFICE_PHONE = ""
    assert "Order goods" not in page("/")
    settings.OFFICE_PHONE = "+6281234567890"
    assert 'class="button main" href="tel:+6281234567890">0812-3456-7890' in page("/")
    settings.OFFICE_EMAIL = "kantor@contoh.test"
    assert 'class="button main" href="mailto:kantor@contoh.test"' in page("/")
    assert "mailto:kantor@contoh.test" in page("/cara-kerja/")


def test_the_region_speaks_from_the_settings(settings: Any) -> None:
    settings.REGION, settings.REGION_ENDS = "Contoh", ["Barat", "Timur"]
    assert "The industry of Contoh lives in houses, from Barat to Timur." in page("/")


def test_the_way_it_works_is_told_in_the_numbers_of_the_newest_order() -> None:
    line = desk.line("Masker kain", answer_hours=36, payment_days=14)
    make.decided_split(line, {make.tailor(): 693}, makers=1_542, villages=398, eligible=2_114)
    text = main_of(page("/cara-kerja/"))
    for words in ("2,114", "1,542", "398 villages", "36", "14", "is the largest part of one house"):
        assert words in text
    assert "No money, no PIN" in text


@pytest.mark.parametrize("address", PUBLIC)
def test_every_link_of_a_public_page_opens_for_everybody(address: str) -> None:
    make.decided_split(desk.line(), {make.tailor(): 100})
    client = browser()
    found = ways(text_of(client, address))
    assert found
    assert {way: client.get(way).status_code for way in found} == dict.fromkeys(found, 200)
