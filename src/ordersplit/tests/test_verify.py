"""The audit finds whatever is wrong, and recomputes everything itself."""

import ast
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from ordersplit import Policy, Prices, SourcingProblem, resplit, solve, verify
from ordersplit.tests.cases import random_case


@pytest.fixture
def problem():
    return SourcingProblem.from_arrays(
        ["a", "b", "c"], [100, 110, 120], [50, 50, 50], [10, 10, 10], [30, 20, 10], quantity=100
    )


@pytest.fixture
def allocation(problem):
    return solve(problem, Policy("0.05", min_suppliers=2))


def shifted(allocation, **changes):
    quantity = allocation.quantity.copy()
    for key, amount in changes.items():
        quantity[allocation.problem.suppliers.position[key]] += amount
    return replace(allocation, quantity=quantity)


def breaches(problem, allocation):
    return " | ".join(verify(problem, allocation).violations)


def test_a_right_plan_passes(problem, allocation):
    found = verify(problem, allocation)
    assert (found.feasible, found.cost, found.violations) == (True, allocation.cost, ())


def test_a_wrong_sum_is_found(problem, allocation):
    assert "99 pieces are split, 100 were ordered" in breaches(problem, shifted(allocation, a=-1))


def test_too_many_pieces_are_found(problem, allocation):
    assert "a: 134 pieces, at most" in breaches(problem, shifted(allocation, a=100))


def test_less_than_a_lot_is_found(problem, allocation):
    amount = int(allocation.quantity[2])
    assert "c: 4 pieces, the lot is 10" in breaches(problem, shifted(allocation, c=4 - amount, a=amount - 4))
    assert "c: -1 pieces, the lot is 10" in breaches(problem, shifted(allocation, c=-1 - amount))


def test_too_few_makers_are_found(problem, allocation):
    short = replace(allocation, policy=Policy("0.05", min_suppliers=4))
    assert "makers take part, at least 4 must" in breaches(problem, short)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cost": 1}, "cost: 1 was published"),
        ({"ranked_cost": 1}, "ranked cost: 1 was published"),
        ({"lower_bound": 10**9}, "lower bound: 1000000000 was published"),
        ({"prices": Prices(1)}, "lower bound"),
        ({"moved": 3}, "pieces moved: 3 was published, 0 is right"),
        ({"common_cap": 20}, "at most 20 are allowed"),
        ({"budget": 1}, "the budget is"),
        ({"cheapest_cost": 1}, "the cheapest plan costs"),
        ({"cheapest_quantity": np.array([100, 0, 0])}, "the cheapest plan gives a 100 pieces"),
        ({"cheapest_quantity": np.array([50, 0, 0])}, "the cheapest plan splits 50 pieces"),
        ({"frozen": {"a": 49}}, "a: 34 pieces, 49 are kept"),
        ({"accepted": {"a": 49}}, "a: 34 pieces, fewer than were accepted"),
        ({"declined": frozenset("a")}, "a: 34 pieces, at most 0 are allowed"),
        ({"failed": frozenset("a")}, "a: 34 pieces, at most 0 are allowed"),
        ({"ceilings": {"a": 20}}, "a: 34 pieces, at most 20 are allowed"),
    ],
)
def test_a_changed_figure_is_found(problem, allocation, change, message):
    assert message in breaches(problem, replace(allocation, **change))


def test_a_bound_above_the_cost_is_found(problem, allocation):
    assert "is above the cost" not in breaches(problem, allocation)
    cheaper = shifted(allocation, a=-34, b=-33, c=-32)
    assert "is above the cost" in breaches(problem, cheaper)


def test_a_plan_for_another_input_is_found(problem, allocation):
    other = SourcingProblem.from_arrays(
        ["a", "b", "c"], [100, 110, 121], [50, 50, 50], [10, 10, 10], [30, 20, 10], quantity=100
    )
    assert "was made for the input" in breaches(other, allocation)


def test_an_empty_plan_is_not_feasible(problem, allocation):
    nothing = replace(allocation, quantity=np.zeros(3, dtype=np.int64))
    assert verify(problem, nothing).violations == ("nothing is split",)


def test_a_frozen_share_below_its_lot_is_no_breach(problem):
    allocation = solve(problem, frozen={"c": 3})
    assert verify(problem, allocation).violations == ()
    assert verify(problem, resplit(problem, allocation, declined=["a"])).violations in (
        (),
        ("nothing is split",),
    )


def test_the_audit_shares_no_code_with_the_solver():
    tree = ast.parse(Path(import_module("ordersplit.verify").__file__).read_text())
    body = [node for node in tree.body if not isinstance(node, ast.If)]
    imported = {node.module for node in body if isinstance(node, ast.ImportFrom)}
    assert imported == {"__future__", "dataclasses", "fractions", "typing"}
    assert not [node for node in body if isinstance(node, ast.Import)]


def test_the_bound_of_an_audit_holds_for_every_published_price():
    problem = random_case(5, 80).problem()
    allocation = solve(problem, Policy(0), gap=1e-9)
    for factor in (0, 1, 2, 3):
        moved = replace(allocation, prices=Prices(allocation.prices.numerator * factor // 2, 1))
        assert verify(problem, moved).lower_bound <= allocation.cost


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"status": "PERFECT"}, "'PERFECT' is not known"),
        ({"quantity": np.zeros(2, dtype=np.int64)}, "one number per"),
    ],
)
def test_an_allocation_checks_itself_at_birth(allocation, change, message):
    with pytest.raises(ValueError, match=message):
        replace(allocation, **change)


def test_without_a_plan_there_is_no_evenness_to_report(problem):
    impossible = solve(problem, Policy(max_share=5))
    assert (impossible.gini_before, impossible.gini_after, impossible.jain) == (0, 0, 0)
    assert impossible.makers == impossible.gap == impossible.gap_ppb == 0
