"""Everything of an order leaves in one file that proves itself, and what is taken away is written down."""

import io
import json
import zipfile
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from lumbung.complaints.models import Complaint
from lumbung.deliveries.models import Move
from lumbung.dossier import queries
from lumbung.dossier.actions import export_dossier
from lumbung.dossier.choices import EXPORTED
from lumbung.dossier.models import Export
from lumbung.dossier.rules.wording import WORDS, sentence_of
from lumbung.dossier.tests.factories import lived
from lumbung.lots.models import LotMaker, Movement
from lumbung.money.models import Due, PriceRow, Standing
from lumbung.orders.models import Order, Share, Split
from lumbung.orders.tests import factories as orders
from lumbung.orders.tests import office
from lumbung.organisations.tests.factories import cast
from lumbung.people.models import PersonalRead
from lumbung.records.models import Record
from orderdossier import NotADossier, verify
from orderdossier.findings import SENTENCES, Finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    orders.village()
    return lived()


def made(order: Order) -> Export:
    return export_dossier(order=order, by="person:1")


@pytest.fixture
def real(order: Order) -> bytes:
    return queries.path_of(made(order)).read_bytes()


def table(export: Export, name: str) -> Any:
    with zipfile.ZipFile(queries.path_of(export)) as container:
        return json.loads(container.read(f"data/{name}.json"))


def test_a_stranger_finds_the_dossier_sound_and_its_origin_proved(order: Order) -> None:
    report = verify(queries.path_of(made(order)), queries.signer().public)
    assert (report.faults, report.origin, report.order) == ((), True, order.code)
    assert report.counted["shares"] == Share.objects.count()
    assert report.counted["splits"] == Split.objects.filter(state="decided").count()
    assert report.counted["letters"] == 1


def test_everything_that_happened_is_in_it(order: Order) -> None:
    export = made(order)
    shares = {row["key"]: row for row in table(export, "shares")}
    assert {row["state"] for row in shares.values()} >= {"accepted", "partly", "declined"}
    assert sum(row["released"] for row in shares.values()) == 7
    assert [row["quantity"] for row in table(export, "production")["made"]] == [12]
    handed = table(export, "deliveries")
    assert [row["states"] for row in handed["deliveries"]] == [{"accepted": 9, "rework": 2, "rejected": 1}]
    assert [found["quantity"] for found in handed["inspections"][0]["findings"]] == [2, 1]
    assert [row["amount_rupiah"] for row in table(export, "money")["dues"]] == [765_000]
    assert table(export, "money")["totals"][0]["open_rupiah"] == 715_000
    assert [row["quantity"] for row in table(export, "lots")["lots"][0]["made_by"]] == [12]
    assert [row["kind"] for row in table(export, "lots")["movements"]] == ["made"]
    assert [row["quantity"] for row in table(export, "complaints")] == [3]
    assert table(export, "letters")[0]["kind"] == "spk"
    assert {row["subject"][:7] for row in table(export, "files")} == {"sample:"}
    names = table(export, "names")
    assert all(row["maker"] in names for row in shares.values())
    deeds = {record["deed"] for chain in table(export, "records")["chains"] for record in chain["records"]}
    expected = {"orders.split_decided", "orders.share_accepted", "production.made_told", "money.due_raised"}
    assert expected <= deeds


def test_no_phone_and_no_account_number_leaves_with_it(order: Order) -> None:
    maker = Share.objects.order_by("pk")[0].maker
    whole = queries.path_of(made(order)).read_bytes()
    assert maker.owner.phone
    assert maker.owner.phone.encode() not in whole
    complaint = Complaint.objects.get()
    for told in (complaint.words, complaint.person.phone, complaint.person.full_name):
        assert told.encode() not in whole


def test_people_read_the_paper_and_the_workbook(order: Order) -> None:
    with zipfile.ZipFile(queries.path_of(made(order))) as container:
        assert container.read("RINGKASAN.pdf").startswith(b"%PDF")
        book = CalamineWorkbook.from_filelike(io.BytesIO(container.read("RINCIAN.xlsx")))
    assert len(book.get_sheet_by_name("Bagian").to_python()) == Share.objects.count() + 1
    assert len(book.get_sheet_by_name("Pembayaran").to_python()) == 2
    for name in ("Lot", "Gerak barang", "Keluhan"):
        assert len(book.get_sheet_by_name(name).to_python()) == 2


