import io
import zipfile
from datetime import UTC, date, datetime

import pytest
import xlsxwriter
from django.utils import translation

from foundation.reading import read_date, read_number, read_percent_bp
from foundation.sheets import (
    Column,
    Heading,
    UnreadableFile,
    Workbook,
    cell_name,
    files,
    flipped,
    open_grids,
    read_table,
)

COLUMNS = (
    Column("name", "Nama", ("Nama usaha", "Nama IKM", "Pelaku usaha", "Name")),
    Column("quantity", "Jumlah", ("Quantity", "Banyaknya"), read_number),
    Column("due", "Jatuh tempo", ("Due date",), read_date, required=False),
)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def book(*sheets, **options):
    """A workbook in memory; each sheet is a list of rows or a function that fills the page."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, **options}) as made:
        for number, rows in enumerate(sheets, start=1):
            page = made.add_worksheet(f"S{number}")
            if callable(rows):
                rows(made, page)
            else:
                for at, row in enumerate(rows):
                    page.write_row(at, 0, row)
    stream.seek(0)
    return stream


def repacked(stream, changes):
    """The same archive with some parts replaced or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            new.writestr(name, content)
    made.seek(0)
    return made


def ods(rows):
    made = io.BytesIO()
    space = 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    space += 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    space += 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    content = (
        f"<office:document-content {space}><office:body><office:spreadsheet>"
        f'<table:table table:name="Lembar &amp; 1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    made.seek(0)
    return made


def text_cell(text):
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def ods_row(cells, repeated=1):
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def refusal(stream):
    with pytest.raises(UnreadableFile) as caught:
        open_grids(stream)
    return str(caught.value)


def rows_of(stream):
    return [list(row.values.values()) for row in read_table(open_grids(stream), COLUMNS).rows]


def test_columns_are_found_in_any_order_under_any_of_their_names():
    assert rows_of(book([["BANYAKNYA", " nama  IKM* "], ["1.250", "Aminah"]])) == [["Aminah", 1250]]


def test_a_unit_beside_the_heading_does_not_matter():
    assert rows_of(book([["Jumlah (lembar)", "Name"], [5.0, "Aminah"]])) == [["Aminah", 5]]


def test_headings_may_stand_below_a_title_and_on_a_later_sheet():
    title = [["Daftar perajin"], [], ["Nama", "Jumlah"], ["Aminah", 7]]
    table = read_table(open_grids(book([["catatan"]], title)), COLUMNS)
    assert (table.grid.name, table.rows[0].number, table.rows[0]["quantity"]) == ("S2", 4, 7)


def test_a_hidden_sheet_is_not_read():
    def hidden(made, page):
        page.write_row(0, 0, ["Nama", "Jumlah"])
        page.hide()

    assert [grid.name for grid in open_grids(book([["x"]], hidden))] == ["S1"]


def test_days_stay_days_and_the_optional_may_be_absent():
    def fill(made, page):
        page.write_row(0, 0, ["Nama", "Jumlah", "Jatuh tempo"])
        page.write_row(1, 0, ["Aminah", 3])
        page.write_datetime(1, 2, datetime(2026, 12, 27), made.add_format({"num_format": "dd/mm/yyyy"}))  # noqa: DTZ001 - a cell knows no zone
        page.write_row(2, 0, ["Budi", 4, "28-12-2026"])
        page.write_row(3, 0, ["Citra", 5])

    assert rows_of(book(fill)) == [
        ["Aminah", 3, date(2026, 12, 27)],
        ["Budi", 4, date(2026, 12, 28)],
        ["Citra", 5, None],
    ]


@pytest.mark.parametrize("sign", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_file_is_read_in_every_usual_form(sign, encoding):
    text = sign.join(["Nama", "Jumlah"]) + "\r\n" + sign.join(["Café Mawar", "1250"]) + "\r\n"
    assert rows_of(io.BytesIO(text.encode(encoding))) == [["Café Mawar", 1250]]


def test_a_text_file_may_say_its_sign_and_rows_keep_their_numbers():
    table = read_table(open_grids(io.BytesIO(b'sep=,\nNama,Jumlah\n\n"Aminah, Ibu","x"\n')), COLUMNS)
    assert str(table.faults[0]).startswith("B4 (Jumlah): “x”")


def test_all_faults_are_told_in_one_pass_with_their_cells():
    table = read_table(
        open_grids(book([["Jumlah", "Nama"], ["dua", "Aminah"], [5], [6, "Budi"], [-1, "Citra"]])), COLUMNS
    )
    assert [(fault.cell, fault.column) for fault in table.faults] == [
        ("A2", "Jumlah"),
        ("B3", "Nama"),
        ("A5", "Jumlah"),
    ]
    assert [row["name"] for row in table.rows] == ["Budi"]


def test_missing_and_unknown_and_doubled_columns_are_named():
    table = read_table(open_grids(book([["Nama", "Catatan", "Nama usaha"], ["Aminah", "x", "y"]])), COLUMNS)
    assert [str(fault) for fault in table.faults] == [
        "C1 (Nama usaha): Two columns mean the same: Nama and Nama usaha. Keep one.",
        "Jumlah: The column “Jumlah” is missing.",
    ]
    assert table.unknown == ["Catatan"]


def test_a_sheet_without_any_known_heading_says_what_is_expected():
    table = read_table(open_grids(book([["a", "b"], [1, 2]])), COLUMNS)
    assert str(table.faults[0]) == "No known heading is in the first rows. Expected: Nama, Jumlah."


def test_headings_may_stand_at_the_left_and_cells_keep_their_names():
    grids = open_grids(book([["Jumlah", "dua"], ["Nama", "Aminah"]]))
    table = read_table([*grids, *map(flipped, grids)], COLUMNS)
    assert [str(fault).split(":")[0] for fault in table.faults] == ["B1 (Jumlah)"]


def test_a_single_heading_with_its_value_beside_it_is_read():
    grids = open_grids(book([["Jumlah", 5]]))
    table = read_table([*grids, *map(flipped, grids)], COLUMNS[1:2])
    assert [row["quantity"] for row in table.rows] == [5]


def test_a_fault_that_two_cells_show_is_placed_too():
    table = read_table(open_grids(book([["Jumlah", "Nama"], [5, "Aminah"]])), COLUMNS)
    table.add_fault(table.rows[0], "quantity", "Too many.")
    assert str(table.faults[0]) == "A2 (Jumlah): Too many."


def test_a_cell_shown_as_a_percentage_is_read_as_people_see_it():
    def fill(made, page):
        page.write(0, 0, "Toleransi")
        page.write_number(1, 0, 0.02, made.add_format({"num_format": "0%"}))
        page.write_number(2, 0, 0.0025, made.add_format({"num_format": '0.00" "%'}))
        page.write_number(3, 0, 2, made.add_format({"num_format": "0.0"}))

    table = read_table(open_grids(book(fill)), [Column("t", "Toleransi", (), read_percent_bp)])
    assert [row["t"] for row in table.rows] == [200, 25, 200]


def test_a_percentage_of_opendocument_is_read_as_people_see_it():
    percent = '<table:table-cell office:value-type="percentage" office:value="0.02"></table:table-cell>'
    rows = f"<table:table-column/>{ods_row(text_cell('Toleransi'))}{ods_row(percent)}"
    table = read_table(open_grids(ods(rows)), [Column("t", "Toleransi", (), read_percent_bp)])
    assert (table.grid.name, table.rows[0]["t"]) == ("Lembar & 1", 200)


def test_opendocument_with_its_endless_empty_rest_is_read():
    rest = ods_row('<table:table-cell table:number-columns-repeated="16384"/>', repeated=1_048_000)
    head = ods_row(text_cell("Nama") + text_cell("Jumlah"))
    row = ods_row(text_cell("Aminah") + text_cell("1.250"))
    assert rows_of(ods(head + row + rest)) == [["Aminah", 1250]]


def test_a_file_of_200_mb_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "makers.xlsx"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    assert (
        refusal(path)
        == "The file has 200 MB. At most 20 MB can be read; split it or remove pictures from it."
    )


def test_a_file_that_unpacks_endlessly_is_refused():
    zeros = io.BytesIO()
    with zipfile.ZipFile(zeros, "w", zipfile.ZIP_DEFLATED) as archive:
        part = zipfile.ZipInfo("xl/workbook.xml")
        part.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(part, "w", force_zip64=True) as stream:
            for _ in range(files.LARGEST_UNPACKED // 10_000_000 + 1):
                stream.write(bytes(10_000_000))
    zeros.seek(0)
    assert "unpacks to more" in refusal(zeros)


def test_a_part_that_lies_about_its_size_is_refused():
    stream = book([["Nama"], ["Aminah" * 500]])
    raw = bytearray(stream.getvalue())
    with zipfile.ZipFile(stream) as archive:
        sheet = archive.getinfo("xl/worksheets/sheet1.xml")
    where = raw.find(b"PK\x01\x02")
    while raw[where + 46 : where + 46 + len(sheet.filename)] != sheet.filename.encode():
        where = raw.find(b"PK\x01\x02", where + 1)
    raw[where + 24 : where + 28] = (100).to_bytes(4, "little")
    assert "damaged" in refusal(io.BytesIO(bytes(raw)))


def test_one_cell_in_the_last_corner_does_not_fill_the_memory():
    def corners(made, page):
        page.write(0, 0, "Nama")
        page.write(1_048_575, 16_383, "x")

    assert "unpacks to more" in refusal(book(corners))


def test_a_repeated_cell_of_opendocument_does_not_fill_the_memory():
    cell = (
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
    )
    assert "unpacks to more" in refusal(ods(ods_row(cell, repeated=1_000_000)))


@pytest.mark.parametrize(
    "part",
    ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml", "Basic/Standard/Module1.xml"],
)
def test_a_workbook_with_macros_is_refused_whatever_its_name(part):
    assert "holds macros" in refusal(repacked(book([["Nama"]]), {part: b"x"}))


def test_a_workbook_that_says_it_may_hold_macros_is_refused():
    kind = b"<Types>application/vnd.ms-excel.sheet.macroEnabled.main+xml</Types>"
    assert "holds macros" in refusal(repacked(book([["Nama"]]), {"[Content_Types].xml": kind}))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\n\n ; ;\n", "empty"),
        (b"%PDF-1.7", "not a spreadsheet"),
        (b"<html><table></table></html>", "not a spreadsheet"),
        (b"\x89PNG\r\n", "not a spreadsheet"),
        (b"abc\x00def", "not a spreadsheet"),
        (b"abc\x81\x8ddef", "not a spreadsheet"),
        (b"PK\x03\x04 broken", "damaged"),
        (b'Nama,Jumlah\n"' + b"x" * 200_000, "damaged"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "not a spreadsheet"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "Workbook".encode("utf-16-le"), "damaged"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "_VBA_PROJECT".encode("utf-16-le"), "holds macros"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "locked"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_with_a_sentence(content, why):
    assert why in refusal(io.BytesIO(content))


def test_an_empty_workbook_and_another_packed_document_are_refused():
    assert "empty" in refusal(book([]))
    assert "not a spreadsheet" in refusal(repacked(io.BytesIO(zip_of({"word/document.xml": b"x"})), {}))


def zip_of(parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_cells_are_named_as_in_a_spreadsheet():
    assert [cell_name(7, place) for place in (0, 2, 25, 26, 701, 702)] == [
        "A7",
        "C7",
        "Z7",
        "AA7",
        "ZZ7",
        "AAA7",
    ]


def written(rows, headings=("Nama", "Jumlah")):
    stream = io.BytesIO()
    with Workbook(stream, mark="") as made:
        sheet = made.sheet("Rencana: 1/2", [Heading(words, 30) for words in headings])
        for row in rows:
            sheet.row(row)
    return stream


def test_what_is_written_is_read_back_as_it_was():
    rows = [
        ["Aminah", 1_250_000],
        ["=HYPERLINK(1)", -3],
        ["0812345", "5201014107900001"],
        ["+62", "@x"],
        ["https://x.y", None],
        [date(2026, 12, 27), 10**16],
        [True, False],
        ["x" * 40_000, 1.5],
    ]
    grid = open_grids(written(rows))[0]
    assert grid.name == "Rencana  1 2"
    assert grid.rows[:7] == [
        ["Nama", "Jumlah"],
        ["Aminah", 1_250_000],
        ["=HYPERLINK(1)", -3],
        ["0812345", "5201014107900001"],
        ["+62", "@x"],
        ["https://x.y", ""],
        [date(2026, 12, 27), "10000000000000000"],
    ]
    assert grid.rows[7:] == [["yes", "no"], ["x" * 32_766 + "…", 1.5]]


def test_no_text_becomes_a_formula_or_a_link():
    with zipfile.ZipFile(written([["=1+1", "-2+3"], ["@SUM(A1)", "+1"]])) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet


def test_a_moment_is_written_in_local_time():
    grid = open_grids(written([[datetime(2026, 12, 27, 9, 0, tzinfo=UTC), 1]]))[0]
    assert grid.rows[1][0] == datetime(2026, 12, 27, 17, 0)  # noqa: DTZ001 - a cell knows no zone


def test_a_writer_that_fails_leaves_no_workbook(tmp_path):
    path = tmp_path / "plan.xlsx"
    with pytest.raises(LookupError), Workbook(path) as made:
        made.sheet("Rencana", [Heading("Nama")])
        raise LookupError
    assert not path.exists()
