from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.reading import read_date, read_number, read_percent_bp, read_phone, read_rupiah


@pytest.fixture(autouse=True)
def _english(settings):
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1.250.000", 1_250_000),
        ("1,250,000", 1_250_000),
        ("1250000", 1_250_000),
        ("1 250 000", 1_250_000),
        ("1\u00a0250\u202f000", 1_250_000),
        ("1.250", 1250),
        ("1,250", 1250),
        ("1.250.000,00", 1_250_000),
        ("1,250,000.00", 1_250_000),
        ("50000,00", 50_000),
        ("  7 ", 7),
        ("'0012", 12),
        ("0", 0),
        ("1,25 juta", 1_250_000),
        ("1.25 juta", 1_250_000),
        ("1,5jt", 1_500_000),
        ("0,125 juta", 125_000),
        ("1.250.000 ribu", 1_250_000_000),
        ("2 M", 2_000_000_000),
        ("2 miliar", 2_000_000_000),
        ("2 rb", 2_000),
        ("2 ribu", 2_000),
        ("50k", 50_000),
        ("1.5 million", 1_500_000),
        ("1 triliun", 10**12),
        (1_250_000, 1_250_000),
        (1_250_000.0, 1_250_000),
        (Decimal(12), 12),
        ("999.999.999.999.999", 999_999_999_999_999),
    ],
)
def test_a_number_is_read_as_indonesians_write_it(written, number):
    assert read_number(written) == number


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("1.25", "two ways"),
        ("1.25.000", "not a number"),
        ("1.250,000.00", "not a number"),
        ("0,5", "not a whole number"),
        ("1,25", "not a whole number"),
        ("0.500", "not a whole number"),
        ("1.250,75", "not a whole number"),
        ("1,250 juta", "two ways"),
        ("1.250 juta", "two ways"),
        ("1,23456789 juta", "not a whole number"),
        ("1..5 juta", "not a number"),
        ("2 m", "a word beside"),
        ("12,5 kg", "a word beside"),
        ("12 lembar per hari", "a word beside"),
        ("Rp50.000", "not a number"),
        ("-5", "below zero"),
        ("−1.250", "below zero"),
        ("(500)", "below zero"),
        (-5, "below zero"),
        (2.5, "not a whole number"),
        (float("nan"), "not a number"),
        (float("inf"), "not a number"),
        (True, "not a number"),
        ("banyak", "not a number"),
        ("#N/A", "not a number"),
        ("-", "not a number"),
        ("١٢", "not a number"),
        ("1e6", "a word beside"),
        ("1.000.000.000.000.000", "too large"),
        (10**15, "too large"),
        ("", "Nothing is written"),
        ("   ", "Nothing is written"),
        (None, "Nothing is written"),
    ],
)
def test_what_is_no_number_is_refused_with_a_sentence(written, why):
    with pytest.raises(ValueError, match=why):
        read_number(written)


@given(st.integers(min_value=0, max_value=10**15 - 1), st.sampled_from([".", ",", " "]))
def test_every_grouped_number_is_read_back(number, sign):
    assert read_number(f"{number:,}".replace(",", sign)) == number


@given(st.text(max_size=30))
def test_any_text_gives_a_number_or_a_sentence(text):
    for read in (read_number, read_rupiah, read_percent_bp, read_date, read_phone):
        try:
            read(text)
        except ValueError as fault:
            assert str(fault).endswith((".", ".”"))


@pytest.mark.parametrize(
    ("written", "rupiah"),
    [
        ("Rp50.000,-", 50_000),
        ("Rp50.000,--", 50_000),
        ("Rp50.000.-", 50_000),
        ("Rp 50.000", 50_000),
        ("Rp. 50.000", 50_000),
        ("rp50000", 50_000),
        ("IDR 50,000", 50_000),
        ("50.000 IDR", 50_000),
        ("Rp50.000,00", 50_000),
        ("Rp1,25 juta", 1_250_000),
        ("Rp 2 M", 2_000_000_000),
        ("50.000", 50_000),
        (50_000.0, 50_000),
    ],
)
def test_rupiah_are_read_as_they_stand_on_receipts(written, rupiah):
    assert read_rupiah(written) == rupiah


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("Rp", "not an amount"),
        ("Rp-5.000", "not a number|below zero"),
        ("-Rp5.000", "“-Rp5.000” is below zero"),
        ("Rp1.25", "“Rp1.25” can be read in two ways"),
        ("Rp50.000 per lembar", "“Rp50.000 per lembar” has a word"),
        ("USD 5", "not a number"),
    ],
)
def test_an_odd_amount_is_refused_and_quoted_as_written(written, why):
    with pytest.raises(ValueError, match=why):
        read_rupiah(written)


@pytest.mark.parametrize(
    ("written", "points"),
    [
        ("2 %", 200),
        ("0,25", 25),
        ("0.25%", 25),
        ("2", 200),
        (2, 200),
        (0.5, 50),
        ("2,5 persen", 250),
        (0, 0),
        ("100", 10_000),
    ],
)
def test_a_percentage_becomes_basis_points(written, points):
    assert read_percent_bp(written) == points


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("0,125", "two decimals"),
        ("101", "more than 100"),
        ("-2", "not a percentage"),
        ("dua", "not a percentage"),
        ("%", "not a percentage"),
    ],
)
def test_an_odd_percentage_is_refused(written, why):
    with pytest.raises(ValueError, match=why):
        read_percent_bp(written)


@pytest.mark.parametrize(
    "written",
    [
        "27/12/2026",
        "27-12-2026",
        "27.12.2026",
        "27 Desember 2026",
        "27 Des 2026",
        "27 Des. 2026",
        "Minggu, 27 Desember 2026",
        "27 December 2026",
        "December 27, 2026",
        "2026-12-27",
        "2026-12-27 00:00:00",
        date(2026, 12, 27),
        datetime(2026, 12, 27, 13, 30),  # noqa: DTZ001 - a spreadsheet knows no zone
        46383,
        46383.0,
    ],
)
def test_a_day_is_read_in_every_usual_form(written):
    assert read_date(written) == date(2026, 12, 27)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("31/02/2026", "not in the calendar"),
        ("12/27/2026", "not in the calendar"),
        ("27/12/26", "not a date"),
        ("27 Foo 2026", "not a date"),
        ("besok", "not a date"),
        ("01/01/0001", "too far away"),
        ("27/12/9999", "lies too far away. Write a year from 1900 to 2199"),
        (5, "not a date"),
        (float("nan"), "not a date"),
        (None, "Nothing is written"),
    ],
)
def test_an_impossible_day_is_refused(written, why):
    with pytest.raises(ValueError, match=why):
        read_date(written)


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("0812-3456-7890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("62 812 3456 7890", "+6281234567890"),
        ("+62 (0)812 3456 7890", "+6281234567890"),
        ("0062 812 3456 7890", "+6281234567890"),
        ("(0370) 123456", "+62370123456"),
        (81234567890.0, "+6281234567890"),
        (81234567890, "+6281234567890"),
    ],
)
def test_a_phone_is_kept_with_the_country(written, phone):
    assert read_phone(written) == phone


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("+65 6123 4567", "another country"),
        ("12345", "not a phone"),
        ("0812abc", "not a phone"),
        ("", "Nothing is written"),
    ],
)
def test_no_phone_is_refused(written, why):
    with pytest.raises(ValueError, match=why):
        read_phone(written)


def test_a_long_text_is_quoted_in_part():
    with pytest.raises(ValueError, match=r"“x{39}…”"):
        read_number("x" * 100)
