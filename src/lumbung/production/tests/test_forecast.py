"""When a share will be done: integers only, the declared pace first, what was really made later."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.production.rules.forecast import (
    Forecast,
    Pace,
    forecast,
    forecast_sentence,
    warning_sentence,
)

START = date(2026, 9, 1)
DUE = START + timedelta(days=30)


def after(days: int, *amounts: int, weekly: int = 70, quantity: int = 300, due: date = DUE) -> Forecast:
    """The forecast `days` days after the start, of these pieces on the first days."""
    pace = Pace(
        started_on=START,
        weekly_capacity=weekly,
        made=sum(amounts),
        squares=sum(amount**2 for amount in amounts),
        last_made_on=START + timedelta(days=len(amounts) - 1) if amounts else None,
    )
    return forecast(pace, quantity=quantity, due_on=due, today=START + timedelta(days=days))


def test_before_anything_is_made_the_declared_capacity_speaks() -> None:
    told = after(0)
    assert (told.median, told.pace_week, told.remaining) == (START + timedelta(days=29), 70, 300)
    assert told.is_early_to_say and not told.warns


def test_with_many_days_what_was_really_made_speaks() -> None:
    slow = after(15, *[5] * 15)
    assert slow.pace_week == 40, "between the 35 that were made and the 70 declared"
    assert slow.is_late and slow.warns
    assert slow.missing == 300 - 75 - 93, "225 are left; 16 days at 5.83 a day bring 93"


def test_days_without_a_word_count_as_days_on_which_nothing_was_made() -> None:
    said = after(14, *[10] * 7)
    assert said.median is not None and said.median > START + timedelta(days=29)


def test_what_was_told_of_today_counts_today() -> None:
    without, within = after(3, 10, 10, 10), after(3, 10, 10, 10, 10)
    assert (without.remaining, within.remaining) == (270, 260)
    assert without.median == within.median == START + timedelta(days=29)


def test_nobody_is_warned_before_two_fifths_of_the_time_is_over() -> None:
    assert not after(11, *[2] * 11).warns
    assert after(12, *[2] * 12).warns


def test_days_that_differ_make_the_end_less_sure() -> None:
    even, uneven = after(10, *[10] * 10), after(10, *[0, 20] * 5)
    assert even.median == uneven.median
    assert even.earliest and even.latest and uneven.earliest and uneven.latest
    assert uneven.latest - uneven.earliest > even.latest - even.earliest


def test_a_share_that_is_made_is_never_late() -> None:
    told = after(40, *[10] * 30)
    assert (told.remaining, told.missing, told.is_late, told.is_uncertain) == (0, 0, False, False)
    assert forecast_sentence(told, unit="sheets") == "All pieces are made."


def test_where_no_number_of_days_is_sure_no_day_is_named() -> None:
    told = after(4, *[0, 0, 0, 100], weekly=1, quantity=10_000)
    assert told.latest is None and told.is_uncertain


@pytest.mark.parametrize("weekly", [1, 7, 700])
def test_an_end_too_far_off_is_not_named(weekly: int) -> None:
    told = after(20, weekly=weekly, quantity=10_000_000)
    assert told.median is None and told.is_late
    assert "too far off" in forecast_sentence(told, unit="sheets")


def test_the_words_name_pace_day_and_how_sure_it_is() -> None:
    words = forecast_sentence(after(10, *[10] * 10), unit="sheets").replace("\xa0", " ")
    assert words == (
        "At 70 sheets a week the last one is made around 30 September 2026; eight times of ten between "
        "28 September 2026 and 3 October 2026."
    )
    warned = warning_sentence(after(15, *[5] * 15), unit="sheets").replace("\xa0", " ")
    assert warned == (
        "About 132 sheets are likely to be missing on 1 October 2026. They could be given back and split again."
    )


def test_eight_ends_of_ten_lie_between_the_two_days() -> None:
    """A maker whose days differ, played 400 times with one seed: the promise is measured, not believed."""
    chance, inside, rounds = random.Random(7), 0, 400
    for _round in range(rounds):
        days = [chance.choice((0, 6, 9, 11, 14, 20)) for _day in range(120)]
        made, end = 0, 0
        while made < 400:
            made += days[end]
            end += 1
        told = after(14, *days[:14], quantity=400)
        finished = START + timedelta(days=end - 1)
        assert told.earliest and told.latest
        inside += told.earliest <= finished <= told.latest
    assert 75 <= 100 * inside // rounds <= 92


@given(
    amounts=st.lists(st.integers(0, 10_000), max_size=40),
    weekly=st.integers(1, 100_000),
    quantity=st.integers(1, 10_000_000),
    passing=st.integers(0, 60),
)
def test_the_three_days_stand_in_order_and_missing_is_never_more_than_left(
    amounts: list[int], weekly: int, quantity: int, passing: int
) -> None:
    told = after(passing + len(amounts), *amounts, weekly=weekly, quantity=quantity)
    assert 0 <= told.missing <= told.remaining <= quantity
    days = [day for day in (told.earliest, told.median, told.latest) if day]
    assert days == sorted(days)
    if told.missing:
        assert told.is_late
