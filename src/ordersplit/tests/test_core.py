"""The two exact searches and the reachable sums agree with trying everything."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ordersplit import SourcingProblem
from ordersplit.bound import Prices, bound_at, cut_off, fits
from ordersplit.branch import Search, Seat
from ordersplit.core import Maker, sliding_minimum, solve_core
from ordersplit.market import exact_dot, ground_of
from ordersplit.policy import Policy
from ordersplit.reach import reach

AMOUNTS = st.integers(0, 9)


@given(
    st.lists(st.integers(0, 50), min_size=1, max_size=20),
    st.integers(-8, 25),
    st.integers(1, 30),
    st.integers(1, 20),
)
def test_the_sliding_minimum_is_the_minimum_of_each_window(values, first, width, count):
    found = sliding_minimum(np.array(values), first, width, count, 999)
    for place, start in enumerate(range(first, first + count)):
        inside = values[max(start, 0) : max(start + width, 0)]
        assert found[place] == min(inside, default=999)


@st.composite
def seats(draw):
    rows = []
    for _ in range(draw(st.integers(1, 5))):
        most = draw(st.integers(1, 9))
        rows.append(
            Seat(draw(st.integers(1, most)), most, draw(st.integers(-5, 20)), draw(st.integers(0, 30)))
        )
    return rows


def least_by_trying(rows, quantity):
    choices = [[0, *range(seat.lot, seat.most + 1)] for seat in rows]
    costs = [
        sum(seat.cost(amount) for seat, amount in zip(rows, amounts, strict=True))
        for amounts in itertools.product(*choices)
        if sum(amounts) == quantity
    ]
    return min(costs, default=None)


@settings(max_examples=150, deadline=None)
@given(seats(), st.integers(1, 30))
def test_branches_find_the_least_cost(rows, quantity):
    search = Search(rows, quantity, None, None, 10_000).run()
    assert search.finished
    least = least_by_trying(rows, quantity)
    if least is None:
        assert search.amounts is None
    else:
        assert sum(seat.cost(amount) for seat, amount in zip(rows, search.amounts, strict=True)) == least
        assert Search(rows, quantity, least, None, 10_000).run().amounts is None


@settings(max_examples=150, deadline=None)
@given(seats(), st.integers(1, 30), st.booleans(), st.integers(0, 2))
def test_sums_find_the_least_cost_with_small_and_with_huge_numbers(rows, quantity, huge, power):
    scale = 10 ** (19 if huge else power)
    makers = [
        Maker(
            base=0,
            lot=seat.lot,
            most=seat.most,
            gain=seat.price * scale,
            entry=seat.visit * scale,
            floor=min(0, seat.cost(seat.lot), seat.cost(seat.most)) * scale,
        )
        for seat in rows
    ]
    found = solve_core(makers, quantity, None, 10_000)
    least = least_by_trying(rows, quantity)
    if least is None:
        assert found.cost is None
        return
    above = least * scale - sum(maker.floor for maker in makers)
    costs = [maker.cost(amount) for maker, amount in zip(makers, found.amounts, strict=True)]
    assert (found.cost, sum(costs), sum(found.amounts)) == (above, above, quantity)
    assert solve_core(makers, quantity, above, 10_000).cost == above


def test_a_core_that_is_too_large_is_not_begun():
    makers = [Maker(0, 1, 1_000, 3, 0, 0)] * 10
    assert solve_core(makers, 5_000, None, cells=100) is None


def test_a_search_stops_at_what_is_enough_or_when_time_is_over():
    rows = [Seat(1 + place % 3, 10 + place, 100 + place, 500 + 7 * place) for place in range(30)]
    enough = Search(rows, 200, None, 10**9, 10_000).run()
    assert enough.amounts is not None and not enough.finished
    late = Search(rows, 201, None, 0, 10_000, late=lambda: True).run()
    assert not late.finished or late.amounts is not None


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=5), st.integers(1, 30), st.integers(0, 3))
def test_reachable_sums_are_those_of_trying(rows, quantity, fewest):
    lot, capacity = zip(*rows, strict=True)
    problem = SourcingProblem.from_arrays(
        [str(place) for place in range(len(rows))], 1, capacity, lot, quantity=quantity
    )
    market = ground_of(problem, Policy(min_suppliers=fewest or None)).market()
    ranges = [[0, *range(max(low, 1), min(high, quantity) + 1)] for low, high in rows]
    sums = [
        sum(x) for x in itertools.product(*ranges) if sum(x) <= quantity and sum(a > 0 for a in x) >= fewest
    ]
    found = reach(market, np.arange(len(market)))
    assert found.deliverable == max(sums, default=0)
    if found.amount is not None:
        assert market.holds(found.amount)


def test_numbers_beyond_64_bits_are_exact():
    assert exact_dot(np.array([10**15] * 3), np.array([10**12] * 3)) == 3 * 10**27
    problem = SourcingProblem.from_arrays(
        ["a", "b"], [10**15, 10**15 - 1], [10**7, 10**7], quantity=15 * 10**6
    )
    market = ground_of(problem, Policy(0)).market()
    assert not fits(market, Prices(10**15))
    assert bound_at(market, Prices(10**15), np.arange(2)).lower == 15 * 10**21 - 10**7
    assert cut_off(market).lower == 15 * 10**21 - 10**7


@pytest.mark.parametrize("quantity", [3, 4])
def test_the_grain_of_rigid_makers_is_used_and_given_back(quantity):
    problem = SourcingProblem.from_arrays(["a", "b", "c"], 1, [2, 4, 6], [2, 4, 6], quantity=quantity)
    market = ground_of(problem, Policy(0)).market()
    found = reach(market, np.arange(len(market)))
    assert found.deliverable == (4 if quantity == 4 else 2)
