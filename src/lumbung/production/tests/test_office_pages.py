"""The office's pages: who opens them, how a standard comes to count, late shares first, and back to others."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from foundation import clock
from lumbung.makers.rules import search_text
from lumbung.orders.models import OrderLine, Share
from lumbung.orders.tests import factories as orders
from lumbung.orders.tests.office import queries_of, rows_of, signed_in, status_of
from lumbung.orders.tests.sending import message
from lumbung.organisations.tests.factories import Cast, cast
from lumbung.production import queries
from lumbung.production.choices import Standing
from lumbung.production.models import Made, Standard
from lumbung.production.queries import standards
from lumbung.production.queries.progress import progress_of, row_of
from lumbung.production.tests import factories as make

pytestmark = pytest.mark.django_db

ROLES = ("officer", "decider", "auditor", "regency_officer", "maker", "buyer", "stranger", "nobody")
OUTSIDE = dict.fromkeys(("regency_officer", "maker", "buyer", "stranger"), 403) | {"nobody": "sign-in"}
READERS = dict.fromkeys(("officer", "decider", "auditor"), 200) | OUTSIDE
OFFICER = dict.fromkeys(ROLES, 403) | {"officer": 302, "nobody": "sign-in"}
EITHER = OFFICER | {"decider": 302}
NO_GET = OFFICER | {"officer": 405}
NO_GET_EITHER = EITHER | {"officer": 405, "decider": 405}

READ = {
    "{line}standar/": READERS,
    "{line}pembuatan/": READERS,
    "{line}pembuatan/excel/": READERS,
    "{share}pembuatan/": READERS,
    "{line}standar/foto/": NO_GET,
    "{line}standar/foto/{photo}/hapus/": NO_GET,
    "{line}standar/sahkan/": NO_GET_EITHER,
    "{line}standar/batal/": NO_GET,
    "{share}pembuatan/setuju/": NO_GET,
    "{share}pembuatan/hasil/": NO_GET,
    "{share}pembuatan/hasil/{entry}/": NO_GET,
    "{share}pembuatan/pesan/": NO_GET,
    "{share}pembuatan/kembali/": NO_GET,
}
WRITE = {
    "{line}standar/foto/": OFFICER,
    "{line}standar/foto/{photo}/hapus/": OFFICER,
    "{line}standar/sahkan/": EITHER,
    "{line}standar/batal/": OFFICER,
    "{share}pembuatan/setuju/": OFFICER,
    "{share}pembuatan/hasil/": OFFICER | {"officer": 200},
    "{share}pembuatan/hasil/{entry}/": OFFICER,
    "{share}pembuatan/pesan/": OFFICER | {"officer": 303},
    "{share}pembuatan/kembali/": OFFICER | {"officer": 200},
}


@dataclass
class Stage:
    """A share in production, a draft of the next version, and somebody of every role."""

    share: Share
    draft: Standard
    entry: Made
    photo: int
    people: Cast

    def address(self, pattern: str) -> str:
        order = f"/pesanan/{self.share.line.order.code}/"
        return pattern.format(
            line=f"{order}{self.share.line_id}/",
            share=f"{order}bagian/{self.share.pk}/",
            entry=self.entry.pk,
            photo=self.photo,
        )


@pytest.fixture
def stage() -> Stage:
    orders.village()
    share = make.started(100)
    entry = make.told(share, 10)
    draft = make.draft(share.line)
    return Stage(share, draft, entry, standards.photos_of(draft)[1][0].pk, cast())


def seen(client: Client, method: str, address: str) -> Any:
    answer = getattr(client, method)(address)
    if answer.status_code == 302 and "/akun/masuk/" in answer["Location"]:
        return "sign-in"
    return status_of(answer)


def table(rows: dict[str, dict[str, Any]]) -> list[Any]:
    return [
        pytest.param(pattern, role, expected[role], id=f"{pattern}-{role}")
        for pattern, expected in rows.items()
        for role in ROLES
    ]


@pytest.mark.parametrize(("pattern", "role", "expected"), table(READ))
def test_who_opens_a_page(stage: Stage, pattern: str, role: str, expected: Any) -> None:
    who = None if role == "nobody" else getattr(stage.people, role)
    assert seen(signed_in(who), "get", stage.address(pattern)) == expected


@pytest.mark.parametrize(("pattern", "role", "expected"), table(WRITE))
def test_who_does_a_deed(stage: Stage, pattern: str, role: str, expected: Any) -> None:
    who = None if role == "nobody" else getattr(stage.people, role)
    assert seen(signed_in(who), "post", stage.address(pattern)) == expected


def test_only_an_officer_writes_a_draft(stage: Stage) -> None:
    fields = {"rows": "Lebar; 9", "words": "Baru."}
    for role in ("decider", "auditor"):
        signed_in(getattr(stage.people, role)).post(stage.address("{line}standar/"), fields)
        stage.draft.refresh_from_db()
        assert stage.draft.words == "Dua lapis, jahitan rapat."
    signed_in(stage.people.officer).post(stage.address("{line}standar/"), fields)
    stage.draft.refresh_from_db()
    assert stage.draft.words == "Baru."


# The standard


@pytest.fixture
def officer() -> Client:
    orders.village()
    return signed_in(cast().officer)


def sheet_of(line: OrderLine) -> str:
    return f"/pesanan/{line.order.code}/{line.pk}/standar/"


def test_a_standard_is_written_shown_to_be_incomplete_and_approved_by_another() -> None:
    orders.village()
    people = cast()
    line = make.line()
    writer, head = signed_in(people.officer), signed_in(people.decider)
    rows = "Panjang; 17; ± 0,5; cm\nLebar\t9\t± 0,3\tcm\n\nWarna; biru tua"
    writer.post(sheet_of(line), {"rows": rows, "sample_made_by": "Sahnim", "sample_made_on": "1/1/2026"})
    draft = Standard.objects.get()
    assert [(row.measure, row.target, row.tolerance, row.unit) for row in draft.rows.all()] == [
        ("Panjang", "17", "± 0,5", "cm"),
        ("Lebar", "9", "± 0,3", "cm"),
        ("Warna", "biru tua", "", ""),
    ]
    assert "Add a photo of the golden sample first." in writer.get(sheet_of(line)).content.decode()
    photo = SimpleUploadedFile("a.png", make.picture().read(), "image/png")
    writer.post(f"{sheet_of(line)}foto/", {"file": photo, "of": "sample"})
    assert "Whoever wrote the sheet does not approve it." in writer.get(sheet_of(line)).content.decode()
    writer.post(f"{sheet_of(line)}sahkan/")
    assert queries.standard_of(line) is None
    page = head.post(f"{sheet_of(line)}sahkan/", follow=True).content.decode()
    assert queries.standard_of(line) == draft
    assert "The standard is approved." in page and "Decider Contoh" in page


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("Panjang", "Line 1: write what is measured; the target"),
        ("Panjang; 17\n;9", "Line 2: write what is measured"),
        ("a; b; c; d; e", "Line 1: write what is measured"),
        (f"{'x' * 81}; 1", "is longer than 80 signs"),
        ("\n".join(["Panjang; 17"] * 31), "at most 30 measures. You wrote 31"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_lost(officer: Client, rows: str, fault: str) -> None:
    line = make.line()
    page = officer.post(sheet_of(line), {"rows": rows, "words": "Tetap di sini."}).content.decode()
    assert fault in page and "Tetap di sini." in page
    assert not Standard.objects.exists()


def test_what_was_written_stands_in_the_form_as_it_can_be_written_again(officer: Client) -> None:
    line = make.line()
    make.draft(line)
    page = officer.get(sheet_of(line)).content.decode()
    assert "Panjang; 17; ± 0,5; cm\nLebar; 9; ± 0,3; cm" in page.replace("\r\n", "\n")


# Progress


def late_share(line: OrderLine, made: int = 5) -> Share:
    """A share begun twenty days ago, of which little is made; eight days are left."""
    with clock.set_to(clock.now() - timedelta(days=20)):
        share = make.started(600, of=line, maker=orders.tailor("Lambat", weekly=140))
        make.told(share, made)
    return share


def test_late_shares_stand_first_with_what_will_be_missing(officer: Client) -> None:
    line = make.line(quantity=2_000)
    line.order.due_on = clock.today() + timedelta(days=8)
    line.order.save()
    orders.OrderLine.objects.get(pk=line.pk)
    make.started(100, of=line, maker=orders.tailor("Cepat", weekly=1_000))
    late = late_share(line)
    row = row_of(late)
    assert row and (row.standing, row.missing) == (Standing.LATE, 570)
    page = officer.get(f"/pesanan/{line.order.code}/{line.pk}/pembuatan/").content.decode()
    assert page.index(">Lambat<") < page.index(">Cepat<")
    assert "570 missing" in page.replace("\xa0", " ")


def test_the_list_is_narrowed_by_name_and_state_and_goes_out_as_excel(officer: Client) -> None:
    line = make.line()
    make.started(100, of=line, maker=orders.tailor("Cepat", search_text=search_text("Cepat")))
    make.held(line, 50, maker=orders.tailor("Belum", search_text=search_text("Belum")))
    address = f"/pesanan/{line.order.code}/{line.pk}/pembuatan/"
    page = officer.get(f"{address}?q=belum").content.decode()
    assert ">Belum<" in page and ">Cepat<" not in page
    page = officer.get(f"{address}?keadaan=in_time").content.decode()
    assert ">Cepat<" in page and ">Belum<" not in page
    answer = officer.get(f"{address}excel/")
    rows = rows_of(answer.getvalue())
    assert [row[0] for row in rows][-2:] == ["Belum", "Cepat"]


def test_pages_of_a_long_list_follow_each_other(officer: Client) -> None:
    line = make.line()
    for number in range(27):
        make.held(line, 10, maker=orders.tailor(f"Penjahit ke-{number:02d}"))
    address = f"/pesanan/{line.order.code}/{line.pk}/pembuatan/"
    first, second = (
        officer.get(f"{address}{tail}").content.decode() for tail in ("?urut=nama", "?urut=nama&mulai=25")
    )
    assert "1–25 of 27" in first and "26–27 of 27" in second
    assert "mulai=25" in first


def test_the_list_takes_the_same_number_of_queries_with_one_share_and_with_many(officer: Client) -> None:
    line = make.line()
    make.started(10, of=line)
    address = f"/pesanan/{line.order.code}/{line.pk}/pembuatan/"
    queries_of(officer, address)
    one = queries_of(officer, address)
    for _number in range(6):
        make.told(make.started(10, of=line), 2)
    assert queries_of(officer, address) == one


def test_a_new_version_puts_every_share_back_to_be_confirmed() -> None:
    share = make.started(100)
    assert progress_of(share.line).counts == {Standing.IN_TIME: 1}
    make.standard(share.line)
    assert progress_of(share.line).counts == {Standing.UNCONFIRMED: 1}


# One share


def making_of(share: Share) -> str:
    return f"/pesanan/{share.line.order.code}/bagian/{share.pk}/pembuatan/"


def test_what_will_be_missing_is_proposed_and_given_back_by_a_button_only(officer: Client) -> None:
    line = make.line(quantity=2_000)
    line.order.due_on = clock.today() + timedelta(days=8)
    line.order.save()
    late = late_share(line)
    page = officer.get(making_of(late)).content.decode()
    assert "This share is likely to be late." in page and 'value="570"' in page
    officer.post(f"{making_of(late)}kembali/", {"quantity": "570"})
    late.refresh_from_db()
    assert (late.held_quantity, late.released_quantity) == (30, 570)


def test_what_is_made_is_never_given_back_from_here(officer: Client) -> None:
    share = make.started(100)
    make.told(share, 60)
    page = officer.post(f"{making_of(share)}kembali/", {"quantity": "41"}).content.decode()
    assert "Write a number from 1 to 40." in page
    share.refresh_from_db()
    assert share.held_quantity == 100


def test_an_officer_notes_what_came_on_paper_with_the_own_name(officer: Client) -> None:
    line = make.line()
    make.standard(line)
    share = make.held(line)
    officer.post(f"{making_of(share)}setuju/")
    day = clock.today()
    officer.post(
        f"{making_of(share)}hasil/",
        {"quantity": "15", "made_on": f"{day.day}/{day.month}/{day.year}", "once": "a"},
    )
    entry = Made.objects.get()
    assert (entry.quantity, entry.entered_by.startswith("person:")) == (15, True)
    page = officer.get(making_of(share)).content.decode()
    assert "Officer Contoh" in page and "15 of 100 sheets made" in page
    officer.post(f"{making_of(share)}hasil/{entry.pk}/")
    assert queries.made_of([share.pk]) == {}


def test_too_many_from_paper_are_refused_too(officer: Client) -> None:
    share = make.started(100)
    day = clock.today()
    fields = {"quantity": "101", "made_on": f"{day.day}/{day.month}/{day.year}", "once": "a"}
    page = officer.post(f"{making_of(share)}hasil/", fields).content.decode()
    assert "100 are left. You wrote 101" in page


def test_the_message_asks_for_the_sheet_first_and_for_the_pieces_later(officer: Client) -> None:
    line = make.line()
    make.standard(line)
    share = make.held(line)
    phone, lines = message(officer.post(f"{making_of(share)}pesan/"))
    assert phone.strip("/") == share.maker.owner.phone.removeprefix("+")
    assert "the sheet for 100 sheets" in lines[0] and lines[-1].endswith("/standar/") and len(lines) <= 5
    officer.post(f"{making_of(share)}setuju/")
    _phone, lines = message(officer.post(f"{making_of(share)}pesan/"))
    assert "how many are made? 100 sheets are still open" in lines[0] and lines[-1].endswith("/hasil/")


def test_without_a_phone_the_captain_is_asked_and_without_a_captain_nobody(officer: Client) -> None:
    from lumbung.orders.tests.offering import captain_of
    from lumbung.people.tests.factories import person

    share = make.started(100, maker=orders.tailor(owner=person("Inaq", phone="")))
    page = officer.post(f"{making_of(share)}pesan/", follow=True).content.decode()
    assert "nor for a captain" in page
    captain = captain_of(share.maker)
    phone, lines = message(officer.post(f"{making_of(share)}pesan/"))
    assert phone.strip("/") == captain.phone.removeprefix("+")
    assert lines[-1].endswith(f"/{share.pk}/hasil/")


def test_the_pages_of_orders_show_how_far_production_is(officer: Client) -> None:
    share = make.started(100)
    make.told(share, 40)
    order = share.line.order
    assert "40 of 100 sheets made" in officer.get(f"/pesanan/{order.code}/").content.decode()
    page = officer.get(f"/pesanan/{order.code}/bagian/{share.pk}/").content.decode()
    assert "40 of 100 made" in page and making_of(share) in page
