"""Every reason, its figures, and that what would have changed it really would."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ordersplit import Policy, SourcingProblem, Suppliers, solve
from ordersplit.reasons import Reasons
from ordersplit.tests.cases import cases, random_case

COLUMNS = ("unit_cost", "capacity", "min_lot", "fixed_cost", "households", "preference")


def solved_with(allocation, supplier, **changes):
    """The least-cost plan with one supplier changed and the cap held at the published one."""
    makers = allocation.problem.suppliers
    columns = {name: makers.column(name).copy() for name in COLUMNS}
    for name, value in changes.items():
        columns[name][makers.position[supplier]] = value
    policy = allocation.policy
    held = Policy(
        0,
        allocation.common_cap,
        policy.max_quantity,
        policy.min_suppliers,
        policy.credits,
        policy.tie_seed,
    )
    return solve(SourcingProblem(Suppliers(makers.id, **columns), allocation.problem.orders), held, gap=0.0)


def gets_something(allocation, supplier, **changes):
    again = solved_with(allocation, supplier, **changes)
    return not again.cost_proven or int(again.quantity[again.problem.suppliers.position[supplier]]) > 0


def check_remedies(allocation):
    """Each figure of change, tried."""
    makers = allocation.problem.suppliers
    for place in np.flatnonzero(allocation.quantity == 0).tolist():
        key = makers.id[place]
        reason, numbers = allocation.explain(key).code, allocation.explain(key).numbers
        if numbers.lot_at_most is not None:
            assert reason == "LOT_ABOVE_CAP" and numbers.lot_at_most <= max(numbers.cap, 1)
            if numbers.unit_cost_at_most is not None:
                change = {"min_lot": numbers.lot_at_most, "unit_cost": numbers.unit_cost_at_most}
                assert gets_something(allocation, key, **change)
        elif numbers.unit_cost_at_most is not None:
            assert gets_something(allocation, key, unit_cost=numbers.unit_cost_at_most)
        if numbers.capacity_from is not None:
            assert gets_something(allocation, key, capacity=numbers.capacity_from)
        if reason == "COST":
            assert numbers.own_price > numbers.cutoff_price
        if reason == "TIE":
            own = (-numbers.preference, numbers.ticket)
            assert own > (-numbers.limit_preference, numbers.limit_ticket)


@settings(max_examples=120, deadline=None)
@given(cases(makers=6, largest=12), st.sampled_from(["0", "0.1"]), st.integers(0, 3))
def test_what_is_said_to_change_the_outcome_does(case, budget, seed):
    allocation = solve(case.problem(), case.policy(budget, tie_seed=str(seed)), gap=0.0)
    if allocation.makers:
        check_remedies(allocation)


@pytest.mark.parametrize("seed", range(6))
def test_the_same_among_forty_makers_with_visits_and_credits(seed):
    rng = np.random.default_rng(seed)
    case = random_case(seed, 40, load=0.25)
    credits = rng.integers(0, 4_000, 40) if seed % 2 else None
    fewest = 25 if seed == 4 else None
    allocation = solve(case.problem(), Policy("0.02", credits=credits, min_suppliers=fewest), gap=0.0)
    check_remedies(allocation)


def one_of_each():
    names = ["rigid", "capped", "small", "rest", "dear", "lot", "none", "twin 1", "twin 2"]
    return SourcingProblem.from_arrays(
        names,
        [10, 10, 10, 12, 30, 10, 10, 12, 12],
        [30, 90, 35, 90, 90, 90, 5, 20, 20],
        [1, 1, 1, 1, 1, 50, 10, 20, 20],
        quantity=120,
    )


def test_every_share_has_its_reason():
    allocation = solve(one_of_each(), Policy(0, max_share=40, tie_seed="x"))
    codes = dict(zip(allocation.problem.suppliers.id, allocation.reason_codes, strict=True))
    assert codes["rigid"] == codes["small"] == "CAPACITY"
    assert codes["capped"] == "COMMON_CAP"
    assert codes["dear"] == "COST"
    assert codes["lot"] == "LOT_ABOVE_CAP"
    assert codes["none"] == "NO_CAPACITY"
    assert {codes["rest"], codes["twin 1"], codes["twin 2"]} <= {"LAST_MAKER", "TIE", "SURPLUS"}


def test_the_figures_of_a_reason_are_the_ones_it_needs():
    allocation = solve(one_of_each(), Policy(0, max_share=40))
    assert allocation.explain("capped").numbers.as_dict() == {
        "amount": 40,
        "capacity": 90,
        "lot": 1,
        "cap": 40,
        "common_cap": 40,
        "households": 1,
    }
    dear = allocation.explain("dear").numbers
    assert (dear.cutoff_price, dear.own_price, dear.unit_cost, dear.unit_cost_at_most) == (12, 30, 30, 11)
    assert allocation.explain("none").numbers.as_dict() == {"amount": 0, "capacity": 5, "lot": 10}
    lot = allocation.explain("lot").numbers
    assert (lot.lot, lot.cap, lot.lot_at_most, lot.unit_cost_at_most) == (50, 40, 40, 10)


def test_the_last_maker_and_the_minimum_lot():
    problem = SourcingProblem.from_arrays(
        ["a", "b", "c"], [10, 11, 99], [50, 50, 50], [1, 1, 10], quantity=100
    )
    three = solve(problem, Policy(0, min_suppliers=3))
    assert three.reason_codes == ("CAPACITY", "LAST_MAKER", "MINIMUM_LOT")
    assert three.explain("b").numbers.open == 100


def test_equal_makers_who_lost_learn_the_tickets():
    ids = [f"maker {place}" for place in range(12)]
    allocation = solve(SourcingProblem.from_arrays(ids, 50, 10, quantity=50), Policy(0))
    lost = [
        allocation.explain(key).numbers
        for key, amount in zip(ids, allocation.quantity, strict=True)
        if not amount
    ]
    won = [allocation.reasons.ground.lottery.ticket(place) for place in np.flatnonzero(allocation.quantity)]
    assert len(lost) == 7
    assert {numbers.limit_ticket for numbers in lost} == {max(won)}
    assert all(numbers.ticket > max(won) and numbers.unit_cost_at_most == 49 for numbers in lost)


def test_preference_that_was_lower_is_told():
    allocation = solve(
        SourcingProblem.from_arrays(["a", "b"], 50, 10, quantity=10, preference=[0, 1]), Policy(0)
    )
    numbers = allocation.explain("a").numbers
    assert (allocation.explain("a").code, numbers.preference, numbers.limit_preference) == ("TIE", 0, 1)


def test_a_cheap_maker_whose_lot_did_not_fit_is_surplus():
    problem = SourcingProblem.from_arrays(
        ["a", "b", "c"], [10, 12, 11], [50, 50, 50], [1, 1, 45], quantity=60
    )
    allocation = solve(problem, Policy(0, max_quantity=50))
    surplus = [key for key, code in zip("abc", allocation.reason_codes, strict=True) if code == "SURPLUS"]
    assert allocation.cost_proven and surplus in ([], ["c"])
    lot_above_order = solve(SourcingProblem.from_arrays(["a", "b"], [10, 5], 99, [1, 70], quantity=60))
    assert lot_above_order.explain("b").code == "LOT_ABOVE_CAP"
    assert lot_above_order.explain("b").numbers.lot_at_most == 60


def test_a_larger_capacity_helps_where_the_visit_is_dear():
    problem = SourcingProblem.from_arrays(
        ["big", "tiny"], [100, 90], [1_000, 20], [1, 1], [0, 1_000], quantity=1_000
    )
    allocation = solve(problem, Policy(0))
    numbers = allocation.explain("tiny").numbers
    assert numbers.capacity_from == 101
    assert gets_something(allocation, "tiny", capacity=101)
    assert not gets_something(allocation, "tiny", capacity=100)


def test_reduced_costs_are_negative_for_those_drawn_in():
    allocation = solve(random_case(3, 50).problem(), Policy(0))
    costs = allocation.reduced_costs
    cost_codes = [code == "COST" for code in allocation.reason_codes]
    assert (costs[cost_codes] >= 0).all()
    assert (costs < 0).sum() > 5


def test_nobody_unknown_is_explained():
    allocation = solve(random_case(3, 5).problem())
    with pytest.raises(ValueError, match="'stranger' is not among the suppliers"):
        allocation.explain("stranger")


def test_when_all_is_kept_a_lot_above_the_cap_is_still_the_reason():
    problem = SourcingProblem.from_arrays(["a", "b", "c"], [10, 11, 9], [50, 50, 50], [1, 1, 40], quantity=60)
    allocation = solve(problem, Policy(0, max_share=30), frozen={"a": 30, "b": 30})
    assert allocation.explain("c").code == "LOT_ABOVE_CAP"
    assert allocation.explain("c").numbers.lot_at_most == 30
    assert allocation.explain("a").code == "KEPT"


@pytest.mark.parametrize("seed", range(6))
def test_what_was_asked_before_is_answered_as_if_asked_for_the_first_time(seed):
    """Answers are kept between makers: each is the same as that of an allocation that nobody asked before."""
    case = random_case(seed, 40)
    allocation = solve(case.problem(), Policy("0.02", tie_seed="x"))
    for key in allocation.problem.suppliers.id:
        assert allocation.explain(key) == Reasons(allocation).explain(key)
