"""What the desk says."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from foundation import formats
from lumbung.desk import rules
from lumbung.desk.rules import Desk, Task


def task(**fields: object) -> Task:
    values: dict[str, object] = {"number": 1, "words": "", "sentence": "", "action": "", "url": "/"}
    return Task(**(values | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "Nothing waits for you"),
        (1, "One thing waits for you"),
        (5, "Five things wait for you"),
        (12, "12 things wait for you"),
    ],
)
def test_the_heading_counts_in_words(count: int, said: str) -> None:
    with translation.override("en"):
        assert rules.heading(count) == said


@pytest.mark.parametrize("desk", list(Desk))
def test_an_empty_desk_says_what_comes_next(desk: Desk) -> None:
    assert rules.nothing_waits(desk).endswith(".")


def test_only_the_late_say_since_when() -> None:
    moment = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)
    with translation.override("en"):
        late = task(since=moment).since_words
        assert late == f"Since {formats.day(moment)} {formats.clock_time(moment)}"
    assert task().since_words == ""


def test_several_things_are_told_by_the_oldest() -> None:
    with translation.override("en"):
        assert rules.oldest_first("A bag.", 1) == "A bag."
        assert rules.oldest_first("A bag.", 3) == "A bag. And 2 more."


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["Kilang"], "Kilang"),
        (["Kalianyar", "Kilang"], "Kalianyar and Kilang"),
        (["Kalianyar", "Kilang", "Terara"], "Kalianyar, Kilang and Terara"),
        (["A", "B", "C", "D", "E"], "A, B, C and 2 more"),
    ],
)
def test_names_are_joined_as_people_say_them(names: list[str], said: str) -> None:
    with translation.override("en"):
        assert rules.together(names) == said


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_in_public_fewer_than_five_makers_are_not_counted(count: int) -> None:
    with translation.override("en"):
        assert rules.makers_in_public(count) == "fewer than five makers"


def test_in_public_five_makers_are_counted() -> None:
    with translation.override("en"):
        assert rules.makers_in_public(5) == "5 makers"
        assert rules.makers_in_public(0) == "no maker yet"


def test_what_a_house_gets_promises_the_days_of_the_order() -> None:
    with translation.override("en"):
        assert rules.what_a_house_gets("693 sheets", "Mamben Daya", 27, 7) == (
            "for each of 27 houses in Mamben Daya that are offered 693 sheets. "
            "Payment is promised 7 days after the goods are inspected."
        )
        assert "in " not in rules.what_a_house_gets("693 sheets", "", 27, 1).partition(".")[0]
