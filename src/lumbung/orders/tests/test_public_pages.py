"""Everybody sees how full an order is, to the piece, and why it is split so."""

import gzip
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as lumbung
from django.test import Client

from foundation import clock, formats
from lumbung.orders.actions.answering import accept_share, decline_share, release_share
from lumbung.orders.actions.ordering import cancel_order
from lumbung.orders.choices import Reason
from lumbung.orders.models import Order, OrderLine, Share
from lumbung.orders.tests import factories as make
from lumbung.orders.tests.offering import everything_kept, quiet_line
from lumbung.organisations.tests.factories import cast, member, party
from lumbung.people.choices import Officer
from lumbung.places.models import Village

pytestmark = pytest.mark.django_db
STATIC = Path(lumbung.ROOT) / "src"


def page(address: str, language: str = "en") -> str:
    response = Client(headers={"accept-language": language}).get(address)
    assert response.status_code == 200
    return response.content.decode()


def light(line: OrderLine, language: str = "en") -> str:
    return page(f"/kuota/{line.order.code}/", language)


def why(line: OrderLine, language: str = "en") -> str:
    return page(f"/kuota/{line.order.code}/mengapa/", language)


def shares(line: OrderLine, *quantities: int) -> list[Share]:
    return [make.sent(make.share(line, make.tailor(), quantity)) for quantity in quantities]


def numbers(html: str) -> list[str]:
    """The numbers of the summary, in the order of the page."""
    return re.findall(r'<dd class="number">([^<]+)</dd>', html)


# The light


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_light_tells_what_is_left_confirmed_and_waiting(language: str) -> None:
    line = quiet_line(quantity=10_000)
    first, _second = shares(line, 6_000, 1_500)
    accept_share(share=first, by="link:1")
    html = light(line, language)
    assert '<div class="light">' in html
    assert f"<b>{formats.number(4_000, language)}</b>" in html
    waiting, unplaced = formats.number(1_500, language), formats.number(2_500, language)
    assert numbers(html)[:3] == [formats.number(6_000, language), waiting, unplaced]


def test_the_light_is_right_right_after_an_answer() -> None:
    line = quiet_line(quantity=1_000)
    first, second = shares(line, 600, 400)
    assert "<b>1,000</b>" in light(line)
    accept_share(share=first, by="link:1")
    assert "<b>400</b>" in light(line)
    accept_share(share=second, by="link:1")
    assert '<div class="light full">' in light(line)
    release_share(share=second, quantity=150, by="link:1")
    assert "<b>150</b>" in light(line)


def test_a_full_order_says_since_when_and_to_make_no_more() -> None:
    line = quiet_line(quantity=500)
    accept_share(share=shares(line, 500)[0], by="link:1")
    line.refresh_from_db()
    html = light(line)
    assert line.full_since
    assert formats.moment(line.full_since, "en") in html
    assert 'class="notice stop"' in html
    assert "<b>0</b>" in html


def test_a_lapsed_offer_waits_no_more() -> None:
    line = quiet_line(quantity=1_000)
    shares(line, 600)
    with clock.set_to(clock.now() + timedelta(hours=49)):
        assert numbers(light(line))[:2] == ["0", "1,000"]


def test_before_the_split_nothing_is_shared_out_again() -> None:
    line = quiet_line(quantity=1_000)
    assert "Not shared out yet" in light(line)
    shares(line, 600)
    assert "Not shared out yet" not in light(line)


def test_a_declined_share_is_open_again() -> None:
    line = quiet_line(quantity=1_000)
    decline_share(share=shares(line, 600)[0], by="link:1")
    assert "<b>1,000</b>" in light(line)


def test_fewer_than_five_makers_are_not_counted_out() -> None:
    line = quiet_line(quantity=1_000)
    for share in shares(line, 100, 100, 100, 100):
        accept_share(share=share, by="link:1")
    assert "fewer than five" in light(line)
    accept_share(share=shares(line, 100)[0], by="link:1")
    assert "5" in numbers(light(line))


def test_several_lines_of_one_unit_are_added_and_told_one_by_one() -> None:
    order = make.order(resplits_itself=False, title="Masker untuk sekolah")
    small, large = make.line(order, quantity=300, size="Anak"), make.line(order, quantity=700, size="Dewasa")
    accept_share(share=shares(small, 300)[0], by="link:1")
    html = light(large)
    assert "<b>700</b>" in html
    assert html.count("<section>") == 2
    assert "anak" in html
    assert "dewasa" in html


