"""Who opens which page of an order: address × role → status."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from PIL import Image

from lumbung.orders.tests import factories as make
from lumbung.orders.tests import office
from lumbung.organisations.tests.factories import Cast
from lumbung.people.models import Person

pytestmark = pytest.mark.django_db

ROLES = ("officer", "decider", "auditor", "regency_officer", "maker", "buyer", "stranger", "nobody")
EVERYBODY = dict.fromkeys(ROLES, 200)
SIGN_IN = {"nobody": "sign-in"}
OFFICE = dict.fromkeys(("officer", "decider", "auditor"), 200)
READERS = OFFICE | dict.fromkeys(("regency_officer", "maker", "buyer", "stranger"), 403) | SIGN_IN
OFFICERS = dict.fromkeys(ROLES, 403) | {"officer": 200} | SIGN_IN
DEEDS = dict.fromkeys(ROLES, 403) | {"officer": 302} | SIGN_IN
DECISIONS = dict.fromkeys(ROLES, 403) | {"decider": 302} | SIGN_IN
INSIDE = (
    OFFICE | dict.fromkeys(("regency_officer", "maker", "stranger", "nobody"), "public page") | {"buyer": 200}
)
NO_GET = (
    dict.fromkeys(ROLES, 405)
    | dict.fromkeys(("regency_officer", "maker", "buyer", "stranger"), 403)
    | SIGN_IN
)
NO_GET_BUT_OFFICER = dict.fromkeys(ROLES, 403) | {"officer": 405} | SIGN_IN
NO_GET_BUT_DECIDER = dict.fromkeys(ROLES, 403) | {"decider": 405} | SIGN_IN

READ = {
    "/pesanan/": EVERYBODY,
    "/pesanan/excel/": EVERYBODY,
    "/pesanan/baru/": OFFICERS,
    "{order}": INSIDE,
    "{order}ubah/": DEEDS,
    "{order}baris/": DEEDS,
    "{order}baris/{line}/": DEEDS,
    "{order}batalkan/": OFFICERS,
    "{order}terbitkan/": NO_GET_BUT_OFFICER,
    "{order}berkas/": NO_GET_BUT_OFFICER,
    "{order}{line}/kelayakan/": READERS,
    "{order}{line}/kelayakan/excel/": READERS,
    "{order}{line}/pembagian/": READERS,
    "{order}{line}/pembagian/1/": READERS,
    "{order}{line}/pembagian/1/excel/": READERS,
    "{order}{line}/pembagian/1/masukan/": READERS,
    "{order}{line}/pembagian/1/ajukan/": NO_GET_BUT_OFFICER,
    "{order}{line}/pembagian/1/putuskan/": NO_GET_BUT_DECIDER,
    "{order}{line}/pembagian/1/kembalikan/": NO_GET_BUT_DECIDER,
    "{order}{line}/bagi-lagi/": NO_GET_BUT_OFFICER,
    "{order}bagian/": READERS,
    "{order}bagian/excel/": READERS,
    "{order}bagian/{share}/": READERS,
    "{order}bagian/{share}/jawaban/": NO_GET_BUT_OFFICER,
    "{order}bagian/{share}/kembali/": NO_GET_BUT_OFFICER,
    "{order}bagian/{share}/tautan/": NO_GET_BUT_OFFICER,
    "{order}bagian/{share}/nomor/": NO_GET_BUT_OFFICER,
}
WRITE = {
    "/pesanan/baru/": OFFICERS,
    "{order}ubah/": DEEDS,
    "{order}baris/": DEEDS,
    "{order}baris/{line}/": DEEDS,
    "{order}batalkan/": OFFICERS,
    "{order}terbitkan/": DEEDS,
    "{order}berkas/": DEEDS,
    "{order}{line}/pembagian/": dict.fromkeys(ROLES, 403) | {"officer": 302} | SIGN_IN,
    "{order}{line}/pembagian/1/ajukan/": DEEDS,
    "{order}{line}/pembagian/1/putuskan/": DECISIONS,
    "{order}{line}/pembagian/1/kembalikan/": DECISIONS,
    "{order}{line}/bagi-lagi/": DEEDS,
    "{order}bagian/{share}/jawaban/": OFFICERS,
    "{order}bagian/{share}/kembali/": OFFICERS,
    "{order}bagian/{share}/tautan/": DEEDS,
    "{order}bagian/{share}/nomor/": OFFICERS,
}


@pytest.fixture(autouse=True)
def files_of_the_test(tmp_path: Path) -> Iterator[None]:
    with override_settings(FILES_ROOT=tmp_path):
        yield


@pytest.fixture
def found(people: Cast) -> office.OnItsWay:
    return office.offered(buyer=people.buyers)


def who(people: Cast, role: str) -> Person | None:
    return None if role == "nobody" else getattr(people, role)


def address(pattern: str, found: office.OnItsWay) -> str:
    return pattern.format(order=office.path(found), line=found.line.pk, share=found.shares[0].pk)


def assert_answer(response: object, expected: object) -> None:
    status, target = office.status_of(response), response.headers.get("Location", "")
    if expected == "sign-in":
        assert (status, target.startswith("/akun/")) == (302, True)
    elif expected == "public page":
        assert (status, target.startswith("/kuota/")) == (302, True)
    else:
        assert (status, "/akun/" in target) == (expected, False)


@pytest.mark.parametrize("role", ROLES)
def test_who_reads_what(role: str, people: Cast, found: office.OnItsWay) -> None:
    client = office.signed_in(who(people, role))
    for pattern, expected in READ.items():
        try:
            assert_answer(client.get(address(pattern, found)), expected[role])
        except AssertionError as fault:
            raise AssertionError(f"GET {pattern} as {role}: {fault}") from fault


@pytest.mark.parametrize("role", ROLES)
def test_who_does_what(role: str, people: Cast, found: office.OnItsWay) -> None:
    client = office.signed_in(who(people, role))
    for pattern, expected in WRITE.items():
        try:
            assert_answer(client.post(address(pattern, found)), expected[role])
        except AssertionError as fault:
            raise AssertionError(f"POST {pattern} as {role}: {fault}") from fault


@pytest.mark.parametrize("role", ["maker", "stranger", "nobody", "buyer"])
def test_a_draft_is_not_there_for_others(role: str, people: Cast) -> None:
    draft = make.order(published=False)
    make.line(draft)
    client = office.signed_in(who(people, role))
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert draft.title not in client.get("/pesanan/").content.decode()


def test_a_buyer_sees_the_own_draft_without_names(people: Cast) -> None:
    draft = make.order(published=False, buyer=people.buyers)
    make.line(draft)
    page = office.signed_in(people.buyer).get(draft.get_absolute_url())
    assert page.status_code == 200
    assert "What happened" not in page.content.decode()


def test_a_page_of_another_order_is_not_found(people: Cast, found: office.OnItsWay) -> None:
    other = make.order()
    client = office.signed_in(people.officer)
    share = found.shares[0].pk
    for tail in (
        f"{found.line.pk}/kelayakan/",
        f"{found.line.pk}/pembagian/",
        f"bagian/{share}/",
        "baris/999/",
    ):
        assert client.get(f"/pesanan/{other.code}/{tail}").status_code == 404
    assert client.get("/pesanan/PSN-1999-0001/").status_code == 404
    assert client.get(office.line_path(found, "pembagian/9/")).status_code == 404


def test_only_an_officer_takes_a_file_away(people: Cast, found: office.OnItsWay) -> None:
    officer = office.signed_in(people.officer)
    officer.post(office.path(found, "berkas/"), {"file": picture()})
    page = officer.get(office.path(found)).content.decode()
    number = page.split("/hapus/")[0].rsplit("/", 1)[1]
    tail = f"berkas/{number}/hapus/"
    assert office.signed_in(people.auditor).post(office.path(found, tail)).status_code == 403
    officer.post(office.path(found, tail), {"reason": "Foto orang lain."})
    assert officer.post(office.path(found, tail)).status_code == 404


def picture() -> SimpleUploadedFile:
    target = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(target, "PNG")
    return SimpleUploadedFile("contoh.png", target.getvalue(), content_type="image/png")


def test_a_file_is_a_photo_or_a_pdf(people: Cast, found: office.OnItsWay) -> None:
    client: Client = office.signed_in(people.officer)
    answer = client.post(
        office.path(found, "berkas/"), {"file": SimpleUploadedFile("a.png", b"no picture")}, follow=True
    )
    assert "/hapus/" not in answer.content.decode()
    assert "notice stop" in answer.content.decode()
    nothing = client.post(office.path(found, "berkas/"), follow=True)
    assert "Choose a photo or a PDF first." in nothing.content.decode()
