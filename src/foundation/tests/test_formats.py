"""Numbers, money and days on the page."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from foundation import clock, formats, reading

NB = formats.NO_BREAK


def spaced(text: str) -> str:
    return text.replace(NB, " ")


@pytest.fixture(autouse=True)
def in_indonesian():
    with translation.override("id"):
        yield


def test_a_million_has_dots_in_indonesian_and_commas_in_english():
    assert formats.number(1_250_000) == "1.250.000"
    assert formats.number(1_250_000, "en") == "1,250,000"


def test_the_language_of_the_request_counts():
    with translation.override("en"):
        assert formats.number(1000) == "1,000"


def test_money_carries_its_sign_before_the_currency():
    assert formats.rupiah(3_559_951_678) == "Rp3.559.951.678"
    assert formats.rupiah(-50_000) == "-Rp50.000"


def test_millions_round_halves_upwards():
    assert formats.millions(3_559_951_678) == "3.560"
    assert formats.millions(1_500_000) == "2"


@pytest.mark.parametrize(
    ("bp", "indonesian", "english"),
    [
        (0, "0 %", "0%"),
        (25, "0,25 %", "0.25%"),
        (50, "0,5 %", "0.5%"),
        (200, "2 %", "2%"),
        (-150, "-1,5 %", "-1.5%"),
    ],
)
def test_basis_points_become_percent_without_idle_zeros(bp, indonesian, english):
    assert spaced(formats.percent_bp(bp)) == indonesian
    assert formats.percent_bp(bp, "en") == english


def test_gini_has_three_decimals():
    assert formats.fraction_bp(4170) == "0,417"
    assert formats.fraction_bp(6960, "en") == "0.696"
    assert formats.fraction_bp(10_000) == "1,000"


def test_a_tiny_share_shows_two_telling_digits():
    assert spaced(formats.percent_exact(Fraction(38_674, 3_559_913_004))) == "0,0011 %"
    assert formats.percent_exact(Fraction(0), "en") == "0%"


def test_days_as_indonesians_write_them():
    with clock.set_to(datetime(2022, 12, 1, tzinfo=UTC)):
        assert spaced(formats.day(date(2022, 12, 27))) == "Selasa (27/12)"
        assert spaced(formats.day(date(2021, 12, 27))) == "Senin (27/12/2021)"
    assert spaced(formats.day_long(date(2026, 6, 12))) == "Jumat, 12 Juni 2026"
    assert spaced(formats.day_month(date(2026, 8, 31))) == "31 Agustus"
    assert spaced(formats.day_long(date(2026, 6, 12), "en")) == "Friday, 12 June 2026"


def test_a_moment_is_told_in_the_time_of_the_place():
    late = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)
    with clock.set_to(late):
        assert spaced(formats.moment(late)) == "Rabu (6/5) 17.00 Wita"
    assert formats.clock_time(late, "en") == "17:00"


def test_a_moment_just_before_midnight_utc_is_already_the_next_day_at_the_place():
    assert spaced(formats.day_full(datetime(2026, 5, 6, 16, 30, tzinfo=UTC))) == "7 Mei 2026"


def test_small_counts_are_words_and_others_numbers():
    assert [formats.count_words(count) for count in (1, 5, 10, 11, 0)] == [
        "Satu",
        "Lima",
        "Sepuluh",
        "11",
        "0",
    ]
    assert formats.count_words(5, "en") == "Five"


def test_an_amount_or_date_never_wraps_inside_itself():
    for text in (formats.percent_bp(25), formats.day_full(date(2026, 6, 12)), formats.rupiah(10**9)):
        assert " " not in text


@given(some.integers(min_value=0, max_value=10**15 - 1), some.sampled_from(["id", "en"]))
def test_what_is_written_is_read_back(value, language):
    with translation.override(language):
        assert reading.read_number(formats.number(value)) == value
        assert reading.read_rupiah(formats.rupiah(value)) == value


@given(some.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_written_out_is_read_back(day):
    with translation.override("id"):
        assert reading.read_date(spaced(formats.day_full(day))) == day


@given(some.integers(min_value=0, max_value=10_000))
def test_a_percentage_written_is_read_back(bp):
    with translation.override("id"):
        assert reading.read_percent_bp(formats.percent_bp(bp)) == bp
