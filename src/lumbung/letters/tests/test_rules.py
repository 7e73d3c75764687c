import re
from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from foundation.errors import Refused
from lumbung.letters.choices import LetterKind
from lumbung.letters.models import Letterhead
from lumbung.letters.rules import numbering
from lumbung.letters.rules.contents import (
    AttendanceContent,
    Deduction,
    GoodsLine,
    InspectedLine,
    InspectionContent,
    Official,
    ReceiptContent,
    Side,
)
from lumbung.letters.rules.heads import NewHead, faults_of_head
from lumbung.letters.rules.issuing import code_shown, why_not_void
from lumbung.letters.rules.setting import Sheet, pdf_of
from lumbung.letters.rules.spelling import MOST, spelled_out
from lumbung.letters.tests.factories import HEAD, MAKER, SITE, content, spk
from lumbung.people.rules import secret_as_read

AT = datetime(2026, 3, 9, 3, tzinfo=UTC)
DIGITS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]


def value_of(words: str) -> int:
    """Reads an amount back, word by word, as one says it."""
    total = part = 0
    for word in re.sub(r"\bse(puluh|belas|ratus|ribu)\b", r"satu \1", words).split():
        if word in DIGITS:
            part += DIGITS.index(word)
        elif word == "belas":
            part += 10
        elif word == "puluh":
            part += part % 10 * 9
        elif word == "ratus":
            part *= 100
        else:
            total += part * {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}[word]
            part = 0
    return total + part


@given(st.integers(0, MOST))
def test_an_amount_in_words_reads_back_as_the_same_amount(amount):
    assert value_of(spelled_out(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (100, "seratus"),
        (1_000, "seribu"),
        (1_111, "seribu seratus sebelas"),
        (1_000_000, "satu juta"),
        (1_250_000, "satu juta dua ratus lima puluh ribu"),
        (2_001_015_000, "dua miliar satu juta lima belas ribu"),
    ],
)
def test_amounts_are_spelled_as_indonesians_say_them(amount, words):
    assert spelled_out(amount) == words


def test_nothing_below_zero_and_nothing_endless_is_spelled_out():
    for amount in (-1, MOST + 1):
        with pytest.raises(ValueError, match="fifteen"):
            spelled_out(amount)


# Numbers


def test_a_number_is_written_by_its_pattern():
    number = numbering.number_from(
        numbering.USUAL, number=7, kind=LetterKind.ORDER, office="DISPERIN", day=date(2026, 3, 9)
    )
    assert number == "007/SPK/DISPERIN/III/2026"


def test_a_pattern_speaks_the_language_of_the_page_and_is_read_in_both():
    assert numbering.pattern_shown(numbering.USUAL) == "{nomor:03}/{jenis}/{dinas}/{bulan}/{tahun}"
    with translation.override("en"):
        assert numbering.pattern_shown(numbering.USUAL) == numbering.USUAL
    for written in ("500.2/{nomor:4}/{Tahun}", "500.2/{number:04}/{ year }"):
        assert numbering.pattern_as_read(written) == "500.2/{number:04}/{year}"


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("{nomor}/{hari}/{tahun}", "{hari}"),
        ("{nomor}/SPK", "{tahun}"),
        ("{jenis}/{tahun}", "{nomor}"),
        ("{nomor}/{nomor}/{tahun}", "dua kali"),
        ("{nomor:x}/{tahun}", "titik dua"),
        ("{nomor}/{tahun:02}", "titik dua"),
        ("{nomor}/{tahun", "kurung"),
        ("{nomor}/{tahun}" + "x" * 80, "80"),
    ],
)
def test_a_pattern_that_cannot_count_is_refused_with_a_sentence(pattern, says):
    assert says in numbering.why_not_pattern(pattern)


def test_good_patterns_are_not_refused():
    for pattern in (numbering.USUAL, "{nomor}/{tahun}", "500/{nomor:03}/Bid.IKM/{bulan}/{tahun}"):
        assert numbering.why_not_pattern(pattern) is None


def test_two_kinds_never_share_a_pattern_that_does_not_name_the_kind():
    others = {"bast": "{number}/{year}"}
    assert "Berita acara serah terima" in numbering.why_not_beside("{number}/{year}", others)
    assert numbering.why_not_beside("{number}/SPK/{year}", others) is None
    assert numbering.why_not_beside(numbering.USUAL, {"bast": numbering.USUAL}) is None


# What letters say


def test_an_order_letter_adds_up_to_the_last_rupiah_and_says_so_in_words():
    told = spk(lines=(GoodsLine("Masker", 693, "lembar", 3500), GoodsLine("Tas", 1, "buah", 1))).facts()
    assert told["total_rupiah"] == 2_425_501
    assert told["total_in_words"] == spelled_out(2_425_501)


