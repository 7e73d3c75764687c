"""What a letter of each kind says: checked at birth, kept as plain facts; the words around it stand in its form."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import formats
from foundation.errors import refuse
from lumbung.letters.choices import LetterKind
from lumbung.letters.rules.spelling import spelled_out

MOST_RUPIAH = 10**15 - 1
MOST_EMPTY_ROWS = 200


@dataclass(frozen=True)
class Side:
    """Somebody who hands over, receives or signs: the name, as what, and where."""

    name: str
    role: str = ""
    address: str = ""


@dataclass(frozen=True)
class GoodsLine:
    """What is ordered or handed over: whole units, and whole rupiah a unit where there is a price."""

    name: str
    quantity: int
    unit: str
    price_rupiah: int | None = None
    note: str = ""

    @property
    def amount_rupiah(self) -> int:
        return self.quantity * (self.price_rupiah or 0)


@dataclass(frozen=True)
class InspectedLine:
    """What was found of delivered goods: the four counts make up what was delivered."""

    name: str
    unit: str
    delivered: int
    accepted: int
    rework: int = 0
    rejected: int = 0
    unchecked: int = 0
    note: str = ""


@dataclass(frozen=True)
class Deduction:
    """What is held back from an amount, such as a tax, and on which basis."""

    name: str
    amount_rupiah: int


@dataclass(frozen=True)
class Official:
    """Somebody of the office who is sent or who inspects."""

    name: str
    nip: str = ""
    position: str = ""


@dataclass(frozen=True, kw_only=True)
class Content:
    """What every letter may carry: enclosures (*lampiran*) and who gets a copy (*tembusan*)."""

    kind: ClassVar[LetterKind]
    enclosures: str = ""
    copies: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.check()

    def check(self) -> None:
        """Refuse what cannot stand in a letter, at the field where it stands."""
        raise NotImplementedError

    def facts(self) -> dict[str, Any]:
        """Text, whole numbers and lists, days as 2026-12-27: what the row keeps and the form prints."""
        told: dict[str, Any] = _plain(self)
        return told


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"A letter holds text, whole numbers and days, not {type(value).__name__}.")


def _need(**texts: str) -> None:
    """Each of these texts is written."""
    for field, text in texts.items():
        if not text.strip():
            refuse(_("Something is missing here: without it the letter does not hold."), field=field)


def _need_rows(**lists: Iterable[object]) -> None:
    for field, rows in lists.items():
        if not list(rows):
            refuse(_("Write at least one line here."), field=field)


def _check_goods(lines: Iterable[GoodsLine], *, priced: bool) -> None:
    for line in lines:
        _need(lines=line.name)
        if line.quantity < 1:
            refuse(_("%(goods)s: the quantity must be one or more.") % {"goods": line.name}, field="lines")
        if priced and (line.price_rupiah is None or not 0 < line.price_rupiah <= MOST_RUPIAH):
            refuse(_("%(goods)s: the price is missing.") % {"goods": line.name}, field="lines")


@dataclass(frozen=True, kw_only=True)
class SpkContent(Content):
    """A maker is asked to make a share of an order: what, until when, for how much."""

    kind = LetterKind.ORDER
    maker: Side
    order_code: str
    order_title: str
    lines: tuple[GoodsLine, ...]
    due_on: date
    delivery_place: str
    basis: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    def check(self) -> None:
        _need(maker=self.maker.name, order_code=self.order_code, delivery_place=self.delivery_place)
        _need_rows(lines=self.lines)
        _check_goods(self.lines, priced=True)
        _check_amount(self.total_rupiah, field="lines")

    @property
    def total_rupiah(self) -> int:
        return sum(line.amount_rupiah for line in self.lines)

    def facts(self) -> dict[str, Any]:
        words = spelled_out(self.total_rupiah)
        return super().facts() | {"total_rupiah": self.total_rupiah, "total_in_words": words}


@dataclass(frozen=True, kw_only=True)
class BastContent(Content):
    """Goods were handed over: by whom, to whom, how many."""

    kind = LetterKind.DELIVERY
    giver: Side
    receiver: Side
    order_code: str
    lines: tuple[GoodsLine, ...]
    delivered_on: date
    place: str
    order_letter: str = ""
    note: str = ""

    def check(self) -> None:
        _need(giver=self.giver.name, receiver=self.receiver.name, place=self.place)
        _need_rows(lines=self.lines)
        _check_goods(self.lines, priced=False)


@dataclass(frozen=True, kw_only=True)
class InspectionContent(Content):
    """Delivered goods were looked at: accepted, to be reworked, rejected, not yet looked at."""

    kind = LetterKind.INSPECTION
    maker: Side
    order_code: str
    inspected_on: date
    place: str
    inspectors: tuple[Official, ...]
    rows: tuple[InspectedLine, ...]
    note: str = ""

    def check(self) -> None:
        _need(maker=self.maker.name, place=self.place)
        _need_rows(rows=self.rows, inspectors=self.inspectors)
        for row in self.rows:
            refuse(why_not_counts(row), field="rows")


def why_not_counts(row: InspectedLine) -> str | None:
    """The reason why the counts of an inspection do not add up, or None."""
    counts = (row.accepted, row.rework, row.rejected, row.unchecked)
    if min(*counts, row.delivered) < 0 or sum(counts) != row.delivered:
        return _("%(goods)s: %(sum)s were counted, but %(delivered)s were delivered.") % {
            "goods": row.name,
            "sum": formats.number(sum(counts)),
            "delivered": formats.number(row.delivered),
        }
    return None


@dataclass(frozen=True, kw_only=True)
class ReceiptContent(Content):
    """Money changed hands: from whom, to whom, how much, for what, what was held back."""

    kind = LetterKind.RECEIPT
    payer: str
    receiver: Side
    amount_rupiah: int
    purpose: str
    paid_on: date
    way: str = ""
    deductions: tuple[Deduction, ...] = ()

    def check(self) -> None:
        _need(payer=self.payer, receiver=self.receiver.name, purpose=self.purpose)
        _check_amount(self.amount_rupiah, field="amount_rupiah")
        if any(each.amount_rupiah < 0 for each in self.deductions) or self.net_rupiah < 0:
            refuse(_("More is held back than there is."), field="deductions")

    @property
    def net_rupiah(self) -> int:
        return self.amount_rupiah - sum(each.amount_rupiah for each in self.deductions)

    def facts(self) -> dict[str, Any]:
        words = spelled_out(self.net_rupiah)
        return super().facts() | {"net_rupiah": self.net_rupiah, "net_in_words": words}


def _check_amount(amount: int, *, field: str) -> None:
    if not 0 < amount <= MOST_RUPIAH:
        refuse(_("An amount of 1 rupiah or more, and at most fifteen digits, belongs here."), field=field)


@dataclass(frozen=True, kw_only=True)
class AttendanceContent(Content):
    """A list to be signed: who was expected, and empty rows for who came besides."""

    kind = LetterKind.ATTENDANCE
    event: str
    held_on: date
    hours: str
    place: str
    people: tuple[Side, ...] = ()
    empty_rows: int = 0

    def check(self) -> None:
        _need(event=self.event, hours=self.hours, place=self.place)
        if not 0 <= self.empty_rows <= MOST_EMPTY_ROWS:
            most = MOST_EMPTY_ROWS
            told = ngettext("At most %(most)s empty row.", "At most %(most)s empty rows.", most)
            refuse(told % {"most": most}, field="empty_rows")
        if not self.people and not self.empty_rows:
            refuse(_("The list is empty: write names, or how many empty rows."), field="empty_rows")


@dataclass(frozen=True, kw_only=True)
class InvitationContent(Content):
    """People are asked to come: who, to what, when, where."""

    kind = LetterKind.INVITATION
    recipients: tuple[str, ...]
    event: str
    held_on: date
    hours: str
    place: str
    agenda: tuple[str, ...] = ()
    opening: str = ""
    note: str = ""

    def check(self) -> None:
        _need_rows(recipients=self.recipients)
        _need(event=self.event, hours=self.hours, place=self.place)


@dataclass(frozen=True, kw_only=True)
class AssignmentContent(Content):
    """People of the office are sent: on which basis, who, what for, when, where."""

    kind = LetterKind.ASSIGNMENT
    basis: tuple[str, ...]
    officials: tuple[Official, ...]
    task: str
    place: str
    starts_on: date
    ends_on: date
    paid_from: str = ""

    def check(self) -> None:
        _need_rows(basis=self.basis, officials=self.officials)
        _need(task=self.task, place=self.place)
        if self.ends_on < self.starts_on:
            refuse(_("It cannot end before it begins."), field="ends_on")
