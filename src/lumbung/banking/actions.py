"""Making and withdrawing bank files, reading statements, saying what a line of them paid."""

from collections.abc import Collection
from io import BytesIO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Refused, refuse
from foundation.sheets import UnreadableFile, open_grids
from lumbung.banking import queries, rules
from lumbung.banking.choices import (
    FILE_MADE,
    FILE_TAKEN_OUT,
    FILE_WITHDRAWN,
    LINE_MATCHED,
    STATEMENT_READ,
    FileState,
)
from lumbung.banking.models import BankFile, BankFileRow, Statement, StatementLine
from lumbung.banking.queries import Payable
from lumbung.money.actions import record_payment
from lumbung.money.models import Payment, Standing
from lumbung.records.actions import leave_record


class Faulty(Refused):
    """A statement that cannot be read: every fault of it."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(_("The statement was not taken in."), field="file")
        self.faults = faults


def make_file(*, payer: str, chosen: Collection[str], by: str, is_demo: bool = False) -> BankFile:
    """A file for the bank of what was chosen (`share:7|party:3`), with the amounts that may be paid now.

    What stands in another open file, or has no confirmed account, is refused with its name.
    """
    with transaction.atomic():
        shares = [key.partition("|")[0] for key in chosen]
        list(Standing.objects.select_for_update().filter(share__in=shares).order_by("pk"))
        rows = [one for one in queries.payable(payer) if one.key in set(chosen) and one.amount > 0]
        for one in rows:
            _refuse_row(one)
        refuse(rules.why_not_file(len(rows)), field="chosen")
        code = queries.next_code()
        new = [_row(one, code, number) for number, one in enumerate(rows, start=1)]
        content = rules.csv_of(new, about=code)
        file = BankFile.objects.create(
            code=code,
            payer=payer,
            count=len(new),
            total_rupiah=sum(row.amount_rupiah for row in new),
            hash=rules.hash_of(content),
            made_by=by,
            is_demo=is_demo,
        )
        for row in new:
            row.file = file
        try:
            with transaction.atomic():
                BankFileRow.objects.bulk_create(new)
        except IntegrityError:
            raise Refused(_("One of them stands in another open file."), field="chosen") from None
        told = {"count": file.count, "total": file.total_rupiah, "hash": file.hash, "payer": payer}
        leave_record(subject=file.key, deed=FILE_MADE, by=by, content=told)
    return file


def _refuse_row(one: Payable) -> None:
    if one.in_file:
        raise Refused(
            _("One of them stands in the open file %(file)s.") % {"file": one.in_file}, field="chosen"
        )
    if one.account is None:
        raise Refused(_("One of them has no confirmed account."), field="chosen")


def _row(one: Payable, code: str, number: int) -> BankFileRow:
    assert one.account is not None
    return BankFileRow(
        number=number,
        reference=f"{code}-{number:03d}",
        share=one.standing.share,
        payee=one.payee,
        account=one.account,
        bank=one.account.bank,
        account_number=one.account.number,
        holder=one.account.holder,
        amount_rupiah=one.amount,
    )


def take_out(*, file: BankFile, by: str) -> bytes:
    """The bytes of a file, computed again from its rows; refused when they are not what was sealed."""
    content = rules.csv_of(queries.rows_of(file), about=file.code)
    if rules.hash_of(content) != file.hash:
        raise Refused(
            _("The rows of this file are not what was sealed. Tell whoever looks after the server.")
        )
    with transaction.atomic():
        leave_record(subject=file.key, deed=FILE_TAKEN_OUT, by=by, content={"hash": file.hash})
    return content


def withdraw_file(*, file: BankFile, reason: str, by: str) -> BankFile:
    """A file is not sent, or the bank refused it: its rows may go into another. Twice is once."""
    with transaction.atomic():
        file = BankFile.objects.select_for_update().get(pk=file.pk)
        if file.state == FileState.WITHDRAWN:
            return file
        paid = file.rows.filter(payment__isnull=False).count()
        refuse(rules.why_not_withdraw(file.state, reason, paid=paid), field="reason")
        file.state, file.withdrawn_at, file.withdrawn_by = FileState.WITHDRAWN, clock.now(), by
        file.withdrawn_reason = " ".join(reason.split())[:200]
        file.save(update_fields=["state", "withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        file.rows.update(is_open=False)
        content = {"reason": file.withdrawn_reason}
        leave_record(subject=file.key, deed=FILE_WITHDRAWN, by=by, content=content)
    return file


def read_statement(*, content: bytes, name: str, by: str, is_demo: bool = False) -> Statement:
    """Take a statement in whole, or refuse it with every fault; the same file again is the same statement.

    A line that another statement told already is not taken in twice.
    """
    hash_ = rules.hash_of(content)
    try:
        read = rules.read_statement(open_grids(BytesIO(content)))
    except UnreadableFile as fault:
        raise Faulty([str(fault)]) from None
    if read.faults:
        raise Faulty(read.faults)
    with transaction.atomic():
        if known := Statement.objects.filter(hash=hash_).first():
            return known
        statement = Statement.objects.create(hash=hash_, name=name[:200], read_by=by, is_demo=is_demo)
        prints = [line.fingerprint for line in read.lines]
        told = set(StatementLine.objects.filter(fingerprint__in=prints).values_list("fingerprint", flat=True))
        new = [line for line in read.lines if line.fingerprint not in told]
        StatementLine.objects.bulk_create(
            StatementLine(
                statement=statement,
                number=line.number,
                booked_on=line.booked_on,
                amount_rupiah=line.amount,
                account_number=line.account,
                text=line.text,
                fingerprint=line.fingerprint,
            )
            for line in new
        )
        statement.lines_count = len(new)
        statement.left_aside = read.left_aside + len(read.lines) - len(new)
        statement.save(update_fields=["lines_count", "left_aside"])
        content_told = {"count": len(new), "left_aside": statement.left_aside, "hash": hash_}
        leave_record(subject=statement.key, deed=STATEMENT_READ, by=by, content=content_told)
    return statement


def confirm_match(*, line: StatementLine, row: BankFileRow, by: str) -> Payment:
    """A person says that this line paid this row: the payment is recorded, proved by the line. Twice is once."""
    with transaction.atomic():
        file = BankFile.objects.select_for_update().get(pk=row.file_id)
        row = BankFileRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
        line = StatementLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
        if line.row_id == row.pk and row.payment is not None:
            return row.payment
        likeness = rules.likeness_of(line, row)
        refuse(
            rules.why_not_match(is_matched=line.row_id is not None, is_open=row.is_open, likeness=likeness)
        )
        payment = record_payment(
            payer=file.payer,
            payee=row.payee,
            paid_on=line.booked_on,
            shares={row.share: row.amount_rupiah},
            account=row.account,
            reference=f"{row.reference} {line.text}"[:120],
            entry_key=f"statement_line:{line.pk}",
            is_demo=file.is_demo,
            by=by,
        )
        row.payment, row.is_open = payment, False
        row.save(update_fields=["payment", "is_open"])
        line.row, line.matched_at, line.matched_by = row, clock.now(), by
        line.save(update_fields=["row", "matched_at", "matched_by"])
        if not file.rows.filter(is_open=True).exists():
            file.state = FileState.PAID
            file.save(update_fields=["state"])
        content = {"line": line.number, "reference": row.reference, "payment": payment.key}
        leave_record(subject=line.statement.key, deed=LINE_MATCHED, by=by, content=content)
    return payment
