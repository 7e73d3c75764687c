"""From the cells of a row to what it tells of a maker."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import formats
from foundation.sheets import Row, Table
from lumbung.makers.choices import RemarkKind
from lumbung.makers.rules.imports.cells import Odd
from lumbung.makers.rules.imports.columns import GOODS_A_ROW, left_aside
from lumbung.makers.rules.imports.known import Cell, Kinds, Remark, Told, ToldGood
from lumbung.makers.rules.imports.places import Places
from lumbung.makers.rules.spelling import tidy_account

Say = Callable[[int, int], None]
SAID_EACH = 500
DIRECT = (
    "kind",
    "salutation",
    "hamlet",
    "house",
    "bank_name",
    "households",
    "members",
    "last_made_on",
    "state",
)
"""Fields that are taken from their cell as they are."""


@dataclass
class Reading:
    """All rows as they were understood, in order, and what is to be said about them."""

    table: Table
    told: list[Told] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)
    """Rows that stay out."""
    hangs_on: dict[int, int] = field(default_factory=dict)
    """A row without a name of its own → the row whose maker it goes on telling."""
    owners_are_named: bool = True
    """Whether a column names the owners; otherwise the name of the business stands for each."""

    def fault(self, cell: Cell, sentence: str) -> None:
        self._say(cell, RemarkKind.FAULT, sentence)
        self.bad.add(cell.row)

    def warn(self, cell: Cell, sentence: str) -> None:
        self._say(cell, RemarkKind.WARNING, sentence)

    def _say(self, cell: Cell, kind: RemarkKind, sentence: str) -> None:
        place = self.table.places.get(cell.key)
        if place is None:
            self.remarks.append(Remark(cell.row, 0, "", "", kind, sentence))
            return
        heading, name = self.table.heading_at(place), self.table.grid.cell(cell.row, place)
        self.remarks.append(Remark(cell.row, place, heading[:120], name, kind, sentence))

    @property
    def rows(self) -> int:
        return len(self.told)


def why_not_table(table: Table) -> str | None:
    """The reason why nothing in a sheet can be taken in, or None."""
    has = table.places.keys()
    if not has:
        return _(
            "No heading of a list of makers is in the first rows of any sheet. "
            "Download the empty template and copy the rows into it."
        )
    if not has & {"business", "bare_name", "number"}:
        return _("The column with the name of the business is missing. Call it: Name of the business.")
    if not has & {"village", "village_code", "number"}:
        return _("The column with the village is missing. Call it: Village.")
    if not table.every_row:
        return _("There are headings, and no row below them.")
    return None


def read_rows(table: Table, *, places: Places, kinds: Kinds, say: Say = lambda done, total: None) -> Reading:
    """Read every row, also those with a wrong cell, so that all their faults are said at once."""
    reading = Reading(table)
    _say_faults_of_cells(reading)
    reader = _Reader(reading, places, kinds)
    rows = table.every_row
    for done, row in enumerate(rows):
        if done % SAID_EACH == 0:
            say(done, len(rows))
        reading.told.append(reader.read(row))
    return reading


def _say_faults_of_cells(reading: Reading) -> None:
    table = reading.table
    for fault in table.faults:
        heading = table.heading_at(fault.place)[:120]
        if fault.row == table.heading_row:
            sentence = _("%(fault)s The first was read.") % {"fault": fault.sentence}
            kind = RemarkKind.WARNING
        else:
            sentence, kind = fault.sentence, RemarkKind.FAULT
            reading.bad.add(fault.row)
        reading.remarks.append(Remark(fault.row, fault.place, heading, fault.cell, kind, sentence))
    unknown = left_aside(table.unknown)
    if unknown:
        sentence = ngettext(
            "This column was not read: %(headings)s.",
            "These columns were not read: %(headings)s.",
            len(unknown),
        ) % {"headings": ", ".join(unknown)[:400]}
        reading.remarks.append(Remark(table.heading_row, 0, "", "", RemarkKind.WARNING, sentence))


class _Reader:
    """Reads one row after the other."""

    def __init__(self, reading: Reading, places: Places, kinds: Kinds) -> None:
        self.reading, self.places, self.kinds = reading, places, kinds
        has = reading.table.places
        self.name_key = "business" if "business" in has else "bare_name"
        self.owner_key = self._owner_key()
        reading.owners_are_named = self.owner_key != self.name_key
        self.goods_ends = [
            end
            for end in ("", *(f"_{place}" for place in range(2, GOODS_A_ROW + 1)))
            if has.keys() & {f"{key}{end}" for key in ("goods", "price", "capacity", "capacity_month", "lot")}
        ]
        self.head: int | None = None

    def _owner_key(self) -> str:
        has = self.reading.table.places
        if "owner" in has:
            return "owner"
        if "business" in has and "bare_name" in has:
            return "bare_name"
        if "number" not in has:
            cell = Cell(self.reading.table.heading_row, "owner")
            self.reading.warn(
                cell, _("No column names the owners: the name of the business stands for each.")
            )
        return self.name_key

    def read(self, row: Row) -> Told:
        told = Told(row.number, rows=[row.number], wrong=row.wrong)
        goes_on = self._goes_on(row)
        if goes_on and self.head is not None:
            self.reading.hangs_on[row.number] = self.head
        else:
            self.head = row.number
            self._read_who(row, told)
            self._read_village(row, told)
        self._read_direct(row, told)
        for end in self.goods_ends:
            self._read_good(row, told, end)
        return told

    def _goes_on(self, row: Row) -> bool:
        """A row with goods and nothing of who makes them: the cells above may be joined to one."""
        who = ("number", self.name_key, self.owner_key, "phone", "village", "village_code", "bank_account")
        if row.wrong.intersection(who) or any(row[key] for key in who):
            return False
        return any(row[f"goods{end}"] for end in self.goods_ends)

    def _put(self, told: Told, row: Row, name: str, key: str) -> None:
        value = row[key]
        if isinstance(value, Odd):
            self.reading.warn(Cell(row.number, key), value.sentence)
            value = value.value or None
        if value is not None:
            told.fields[name] = value
            told.cells[name] = Cell(row.number, key)

    def _read_who(self, row: Row, told: Told) -> None:
        self._put(told, row, "number", "number")
        self._put(told, row, "name", self.name_key)
        if self.owner_key != self.name_key:
            self._put(told, row, "owner", self.owner_key)
        if not (told.get("name") or told.get("number") or row.wrong & {self.name_key, "number"}):
            self.reading.fault(Cell(row.number, self.name_key), _("Write the name of the workshop or group."))

    def _read_direct(self, row: Row, told: Told) -> None:
        for key in (*DIRECT, "phone", "nib", "bank_account"):
            if key in row.values:
                self._put(told, row, key, key)
        if "bank_account" in told.fields:
            told.fields["bank_account"] = tidy_account(told.fields["bank_account"])

    def _read_village(self, row: Row, told: Told) -> None:
        asked = {name: row[name] or "" for name in ("village", "district", "regency")}
        code = row["village_code"] or ""
        key = "village_code" if code and not asked["village"] else "village"
        if row.wrong & {"village", "village_code", "district", "regency"}:
            return
        if not (asked["village"] or code):
            if not told.get("number"):
                self.reading.fault(Cell(row.number, key), _("Write the village."))
            return
        try:
            found, remark = self.places.find(**asked, code=code)
        except ValueError as fault:
            self.reading.fault(Cell(row.number, key), str(fault))
            return
        told.fields["village"], told.cells["village"] = found, Cell(row.number, key)
        if remark:
            self.reading.warn(told.cells["village"], remark)

    def _read_good(self, row: Row, told: Told, end: str) -> None:
        """A good whose kind is not understood is told all the same, so that its numbers are looked at too."""
        numbers = [f"{key}{end}" for key in ("price", "capacity", "capacity_month", "lot")]
        if not row[f"goods{end}"] and not any(row[key] is not None or key in row.wrong for key in numbers):
            return
        kind = self._kind(row, f"goods{end}")
        if kind:
            self._check_unit(row, kind, f"unit{end}")
        good = ToldGood(kind, row[f"price{end}"], self._capacity(row, end), row[f"lot{end}"], row.number, end)
        told.goods.append(good)

    def _kind(self, row: Row, key: str) -> str:
        if not row[key]:
            if key not in row.wrong:
                self.reading.fault(Cell(row.number, key), _("Write what is made."))
            return ""
        try:
            return self.kinds.find(row[key])
        except ValueError as fault:
            self.reading.fault(Cell(row.number, key), str(fault))
            return ""

    def _check_unit(self, row: Row, kind: str, key: str) -> None:
        if row[key] and (reason := self.kinds.why_not_unit(row[key], kind)):
            self.reading.fault(Cell(row.number, key), reason)

    def _capacity(self, row: Row, end: str) -> int | None:
        weekly: int | None = row[f"capacity{end}"]
        monthly: int | None = row[f"capacity_month{end}"]
        if weekly is not None or monthly is None:
            return weekly
        taken = monthly * 12 // 52
        sentence = _("%(monthly)s a month were taken as %(weekly)s a week.") % {
            "monthly": formats.number(monthly),
            "weekly": formats.number(taken),
        }
        self.reading.warn(Cell(row.number, f"capacity_month{end}"), sentence)
        return taken


def grouped_key(told: Told, name_key: Callable[[str], str]) -> tuple[Any, ...] | None:
    """Rows with the same key tell of one maker; None where too little is known to say so."""
    if told.get("number"):
        return ("number", told.get("number"))
    if not (told.get("name") and told.get("village")):
        return None
    who = told.get("phone") or f"~{name_key(told.get('owner') or '')}"
    return (name_key(told.get("name")), told.get("village"), who)
