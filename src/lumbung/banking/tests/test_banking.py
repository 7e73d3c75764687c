"""Bank files and statements: exact sums, one open file for a payment, each match said by a person."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from foundation import clock
from foundation.errors import Refused
from foundation.sheets import Workbook, open_grids
from foundation.sheets.writing import Heading
from lumbung.banking import actions, queries, rules
from lumbung.banking.models import BankFile, BankFileRow, Statement, StatementLine
from lumbung.money import actions as money
from lumbung.money.choices import ClaimKind
from lumbung.money.models import Payment, Standing
from lumbung.money.tests.factories import BY, account, due, payee, payer
from lumbung.organisations.tests.factories import cast, party
from lumbung.people.models import PersonalRead
from lumbung.records.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def owed():
    """Two shares of one payer, and a claim on the first; everybody with a confirmed account."""
    buyer, first, second, shop = payer(), payee("Sahnim"), payee("Rohani"), party("Toko Kain")
    due(1_000_000, share="share:1", of=first, pays=buyer)
    due(400_000, share="share:2", of=second, pays=buyer)
    money.register_claim(
        share="share:1",
        kind=ClaimKind.MATERIAL,
        holder=shop.key,
        confirmed_rupiah=300_000,
        basis="Nota",
        by=BY,
    )
    account(first, "1111111111"), account(second, "2222222222"), account(shop, "3333333333")
    return buyer


def everything(buyer):
    return [one.key for one in queries.payable(buyer.key)]


def made(buyer, chosen=None):
    return actions.make_file(payer=buyer.key, chosen=chosen or everything(buyer), by=BY)


def sheet(*rows, heading="Tanggal;Debet;Rekening Tujuan;Keterangan"):
    return "\r\n".join([heading, *rows]).encode()


def said(row, *, amount=None, number=None, text=None):
    day = f"{clock.today():%d/%m/%Y}"
    return f"{day};{amount or row.amount_rupiah};{number or row.account_number};{text or row.reference}"


def test_a_file_holds_what_may_be_paid_by_rank_and_its_sum_is_exact(owed):
    file = made(owed)
    rows = {row.payee: row.amount_rupiah for row in file.rows.all()}
    assert sorted(rows.values()) == [300_000, 400_000, 700_000]
    assert (file.total_rupiah, file.count) == (1_400_000, 3)
    text = actions.take_out(file=file, by=BY).decode()
    assert sum(int(line.split(";")[4]) for line in text.splitlines()[1:]) == file.total_rupiah
    assert "3333333333" in text
    deeds = list(Record.objects.filter(subject=file.key).order_by("id").values_list("deed", flat=True))
    assert deeds == ["banking.file_made", "banking.file_taken_out"]


def test_a_file_whose_rows_were_changed_does_not_come_out(owed):
    file = made(owed)
    BankFileRow.objects.filter(file=file, number=1).update(account_number="9999999999")
    with pytest.raises(Refused, match="sealed"):
        actions.take_out(file=file, by=BY)


def test_a_payment_stands_in_one_open_file_only(owed):
    file, chosen = made(owed), everything(owed)
    with pytest.raises(Refused, match=file.code):
        made(owed, chosen)
    row = file.rows.all()[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        BankFileRow.objects.create(
            file=file,
            number=99,
            reference="x",
            share=row.share,
            payee=row.payee,
            account=row.account,
            amount_rupiah=1,
        )
    actions.withdraw_file(file=file, reason="Bank menolak", by=BY)
    actions.withdraw_file(file=file, reason="Lagi", by=BY)
    assert made(owed, chosen).code != file.code


def test_nobody_without_a_confirmed_account_goes_into_a_file(owed):
    third = payee("Nurul")
    due(50_000, share="share:3", of=third, pays=owed)
    with pytest.raises(Refused, match="no confirmed account"):
        made(owed)
    with pytest.raises(Refused, match="at least one"):
        actions.make_file(payer=owed.key, chosen=["share:9|party:9"], by=BY)
    assert BankFile.objects.count() == 0


def test_a_statement_is_read_once_and_the_same_file_again_changes_nothing(owed):
    row = made(owed).rows.all()[0]
    content = sheet(said(row), f"{clock.today():%d/%m/%Y};;;Setoran masuk")
    first = actions.read_statement(content=content, name="mutasi.csv", by=BY)
    again = actions.read_statement(content=content, name="lain.csv", by=BY)
    assert (first, first.lines_count, first.left_aside) == (again, 1, 1)
    overlapping = actions.read_statement(content=content + b"\r\n", name="mei.csv", by=BY)
    assert (overlapping.lines_count, StatementLine.objects.count()) == (0, 1)


def test_two_equal_lines_of_one_statement_are_two():
    line = "1/5/2026;5000;123456;Sama"
    statement = actions.read_statement(content=sheet(line, line), name="m.csv", by=BY)
    assert statement.lines_count == 2


def test_every_fault_of_a_statement_is_told_in_one_pass_and_nothing_is_taken_in():
    content = sheet("1/5/2026;seribu;1;a", "31/2/2026;1000;1;b", "1/5/2026;1000;1;c")
    with pytest.raises(actions.Faulty) as faulty:
        actions.read_statement(content=content, name="m.csv", by=BY)
    assert [fault.partition(" ")[0] for fault in faulty.value.faults] == ["B2", "A3"]
    with pytest.raises(actions.Faulty):
        actions.read_statement(content=sheet("1/5/2026;;1;masuk"), name="m.csv", by=BY)
    assert Statement.objects.count() == 0


def test_a_workbook_is_a_statement_too(owed):
    row = made(owed).rows.all()[0]
    target = BytesIO()
    with Workbook(target, mark="") as book:
        page = book.sheet("Mutasi", [Heading(words) for words in ("Tanggal", "Debet", "Uraian")])
        page.row([clock.today(), row.amount_rupiah, f"TRF {row.reference}"])
    statement = actions.read_statement(content=target.getvalue(), name="mutasi.xlsx", by=BY)
    proposed = queries.proposals(queries.lines_of(statement))[0]
    assert [(found.pk, like) for found, like in proposed.rows] == [(row.pk, "reference")]


def test_what_fits_is_proposed_and_only_a_person_makes_it_paid(owed):
    file = made(owed)
    rows = list(file.rows.all())
    statement = actions.read_statement(content=sheet(*map(said, rows)), name="m.csv", by=BY)
    proposed = queries.proposals(queries.lines_of(statement))
    assert [[like for _row, like in one.rows] for one in proposed] == [["all"]] * 3
    assert Payment.objects.count() == 0
    for one in proposed:
        payment = actions.confirm_match(line=one.line, row=one.rows[0][0], by=BY)
        assert payment == actions.confirm_match(line=one.line, row=one.rows[0][0], by=BY)
    assert BankFile.objects.get().state == "paid"
    assert set(Standing.objects.values_list("open_rupiah", flat=True)) == {0}
    assert Payment.objects.count() == 3


def test_a_line_that_fits_in_the_amount_only_matches_nothing(owed):
    row = made(owed).rows.all()[0]
    content = sheet(said(row, number="777777", text="Belanja"), said(row, amount=row.amount_rupiah + 1))
    statement = actions.read_statement(content=content, name="m.csv", by=BY)
    for one in queries.proposals(queries.lines_of(statement)):
        assert one.rows == []
        with pytest.raises(Refused, match="do not fit"):
            actions.confirm_match(line=one.line, row=row, by=BY)


def test_a_line_pays_one_row_and_a_withdrawn_row_is_paid_by_none(owed):
    file = made(owed)
    first, second = file.rows.all()[:2]
    statement = actions.read_statement(content=sheet(said(first)), name="m.csv", by=BY)
    line = statement.lines.get()
    actions.confirm_match(line=line, row=first, by=BY)
    with pytest.raises(Refused, match="matched already"):
        actions.confirm_match(line=line, row=second, by=BY)
    with pytest.raises(Refused, match="paid already"):
        actions.withdraw_file(file=file, reason="x", by=BY)
    other = actions.read_statement(content=sheet(said(second)), name="n.csv", by=BY).lines.get()
    BankFileRow.objects.filter(pk=second.pk).update(is_open=False)
    with pytest.raises(Refused, match="not waiting"):
        actions.confirm_match(line=other, row=second, by=BY)


class Row:
    def __init__(self, number):
        self.reference, self.bank, self.holder = f"BNK-{number}", "=Bank", "Sahnim; Rohani"
        self.account_number, self.amount_rupiah = f"00{number}", number


@given(st.lists(st.integers(1, 10**15), max_size=20))
def test_the_same_rows_give_the_same_bytes_and_come_back_as_they_went(amounts):
    rows = [Row(amount) for amount in amounts]
    content = rules.csv_of(rows, about="BNK")
    assert rules.hash_of(content) == rules.hash_of(rules.csv_of(rows, about="BNK"))
    back = open_grids(BytesIO(content))[0].rows[1:]
    assert [(int(row[4]), row[2], row[1]) for row in back] == [(n, f"00{n}", "'=Bank") for n in amounts]


READERS = {"treasurer", "officer", "decider", "auditor"}


def test_pages_open_to_their_roles(owed):
    troupe, file = cast(), made(owed)
    statement = actions.read_statement(content=sheet(said(file.rows.all()[0])), name="m.csv", by=BY)
    keepers = {"treasurer"}
    pages = {
        reverse("banking:files"): READERS,
        reverse("banking:files_sheet"): READERS,
        reverse("banking:statements"): READERS,
        reverse("banking:statements_sheet"): READERS,
        file.get_absolute_url(): READERS,
        statement.get_absolute_url(): READERS,
        reverse("banking:new_file"): keepers,
        reverse("banking:choose", args=[owed.key]): keepers,
        reverse("banking:withdraw", args=[file.pk]): keepers,
    }
    for url, roles in pages.items():
        opened = set()
        for role, who in troupe.everybody():
            client = Client()
            client.force_login(who)
            answer = client.get(url)
            opened |= {role} if answer.status_code == 200 else set()
            answer.getvalue() if answer.streaming else None
        assert opened == roles, url
        assert Client().get(url).status_code == 302
    line = statement.lines.get()
    for url in (
        reverse("banking:download", args=[file.pk]),
        reverse("banking:match", args=[statement.pk, line.pk]),
    ):
        for role, who in troupe.everybody():
            client = Client()
            client.force_login(who)
            assert (client.post(url).status_code != 403) == (role in keepers), (url, role)
            assert client.get(url).status_code == 405


def test_the_whole_way_by_pages(owed):
    troupe, client = cast(), Client()
    client.force_login(troupe.treasurer)
    url = reverse("banking:choose", args=[owed.key])
    assert client.post(url, {"chosen": []}).status_code == 200
    client.post(url, {"chosen": everything(owed), "once": "a"})
    client.post(url, {"chosen": everything(owed), "once": "a"})
    file = BankFile.objects.get()
    page = client.get(file.get_absolute_url()).content.decode()
    assert "1111111111" not in page
    taken = client.post(reverse("banking:download", args=[file.pk]))
    assert rules.hash_of(taken.content) == file.hash
    assert PersonalRead.objects.count() == 0  # nobody answers for these makers
    wrong = SimpleUploadedFile("m.csv", sheet("kemarin;seribu;1;x"))
    told = client.post(reverse("banking:statements"), {"file": wrong}, headers={"accept-language": "en"})
    assert told.content.decode().count("2 (") == 2
    right = SimpleUploadedFile("m.csv", sheet(*map(said, file.rows.all())))
    address = client.post(reverse("banking:statements"), {"file": right}).url
    for one in queries.proposals(queries.lines_of(Statement.objects.get())):
        client.post(
            reverse("banking:match", args=[one.line.statement_id, one.line.pk]), {"row": one.rows[0][0].pk}
        )
    assert BankFile.objects.get().state == "paid"
    assert client.get(address).status_code == 200
    assert client.post(reverse("banking:withdraw", args=[file.pk]), {"reason": "x"}).status_code == 200


def test_what_may_be_paid_takes_as_many_queries_for_many_shares_as_for_one(owed, django_assert_num_queries):
    first = len(queries.payable(owed.key))
    for number in range(4, 14):
        maker = payee()
        account(maker)
        due(1000 + number, share=f"share:{number}", of=maker, pays=owed, days=number)
    with django_assert_num_queries(7):
        assert len(queries.payable(owed.key)) == first + 10
    late = due(5, share="share:99", of=payee(), pays=owed, pay_on=clock.today() - timedelta(days=1))
    assert queries.payable(owed.key)[0].standing.share == late.share
