"""The list of orders: who finds what, page by page, in a bounded number of queries."""

from datetime import timedelta

import pytest
from django.test import Client

from foundation import clock
from lumbung.orders.actions.ordering import cancel_order
from lumbung.orders.choices import OrderState
from lumbung.orders.forms.filters import ORDER_SORTS
from lumbung.orders.models import Order
from lumbung.orders.queries.order_list import SORTS, Wanted, found_among
from lumbung.orders.rules.order import order_state
from lumbung.orders.tests import factories as make
from lumbung.orders.tests import office
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.tests.factories import Cast, party

pytestmark = pytest.mark.django_db


def every_state() -> dict[OrderState, Order]:
    draft = make.order(published=False)
    open_order = make.order()
    make.line(open_order)
    offered = make.line()
    make.share(offered, make.tailor(), 100)
    full = make.line(quantity=100)
    make.share(
        full,
        make.tailor(),
        100,
        state="accepted",
        confirmed_quantity=100,
        answered_at=clock.now(),
        answered_by="x",
    )
    cancelled = make.order()
    cancel_order(order=cancelled, reason="x", by="person:1")
    cancelled.refresh_from_db()
    return {
        OrderState.DRAFT: draft,
        OrderState.PUBLISHED: open_order,
        OrderState.OFFERED: offered.order,
        OrderState.FULL: full.order,
        OrderState.CANCELLED: cancelled,
    }


def test_the_filter_finds_just_what_the_rule_calls_so() -> None:
    orders = every_state()
    for state, order in orders.items():
        assert order_state(order, order.lines.all()) == state
        assert list(found_among(Order.objects.all(), Wanted(state=state))) == [order]
    assert list(found_among(Order.objects.all(), Wanted(state="nonsense"))) == []


def test_the_list_is_searched_by_number_name_buyer_and_goods(officer: Client) -> None:
    office_of_health = party("Dinas Kesehatan", PartyKind.BUYER)
    wanted = make.order(title="Seragam", buyer=office_of_health)
    make.line(wanted)
    make.order(title="Tas")
    for words in ("seragam", wanted.code.lower(), "kesehatan", "mask seragam"):
        page = officer.get("/pesanan/", {"q": words}).content.decode()
        assert "Seragam" in page
        assert ">Tas<" not in page
    assert "No order fits" in officer.get("/pesanan/", {"q": "zzz"}).content.decode()
    assert ">Tas<" in officer.get("/pesanan/", {"state": "nonsense"}).content.decode()


def test_visitors_see_published_orders_and_are_led_to_the_public_page() -> None:
    orders = every_state()
    page = office.signed_in(None).get("/pesanan/").content.decode()
    assert f'href="/kuota/{orders[OrderState.OFFERED].code}/"' in page
    assert orders[OrderState.DRAFT].code not in page
    assert "baru/" not in page
    assert "No order yet" not in page


def test_an_empty_list_says_so() -> None:
    assert "No order yet" in office.signed_in(None).get("/pesanan/").content.decode()


def test_the_list_goes_page_by_page_and_back(officer: Client) -> None:
    codes = [make.order().code for _ in range(45)]
    codes.reverse()
    seen, url = [], "/pesanan/"
    pages = []
    while url:
        page = officer.get(url)
        pages.append(page)
        seen += [card.order.code for card in page.context["cards"]]
        url = page.context["around"].next_url and f"/pesanan/{page.context['around'].next_url}"
    assert seen == codes
    assert [(p.context["page"].first, p.context["page"].last) for p in pages] == [(1, 20), (21, 40), (41, 45)]
    back = officer.get(f"/pesanan/{pages[2].context['around'].previous_url}")
    assert [card.order.code for card in back.context["cards"]] == codes[20:40]
    assert officer.get("/pesanan/?after=nonsense").context["page"].first == 1


def pieces_of(order: Order) -> int:
    return sum(line.quantity for line in order.lines.all())


IN_ORDER = {
    "newest": lambda order: -order.pk,
    "due": lambda order: (order.due_on, order.pk),
    "quantity": lambda order: (-pieces_of(order), -order.pk),
}


@pytest.mark.parametrize("sort", IN_ORDER)
def test_in_every_order_the_list_gives_each_order_once_and_so_does_excel(
    sort: str, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lumbung.orders.queries.order_list.ROWS", 4)
    monkeypatch.setattr("lumbung.orders.queries.order_list.SLICE", 3)
    for number in range(14):
        order = make.order(due_on=clock.today() + timedelta(days=number * 5 % 3))
        for size in ("kecil", "besar")[: number % 3]:
            make.line(order, quantity=100 + number * 3 % 4, size=size)
    wanted = sorted(Order.objects.all(), key=IN_ORDER[sort])
    pages = office.pages_of(officer, "/pesanan/", {"sort": sort})
    assert [card.order for page in pages for card in page["cards"]] == wanted
    last = officer.get(f"/pesanan/{pages[-2]['around'].next_url}").context["around"].previous_url
    back = office.pages_of(officer, f"/pesanan/{last}", {}, to="previous_url")
    assert [page["page"].rows for page in reversed(back)] == [page["page"].rows for page in pages[:-1]]
    rows = office.rows_of(officer.get(pages[0]["excel"]).getvalue())
    assert [row[0] for row in rows[1:]] == [order.code for order in wanted for _ in order.lines.all()]


def test_the_lists_order_is_one_of_those_offered(officer: Client) -> None:
    assert set(IN_ORDER) == set(SORTS) == {key for key, _words in ORDER_SORTS}
    make.order()
    newest = make.order()
    for nonsense in ("buyer", "-due_on", "?", ""):
        page = officer.get("/pesanan/", {"sort": nonsense})
        assert page.context["cards"][0].order == newest
        assert not page.context["narrowed"]


def test_the_list_asks_as_much_for_many_orders_as_for_one(officer: Client) -> None:
    make.line()
    one = office.queries_of(officer, "/pesanan/")
    for _ in range(25):
        make.line(make.line().order, size="kecil")
    assert office.queries_of(officer, "/pesanan/") == one
    assert one <= 12


def test_an_orders_page_asks_as_much_for_many_shares_as_for_few(people: Cast) -> None:
    officer = office.signed_in(people.officer)
    few, many = office.offered(makers=4, quantity=300), office.offered(makers=40, quantity=3_000)
    assert office.queries_of(officer, office.path(few)) == office.queries_of(officer, office.path(many))
    assert office.queries_of(officer, office.path(many)) <= 25


def test_the_list_goes_out_as_excel(officer: Client) -> None:
    line = make.line(quantity=1_234, price=3_400)
    answer = officer.get("/pesanan/excel/")
    rows = office.rows_of(answer.getvalue())
    assert rows[1][0] == line.order.code
    assert 1_234 in rows[1]
