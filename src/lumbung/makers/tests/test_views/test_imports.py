"""The pages of files: who opens them, what they say, what a wrong file is told."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.models import Work, WorkState
from foundation.sheets import open_grids
from lumbung.makers.choices import ImportState, Unit
from lumbung.makers.models import Maker, MakerImport
from lumbung.makers.tests.factories import kind
from lumbung.makers.tests.sheets import FINE, sent, taken, with_cells, workbook, xlsx
from lumbung.makers.tests.test_views.words import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_here(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


ROWS = (with_cells(name="Jahit Bayan", district=""), with_cells(name="Bayan", district="", price="lima"))


@pytest.fixture
def batch(troupe):
    """A file of the officer's, checked: one new maker, one row with a fault."""
    kind("kain-tenun", "Kain tenun", unit=Unit.SHEET)
    return sent(xlsx(*ROWS), by=troupe.officer.key)


SEEN_BY = {
    "officer",
    "decider",
    "treasurer",
    "inspector",
    "auditor",
    "data_protection_officer",
    "regency_officer",
}
KEEPERS = {"officer", "regency_officer"}
LISTS = {"imports": SEEN_BY, "imports_sheet": SEEN_BY, "import_template": KEEPERS}
OF_A_FILE = (
    "import",
    "import_back",
    "import_remarks",
    "import_remarks_sheet",
    "import_makers",
    "import_makers_sheet",
)
PRESSED = ("check_import", "take_import", "undo_import", "drop_import")


def status(response) -> int:
    response.getvalue() if response.streaming else response.content
    return response.status_code


@pytest.mark.parametrize("name", LISTS)
def test_lists_of_files_open_to_who_sees_the_register(client, troupe, batch, name):
    for role, who in troupe.everybody():
        client.force_login(who)
        assert (status(client.get(reverse(f"makers:{name}"))) == 200) == (role in LISTS[name]), role


@pytest.mark.parametrize("name", OF_A_FILE)
def test_a_file_opens_to_officers_and_to_who_sent_it(client, troupe, batch, name):
    """A regency officer opens the own files only; an auditor sees the list and its counts."""
    own = sent(xlsx(with_cells(district="")), by=troupe.regency_officer.key)
    for one, allowed in ((batch, {"officer"}), (own, KEEPERS)):
        for role, who in troupe.everybody():
            client.force_login(who)
            expected = allowed
            if name == "import_back":
                expected = {"officer"} if one is batch else {"regency_officer"}
            found = status(client.get(reverse(f"makers:{name}", args=[one.pk])))
            assert found in (200, 403, 404), (role, name)
            assert (found == 200) == (role in expected), (role, name, one.sent_by)


@pytest.mark.parametrize("name", [*LISTS, *OF_A_FILE])
def test_a_visitor_is_asked_to_sign_in(client, batch, name):
    response = client.get(reverse(f"makers:{name}", args=[batch.pk] if name in OF_A_FILE else []))
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", PRESSED)
def test_buttons_do_nothing_by_a_plain_visit_and_nothing_for_others(client, troupe, batch, name):
    url = reverse(f"makers:{name}", args=[batch.pk])
    client.force_login(troupe.officer)
    assert client.get(url).status_code == 405
    for role, who in troupe.everybody():
        if role != "officer":
            client.force_login(who)
            assert client.post(url).status_code in (403, 404), role
    batch.refresh_from_db()
    assert (batch.state, Work.objects.count()) == (ImportState.CHECKED, 0)


def test_the_bytes_of_a_file_are_nobody_elses(client, troupe, batch):
    address = batch.attachment.get_absolute_url()
    for role, who in troupe.everybody():
        client.force_login(who)
        assert (status(client.get(address)) == 200) == (role == "officer"), role


@pytest.fixture
def send(client, django_capture_on_commit_callbacks):
    """Send a file as the form does, and follow to where the work leads."""

    def send(content: bytes, name: str = "ikm.xlsx"):
        file = SimpleUploadedFile(name, content)
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(reverse("makers:imports"), {"file": file})
        return client.get(response.url, follow=True) if response.status_code == 302 else response

    return send


def press(client, callbacks, name, batch):
    with callbacks(execute=True):
        response = client.post(reverse(f"makers:{name}", args=[batch.pk]))
    return client.get(response.url, follow=True)


def test_from_the_file_to_the_register_and_back(officer, send, django_capture_on_commit_callbacks):
    before = Maker.objects.count()
    page = words(send(xlsx(with_cells(district=""), with_cells(name="Bayan", district="", price="lima"))))
    assert "1 of 2 rows can be taken in" in page
    assert "Take in 1 maker<" in page
    assert "“lima” is not a number" in page
    assert Maker.objects.count() == before
    batch = MakerImport.objects.get()
    page = words(press(officer, django_capture_on_commit_callbacks, "take_import", batch))
    assert "1 makers were taken in." in page
    assert "1 of 2 rows were not taken in; the reasons stand below." in page
    assert Maker.objects.count() == before + 1
    page = words(press(officer, django_capture_on_commit_callbacks, "undo_import", batch))
    assert "1 makers were taken back." in page
    assert Maker.objects.count() == before


