"""The treasurer gives a maker money before anything of its share is earned."""

from datetime import timedelta

import pytest
from django.test import Client

from foundation import clock
from lumbung.money.models import Due, Standing
from lumbung.orders.choices import ShareState
from lumbung.orders.models import Share
from lumbung.orders.tests import factories as make
from lumbung.orders.tests import office
from lumbung.organisations.tests.factories import Cast, cast

pytestmark = pytest.mark.django_db
PAGE = "/uang/uang-muka/baru/"


@pytest.fixture
def people() -> Cast:
    return cast()


def share(state: str = ShareState.ACCEPTED) -> Share:
    """A hundred pieces of Sahnim's, confirmed."""
    confirmed = {} if state == ShareState.OFFERED else {"confirmed_quantity": 100, "answered_at": clock.now()}
    by = {"answered_by": "person:1"} if confirmed else {}
    return make.share(make.line(quantity=100), make.tailor("Sahnim"), 100, state=state, **confirmed, **by)


def sent(client: Client, amount: str, **fields: str) -> str:
    given = {"share": "Sahnim", "amount_rupiah": amount, "reason": "Uang muka bahan", "once": "one"}
    day = clock.today() + timedelta(days=2)
    return client.post(PAGE, given | {"pay_on": f"{day:%d/%m/%Y}"} | fields, follow=True).content.decode()


def test_an_advance_is_owed_by_the_buyer_to_the_maker_before_any_due(people: Cast) -> None:
    found, client = share(), office.signed_in(people.treasurer)
    assert PAGE in client.get("/uang/").content.decode()
    assert "Uang muka bahan" in sent(client, "50.000")
    (due,) = Due.objects.all()
    order = found.line.order
    assert (due.share, due.kind, due.amount_rupiah) == (found.key, "advance", 50_000)
    assert (due.payee, due.payer, due.order) == (found.maker.party.key, order.buyer.key, order.key)
    assert Standing.objects.get().open_rupiah == 50_000


def test_what_cannot_be_said_is_refused_where_the_fault_is_and_leaves_nothing(people: Cast) -> None:
    found, client = share(), office.signed_in(people.treasurer)
    worth = found.held_quantity * found.price_rupiah
    for fields in (
        {"amount": str(worth + 1)},
        {"amount": "0"},
        {"amount": "-5"},
        {"amount": "banyak"},
        {"amount": "50.000", "pay_on": "kemarin dulu"},
        {"amount": "50.000", "reason": ""},
        {"amount": "50.000", "share": "Tidak Ada"},
        {"amount": "50.000", "share": ""},
    ):
        text = sent(client, **fields)
        assert 'aria-invalid="true"' in text, fields
        assert not Standing.objects.exists()
    assert str(worth)[:2] in sent(client, str(worth))
    assert Standing.objects.get().due_rupiah == worth
    sent(client, "1", once="two")
    assert Standing.objects.get().due_rupiah == worth


def test_an_offer_that_nobody_confirmed_gets_no_advance(people: Cast) -> None:
    share(ShareState.OFFERED)
    assert 'aria-invalid="true"' in sent(office.signed_in(people.treasurer), "50.000")
    assert not Due.objects.exists()


def test_only_the_treasurer_gives_it(people: Cast) -> None:
    for role, who in people.everybody():
        expected = 200 if role == "treasurer" else 403
        assert office.signed_in(who).get(PAGE).status_code == expected, role
