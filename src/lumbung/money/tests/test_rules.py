"""The arithmetic of money: sums that never lose a rupiah."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.money import rules
from lumbung.money.choices import Age, DueKind, MoneyState, Receiver, Rounding
from lumbung.money.rules import ClaimRow, DueRow, Made, NewRow
from lumbung.money.rules.standing import total_of

DAY = date(2026, 5, 4)
weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=40).filter(any)


@given(st.integers(-(10**15), 10**15), weights)
def test_the_parts_sum_to_the_whole_and_stay_within_one_rupiah_of_their_weight(total, weight):
    parts = rules.split_largest_remainder(total, weight)
    assert sum(parts) == total
    assert all(
        abs(part * sum(weight) - total * one) < sum(weight) for part, one in zip(parts, weight, strict=True)
    )


def test_equal_remainders_go_to_whoever_stands_earlier():
    assert rules.split_largest_remainder(100, [1, 1, 1]) == [34, 33, 33]
    assert rules.split_largest_remainder(-100, [1, 1, 1]) == [-34, -33, -33]
    assert rules.split_largest_remainder(0, [0, 0]) == [0, 0]


def test_nothing_is_split_over_nobody():
    with pytest.raises(ValueError, match="Nobody"):
        rules.split_largest_remainder(1, [0, 0])
    with pytest.raises(ValueError, match="negative"):
        rules.split_largest_remainder(1, [2, -1])


def random_order(chance: Random):
    """An order with rejects, rework and a fee, by a price sheet drawn by chance."""
    buyer = chance.randint(1_000, 500_000)
    told = [
        NewRow(Receiver.MATERIAL, rupiah=chance.randint(0, buyer // 4)),
        NewRow(Receiver.TRANSPORT, basis_points=chance.randint(0, 2000)),
        NewRow(Receiver.TAX, basis_points=chance.randint(0, 1500)),
        NewRow(Receiver.MAKER, is_rest=True),
    ]
    prices = dict(zip((str(row.receiver) for row in told), rules.amounts_of(buyer, told), strict=True))
    shares = {
        f"share:{number}": Made(
            accepted=chance.randint(0, 400),
            rejected=chance.randint(0, 30),
            rework_rupiah=chance.choice((0, 0, chance.randint(1, 2_000_000))),
            reworked_by=chance.choice(("share:0", "party:9")),
        )
        for number in range(chance.randint(1, 8))
    }
    return buyer, prices, shares


def test_in_ten_thousand_random_orders_the_parts_are_the_buyers_amount():
    chance = Random(20260504)
    for _number in range(10_000):
        buyer, prices, shares = random_order(chance)
        settled = rules.settle(prices, shares, fee_rupiah=chance.choice((0, chance.randint(1, 3_000_000))))
        assert settled.buyer_rupiah == buyer * sum(one.accepted for one in shares.values())
        assert sum(settled.parts.values()) == settled.buyer_rupiah
        assert min(settled.parts.values()) >= 0


amounts = st.integers(-3_000_000, 9_000_000).filter(bool)
entries = st.lists(st.tuples(amounts, st.integers(-40, 40), st.integers(0, 9)), min_size=1, max_size=12)


def rows_from(told):
    return [
        DueRow(number, amount, DAY + timedelta(days=days), back if 0 < back < number else None)
        for number, (amount, days, back) in enumerate(told, start=1)
    ]


@given(entries, st.dictionaries(st.integers(1, 12), st.integers(0, 4_000_000)))
def test_what_is_open_of_the_entries_is_what_is_due_less_what_was_paid(told, paid):
    dues = rows_from(told)
    paid = {number: amount for number, amount in paid.items() if number <= len(dues)}
    open_ = rules.open_of(dues, paid)
    assert sum(open_.values()) == sum(due.amount for due in dues) - sum(paid.values())
    assert min(open_.values()) >= 0 or max(open_.values()) <= 0


claims_drawn = st.lists(st.integers(1, 5_000_000), max_size=4)


@given(entries, claims_drawn, st.integers(0, 30_000_000))
def test_an_amount_goes_by_rank_and_never_further_than_what_is_open(told, claimed, amount):
    dues = rows_from(told)
    claims = [ClaimRow(n, n, f"party:{n}", open_) for n, open_ in enumerate(claimed, start=1)]
    parts = rules.allocate(amount, claims, dues)
    open_ = rules.open_of(dues, {})
    whole = max(0, sum(open_.values()))
    assert total_of(parts) == min(amount, whole)
    by_due = {}
    for part in parts:
        by_due[part.due] = by_due.get(part.due, 0) + part.amount
    assert all(part <= open_[due] for due, part in by_due.items())
    left = min(amount, whole)
    for claim in claims:
        got = sum(part.amount for part in parts if part.claim == claim.number)
        assert got == min(claim.open, left)
        left -= got


@given(entries, claims_drawn, st.lists(st.tuples(st.integers(0, 4), st.integers(1, 4_000_000)), max_size=12))
def test_over_any_payments_paid_and_open_are_what_is_due(told, claimed, steps):
    """Payments to the payee and to those with claims, one after the other, each as far as the rule lets it go."""
    dues = rows_from(told)
    paid, by_claim = {}, {}
    for who, amount in steps:
        claims = [
            ClaimRow(n, n, f"party:{n}", whole - by_claim.get(n, 0))
            for n, whole in enumerate(claimed, start=1)
            if whole > by_claim.get(n, 0)
        ]
        mine = rules.entitled(f"party:{who}", payee="party:0", claims=claims, dues=dues, paid=paid)
        for part in rules.cut(mine, amount):
            paid[part.due] = paid.get(part.due, 0) + part.amount
            if part.claim is not None:
                by_claim[part.claim] = by_claim.get(part.claim, 0) + part.amount
    due = sum(row.amount for row in dues)
    assert sum(paid.values()) + sum(rules.open_of(dues, paid).values()) == due
    assert sum(paid.values()) <= max(0, due)
    assert all(by_claim[number] <= claimed[number - 1] for number in by_claim)


def test_a_correction_is_set_off_against_what_it_corrects_before_anything_else():
    dues = [
        DueRow(1, 500, DAY),
        DueRow(2, 900, DAY + timedelta(days=9)),
        DueRow(3, -300, DAY, corrects=2),
    ]
    assert rules.open_of(dues, {}) == {1: 500, 2: 600, 3: 0}
    assert rules.open_of(dues, {2: 900}) == {1: 200, 2: 0, 3: 0}


def test_an_amount_paid_too_much_stays_negative():
    assert rules.open_of([DueRow(1, 500, DAY), DueRow(2, -300, DAY, 1)], {1: 500}) == {1: 0, 2: -300}


def test_the_parts_of_a_price_sheet_are_the_buyers_price():
    rows = [
        NewRow(Receiver.TAX, basis_points=1111),
        NewRow(Receiver.MATERIAL, rupiah=30_001),
        NewRow(Receiver.MAKER, is_rest=True),
    ]
    assert rules.amounts_of(99_999, rows) == [11_109, 30_001, 58_889]
    assert rules.why_not_sheet(99_999, rows) is None


REST = NewRow(Receiver.MAKER, is_rest=True)


@pytest.mark.parametrize(
    ("buyer", "rows", "reason"),
    [
        (0, [REST], "buyer's price"),
        (100, [NewRow(Receiver.MAKER, rupiah=100)], "left over"),
        (100, [NewRow(Receiver.FEE, is_rest=True)], "household"),
        (100, [REST, NewRow(Receiver.FEE)], "rupiah or percent"),
        (100, [REST, NewRow(Receiver.FEE, rupiah=1, basis_points=1)], "rupiah or percent"),
        (100, [REST, NewRow(Receiver.FEE, rupiah=-1)], "less than nothing"),
        (100, [REST, NewRow(Receiver.FEE, rupiah=101)], "Rp101"),
    ],
)
def test_a_sheet_that_cannot_be_says_why(buyer, rows, reason):
    assert reason in rules.why_not_sheet(buyer, rows)


class Rule:
    """A tax rule of the test: no rate of the world."""

    supply, payee_status, payer_kind = "service", "with", "treasurer"
    threshold_rupiah, rate_bp, rounding = 1_000_000, 250, Rounding.DOWN
    in_force_from, in_force_until = DAY, DAY + timedelta(days=30)
    is_confirmed = True

    def __init__(self, **changed):
        self.__dict__.update(changed)


ASKED = {
    "supply": "service",
    "payee_status": "with",
    "payer_kind": "treasurer",
    "on": DAY,
    "amount": 1_000_001,
}


def test_a_rule_applies_where_everything_fits_and_somebody_confirmed_it():
    rule = Rule()
    assert rules.rules_for([rule], **ASKED) == [rule]


@pytest.mark.parametrize(
    "changed",
    [
        {"is_confirmed": False},
        {"supply": "goods"},
        {"payee_status": "without"},
        {"payer_kind": "company"},
        {"in_force_from": DAY + timedelta(days=1)},
        {"in_force_until": DAY - timedelta(days=1)},
        {"threshold_rupiah": 1_000_001},
    ],
)
def test_a_rule_does_not_apply_when_one_thing_differs(changed):
    assert rules.rules_for([Rule(**changed)], **ASKED) == []


@pytest.mark.parametrize(
    ("rounding", "taken"), [(Rounding.DOWN, 250), (Rounding.HALF_UP, 251), (Rounding.UP, 251)]
)
def test_what_is_withheld_is_rounded_as_the_rule_says(rounding, taken):
    assert rules.withheld(Rule(rounding=rounding), 10_020) == taken
    assert rules.withheld(Rule(rounding=rounding), 10_000) == 250


def test_an_age_counts_from_the_pay_day():
    ages = {
        days: rules.age_of(DAY - timedelta(days=days), today=DAY) for days in (-3, 0, 1, 7, 8, 30, 31, 60, 61)
    }
    assert ages == {
        -3: Age.NOT_YET,
        0: Age.NOT_YET,
        1: Age.WEEK,
        7: Age.WEEK,
        8: Age.MONTH,
        30: Age.MONTH,
        31: Age.TWO_MONTHS,
        60: Age.TWO_MONTHS,
        61: Age.LONGER,
    }


def test_the_state_is_told_from_what_is_open_and_the_day():
    later, before = DAY + timedelta(days=1), DAY - timedelta(days=1)
    told = [
        rules.state_of(*one, today=DAY)
        for one in ((5, later), (5, DAY), (5, before), (0, before), (-1, later))
    ]
    assert told == [MoneyState.OPEN, MoneyState.OPEN, MoneyState.LATE, MoneyState.PAID, MoneyState.OVERPAID]


def test_entries_that_add_are_positive_and_those_that_lower_are_negative():
    assert rules.why_not_due(DueKind.EARNED, -1)
    assert rules.why_not_due(DueKind.RETENTION_KEPT, 1)
    assert rules.why_not_due(DueKind.ADVANCE, 0)
    assert rules.why_not_due(DueKind.ADVANCE, -1) is None
    assert rules.why_not_due(DueKind.FEE, 10**15 + 1)


def test_two_spellings_of_an_account_number_are_one():
    assert rules.tidy_number("0123-4567 89") == rules.tidy_number("0123456789") == "0123456789"