@pytest.mark.parametrize(
    "lines",
    [
        (),
        (GoodsLine("Masker", 0, "lembar", 3500),),
        (GoodsLine("Masker", 1, "lembar"),),
        (GoodsLine(" ", 1, "x", 1),),
    ],
)
def test_an_order_letter_without_goods_number_or_price_is_not_born(lines):
    with pytest.raises(Refused) as refused:
        spk(lines=lines)
    assert refused.value.field == "lines"


@given(st.tuples(*[st.integers(0, 1000)] * 4), st.integers(-1000, 1000).filter(bool))
def test_an_inspection_adds_up_or_is_not_born(counts, wrong):
    def made(delivered):
        return InspectionContent(
            maker=MAKER,
            order_code="",
            inspected_on=date(2026, 6, 1),
            place="Aula",
            inspectors=(Official("Rohani"),),
            rows=(InspectedLine("Masker", "lembar", delivered, *counts),),
        )

    assert made(sum(counts)).facts()["rows"][0]["delivered"] == sum(counts)
    with pytest.raises(Refused):
        made(sum(counts) + wrong)


@given(st.integers(1, 10**12), st.lists(st.integers(0, 10**12), max_size=4))
def test_a_receipt_pays_what_is_left_after_what_is_held_back(amount, held):
    def made():
        rows = tuple(Deduction("pajak", each) for each in held)
        return ReceiptContent(
            payer="Dinas",
            receiver=MAKER,
            amount_rupiah=amount,
            purpose="x",
            paid_on=date(2026, 1, 1),
            deductions=rows,
        )

    if sum(held) > amount:
        with pytest.raises(Refused):
            made()
    else:
        assert made().facts()["net_rupiah"] == amount - sum(held)
        assert value_of(made().facts()["net_in_words"]) == amount - sum(held)


def test_an_attendance_list_has_somebody_to_sign():
    with pytest.raises(Refused) as refused:
        AttendanceContent(event="Rapat", held_on=date(2026, 1, 1), hours="09.00", place="Aula")
    assert refused.value.field == "empty_rows"


@pytest.mark.parametrize("kind", LetterKind)
def test_facts_are_text_whole_numbers_and_lists(kind):
    def plain(value):
        if isinstance(value, dict):
            return all(map(plain, value.values()))
        if isinstance(value, list):
            return all(map(plain, value))
        return value is None or type(value) in (str, int)

    assert plain(content(kind).facts())


def test_a_fraction_never_stands_in_a_letter():
    with pytest.raises(TypeError, match="whole numbers"):
        spk(maker=Side("Sahnim", address=0.5)).facts()


# The paper


def sheet(kind=LetterKind.ORDER, **fields):
    known = {
        "kind": kind,
        "number": "001/SPK/DISPERIN/III/2026",
        "title": "Masker",
        "at": AT,
        "facts": content(kind).facts(),
        "head": Letterhead(**HEAD.columns()),
        "secret": "0123456789abcdef",
        "site": SITE,
    }
    return Sheet(**(known | fields))


@pytest.mark.parametrize("kind", LetterKind)
def test_the_same_letter_is_the_same_bytes_and_another_is_not(kind):
    first = pdf_of(sheet(kind))
    assert first.startswith(b"%PDF-")
    assert pdf_of(sheet(kind)) == first
    for other in ({"number": "002/X/2026"}, {"secret": "fedcba9876543210"}, {"is_demo": True}):
        assert pdf_of(sheet(kind, **other)) != first


def test_a_logo_stands_in_the_letter(tmp_path):
    from PIL import Image

    Image.new("RGB", (60, 60), "navy").save(tmp_path / "logo.png")
    assert len(pdf_of(sheet(logo=(tmp_path / "logo.png").read_bytes()))) > len(pdf_of(sheet()))


def test_the_printed_code_is_read_as_it_is_typed():
    assert code_shown("0123456789abcdef") == "0123-4567-89AB-CDEF"
    assert secret_as_read(" O123-4567-89AB-CDEF ") == "0123456789abcdef"


def test_a_letterhead_says_all_that_a_letter_needs():
    assert faults_of_head(HEAD, starts_on=date(2026, 1, 2), today=date(2026, 1, 2)) == {}
    empty = NewHead("A/B", " ", "", "Kota", "Nama", "Kepala")
    faults = faults_of_head(empty, starts_on=date(2026, 1, 1), today=date(2026, 1, 2))
    assert set(faults) == {"short_name", "name_lines", "address", "starts_on"}


def test_nothing_is_voided_without_a_reason():
    assert why_not_void("  ")
    assert "300" in why_not_void("x" * 301)
    assert why_not_void("Salah tanggal.") is None
