"""The lowest common cap within the cost budget, the frontier, and how evenness is measured."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ordersplit import OPTIMAL, Policy, SourcingProblem, lower_bound, price_of_fairness, solve, verify
from ordersplit.bound import cut_off
from ordersplit.fairness import CapSearch, share_of
from ordersplit.market import ground_of
from ordersplit.measures import gini_bp, jain_bp, largest_share
from ordersplit.plan import Goal, least_cost
from ordersplit.tests.cases import cases, lexicographic, random_case


@settings(max_examples=150, deadline=None)
@given(cases(makers=5, largest=9), st.sampled_from(["0.02", "0.1", "0.5", "2"]))
def test_cost_cap_and_cost_are_the_lexicographic_optimum(case, budget):
    problem = case.problem()
    allocation = solve(problem, case.policy(budget), gap=0.0)
    expected = lexicographic(case, Fraction(budget))
    if expected is None:
        assert not allocation.makers
        return
    assert verify(problem, allocation).violations == ()
    cheapest, cap, cost = expected
    assert allocation.status == OPTIMAL
    assert allocation.cheapest_cost == cheapest
    assert allocation.common_cap == min(cap, case.max_share or cap)
    assert allocation.cost == cost


@pytest.mark.parametrize("makers", [50, 600, 3_000])
def test_no_lower_cap_fits_into_the_budget(makers):
    problem = random_case(makers, makers).problem()
    allocation = solve(problem)
    assert allocation.cap_proven
    assert allocation.ranked_cost <= allocation.budget == allocation.cheapest_cost * 102 // 100
    assert allocation.largest_share == allocation.common_cap
    lower = lower_bound(problem, Policy(0, max_share=allocation.common_cap - 1))
    assert lower is None or lower > allocation.budget or makers == 50


def test_a_group_counts_its_households():
    problem = SourcingProblem.from_arrays(
        ["group", "one", "two"], [100, 100, 100], [1_000, 1_000, 1_000], quantity=140, households=[12, 1, 1]
    )
    allocation = solve(problem)
    assert allocation.common_cap == 10
    assert allocation.quantity.tolist() == [120, 10, 10]


def test_a_budget_of_nothing_gives_the_cheapest_plan():
    problem = random_case(1, 100).problem()
    none, zero = solve(problem, Policy(None)), solve(problem, Policy(0))
    assert none.cost == zero.cost == none.cheapest_cost
    assert none.common_cap is None and none.budget == none.cheapest_ranked
    assert solve(problem, Policy(0, max_share=500)).common_cap == 500


def test_the_frontier_falls_with_the_budget_and_agrees_with_single_splits():
    problem = random_case(2, 400).problem()
    budgets = ["0", "0.01", "0.02", "0.05", "0.1"]
    points = price_of_fairness(problem, budgets)
    shares = [point.largest_share for point in points]
    assert shares == sorted(shares, reverse=True) and shares[0] > shares[-1]
    for budget, point in zip(budgets, points, strict=True):
        assert verify(problem, point.allocation).violations == ()
        assert point.cheapest_cost == points[0].cost
        assert point.makers == point.allocation.makers
        assert point.gini == point.allocation.gini_after
        assert point.allocation.common_cap == solve(problem, Policy(budget)).common_cap


def test_the_frontier_of_an_impossible_order_is_empty():
    assert price_of_fairness(SourcingProblem.from_arrays(["a"], [1], [1], quantity=2), [0, 1]) == []


def test_the_budget_bounds_the_ranking_cost_when_credits_are_given():
    case = random_case(6, 200)
    credits = np.random.default_rng(0).integers(0, 5_000, 200)
    problem = case.problem()
    allocation = solve(problem, Policy(credits=credits))
    assert verify(problem, allocation).violations == ()
    granted = int((credits * allocation.quantity).sum())
    before = int((credits * allocation.cheapest_quantity).sum())
    assert allocation.cost == allocation.ranked_cost + granted
    assert allocation.cost <= allocation.cheapest_cost * 102 // 100 + granted - before


def naive_gini(amount, capacity, households):
    rows = [(x * 10**6 // k, h) for x, k, h in zip(amount, capacity, households, strict=True) if k]
    total, everybody = sum(r * h for r, h in rows), sum(h for _, h in rows)
    spread = sum(a * b * abs(r - s) for r, a in rows for s, b in rows)
    return round(Fraction(10_000 * spread, 2 * everybody * total)) if total else 0


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(1, 9)), min_size=1, max_size=12)
)
def test_gini_is_what_all_pairs_give(rows):
    amount, capacity, households = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    amount = np.minimum(amount, capacity)
    naive = naive_gini(amount.tolist(), capacity.tolist(), households.tolist())
    assert abs(gini_bp(amount, capacity, households) - naive) <= 1
    assert 0 <= jain_bp(amount, capacity, households) <= 10_000


def test_an_even_split_has_no_inequality():
    even = np.array([5, 10, 20]), np.array([50, 100, 200]), np.array([1, 2, 3])
    assert (gini_bp(*even), jain_bp(*even)) == (0, 10_000)
    nothing = np.zeros(3, dtype=np.int64), np.array([50, 100, 200]), np.array([1, 2, 3])
    assert (gini_bp(*nothing), jain_bp(*nothing)) == (0, 0)
    assert largest_share(np.array([7, 12]), np.array([1, 5])) == 7


def test_spreading_an_order_lowers_gini_and_raises_jain():
    allocation = solve(random_case(8, 300).problem(), Policy("0.1"))
    assert allocation.gini_after < allocation.gini_before
    assert 0 < allocation.jain < 10_000


@pytest.mark.parametrize("questions", range(0, 30, 2))
def test_a_plan_is_right_whenever_the_time_runs_out(questions, monkeypatch):
    asked = iter(range(questions))
    monkeypatch.setattr("ordersplit.solving.deadline", lambda _: lambda: next(asked, None) is None)
    problem = random_case(questions, 60, load=0.35).problem()
    allocation = solve(problem, Policy("0.02"), gap=0.0, time_limit=1)
    assert verify(problem, allocation).violations == ()
    assert allocation.status != OPTIMAL or allocation.cost_proven


def test_an_order_that_is_kept_whole_needs_no_cap():
    problem = SourcingProblem.from_arrays(["a", "b"], [10, 11], [50, 50], quantity=60)
    allocation = solve(problem, frozen={"a": 25, "b": 35})
    assert verify(problem, allocation).violations == ()
    assert allocation.common_cap is None
    assert allocation.quantity.tolist() == [25, 35]


def test_a_plan_found_under_a_higher_cap_gets_the_bound_of_its_own():
    ground = ground_of(random_case(3, 80).problem(), Policy())
    cheapest = least_cost(ground.market(), Goal())
    search = CapSearch(ground, cheapest, 0.0, bool)
    cap = share_of(ground, cheapest)
    moved = search.under(cap, cheapest, None)
    assert (moved.cost, moved.lower) == (cheapest.cost, cut_off(ground.market(cap)).lower)
    assert (
        ground.whole(moved.market, moved.amount).tolist()
        == ground.whole(cheapest.market, cheapest.amount).tolist()
    )


def test_a_plan_that_is_known_is_not_searched_again():
    ground = ground_of(random_case(3, 80).problem(), Policy())
    search = CapSearch(ground, least_cost(ground.market(), Goal()), 0.0, bool)
    plan, certain = search.ask(600, 10**12)
    assert certain
    assert search.ask(600, 10**12)[0] is plan