def test_the_same_file_again_offers_no_button(officer, troupe, batch, send):
    content = xlsx(with_cells(district=""))
    taken(content, by=troupe.officer.key)
    page = words(send(content))
    assert "The file brings nothing new: there is nothing to take in." in page
    assert "makers:take_import" not in page
    assert "Take in" not in page


def test_a_refused_file_is_told_on_the_page_of_the_work(officer, send):
    page = words(send(xlsx(["undangan"], headings=["Surat"])))
    assert "No heading of a list of makers is in the first rows of any sheet." in page
    assert Work.objects.get().state == WorkState.REFUSED


LAST_CELL = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
OLD_MACROS = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(64) + "_VBA_PROJECT".encode("utf-16-le")


def bomb() -> bytes:
    """A sheet that says it has a cell in the last corner."""
    stream = io.BytesIO(xlsx(FINE))
    made = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(
                    b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                )
            new.writestr(name, content)
    return made.getvalue()


WRONG = {
    "empty": (b"", "The file is empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "This is no"),
    "broken": (xlsx(FINE)[:900], "damaged"),
    "a bomb": (bomb(), "unpacks to more"),
    "an empty workbook": (workbook({"Sheet1": []}), "The file is empty"),
    "too large": (b"a;b\n" + b"x" * 20_000_001, "MB"),
    "macros": (OLD_MACROS, "macros"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_told_at_the_field_and_not_kept(officer, send, name):
    content, sentence = WRONG[name]
    response = send(content, "apa saja.xlsx")
    assert response.status_code == 200
    assert sentence in words(response)
    assert MakerImport.objects.count() == 0


def test_a_formula_counts_by_its_value_and_a_name_with_an_equals_sign_is_a_name(officer, send):
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Nama usaha", "Pemilik", "Desa", "Barang", "Harga", "Kapasitas"])
        page.write_row(1, 0, ["", "Sahnim", "Mamben Lauk", "Masker kain"])
        page.write_string(1, 0, "=HYPERLINK(1)")
        page.write_formula(1, 4, "=1500*2", None, 3000)
        page.write_formula(1, 5, "=1/0", None, "#DIV/0!")
    page = words(send(stream.getvalue()))
    assert "0 of 1 rows can be taken in" in page
    assert "F2" in page
    assert "Nothing is written here." in page
    assert "E2" not in page


def test_the_file_comes_back_with_a_remark_at_its_row(officer, batch):
    content = officer.get(reverse("makers:import_back", args=[batch.pk])).getvalue()
    (grid,) = open_grids(io.BytesIO(content))
    assert [row[-1] for row in grid.rows] == [
        "Remarks (Lumbung)",
        "",
        "Not taken in. Harga (Rp): “lima” is not a number. Write digits, such as 1.250.000.",
    ]
    assert [row[:-1] for row in grid.rows[1:]] == [*map(list, ROWS)]


def test_a_file_that_came_back_is_sent_again_with_its_column_written_anew(officer, troupe, batch):
    content = officer.get(reverse("makers:import_back", args=[batch.pk])).getvalue()
    again = sent(content, by=troupe.officer.key)
    assert again.left_aside == []
    back = officer.get(reverse("makers:import_back", args=[again.pk])).getvalue()
    (grid,) = open_grids(io.BytesIO(back))
    assert grid.rows[0].count("Remarks (Lumbung)") == 1


def test_a_dropped_file_is_gone(officer, batch):
    response = officer.post(reverse("makers:drop_import", args=[batch.pk]), follow=True)
    assert "The file is dropped." in words(response)
    assert officer.get(reverse("makers:import_back", args=[batch.pk])).status_code == 404


def test_remarks_and_makers_page_by_page(officer, troupe):
    rows = [
        with_cells(name=f"Usaha {n}", phone="", price="lima" if n % 2 else 3000, district="")
        for n in range(240)
    ]
    batch = sent(xlsx(*rows), by=troupe.officer.key)
    for name in ("import_remarks", "import_makers"):
        url = reverse(f"makers:{name}", args=[batch.pk])
        seen, query = 0, ""
        for _page in range(9):
            page = officer.get(url + query).context["page"]
            seen += len(page.rows)
            if not page.next_url:
                break
            assert page.first + len(page.rows) - 1 == page.last
            query = page.next_url
        assert seen == page.total, name
        excel = officer.get(reverse(f"makers:{name}_sheet", args=[batch.pk])).getvalue()
        assert len(open_grids(io.BytesIO(excel))[0].rows) == seen + 1


def test_the_list_of_files_takes_the_same_number_of_queries_with_many(
    officer, troupe, django_assert_max_num_queries
):
    for _n in range(30):
        MakerImport.objects.create(file_name="x.xlsx", sent_by=troupe.officer.key)
    with django_assert_max_num_queries(14):
        assert officer.get(reverse("makers:imports")).status_code == 200
