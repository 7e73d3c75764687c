"""Splitting again: accepted shares stay, declined ones move on, few are asked twice."""

import numpy as np
import pytest

from ordersplit import INFEASIBLE, Policy, SourcingProblem, resplit, solve, verify
from ordersplit.tests.cases import random_case


def four(quantity=100, capacity=(50, 50, 50, 50), lot=1):
    return SourcingProblem.from_arrays(
        ["a", "b", "c", "d"], [10, 11, 12, 13], capacity, lot, quantity=quantity
    )


def shares(problem, allocation):
    return dict(zip(problem.suppliers.id, allocation.quantity.tolist(), strict=True))


def sound(problem, allocation):
    assert verify(problem, allocation).violations == ()
    assert allocation.moved == 0
    return allocation


def test_what_is_declined_goes_to_the_next_maker():
    problem = four()
    first = solve(problem, Policy(0))
    again = sound(problem, resplit(problem, first, declined=["a"], accepted={"b": 50}))
    assert shares(problem, again) == {"a": 0, "b": 50, "c": 50, "d": 0}
    assert again.reason_codes == ("DECLINED", "KEPT", "CAPACITY", "COST")


def test_an_offer_without_answer_is_not_touched_while_others_can_help():
    problem = four(quantity=90)
    first = solve(problem, Policy(0))
    assert shares(problem, first) == {"a": 50, "b": 40, "c": 0, "d": 0}
    again = sound(problem, resplit(problem, first, declined=["a"]))
    assert shares(problem, again) == {"a": 0, "b": 40, "c": 50, "d": 0}


def test_an_offer_rises_only_when_the_order_cannot_be_filled_otherwise():
    problem = four(quantity=120, capacity=(50, 60, 40, 5))
    first = solve(problem, Policy(0))
    assert shares(problem, first) == {"a": 50, "b": 60, "c": 10, "d": 0}
    again = sound(problem, resplit(problem, first, accepted={"a": 50, "b": 45}))
    assert shares(problem, again) == {"a": 50, "b": 45, "c": 25, "d": 0}


def test_an_offer_falls_when_a_lot_would_not_fit_otherwise():
    problem = four(quantity=100, capacity=(50, 50, 60, 0), lot=[1, 1, 60, 1])
    first = solve(problem, Policy(0))
    assert shares(problem, first) == {"a": 50, "b": 50, "c": 0, "d": 0}
    again = sound(problem, resplit(problem, first, declined=["a"]))
    assert shares(problem, again) == {"a": 0, "b": 40, "c": 60, "d": 0}


def test_who_accepted_less_is_not_given_more():
    problem = four()
    first = solve(problem, Policy(0))
    again = sound(problem, resplit(problem, first, accepted={"a": 30}))
    assert shares(problem, again) == {"a": 30, "b": 50, "c": 20, "d": 0}
    assert again.explain("a").code == "KEPT"
    third = resplit(problem, again, declined=["b", "c"])
    assert (third.status, third.deliverable) == (INFEASIBLE, 80)


def test_answers_stay_in_force_over_many_rounds():
    problem = four(quantity=100)
    first = solve(problem, Policy(0))
    second = sound(problem, resplit(problem, first, declined=["a"], accepted={"b": 50}))
    third = sound(problem, resplit(problem, second, failed=["c"]))
    assert shares(problem, third) == {"a": 0, "b": 50, "c": 0, "d": 50}
    assert third.reason_codes == ("DECLINED", "KEPT", "FAILED", "CAPACITY")


def test_a_maker_who_failed_keeps_what_it_delivered():
    problem = four()
    first = solve(problem, Policy(0))
    again = sound(problem, resplit(problem, first, failed=["a"], accepted={"a": 20, "b": 50}))
    assert shares(problem, again) == {"a": 20, "b": 50, "c": 30, "d": 0}


def test_an_acceptance_of_nothing_is_a_refusal():
    problem = four()
    again = resplit(problem, solve(problem, Policy(0)), accepted={"a": 0})
    assert again.reason_codes[0] == "DECLINED"


