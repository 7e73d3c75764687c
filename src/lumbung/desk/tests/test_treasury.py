"""Money that waits stands on the treasurer's desk, with whom it waits, and on nobody else's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation import clock
from lumbung.banking.actions import read_statement
from lumbung.desk.queries import tasks_of
from lumbung.desk.queries.treasury import for_treasurer
from lumbung.desk.tests.browsing import main_of, page
from lumbung.money import actions
from lumbung.money.choices import ClaimKind, DelayHolder
from lumbung.money.tests import factories as money
from lumbung.organisations.tests.factories import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def told() -> list[tuple[int, str, bool]]:
    return [(task.number, task.url, task.is_late) for task in for_treasurer()]


def owed(place: int, *, days: int) -> str:
    """A payee with a confirmed account who waits for money of one share."""
    payee, share = money.payee(), f"share:{place}"
    money.account(payee)
    money.due(1_000_000, share=share, of=payee, days=days)
    return share


def late(place: int, days: int = 3) -> str:
    with clock.set_to(clock.now() - timedelta(days=days + 1)):
        return owed(place, days=1)


def test_late_payments_are_told_with_whom_they_wait(people: Cast) -> None:
    late(1), late(2, 20)
    owed(3, days=9)
    since = clock.today() - timedelta(days=2)
    actions.tell_delay(
        share="share:1", holder=DelayHolder.BUYER, since=since, reason="Belum cair", by="person:1"
    )
    assert told() == [(2, "/uang/?state=late", True)]
    (task,) = for_treasurer()
    assert "pembeli 1, belum dikatakan 1" in task.sentence
    assert "2.000.000" in task.sentence


def test_what_was_promised_for_today_stands_there_today(people: Cast) -> None:
    owed(1, days=0)
    share = late(2)
    actions.promise_pay_day(share=share, pay_on=clock.today(), by="person:1")
    assert told() == [(1, "/uang/?state=late", True), (2, "/uang/?sort=day", False)]
    money.paid(1_000_000, share="share:1")
    money.paid(1_000_000, share="share:2")
    assert told() == []


def test_a_payee_is_counted_once_until_somebody_else_has_confirmed_the_account(people: Cast) -> None:
    payee = money.payee()
    for place in (1, 2):
        money.due(1_000_000, share=f"share:{place}", of=payee)
    account = money.account(payee, confirmed=False)
    assert told() == [(1, f"/uang/rekening/mitra/{payee.key}/", False)]
    actions.confirm_account(account=account, by="person:2")
    assert told() == []


def test_lines_of_the_bank_lead_to_their_statement(people: Cast) -> None:
    content = b"Tanggal;Debet;Rekening Tujuan;Keterangan\r\n01/03/2026;5000;0011;TRF 1"
    statement = read_statement(content=content, name="mutasi.csv", by="person:1")
    assert told() == [(1, f"/uang/bank/mutasi/{statement.pk}/", False)]


def test_claims_are_counted_while_something_of_them_and_of_the_share_is_open(people: Cast) -> None:
    share = owed(1, days=9)
    lender = money.payer("Koperasi")
    actions.register_claim(
        share=share,
        kind=ClaimKind.LENDER,
        holder=lender.key,
        confirmed_rupiah=300_000,
        basis="1",
        by="person:1",
    )
    assert told() == [(1, "/uang/tagihan/", False)]
    (task,) = for_treasurer()
    assert "300.000" in task.sentence
    money.paid(300_000, share=share, to=lender.key)
    assert told() == []


def test_only_the_treasurer_sees_it_and_however_much_there_is_asks_no_more(people: Cast) -> None:
    late(1)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert told()
    for place in range(2, 6):
        late(place)
        money.due(1_000, share=f"share:{place}0")
    with CaptureQueriesContext(connection) as many:
        assert told()
    assert len(many) <= len(few) + 1 <= 5
    assert "Payments late".lower() in main_of(page("/meja/", people.treasurer)).lower()
    for who in (people.officer, people.auditor, people.decider):
        assert not [task for task in tasks_of(who) if task.url == "/uang/?state=late"]
