"""Every reason speaks: why, and what would change it."""

import pytest

from lumbung.orders.choices import Reason
from lumbung.orders.rules.reasons import change_sentence, reason_sentence

GIVEN = {
    Reason.CAPACITY,
    Reason.COMMON_CAP,
    Reason.MINIMUM_LOT,
    Reason.LAST_MAKER,
    Reason.WHOLE_ORDER,
    Reason.KEPT,
}
NUMBERS = {
    "cap": 40,
    "capacity": 50,
    "capacity_in": 70,
    "ceiling": 9_000,
    "limit": 8_000,
    "lot": 60,
    "own": 8_500,
    "price": 9_500,
    "schemes": ["SNI"],
    "ticket": "a1b2c3",
    "unit_cost_in": 7_900,
}


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason not in GIVEN])
def test_who_got_nothing_reads_the_reason_and_another_sentence_that_says_the_remedy(reason: Reason) -> None:
    why, remedy = reason_sentence(reason, NUMBERS), change_sentence(reason, NUMBERS)
    assert why
    assert remedy
    assert why != remedy


@pytest.mark.parametrize("reason", sorted(GIVEN))
def test_who_got_a_share_reads_the_reason_and_no_remedy(reason: Reason) -> None:
    assert reason_sentence(reason, NUMBERS)
    assert change_sentence(reason, NUMBERS) == ""


def test_no_two_reasons_are_told_by_the_same_sentence() -> None:
    told = [reason_sentence(reason, NUMBERS) for reason in Reason]
    assert sorted(set(told)) == sorted(told)


def test_a_smallest_lot_above_the_order_is_the_reason_and_a_smaller_one_the_remedy() -> None:
    assert "60" in reason_sentence(Reason.LOT_ABOVE_ORDER, NUMBERS)
    assert "40" in change_sentence(Reason.LOT_ABOVE_ORDER, NUMBERS)
