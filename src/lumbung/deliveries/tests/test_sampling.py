"""The tables against what is known of MIL-STD-105E from elsewhere."""

import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from lumbung.deliveries.choices import Looks, WhyWhole
from lumbung.deliveries.queries import tables
from lumbung.deliveries.rules import Terms, plan_for

LETTERS = "ABCDEFGHJKLMNPQR"
KNOWN_SIZES = [
    # lot from, lot to, letter at level II, sample
    (2, 8, "A", 2),
    (9, 15, "B", 3),
    (16, 25, "C", 5),
    (26, 50, "D", 8),
    (51, 90, "E", 13),
    (91, 150, "F", 20),
    (151, 280, "G", 32),
    (281, 500, "H", 50),
    (501, 1_200, "J", 80),
    (1_201, 3_200, "K", 125),
    (3_201, 10_000, "L", 200),
    (10_001, 35_000, "M", 315),
    (35_001, 150_000, "N", 500),
    (150_001, 500_000, "P", 800),
    (500_001, 10_000_000, "Q", 1_250),
]
KNOWN_PLANS = [
    # lot, AQL in basis points, sample, acceptance number
    (1_000, 250, 80, 5),
    (2_000, 100, 125, 3),
    (2_000, 250, 125, 7),
    (2_000, 400, 125, 10),
    (1_000, 100, 80, 2),
    (1_000, 400, 80, 7),
    (400, 250, 50, 3),
    (400, 100, 50, 1),
    (200, 250, 32, 2),
    (200, 400, 32, 3),
    (120, 400, 20, 2),
    (5_000, 65, 200, 3),
    (5_000, 150, 200, 7),
    (20_000, 100, 315, 7),
    (100_000, 250, 500, 21),
    # arrows lead to another plan with its own sample size
    (60, 100, 13, 0),
    (30, 100, 13, 0),
    (120, 100, 13, 0),
    (200, 100, 50, 1),
    (40, 250, 5, 0),
    (200_000, 250, 500, 21),
]


@pytest.mark.parametrize(("first", "last", "letter", "sample"), KNOWN_SIZES)
def test_a_lot_has_the_letter_and_the_sample_of_the_standard(first, last, letter, sample):
    for lot in (first, last):
        assert tables().letter_for(lot, 2) == letter
    assert tables().sizes[letter] == sample


@pytest.mark.parametrize(("lot", "aql", "sample", "acceptance"), KNOWN_PLANS)
def test_known_plans_are_found(lot, aql, sample, acceptance):
    plan = plan_for(lot, Terms(2, aql, 1), tables())
    if sample < lot:
        assert (plan.sample, plan.acceptance, plan.rejection) == (sample, acceptance, acceptance + 1)


def test_lots_follow_each_other_and_a_higher_level_never_looks_at_fewer():
    ends = [up_to for up_to, _letters in tables().lots]
    assert ends == sorted(set(ends))
    for _up_to, letters in tables().lots:
        assert [LETTERS.index(letter) for letter in letters] == sorted(LETTERS.index(x) for x in letters)


def test_samples_grow_from_letter_to_letter():
    assert "".join(tables().sizes) == LETTERS
    assert list(tables().sizes.values()) == sorted(set(tables().sizes.values()))


@pytest.mark.parametrize("aql", tables().aqls_bp)
def test_acceptance_numbers_of_a_level_are_the_standards_series(aql):
    column = tables().plans[aql]
    assert len(column) == len(LETTERS)
    numbers = [step for step in column if isinstance(step, int)]
    assert numbers == [0, 1, 2, 3, 5, 7, 10, 14, 21][: len(numbers)]
    assert [step for step in column if isinstance(step, str)][: column.index(0)] == ["down"] * column.index(0)


def test_a_letter_and_a_level_have_the_same_plan_on_each_diagonal():
    """Sample times quality level is nearly constant where the acceptance number is the same."""
    for wanted in (0, 1, 2, 3, 5, 7, 10, 14, 21):
        on_diagonal = [
            tables().sizes[letter] * aql
            for aql, column in tables().plans.items()
            for letter, step in zip(LETTERS, column, strict=True)
            if step == wanted
        ]
        assert max(on_diagonal) < 1.35 * min(on_diagonal)


LADDER = ["down", 0, "up", "down", 1, 2, 3, 5, 7, 10, 14, 21]
LADDERS = [10, 15, 25, 40, 65, 100, 150, 250, 400, 650]


def test_every_column_is_the_same_ladder_one_letter_higher_at_each_quality_level():
    """All 160 cells with their arrows; at 0.10 percent the first plan without a wrong piece is that of letter K."""
    assert tables().aqls_bp == LADDERS
    for place, aql in enumerate(LADDERS):
        above = LETTERS.index("K") - place
        column = ["down"] * (above - 1) + (LADDER if above else LADDER[1:]) + ["up"] * len(LETTERS)
        assert list(tables().plans[aql]) == column[: len(LETTERS)], aql


def test_the_table_says_what_it_was_compared_with_and_what_not():
    path = Path(settings.ROOT) / "data" / "sampling" / "mil-std-105e.toml"
    read = tomllib.loads(path.read_text())
    assert len(read["compared"]) == 5
    assert "printed copy" in read["not_compared"]


def test_a_small_lot_a_failed_delivery_and_a_lot_without_terms_are_looked_at_whole():
    terms = Terms(2, 250, 51)
    assert plan_for(50, terms, tables()).why == WhyWhole.SMALL
    assert plan_for(1_000, terms, tables(), failed=True).why == WhyWhole.FAILED
    assert plan_for(1_000, terms, tables(), again=True).why == WhyWhole.AGAIN
    assert plan_for(1_000, None, tables()).why == WhyWhole.NO_TERMS
    assert plan_for(4, Terms(2, 250, 1), tables()).why == WhyWhole.COVERED
    assert plan_for(51, terms, tables()).looks == Looks.SAMPLE
