"""The least-cost plan, its bound and its status, against brute force and HiGHS."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ordersplit import (
    INFEASIBLE,
    OPTIMAL,
    TIME_LIMIT,
    WITHIN_GAP,
    Policy,
    SourcingProblem,
    feasibility,
    lower_bound,
    solve,
    verify,
)
from ordersplit.tests.cases import Case, by_highs, cases, least, most_deliverable, random_case


def sound(problem, allocation):
    """The allocation, once the audit found nothing wrong."""
    found = verify(problem, allocation)
    assert found.violations == ()
    assert found.lower_bound == allocation.lower_bound <= allocation.ranked_cost
    assert found.gap == allocation.gap
    return allocation


@settings(max_examples=250, deadline=None)
@given(cases())
def test_the_cheapest_plan_is_the_one_brute_force_finds(case):
    problem = case.problem()
    allocation = solve(problem, case.policy(), gap=0.0)
    cheapest = least(case)
    if cheapest is None:
        assert allocation.status == INFEASIBLE
        assert allocation.deliverable == most_deliverable(case)
        assert allocation.binding and not allocation.quantity.any()
    else:
        assert sound(problem, allocation).status == OPTIMAL
        assert allocation.cost == cheapest
        assert lower_bound(problem, case.policy()) <= cheapest


@settings(max_examples=120, deadline=None)
@given(cases(makers=6, largest=9), st.integers(1, 6))
def test_a_least_number_of_makers_is_kept_and_never_wrongly_called_optimal(case, fewest):
    case = case._replace(fewest=fewest)
    problem = case.problem()
    allocation = solve(problem, case.policy(), gap=0.0)
    cheapest = least(case)
    if cheapest is None:
        assert allocation.status == INFEASIBLE
        assert allocation.deliverable == most_deliverable(case)
        return
    sound(problem, allocation)
    assert allocation.makers >= fewest
    assert allocation.lower_bound <= cheapest <= allocation.cost
    assert allocation.status != OPTIMAL or allocation.cost == cheapest


@pytest.mark.parametrize("seed", range(12))
def test_highs_finds_nothing_cheaper(seed):
    load = (0.1, 0.4, 0.7, 0.98)[seed % 4]
    case = random_case(seed, makers=20 + 7 * seed, load=load, visits=seed % 3 > 0)
    problem = case.problem()
    allocation = sound(problem, solve(problem, Policy(0), gap=1e-9))
    reference = by_highs(case)
    assert allocation.lower_bound <= reference
    assert allocation.cost <= reference
    assert allocation.status != OPTIMAL or allocation.cost == reference


@pytest.mark.parametrize("seed", range(8))
def test_few_makers_with_large_amounts_are_solved_to_the_end(seed):
    rng = np.random.default_rng(seed)
    capacity = rng.integers(10**4, 10**6, 20)
    case = Case(
        rng.integers(40_000, 60_000, 20).tolist(),
        capacity.tolist(),
        (capacity // rng.integers(2, 9, 20)).tolist(),
        rng.integers(10**6, 10**8, 20).tolist(),
        [1] * 20,
        int(capacity.sum() * (0.3, 0.5, 0.7, 0.95)[seed % 4]),
    )
    problem = case.problem()
    allocation = sound(problem, solve(problem, Policy(0), gap=0.0))
    assert allocation.status == OPTIMAL
    assert allocation.cost <= by_highs(case)


def test_hundreds_of_random_cases_keep_every_rule():
    rng = np.random.default_rng(7)
    for seed in range(400):
        case = random_case(
            seed, int(rng.integers(1, 60)), float(rng.choice([0.05, 0.3, 0.6, 0.9, 0.98, 1.0]))
        )
        policy = Policy(
            float(rng.choice([0, 0.01, 0.1])),
            max_quantity=int(rng.integers(100, 800)) if seed % 5 == 0 else None,
            credits=rng.integers(0, 9_000, len(case.price)) if seed % 3 == 0 else None,
            tie_seed=str(seed),
        )
        problem = case.problem()
        allocation = solve(problem, policy)
        if allocation.status == INFEASIBLE:
            assert allocation.deliverable < case.quantity
        else:
            sound(problem, allocation)


def test_one_maker_makes_it_all_or_nothing_is_split():
    able = SourcingProblem.from_arrays(["a"], [10], [50], [5], [7], quantity=50)
    assert sound(able, solve(able)).quantity.tolist() == [50]
    assert solve(able).cost == 507
    unable = SourcingProblem.from_arrays(["a"], [10], [49], quantity=50)
    allocation = solve(unable)
    assert (allocation.status, allocation.deliverable, allocation.binding) == (INFEASIBLE, 49, ("capacity",))


def test_without_makers_nothing_can_be_delivered():
    problem = SourcingProblem.from_arrays([], [], [], quantity=5)
    allocation = solve(problem)
    assert (allocation.status, allocation.deliverable, allocation.binding) == (INFEASIBLE, 0, ("capacity",))
    assert lower_bound(problem) is None
    assert verify(problem, allocation).violations == ("nothing is split",)
    json.dumps(allocation.certificate())


def test_what_binds_is_named():
    problem = SourcingProblem.from_arrays(["a", "b"], [10, 10], [100, 100], [60, 60], quantity=110)
    assert feasibility(problem).binding == ("min_lot",)
    assert feasibility(problem).deliverable == 100
    assert feasibility(problem, Policy(max_share=80)).binding == ("max_share", "min_lot")
    assert feasibility(problem, Policy(max_quantity=80)).deliverable == 80
    many = feasibility(problem, Policy(min_suppliers=3))
    assert (many.deliverable, many.binding) == (0, ("min_suppliers",))
    enough = feasibility(SourcingProblem.from_arrays(["a", "b"], [10, 10], [100, 100], quantity=110))
    assert enough.feasible and enough.deliverable == 110 and enough.capacity == 200


def test_rigid_amounts_that_never_add_up_are_seen_at_any_size():
    makers = 400
    problem = SourcingProblem.from_arrays(
        [str(place) for place in range(makers)], [10] * makers, [50] * makers, [50] * makers, quantity=1_025
    )
    allocation = solve(problem)
    assert (allocation.status, allocation.deliverable, allocation.binding) == (
        INFEASIBLE,
        1_000,
        ("min_lot",),
    )


def test_a_lot_larger_than_what_is_left_moves_others():
    problem = SourcingProblem.from_arrays(["cheap", "dear"], [10, 20], [95, 100], [1, 20], quantity=100)
    allocation = sound(problem, solve(problem, Policy(0)))
    assert allocation.quantity.tolist() == [80, 20]
    assert allocation.status == OPTIMAL


def test_an_order_of_almost_all_capacity_is_filled():
    case = random_case(3, 500, load=0.98)
    problem = case.problem()
    assert sound(problem, solve(problem)).status in (OPTIMAL, WITHIN_GAP)


def test_one_giant_and_ten_thousand_dwarfs():
    dwarfs = 10_000
    problem = SourcingProblem.from_arrays(
        ["giant", *(f"dwarf {place}" for place in range(dwarfs))],
        [49_000] + [50_000] * dwarfs,
        [1_000_000] + [20] * dwarfs,
        [1_000] + [5] * dwarfs,
        [500_000] + [1_000] * dwarfs,
        quantity=150_000,
    )
    cheapest = sound(problem, solve(problem, Policy(0)))
    assert cheapest.quantity[0] == 150_000
    fair = sound(problem, solve(problem, Policy("0.05")))
    assert fair.common_cap < 2_000 or fair.makers > 7_000
    assert fair.cost <= cheapest.cost * 105 // 100


@pytest.mark.parametrize("load", [0.3, 0.9])
def test_prices_over_nine_orders_of_magnitude_stay_exact(load):
    rng = np.random.default_rng(5)
    makers = 40
    price = (10 ** rng.uniform(3, 12, makers)).astype(np.int64)
    capacity = rng.integers(10**5, 10**7, makers)
    visit = (10 ** rng.uniform(0, 15, makers)).astype(np.int64)
    problem = SourcingProblem.from_arrays(
        [str(place) for place in range(makers)],
        price,
        capacity,
        capacity // 7,
        visit,
        quantity=int(capacity.sum() * load),
    )
    allocation = sound(problem, solve(problem, Policy("0.02"), gap=1e-6))
    assert allocation.status in (OPTIMAL, WITHIN_GAP)
    rows = zip(allocation.quantity.tolist(), price.tolist(), visit.tolist(), strict=True)
    assert allocation.cost == sum(amount * cost + once for amount, cost, once in rows if amount)


def test_the_order_of_input_makes_no_difference():
    case = random_case(11, 300)
    problem = case.problem()
    turn = np.random.default_rng(1).permutation(300)
    makers = problem.suppliers
    turned = SourcingProblem.from_arrays(
        [makers.id[place] for place in turn],
        *(makers.column(name)[turn] for name in ("unit_cost", "capacity", "min_lot", "fixed_cost")),
        quantity=problem.quantity,
        households=makers.column("households")[turn],
    )
    one, other = solve(problem), solve(turned)
    assert other.quantity.tolist() == one.quantity[turn].tolist()
    assert json.dumps(other.certificate()) == json.dumps(one.certificate())


def test_equal_makers_are_ordered_by_ticket_alone():
    ids = [f"maker {place}" for place in range(30)]
    problem = SourcingProblem.from_arrays(ids, 50_000, 10, 2, 3_000, quantity=95)
    allocation = sound(problem, solve(problem, Policy(0, tie_seed="seal of 1 March")))
    lottery = allocation.reasons.ground.lottery
    amounts = [int(allocation.quantity[place]) for place in sorted(range(30), key=lottery.digest)]
    assert amounts == [10] * 9 + [5] + [0] * 20
    other = solve(problem, Policy(0, tie_seed="seal of 2 March"))
    assert other.quantity.tolist() != allocation.quantity.tolist()


def test_preference_goes_before_the_lottery():
    ids = [f"maker {place}" for place in range(10)]
    preference = [0] * 7 + [1] * 3
    problem = SourcingProblem.from_arrays(ids, 50_000, 10, quantity=30, preference=preference)
    assert solve(problem, Policy(0)).quantity.tolist() == [0] * 7 + [10] * 3


def test_credits_change_the_ranking_and_not_the_price():
    problem = SourcingProblem.from_arrays(["a", "b"], [100, 110], [50, 50], quantity=50)
    allocation = sound(problem, solve(problem, Policy(0, credits=[0, 15])))
    assert allocation.quantity.tolist() == [0, 50]
    assert (allocation.cost, allocation.ranked_cost) == (5_500, 4_750)


def test_a_seed_number_is_used_when_the_policy_has_none():
    problem = SourcingProblem.from_arrays([f"maker {place}" for place in range(30)], 50_000, 10, quantity=95)
    assert solve(problem, seed=5).policy.tie_seed == "5"
    assert solve(problem, Policy(tie_seed="x"), seed=5).policy.tie_seed == "x"
    assert solve(problem, seed=5).seed != solve(problem).seed


def test_without_time_the_answer_is_still_a_plan_and_says_so():
    case = random_case(2, 400)
    problem = case.problem()
    allocation = sound(problem, solve(problem, Policy(0), gap=0.0, time_limit=0.0))
    assert allocation.status == TIME_LIMIT
    assert not allocation.cost_proven


def test_shares_given_beforehand_never_fall():
    problem = SourcingProblem.from_arrays(
        ["a", "b", "c"], [10, 20, 30], [50, 50, 50], [5, 5, 5], [9, 9, 9], quantity=60
    )
    allocation = sound(problem, solve(problem, Policy(0), frozen={"c": 3}))
    assert allocation.quantity.tolist() == [50, 7, 3]
    assert allocation.status == OPTIMAL
    whole = sound(problem, solve(problem, Policy(0), frozen={"a": 30, "c": 30}))
    assert whole.quantity.tolist() == [30, 0, 30]


@pytest.mark.parametrize(
    ("frozen", "message"),
    [
        ({"nobody": 3}, "'nobody' is not among the suppliers"),
        ({"a": 61}, "61 pieces are kept, but only 60 are ordered"),
        ({"a": -1}, "a whole number of pieces"),
        ({"a": 1.5}, "a whole number of pieces"),
    ],
)
def test_impossible_frozen_shares_are_refused(frozen, message):
    problem = SourcingProblem.from_arrays(["a", "b"], [10, 20], [50, 50], quantity=60)
    with pytest.raises(ValueError, match=message):
        solve(problem, frozen=frozen)


def test_the_records_and_the_certificate_add_up():
    problem = random_case(4, 60).problem()
    allocation = solve(problem)
    rows = allocation.to_records()
    assert sum(row["cost"] for row in rows) == allocation.cost
    assert sum(row["quantity"] for row in rows) == problem.quantity
    paper = json.loads(json.dumps(allocation.certificate()))
    assert sum(paper["quantity"].values()) == problem.quantity
    assert paper["input_hash"] == problem.input_hash
    assert paper["policy"]["cost_budget"] == "1/50"
    assert (
        -(-(allocation.ranked_cost - allocation.lower_bound) * 10**9 // allocation.lower_bound)
        == paper["gap_ppb"]
    )


def test_the_same_input_gives_the_same_bytes():
    problem = random_case(9, 800).problem()
    one, other = (json.dumps(solve(problem).certificate()) for _ in range(2))
    assert one == other


def test_a_large_plain_order_is_proven_to_a_hair():
    problem = random_case(1, 20_000, load=0.3).problem()
    assert sound(problem, solve(problem, Policy(0), gap=1e-7)).gap <= 1e-7


def least_with_kept(case, kept):
    """The least cost when the makers of ``kept`` have at least that much."""
    costs = {0: 0}
    rows = zip(case.ids, case.price, case.limits(None), case.lot, case.visit, strict=True)
    for key, price, most, lot, visit in rows:
        floor = kept.get(key, 0)
        amounts = range(floor, max(floor, most) + 1) if floor else [0, *range(max(lot, 1), most + 1)]
        grown = {}
        for pieces, cost in costs.items():
            for amount in amounts:
                total = cost + (price * amount + visit if amount else 0)
                grown[pieces + amount] = min(grown.get(pieces + amount, total), total)
        costs = grown
    return costs.get(case.quantity)


@settings(max_examples=120, deadline=None)
@given(cases(makers=5, largest=8), st.lists(st.integers(0, 6), min_size=5, max_size=5))
def test_kept_shares_are_split_around_at_least_cost(case, floors):
    kept = {key: floor for key, floor in zip(case.ids, floors, strict=False) if floor}
    case = case._replace(quantity=max(case.quantity, sum(kept.values())))
    problem = case.problem()
    allocation = solve(problem, case.policy(), gap=0.0, frozen=kept)
    cheapest = least_with_kept(case, kept)
    if cheapest is None:
        assert allocation.status == INFEASIBLE
    else:
        assert sound(problem, allocation).cost == cheapest
        assert allocation.status == OPTIMAL
