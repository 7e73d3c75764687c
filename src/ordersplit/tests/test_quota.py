"""A quota for a group is filled by the least credit that does it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ordersplit
from ordersplit import Policy, SourcingProblem, credit_for_quota, verify


def market(costs, capacity=100, quantity=300):
    return SourcingProblem.from_arrays(
        [f"maker:{number}" for number in range(len(costs))],
        costs,
        [capacity] * len(costs),
        [1] * len(costs),
        [0] * len(costs),
        quantity=quantity,
        order="order",
    )


def test_no_credit_is_given_when_the_members_get_their_part_anyway():
    problem = market([1_000, 1_000, 1_000, 2_000])
    quota = credit_for_quota(problem, Policy(0), [0], 100, 500)
    assert (quota.credit, quota.quantity, quota.filled) == (0, 100, True)


def test_the_credit_is_the_least_that_fills_the_quota():
    problem = market([1_000, 1_010, 1_020, 1_090])
    quota = credit_for_quota(problem, Policy(0), [3], 50, 500)
    assert quota.filled
    assert quota.quantity >= 50
    assert 70 <= quota.credit <= 71  # the last maker inside costs 1,020; level with it the draw decides
    less = credit_for_quota(problem, Policy(0), [3], 50, quota.credit - 1)
    assert not less.filled


def test_a_quota_beyond_the_highest_credit_is_said_not_to_be_filled():
    quota = credit_for_quota(market([1_000, 1_000, 1_000, 9_000]), Policy(0), [3], 50, 500)
    assert (quota.credit, quota.quantity, quota.filled) == (500, 0, False)


def test_the_price_that_is_paid_does_not_change():
    problem = market([1_000, 1_010, 1_020, 1_090])
    plan = credit_for_quota(problem, Policy(0), [3], 50, 500).allocation
    paid = int((plan.quantity * problem.suppliers.column("unit_cost")).sum())
    assert plan.cost == paid
    assert plan.ranked_cost < plan.cost
    assert verify(problem, plan).feasible


def test_members_that_do_not_exist_are_refused():
    with pytest.raises(ValueError, match="position"):
        credit_for_quota(market([1, 2, 3]), Policy(0), [7], 1, 1)
    with pytest.raises(ValueError, match="negative"):
        credit_for_quota(market([1, 2, 3]), Policy(0), [0], -1, 1)


@given(
    costs=st.lists(st.integers(900, 1_100), min_size=8, max_size=25),
    part=st.integers(0, 100),
    chance=st.randoms(use_true_random=False),
)
def test_every_quota_is_filled_or_the_highest_credit_was_tried_and_the_plan_is_verified(costs, part, chance):
    problem = market(costs, capacity=60, quantity=300)
    members = sorted(chance.sample(range(len(costs)), max(1, len(costs) // 3)))
    least = min(part, 60 * len(members))
    quota = credit_for_quota(problem, Policy(ordersplit.policy.exact_fraction("0.02")), members, least, 300)
    assert quota.quantity == int(np.asarray(quota.allocation.quantity)[members].sum())
    assert quota.filled == (quota.quantity >= least)
    assert quota.filled or quota.credit == 300
    assert verify(problem, quota.allocation).feasible
