"""What differs between machines comes from the environment; an odd value stops the start and says the repair."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment

NAME = "LUMBUNG_TEST_VALUE"


@pytest.mark.parametrize(
    ("read", "written", "meant"),
    [
        (lambda: environment.flag(NAME, default=False), "yes", True),
        (lambda: environment.flag(NAME, default=True), "0", False),
        (lambda: environment.flag(NAME, default=True), "", True),
        (lambda: environment.number(NAME, 130), "140", 140),
        (lambda: environment.number(NAME, 130), "", 130),
        (lambda: environment.weekdays(NAME, "12345"), "123456", frozenset({1, 2, 3, 4, 5, 6})),
        (
            lambda: environment.days(NAME),
            "2026-12-25, 2027-01-01",
            frozenset({date(2026, 12, 25), date(2027, 1, 1)}),
        ),
        (lambda: environment.days(NAME), "", frozenset()),
    ],
)
def test_a_value_is_read_as_it_is_meant(
    read: Callable[[], object], written: str, meant: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, written)
    assert read() == meant


@pytest.mark.parametrize(
    ("read", "written", "repair"),
    [
        (lambda: environment.flag(NAME, default=False), "ya", "write 1 or 0"),
        (lambda: environment.number(NAME, 130), "1,3", "write a whole number"),
        (lambda: environment.weekdays(NAME, "12345"), "08", "1 Monday to 7 Sunday"),
        (lambda: environment.days(NAME), "25/12/2026", "write days as 2026-12-25"),
    ],
)
def test_an_odd_value_stops_the_start_and_says_its_name_and_the_repair(
    read: Callable[[], object], written: str, repair: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, written)
    with pytest.raises(ImproperlyConfigured, match=repair) as told:
        read()
    assert NAME in str(told.value)


def test_a_value_that_must_be_given_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    with pytest.raises(ImproperlyConfigured, match=f"Set {NAME}"):
        environment.text(NAME)