def test_making_it_is_recorded_on_the_order_and_as_a_reading_of_names(order: Order) -> None:
    export = made(order)
    record = Record.objects.get(deed=EXPORTED)
    assert (record.subject, record.actor) == (order.key, "person:1")
    assert export.sha256 in record.content
    named = {key for key in table(export, "names") if key.startswith("person:") and key != "person:1"}
    noted = PersonalRead.objects.filter(reader="person:1").order_by("-pk").first()
    assert (noted.persons.count() if noted else 0) == len(named)


def test_two_of_them_one_after_the_other_both_hold_and_the_second_has_the_record_of_the_first(
    order: Order,
) -> None:
    first, second = made(order), made(order)
    assert first.sha256 != second.sha256
    assert first.sha256 in json.dumps(table(second, "records"))


@pytest.mark.parametrize(
    "at_the_database",
    [
        lambda: Share.objects.filter(state="accepted", released_quantity=0).update(
            confirmed_quantity=1, quantity=1
        ),
        lambda: Record.objects.filter(deed="orders.share_accepted").update(actor="person:99"),
        lambda: Split.objects.filter(state="decided").update(input_hash="0" * 64),
        lambda: Due.objects.update(amount_rupiah=95_000),
        lambda: Move.objects.filter(to_place="accepted").update(quantity=8),
        lambda: PriceRow.objects.filter(receiver="maker").update(rupiah=84_999),
        lambda: LotMaker.objects.update(quantity=11),
        lambda: Movement.objects.update(quantity=13),
        lambda: Complaint.objects.update(replaced_quantity=1),
    ],
    ids=[
        *("a share", "a record", "a split", "a due", "a move"),
        *("a price", "a lot's maker", "a movement", "a complaint"),
    ],
)
def test_what_was_changed_by_hand_in_the_database_gives_no_dossier(
    order: Order, at_the_database: Any
) -> None:
    at_the_database()
    with pytest.raises(RuntimeError, match="does not hold"):
        made(order)
    assert not Export.objects.exists()


def test_the_totals_of_money_are_computed_again(order: Order) -> None:
    Standing.objects.update(due_rupiah=765_001, open_rupiah=715_001)
    with pytest.raises(RuntimeError, match="does not hold"):
        made(order)