def test_lines_of_different_units_are_counted_as_lines() -> None:
    line = quiet_line(quantity=300)
    bottles = make.GoodsKind.objects.create(code="minyak", name="Minyak", name_en="Oil", unit="bottle")
    OrderLine.objects.create(order=line.order, kind=bottles, quantity=50, price_rupiah=20_000)
    accept_share(share=shares(line, 300)[0], by="link:1")
    html = light(line)
    assert "<b>1</b>" in html
    assert "of 2 kinds of goods" in html


def test_the_part_that_changes_comes_alone() -> None:
    line = quiet_line()
    part = page(f"/kuota/{line.order.code}/?hanya=keadaan")
    assert part.lstrip().startswith('<div id="light">')
    assert "<html" not in part
    assert 'id="numbers"' in part


def test_a_light_is_never_older_than_two_seconds() -> None:
    response = Client().get(f"/kuota/{quiet_line().order.code}/")
    assert set(response["Cache-Control"].split(", ")) == {"private", "max-age=2"}


def test_the_first_view_of_the_light_stays_under_twenty_kilobytes() -> None:
    line = quiet_line(quantity=1_000_000)
    accept_share(share=shares(line, 862_480)[0], by="link:1")
    response = Client(headers={"accept-encoding": "gzip"}).get(f"/kuota/{line.order.code}/")
    assert response["Content-Encoding"] == "gzip"
    html = gzip.decompress(response.content).decode()
    found = set(re.findall(r'(?:href|src)="/static/([^"]+)"', html)) | {"foundation/tenun.svg"}
    assert {"foundation/lumbung.css", "foundation/mark.svg", "orders/public.css", "orders/light.js"} <= found
    assert len(response.content) + sum(len(gzip.compress(read(name))) for name in found) < 20_000


def read(name: str) -> bytes:
    room = name.split("/")[0]
    roots = {"foundation": STATIC / "foundation"}
    return (roots.get(room, STATIC / "lumbung" / room) / "static" / name).read_bytes()


@pytest.mark.parametrize("many", [1, 20])
def test_the_light_needs_four_queries_however_many_shares(
    many: int, django_assert_num_queries: Callable[..., object]
) -> None:
    line = quiet_line()
    shares(line, *[10] * many)
    with django_assert_num_queries(4):  # type: ignore[attr-defined]
        light(line)


# Which orders


@pytest.mark.parametrize("address", ["/kuota/{}/", "/kuota/{}/mengapa/"])
def test_a_draft_is_nobodys_business_and_an_unknown_number_leads_nowhere(address: str) -> None:
    draft = make.order(published=False)
    make.line(draft)
    for code in (draft.code, "PSN-1999-0001", "x"):
        assert Client().get(address.format(code)).status_code == 404


def test_a_cancelled_order_says_why_and_to_stop() -> None:
    line = quiet_line()
    cancel_order(order=line.order, reason="Anggaran dicabut", by="person:1")
    html = light(line)
    assert "Anggaran dicabut" in html
    assert 'class="notice stop"' in html
    assert '<div class="light' not in html


@pytest.mark.parametrize("address", ["/kuota/{}/", "/kuota/{}/mengapa/"])
def test_everybody_sees_the_same_public_pages(address: str) -> None:
    line = quiet_line()
    everybody = [None, *(person for _role, person in cast().everybody())]
    for person in everybody:
        client = Client()
        if person:
            client.force_login(person)
        assert client.get(address.format(line.order.code)).status_code == 200
        assert client.post(address.format(line.order.code)).status_code == 405


@pytest.mark.parametrize("address", ["/kuota/{}/", "/kuota/{}/mengapa/"])
def test_looking_changes_nothing_and_names_nobody(address: str) -> None:
    line = quiet_line()
    maker = make.tailor(
        "Nama Rahasia", hamlet="Dusun Rahasia", village=make.village("52.03.05.2099", "Desa Terpencil")
    )
    officer = member(Officer, party())
    Order.objects.update(published_by=officer.key)
    make.decided_split(line, {maker: 693}, proposed_by=officer.key, decided_by="person:9002")
    before = everything_kept()
    html = page(address.format(line.order.code))
    assert everything_kept() == before
    for private in ("Rahasia", maker.owner.phone[-4:], maker.village.name):
        assert private not in html


