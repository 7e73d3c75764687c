from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation import clock
from lumbung.money import actions, queries
from lumbung.money.choices import Age, DelayHolder, DueKind, MoneyState
from lumbung.money.queries.dues import Totals
from lumbung.money.queries.subjects import _finders, _namers, _pages, _readers
from lumbung.money.tests.factories import BY, account, due, paid, payee, payer
from lumbung.organisations.tests.factories import cast, member
from lumbung.people.choices import Buyer, MakerRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def above(monkeypatch):
    """A room above that names shares and orders."""
    for registry in (_namers, _finders, _pages, _readers):
        for name in list(registry):
            monkeypatch.delitem(registry, name)
    queries.word_subject("share")(lambda keys: {key: f"Bagian {key[6:]}" for key in keys})
    queries.find_by_name("order")(lambda text: ["order:PSN-1"] if text == "seragam" else [])
    queries.stand_behind("share")(lambda keys: {key: f"/b/{key[6:]}/" for key in keys})
    yield
    for registry in (_namers, _finders, _pages, _readers):
        registry.clear()


def test_totals_are_told_for_shares_of_which_something_was_owed():
    due(1000, share="share:1")
    paid(300, share="share:1")
    due(50, share="share:2")
    assert queries.totals_of(["share:1", "share:2", "share:3"]) == {
        "share:1": Totals(1000, 300, 700),
        "share:2": Totals(50, 0, 50),
    }


def test_what_was_earned_counts_from_a_moment_on_with_its_corrections():
    maker = payee()
    with clock.set_to(clock.now() - timedelta(days=400)):
        due(9000, share="share:1", of=maker)
    since = clock.now() - timedelta(days=1)
    one = due(1000, share="share:2", of=maker)
    actions.correct_due(due=one, right_rupiah=700, reason="x", by=BY)
    due(500, share="share:2", kind=DueKind.ADVANCE)
    assert queries.earned([maker.key, "party:0"], since) == {maker.key: 700}


def test_everybody_sees_the_own_lines_and_the_office_all():
    troupe = cast()
    maker, other, buyer = payee(), payee(), payer()
    sewer = member(MakerRole, maker)
    orderer = member(Buyer, buyer)
    due(1000, share="share:1", of=maker, pays=buyer)
    due(1000, share="share:2", of=other, pays=payer("Pembeli lain"))

    def seen(person):
        return set(queries.standings_seen_by(person).values_list("share", flat=True))

    assert seen(sewer) == seen(orderer) == {"share:1"}
    for role in ("treasurer", "officer", "decider", "auditor"):
        assert seen(getattr(troupe, role)) == {"share:1", "share:2"}
    for role in ("maker", "buyer", "inspector", "regency_officer", "data_protection_officer", "captain"):
        assert seen(getattr(troupe, role)) == set()
    assert seen(None) == set()
    account(maker), account(other)
    assert queries.accounts_seen_by(sewer).get().owner == maker.key
    assert not queries.accounts_seen_by(orderer).exists()
    assert queries.accounts_seen_by(troupe.treasurer).count() == 2
    one = paid(10, share="share:1")
    assert queries.payments_seen_by(sewer).get() == queries.payments_seen_by(orderer).get() == one
    assert not queries.payments_seen_by(troupe.maker).exists()


def test_a_room_above_lets_somebody_read_an_order(above):
    troupe = cast()
    due(1000, share="share:1", order="order:PSN-1")
    queries.let_read("orders")(lambda person: ["order:PSN-1"] if person == troupe.inspector else [])
    assert queries.standings_seen_by(troupe.inspector).count() == 1
    assert queries.standings_seen_by(troupe.partner).count() == 0


def test_subjects_are_called_as_rooms_above_say_and_otherwise_by_their_key(above):
    maker = payee("Jahit Sahnim")
    told = queries.named(["share:7", "line:3", maker.key])
    assert {key: (one.words, one.url) for key, one in told.items()} == {
        "share:7": ("Bagian 7", "/b/7/"),
        "line:3": ("line:3", ""),
        maker.key: ("Jahit Sahnim", ""),
    }


def test_a_list_is_narrowed_by_payee_order_state_age_and_payer(above):
    today = cast().treasurer
    buyer = payer()
    due(1000, share="share:1", of=payee("Sahnim"), pays=buyer, days=-3, order="order:PSN-1")
    due(1000, share="share:2", of=payee("Rohani"), pays=payer("Lain"), days=3)
    due(1000, share="share:3", of=payee("Nurul"), pays=buyer, days=-70)
    paid(1000, share="share:3")

    def found(**wanted):
        narrowed = queries.found_among(queries.standings_seen_by(today), queries.Wanted(**wanted))
        return set(narrowed.values_list("share", flat=True))

    assert found(text="sahnim") == found(text="seragam") == {"share:1"}
    assert found(order="order:PSN-1") == {"share:1"}
    assert found(payer=buyer.key) == {"share:1", "share:3"}
    assert found(state=MoneyState.LATE) == {"share:1"}
    assert found(state=MoneyState.OPEN) == {"share:2"}
    assert found(state=MoneyState.PAID) == {"share:3"}
    assert found(age=Age.WEEK) == {"share:1"}
    assert found(age=Age.LONGER) == set()
    assert found(state="nonsense", age="nonsense") == {"share:1", "share:2", "share:3"}


def test_ageing_sums_what_is_open_by_day_and_by_who_holds_it_up():
    person = cast().treasurer
    for number, days in enumerate((5, 0, -1, -7, -8, -30, -31, -60, -61), start=1):
        due(number * 1000, share=f"share:{number}", days=days)
    actions.tell_delay(share="share:4", holder=DelayHolder.BANK, since=clock.today(), reason="x", by=BY)
    rows = {row.age: (row.shares, row.rupiah, dict(row.holders)) for row in queries.ageing(person)}
    assert rows == {
        Age.NOT_YET: (2, 3000, {}),
        Age.WEEK: (2, 7000, {"bank": 4000}),
        Age.MONTH: (2, 11000, {}),
        Age.TWO_MONTHS: (2, 15000, {}),
        Age.LONGER: (1, 9000, {}),
    }
    assert queries.holders_told(queries.ageing(person)) == [
        ("bank", "the bank", [(age, 4000 if age == Age.WEEK else 0) for age in Age], 4000)
    ]


def test_who_shares_an_account_is_told_for_those_one_asks_about():
    one, two, three, four = (payee() for _ in range(4))
    account(one, "1111111"), account(two, "1111111"), account(three, "2222222"), account(four, "1111111")
    assert queries.payees_sharing_account([one.key, three.key]) == {one.key: frozenset({two.key, four.key})}
    ended = account(three, "3333333")
    actions.end_account(account=ended, reason="x", by=BY)
    assert queries.payees_sharing_account([three.key]) == {}


def test_sums_of_many_shares_take_as_many_queries_as_of_one():
    for number in range(12):
        due(1000, share=f"share:{number}")

    def asked(keys):
        with CaptureQueriesContext(connection) as captured:
            queries.totals_of(keys)
        return len(captured)

    assert asked(["share:1"]) == asked([f"share:{n}" for n in range(12)]) == 1