def test_who_declined_and_then_accepts_is_back():
    problem = four(quantity=60)
    first = solve(problem, Policy(0))
    second = resplit(problem, first, declined=["b"])
    third = sound(problem, resplit(problem, second, accepted={"b": 5}))
    assert shares(problem, third)["b"] == 5


def test_when_too_few_are_left_the_answer_says_what_can_be_delivered():
    problem = four()
    again = resplit(problem, solve(problem, Policy(0)), declined=["c", "d", "b"])
    assert (again.status, again.deliverable, again.binding) == (INFEASIBLE, 50, ("capacity",))
    assert again.reason_codes == ("NO_PLAN",) * 4
    assert again.standby(3) == []


def test_the_published_cap_stays_and_is_lifted_only_at_the_end():
    problem = four(quantity=80)
    first = solve(problem, Policy("0.5"))
    assert first.common_cap == 20
    again = sound(problem, resplit(problem, first, declined=["a"]))
    assert again.common_cap == 27
    assert shares(problem, again) == {"a": 0, "b": 27, "c": 27, "d": 26}
    fixed = sound(problem, resplit(problem, solve(problem, Policy(0, max_share=40)), declined=["a"]))
    assert fixed.common_cap == 40


def test_another_policy_replaces_the_cap():
    problem = four(quantity=80)
    first = solve(problem, Policy("0.5"))
    again = sound(problem, resplit(problem, first, declined=["a"], policy=Policy(0)))
    assert again.common_cap is None


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"declined": ["nobody"]}, "is not among the suppliers"),
        ({"declined": ["a"], "accepted": {"a": 5}}, "'a' cannot have declined and accepted"),
        ({"accepted": {"a": 5.5}}, "a whole number of pieces"),
        ({"accepted": {"a": 60, "b": 60}}, "120 pieces are kept, but only 100 are ordered"),
    ],
)
def test_answers_that_cannot_be_are_refused(answers, message):
    problem = four()
    with pytest.raises(ValueError, match=message):
        resplit(problem, solve(problem), **answers)


@pytest.mark.parametrize("seed", range(40))
def test_accepted_shares_never_fall_in_random_rounds(seed):
    rng = np.random.default_rng(seed)
    problem = random_case(seed, int(rng.integers(5, 120)), float(rng.choice([0.2, 0.5, 0.8]))).problem()
    allocation = solve(problem, Policy(float(rng.choice([0, 0.02, 0.1])), tie_seed=str(seed)))
    promised, refused = {}, set()
    for _ in range(4):
        answers = {key: rng.random() for key, amount in shares(problem, allocation).items() if amount}
        accepted, declined, failed = {}, [], []
        for key, answer in answers.items():
            offered = shares(problem, allocation)[key]
            if key in promised:
                continue
            if answer < 0.4:
                accepted[key] = offered
            elif answer < 0.5:
                accepted[key] = max(1, offered // 2)
            elif answer < 0.6:
                declined.append(key)
            elif answer < 0.7:
                failed.append(key)
        again = resplit(problem, allocation, declined=declined, failed=failed, accepted=accepted)
        promised |= accepted
        refused |= {*declined, *failed}
        if not again.makers:
            assert again.deliverable < problem.quantity
            return
        sound(problem, again)
        now = shares(problem, again)
        assert all(now[key] >= amount for key, amount in promised.items())
        assert not any(now[key] for key in refused)
        allocation = again


def test_the_next_in_line_are_told():
    problem = four(quantity=60)
    allocation = solve(problem, Policy(0))
    assert allocation.standby(5) == ["c", "d"]
    assert allocation.standby(1) == ["c"]
    assert allocation.standby(0) == []
    assert resplit(problem, allocation, declined=["c"]).standby(5) == ["d"]


def test_a_lot_of_the_next_maker_that_does_not_fit_lifts_the_cap_last():
    problem = four(quantity=60, capacity=(30, 30, 30, 30), lot=[1, 1, 25, 25])
    first = solve(problem, Policy("0.01"))
    again = sound(problem, resplit(problem, first, declined=["b"]))
    assert shares(problem, again)["a"] == 30
    assert shares(problem, again)["b"] == 0
