"""What a problem and a policy refuse at birth, and the hash of the input."""

from fractions import Fraction

import numpy as np
import pytest

from ordersplit import Orders, Policy, Prices, SourcingProblem, Suppliers, solve


def test_a_single_number_counts_for_every_supplier():
    makers = Suppliers(["a", "b"], [5, 6], 10)
    assert makers.column("capacity").tolist() == [10, 10]
    assert makers.column("households").tolist() == [1, 1]
    assert len(makers) == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"unit_cost": [1.5, 2]}, "suppliers.unit_cost: whole numbers only"),
        ({"unit_cost": [1, -2]}, "suppliers.unit_cost: -2 at position 1"),
        ({"unit_cost": [1]}, "suppliers.unit_cost: 2 numbers are needed"),
        ({"unit_cost": [1, 10**16]}, "outside 0 to"),
        ({"unit_cost": [1, 10**30]}, "outside 0 to"),
        ({"unit_cost": [1, None]}, "whole numbers only"),
        ({"unit_cost": [True, False]}, "whole numbers only"),
        ({"households": 0}, "suppliers.households: 0 at position 0 is outside 1"),
        ({"id": ["a", "a"]}, "suppliers.id: 'a' occurs twice"),
        ({"id": ["a", ""]}, "suppliers.id: every id is a text"),
        ({"id": ["a", 7]}, "suppliers.id: every id is a text"),
    ],
)
def test_suppliers_refuse_what_cannot_be(change, message):
    given = {"id": ["a", "b"], "unit_cost": [1, 2], "capacity": 10} | change
    with pytest.raises(ValueError, match=message):
        Suppliers(**given)


@pytest.mark.parametrize("quantity", [0, -5, 1.5, 10**13])
def test_an_order_is_for_a_whole_number_of_pieces(quantity):
    with pytest.raises(ValueError, match=r"orders\.quantity"):
        Orders("order", quantity)


def test_one_order_is_split_at_a_time():
    assert len(Orders(["one"], [5])) == 1
    with pytest.raises(ValueError, match="exactly one order"):
        Orders(["one", "two"], [5, 6])


def test_records_become_a_problem_with_the_usual_defaults():
    rows = [
        {"id": "a", "unit_cost": 5, "capacity": 10},
        {"id": "b", "unit_cost": 6, "capacity": 3, "min_lot": 2},
    ]
    problem = SourcingProblem.from_records(rows, quantity=4)
    assert problem.suppliers.column("min_lot").tolist() == [1, 2]
    assert problem.quantity == 4
    with pytest.raises(ValueError, match="every row needs 'capacity'"):
        SourcingProblem.from_records([{"id": "a", "unit_cost": 5}], quantity=4)


def test_the_hash_knows_the_input_and_not_its_order():
    problem = SourcingProblem.from_arrays(["a", "b"], [5, 6], [10, 3], quantity=4)
    turned = SourcingProblem.from_arrays(["b", "a"], [6, 5], [3, 10], quantity=4)
    other = SourcingProblem.from_arrays(["a", "b"], [5, 6], [10, 3], quantity=5)
    assert problem.input_hash == turned.input_hash
    assert problem.input_hash != other.input_hash
    assert len(problem.input_hash) == 64


def test_columns_cannot_be_changed_afterwards():
    problem = SourcingProblem.from_arrays(["a"], [5], [10], quantity=4)
    with pytest.raises(ValueError, match="read-only"):
        problem.suppliers.column("capacity")[0] = 99
    with pytest.raises(ValueError, match="read-only"):
        solve(problem).quantity[0] = 99


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (0.02, Fraction(1, 50)),
        ("0.02", Fraction(1, 50)),
        (Fraction(1, 3), Fraction(1, 3)),
        (0, 0),
        (0.1, Fraction(1, 10)),
    ],
)
def test_a_cost_budget_is_read_exactly(written, meant):
    assert Policy(written).budget == meant


def test_no_cost_budget_is_none():
    assert Policy(None).cost_budget is None
    assert Policy(None).budget == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cost_budget": -0.1}, "outside 0 to 10"),
        ({"cost_budget": "much"}, "is not a number"),
        ({"cost_budget": float("nan")}, "is not a number"),
        ({"cost_budget": [1]}, "is not a number"),
        ({"max_share": 0}, "max_share: 0 is outside"),
        ({"max_quantity": 1.5}, "max_quantity: a whole number"),
        ({"min_suppliers": True}, "min_suppliers: a whole number"),
        ({"tie_seed": 7}, "tie_seed: a text"),
        ({"credits": [[1]]}, "credits: one number per supplier"),
    ],
)
def test_a_policy_refuses_what_cannot_be(change, message):
    with pytest.raises(ValueError, match=message):
        Policy(**change)


def test_credits_must_fit_the_suppliers():
    problem = SourcingProblem.from_arrays(["a", "b"], [5, 6], [10, 3], quantity=4)
    with pytest.raises(ValueError, match="credits: 2 numbers are needed"):
        solve(problem, Policy(credits=[1, 2, 3]))


def test_limits_may_come_from_numpy():
    assert Policy(max_share=np.int64(5)).max_share == 5


def test_prices_need_a_denominator():
    assert Prices(7, 2).piece == Fraction(7, 2)
    with pytest.raises(ValueError, match="denominator"):
        Prices(7, 0)
