"""What a bank file says byte by byte, how a statement is read, and what fits together: no database."""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.reading import read_date, read_rupiah
from foundation.sheets import Column, Grid, Table, read_table
from lumbung.banking.choices import FileState, Likeness
from lumbung.money.rules import tidy_number

HEADINGS = ("referensi", "bank", "nomor_rekening", "atas_nama", "jumlah_rupiah", "keterangan")
"""The words of the file, whatever the language of the screen: the bank's program reads them."""


class Transfer(Protocol):
    """A row as it goes to the bank."""

    reference: str
    bank: str
    account_number: str
    holder: str
    amount_rupiah: int


def csv_of(rows: Iterable[Transfer], *, about: str) -> bytes:
    """The bytes of a bank file: semicolons, whole rupiah, rows in their order. The same rows give the same bytes."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(HEADINGS)
    for row in rows:
        cells = (row.reference, row.bank, row.account_number, row.holder, row.amount_rupiah, about)
        writer.writerow([_plain(str(cell)) for cell in cells])
    return written.getvalue().encode()


def _plain(cell: str) -> str:
    """No cell begins like a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _words(written: object) -> str:
    return " ".join(str(written).split())[:300]


def _amount(written: object) -> int:
    text = re.sub(r"\s*(?:DB|DR|D)$", "", str(written).strip()) if isinstance(written, str) else written
    amount = read_rupiah(text)
    if amount < 0:
        amount = -amount
    return amount


COLUMNS = (
    Column(
        "booked_on",
        gettext_lazy("Date"),
        ("Tanggal", "Tgl", "Tanggal Transaksi", "Posting Date", "Date"),
        read=read_date,
    ),
    Column(
        "amount",
        gettext_lazy("Debit"),
        ("Debet", "Debit", "Jumlah", "Keluar", "Nominal", "Amount"),
        read=_amount,
        may_be_empty=True,
    ),
    Column(
        "account",
        gettext_lazy("Destination account"),
        ("Rekening Tujuan", "Nomor Rekening", "No Rekening", "Ke Rekening"),
        read=lambda written: tidy_number(_words(written)),
        required=False,
    ),
    Column(
        "text",
        gettext_lazy("Reference"),
        ("Referensi", "Keterangan", "Uraian", "Berita", "Deskripsi", "Description"),
        read=_words,
        may_be_empty=True,
    ),
)


@dataclass(frozen=True)
class Line:
    """Money that left the account, as a statement tells it."""

    number: int
    booked_on: date
    amount: int
    account: str
    text: str
    fingerprint: str


@dataclass(frozen=True)
class Read:
    """What a statement says: its lines, every fault, and how many rows brought money in or none."""

    lines: list[Line]
    faults: list[str]
    left_aside: int


def read_statement(grids: Sequence[Grid]) -> Read:
    """All lines of a statement, or all of its faults in one pass."""
    table = read_table(grids, COLUMNS)
    if table.faults:
        return Read([], [str(fault) for fault in table.faults], 0)
    return _lines(table)


def _lines(table: Table) -> Read:
    lines: list[Line] = []
    seen: dict[str, int] = {}
    for row in table.rows:
        if not row["amount"]:
            continue
        told = f"{row['booked_on']}|{row['amount']}|{row['account'] or ''}|{row['text'] or ''}"
        seen[told] = seen.get(told, 0) + 1
        lines.append(
            Line(
                row.number,
                row["booked_on"],
                row["amount"],
                (row["account"] or "")[:40],
                row["text"] or "",
                hash_of(f"{told}|{seen[told]}".encode()),
            )
        )
    faults = [] if lines else [_("No row takes money out of the account.")]
    return Read(lines, faults, len(table.rows) - len(lines))


class Booked(Protocol):
    """A line of a statement."""

    amount_rupiah: int
    account_number: str
    text: str


def likeness_of(line: Booked, row: Transfer) -> Likeness | None:
    """What a line and a row have in common; None unless the amount and one thing more are the same."""
    if line.amount_rupiah != row.amount_rupiah:
        return None
    account = bool(line.account_number) and line.account_number == row.account_number
    reference = tidy_number(row.reference) in tidy_number(line.text)
    if account and reference:
        return Likeness.ALL
    if account:
        return Likeness.ACCOUNT
    return Likeness.REFERENCE if reference else None


def why_not_file(rows: int) -> str | None:
    return None if rows else _("Choose at least one payment with a confirmed account.")


def why_not_withdraw(state: str, reason: str, *, paid: int) -> str | None:
    """The reason why a bank file stays, or None."""
    if state != FileState.OPEN:
        return _("This file is no longer waiting for the bank.")
    if paid:
        return _("A part of it is paid already.")
    return None if reason.strip() else _("Write why it is withdrawn.")


def why_not_match(*, is_matched: bool, is_open: bool, likeness: Likeness | None) -> str | None:
    """The reason why a line did not pay a row, or None."""
    if is_matched:
        return _("This line is matched already.")
    if not is_open:
        return _("This row is not waiting for the bank.")
    return None if likeness else _("Amount and account or reference do not fit.")