def test_a_flood_is_slowed_down(settings: object) -> None:
    settings.RATES_PER_MINUTE = {"answer": 20, "public": 2}  # type: ignore[attr-defined]
    line = quiet_line()
    statuses = [Client().get(f"/kuota/{line.order.code}/").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


# Why it is split so


def big_split(line: OrderLine, *, makers: int = 6, village: Village | None = None) -> object:
    amounts = {make.tailor(village=village) if village else make.tailor(): 100 for _ in range(makers)}
    return make.decided_split(
        line,
        amounts,
        common_cap=100,
        cost_rupiah=2_060_000,
        cheapest_cost_rupiah=2_040_000,
        lower_bound_rupiah=2_059_000,
        eligible=makers + 9,
        seed="PSN|benih|segel",
    )


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_rule_is_told_with_the_numbers_of_this_order(language: str) -> None:
    line = quiet_line(quantity=600)
    big_split(line)
    html = why(line, language)
    for told in (
        formats.percent_bp(200, language),
        formats.rupiah(2_060_000, language),
        formats.rupiah(2_040_000, language),
        formats.rupiah(2_059_000, language),
        formats.rupiah(1_000, language),
        "PSN|benih|segel",
        "0" * 64,
        f"lumbung recompute {line.order.code}",
        lumbung.OFFICE_NAME,
        'id="menunggu"',
    ):
        assert told in html


def test_who_waited_is_told_by_reason_and_never_in_groups_under_five() -> None:
    line = quiet_line(quantity=600)
    split = big_split(line)
    for reason, count, eligible in (
        (Reason.COST, 8, True),
        (Reason.TIE, 1, True),
        (Reason.CERTIFICATE, 3, False),
    ):
        for _ in range(count):
            make.split_row(split, make.tailor(), 0, eligible=eligible, reason=reason)  # type: ignore[arg-type]
    told = re.findall(r"<li><b>(\d+)</b>", why(line))
    assert told.count("9") == 1
    assert "8" not in told
    assert "1" not in told
    assert "3" not in told


def test_a_split_for_fewer_than_five_shows_neither_map_nor_largest_share() -> None:
    line = quiet_line(quantity=600)
    big_split(line, makers=4)
    html = why(line)
    assert "fewer than five makers" in html
    assert "<figure" not in html
    assert "Largest share" not in html


def test_the_map_has_its_numbers_in_a_table() -> None:
    line = quiet_line(quantity=600)
    big_split(line)
    html = why(line)
    assert '<figure class="map">' in html
    assert "by place in the plan that was decided, and for each house with a share" in html


def test_a_small_village_is_counted_in_its_regency_alone() -> None:
    line = quiet_line(quantity=1_300)
    big_split(line, makers=6)
    far = make.village("52.06.01.2001", "Desa Kecil", (-8_500_000, 118_700_000))
    split = line.splits.get()
    for _ in range(2):
        make.split_row(split, make.tailor(village=far), 77)
    make.split_row(split, make.tailor(village=make.village("52.04.01.2001", "Desa Menunggu")), 0)
    html = why(line)
    assert "Desa Kecil" not in html
    assert "154" not in html


def test_before_the_decision_the_page_says_so() -> None:
    assert "not shared out yet" in why(quiet_line())


def test_without_a_common_limit_no_limit_is_told() -> None:
    line = quiet_line(quantity=600)
    make.decided_split(line, {make.tailor(): 100 for _ in range(6)}, common_cap=None)
    assert "No house gets more" not in why(line)


def test_eligible_makers_are_not_told_where_the_rest_would_be_under_five() -> None:
    line = quiet_line(quantity=600)
    make.decided_split(line, {make.tailor(): 100 for _ in range(6)}, eligible=8)
    assert "Eligible makers" not in why(line)


def test_each_line_has_its_own_explanation() -> None:
    order = make.order(resplits_itself=False)
    for size in ("Anak", "Dewasa"):
        make.decided_split(make.line(order, size=size), {make.tailor(): 100 for _ in range(6)})
    html = page(f"/kuota/{order.code}/mengapa/")
    assert html.count('<h2 class="opens">') == 2


@pytest.mark.parametrize("makers", [6, 30])
def test_the_explanation_needs_no_more_queries_for_more_makers(
    makers: int, django_assert_max_num_queries: Callable[..., object]
) -> None:
    line = quiet_line(quantity=5_000)
    big_split(line, makers=makers)
    with django_assert_max_num_queries(17):  # type: ignore[attr-defined]
        why(line)


@pytest.mark.parametrize("address", ["/kuota/%00/", "/kuota/%00/mengapa/", "/berkas/1/%00", "/b/%00/"])
def test_an_address_with_an_unprintable_sign_opens_nothing(client, address):
    assert client.get(address).status_code == 404