def test_the_commands_write_list_and_verify(
    order: Order, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("orders", "--json")
    assert json.loads(capsys.readouterr().out)[0]["code"] == order.code
    file = tmp_path / "one.zip"
    call_command("dossier", order.code, "-o", str(file))
    call_command("dossier_key")
    key = capsys.readouterr().out.splitlines()[-1]
    call_command("verify_dossier", str(file))
    assert "asal belum terbukti" in capsys.readouterr().out
    call_command("verify_dossier", str(file), "--key", key)
    assert "Asal terbukti" in capsys.readouterr().out


def test_verifying_asks_no_database(order: Order, tmp_path: Path, django_assert_num_queries: Any) -> None:
    file = tmp_path / "one.zip"
    call_command("dossier", order.code, "-o", str(file))
    with django_assert_num_queries(0):
        call_command("verify_dossier", str(file))


def test_one_changed_byte_is_named_and_ends_with_a_fault(
    order: Order, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "one.zip"
    call_command("dossier", order.code, "-o", str(file))
    content = bytearray(file.read_bytes())
    content[content.index(b'"state":"declined"') + 10] ^= 1
    file.write_bytes(content)
    with pytest.raises(CommandError, match=order.code) as fault:
        call_command("verify_dossier", str(file))
    assert fault.value.returncode == 1
    assert "data/shares.json" in capsys.readouterr().out


def test_one_changed_byte_in_any_entry_of_a_real_dossier_is_found_and_its_entry_named(
    order: Order, tmp_path: Path
) -> None:
    """As many bytes of each entry, from a seed, as run in two seconds; within content the entry itself is named."""
    content = queries.path_of(made(order)).read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        entries = container.infolist()
    chance, changed = Random(20), tmp_path / "changed.zip"
    for entry in entries:
        start = entry.header_offset + 30 + len(entry.filename)
        for at in {start, start + entry.file_size - 1, start + chance.randrange(entry.file_size)}:
            broken = bytearray(content)
            broken[at] ^= chance.randrange(1, 256)
            changed.write_bytes(broken)
            try:
                places = {fault.place for fault in verify(changed).faults}
            except NotADossier as error:
                places = {str(error).split(" ", 1)[0]}
            named = (
                {entry.filename, "signature.txt"} if entry.filename == "manifest.json" else {entry.filename}
            )
            assert places & named, (entry.filename, at)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_changed_byte_anywhere_of_a_real_dossier_is_found(
    data: st.DataObject, real: bytes, tmp_path: Path
) -> None:
    broken = bytearray(real)
    broken[data.draw(st.integers(0, len(real) - 1))] ^= data.draw(st.integers(1, 255))
    changed = tmp_path / "changed.zip"
    changed.write_bytes(broken)
    try:
        assert verify(changed).faults
    except NotADossier as error:
        assert "manifest.json" in str(error)


def test_what_cannot_be_done_is_said(order: Order, tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    other.write_bytes(b"nothing")
    for command in (
        ("dossier", "PSN-0", "-o", str(tmp_path / "x.zip")),
        ("dossier", order.code, "-o", str(tmp_path / "no" / "x.zip")),
        ("verify_dossier", str(other)),
        ("verify_dossier", str(tmp_path / "none.zip")),
        ("verify_dossier", str(other), "--key", "wrong"),
    ):
        with pytest.raises(CommandError):
            call_command(*command)


def test_every_fault_has_a_sentence_in_both_languages() -> None:
    assert set(WORDS) == set(SENTENCES)
    numbers = {"delivered": 3, "held": 2}
    sentence = sentence_of(Finding("delivered_over", "share:1", numbers))
    assert "share:1" in sentence
    assert "3" in sentence


def test_from_the_page_it_is_made_apart_and_handed_out(
    order: Order, django_capture_on_commit_callbacks: Any
) -> None:
    people = cast()
    officer = office.signed_in(people.officer)
    page = f"/pesanan/{order.code}/berkas-lengkap/"
    assert page in officer.get(order.get_absolute_url()).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        started = officer.post(page)
    export = Export.objects.get()
    assert export.get_absolute_url() in officer.get(started.url, follow=True).redirect_chain[-1][0]
    assert export.sha256 in officer.get(export.get_absolute_url()).content.decode()
    answer = officer.get(f"{export.get_absolute_url()}unduh/")
    assert b"".join(answer.streaming_content) == queries.path_of(export).read_bytes()
    assert answer["Cache-Control"] == "private, no-store"
    queries.path_of(export).unlink()
    assert officer.get(f"{export.get_absolute_url()}unduh/").status_code == 404


def verified(client: Client, content: bytes, key: str = "") -> str:
    sent = SimpleUploadedFile("one.zip", content, "application/zip")
    answer = client.post("/periksa-berkas/", {"file": sent, "key": key}, headers={"accept-language": "id"})
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def test_the_page_verifies_what_somebody_brought(order: Order) -> None:
    auditor = office.signed_in(cast().auditor)
    content = queries.path_of(made(order)).read_bytes()
    assert "asal belum terbukti" in verified(auditor, content)
    assert "asalnya terbukti" in verified(auditor, content, str(queries.signer().public))
    assert "data/shares.json" in verified(
        auditor, content.replace(b'"state":"declined"', b'"state":"declinee"')
    )
    assert "bukan berkas lengkap" in verified(auditor, b"nothing").lower()
    assert "lumbung-ed25519" in verified(auditor, content, "wrong")


ROLES = ("officer", "decider", "auditor", "regency_officer", "maker", "buyer", "stranger")
READ = dict.fromkeys(("officer", "decider", "auditor"), 200)
PAGES = {
    "/pesanan/{code}/berkas-lengkap/": READ,
    "/pesanan/{code}/berkas-lengkap/{pk}/": READ,
    "/pesanan/{code}/berkas-lengkap/{pk}/unduh/": READ,
    "/periksa-berkas/": READ,
    "/kunci/": dict.fromkeys(ROLES, 200),
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", PAGES)
def test_who_may_open_what(order: Order, page: str, role: str) -> None:
    people, export = cast(), made(order)
    client = office.signed_in(getattr(people, role))
    answer = client.get(page.format(code=order.code, pk=export.pk))
    answer.close()
    assert answer.status_code == PAGES[page].get(role, 403)


def test_visitors_see_the_key_and_nothing_else(order: Order, client: Client) -> None:
    assert str(queries.signer().public) in client.get("/kunci/").content.decode()
    for page in ("/periksa-berkas/", f"/pesanan/{order.code}/berkas-lengkap/"):
        assert client.get(page).status_code == 302


def test_a_key_that_signed_before_stays_published(order: Order, settings: Any) -> None:
    made(order)
    before = str(queries.signer().public)
    settings.SECRET_KEY = "another secret of this installation, long enough for everybody"
    keys = [key for key, _since in queries.published_keys()]
    assert keys == [str(queries.signer().public), before]
