"""Every fault of a file is said in the first pass, at its cell, in a sentence."""

from datetime import date

import pytest

from foundation.errors import Refused
from lumbung.makers import actions
from lumbung.makers.choices import ImportState
from lumbung.makers.models import Maker
from lumbung.makers.tests.sheets import FINE, HEADINGS, counts, remarks, sent, with_cells, workbook, xlsx

pytestmark = pytest.mark.django_db

PLANTED = {
    "A2": ({"name": ""}, "Write the name of the workshop or group."),
    "B2": ({"owner": ""}, "Write who answers for the business."),
    "D2": ({"village": "Mambem Lauk"}, "No village is called “Mambem Lauk”. Is it Mamben Lauk"),
    "F2": ({"goods": "Masker kian"}, "“Masker kian” is no kind of goods in the list. Is it Masker kain?"),
    "G2": ({"price": "lima puluh ribu"}, "“lima puluh ribu” is not a number."),
    "H2": ({"capacity": "dua ratus"}, "“dua ratus” is not a number."),
    "I2": ({"lot": 9_999_999}, "The smallest lot is more than a whole year's capacity"),
}


@pytest.mark.parametrize("cell", PLANTED)
def test_a_fault_is_said_at_its_cell(by, cell):
    cells, sentence = PLANTED[cell]
    batch = sent(xlsx(with_cells(**cells)), by=by)
    ((where, words),) = remarks(batch)
    assert (where, words[: len(sentence)]) == (cell, sentence)
    assert counts(batch) == (0, 0, 0, 1)


def test_all_faults_of_a_row_are_said_at_once(by):
    cells = {name: cell for found, _words in PLANTED.values() for name, cell in found.items()}
    batch = sent(xlsx(with_cells(**(cells | {"capacity": "700"})), FINE), by=by)
    assert [where for where, _words in remarks(batch)] == ["A2", "B2", "D2", "F2", "G2", "I2"]
    assert counts(batch) == (1, 0, 0, 1)


def test_a_row_with_a_fault_stays_out_and_the_others_come_in(by):
    rows = [with_cells(price="-5"), FINE, with_cells(name="Bayan", owner="Rohana", phone="")]
    batch = sent(xlsx(*rows), by=by)
    assert remarks(batch) == [("G2", "“-5” is below zero.")]
    assert counts(batch) == (2, 0, 0, 1)
    assert Maker.objects.count() == 0
    actions.take_import(batch=batch, by=by)
    assert sorted(maker.party.name for maker in Maker.objects.all()) == ["Bayan", "Jahit Sahnim"]


SOFT = {
    "an odd phone": ({"phone": "0812"}, "C2", "“0812” is not a phone number"),
    "a code that says another name": (
        {"village": "52.03.14.2002", "district": "Pujut"},
        "D2",
        "The code belongs",
    ),
}


@pytest.mark.parametrize("name", SOFT)
def test_what_is_only_odd_keeps_no_row_out(by, name):
    cells, where, words = SOFT[name]
    batch = sent(xlsx(with_cells(**cells)), by=by)
    ((cell, sentence),) = remarks(batch, "warning")
    assert (cell, sentence[: len(words)]) == (where, words)
    assert counts(batch) == (1, 0, 0, 0)


def test_a_nib_of_another_shape_is_kept_and_said(by):
    batch = sent(xlsx([*FINE, "9120"], headings=[*HEADINGS, "NIB"]), by=by)
    assert remarks(batch, "warning") == [
        ("J2", "“9120” is no usual NIB: it has thirteen digits. Kept as it is.")
    ]
    actions.take_import(batch=batch, by=by)
    assert Maker.objects.get().nib == "9120"


def test_an_account_in_a_number_cell_is_doubted_and_one_that_lost_digits_refused(by):
    headings = [*HEADINGS, "No. Rek"]
    rows = [[*FINE, 123456789], [*with_cells(name="Bayan", phone=""), 12345678901234567890]]
    batch = sent(xlsx(*rows, headings=headings), by=by)
    assert [cell for cell, _words in remarks(batch, "warning")] == ["J2"]
    assert [cell for cell, _words in remarks(batch)] == ["J3"]


def test_a_day_to_come_and_a_day_that_is_none(by):
    headings = [*HEADINGS, "Produksi terakhir"]
    rows = [[*FINE, "31/02/2026"], [*with_cells(name="Bayan", phone=""), date(2190, 1, 1)]]
    batch = sent(xlsx(*rows, headings=headings), by=by)
    assert remarks(batch) == [
        ("J2", "“31/02/2026” is not in the calendar. Write day/month/year."),
        ("J3", "The last real production cannot lie in the future."),
    ]


def test_numbers_in_another_unit_are_not_guessed(by):
    batch = sent(xlsx([*FINE, "kodi"], headings=[*HEADINGS, "Satuan"]), by=by)
    ((cell, sentence),) = remarks(batch)
    assert cell == "J2"
    assert sentence.startswith("Masker kain is counted in sheet, not in “kodi”.")


def test_two_rows_that_tell_different_numbers_of_the_same_goods(by):
    batch = sent(xlsx(FINE, with_cells(price=4000)), by=by)
    assert remarks(batch) == [("F3", "Row 2 tells other numbers of the same goods. Keep one of the two.")]
    assert counts(batch) == (1, 0, 0, 1)


def test_likely_the_same_is_said_and_taken_in(by):
    rows = [FINE, with_cells(name="Sahnim Jaya"), with_cells(phone="0812 0000 0001")]
    batch = sent(xlsx(*rows), by=by)
    assert remarks(batch, "warning") == [
        ("C3", "Row 2 has the same phone. Is it the same maker?"),
        ("A4", "Row 2 has the same name in the same village. Is it the same maker?"),
    ]
    assert counts(batch) == (3, 0, 0, 0)


def test_a_number_of_a_maker_that_is_none(by):
    headings = ["Nomor pelaku", *HEADINGS]
    batch = sent(xlsx(["PLK-999999", *FINE], ["12", *FINE], headings=headings), by=by)
    assert [(cell, words[:28]) for cell, words in remarks(batch)] == [
        ("A2", "No maker among those you kee"),
        ("A3", "“12” is no maker's number. I"),
    ]


def test_what_was_not_read_is_said(by):
    batch = sent(xlsx(["1", *FINE, "ramah"], headings=["No", *HEADINGS, "Kesan"]), by=by)
    assert remarks(batch, "warning") == [("", "This column was not read: Kesan.")]


WRONG_FILES = {
    "no heading": (workbook({"Sheet1": [["Surat", "undangan"], ["kepada", "Yth."]]}), "No heading of a list"),
    "no name": (xlsx(["Mamben Lauk"], headings=["Desa"]), "The column with the name of the business"),
    "no village": (xlsx(["Sahnim"], headings=["Nama usaha"]), "The column with the village"),
    "no row": (xlsx(), "There are headings, and no row below them."),
}


@pytest.mark.parametrize("name", WRONG_FILES)
def test_a_file_without_makers_says_so_and_writes_nothing(by, name):
    content, sentence = WRONG_FILES[name]
    batch = actions.send_import(content=content, name="x.xlsx", by=by)
    with pytest.raises(Refused, match=sentence):
        actions.check_import(batch=batch, by=by)
    batch.refresh_from_db()
    assert (batch.state, batch.makers.count()) == (ImportState.SENT, 0)
