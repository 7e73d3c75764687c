"""From a grid of cells to rows that mean something, with every fault found in one pass."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.sheets.files import Cell, Grid

HEADING_WITHIN = 20
"""Rows at the top in which the headings may stand: letters and titles come first in many workbooks."""


@dataclass(frozen=True)
class Column:
    """A column to look for: its heading on screen, other words for it, and how a cell of it is read."""

    key: str
    heading: str | Promise
    synonyms: tuple[str, ...]
    read: Callable[[Any], Any] = lambda written: str(written).strip()
    required: bool = True
    may_be_empty: bool = False


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong, where, and in one sentence."""

    row: int
    place: int
    column: str
    cell: str
    sentence: str

    def __str__(self) -> str:
        where = f"{self.cell} ({self.column})" if self.cell and self.column else self.cell or self.column
        return f"{where}: {self.sentence}" if where else self.sentence


@dataclass
class Row:
    """A row by its number in the sheet; values by the key of their column, None where optional and empty."""

    number: int
    values: dict[str, Any]
    places: dict[str, int] = field(repr=False)

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)


@dataclass
class Table:
    """The rows understood whole, the faults of all others, and the headings that were left aside."""

    grid: Grid
    columns: Sequence[Column]
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def add_fault(self, row: Row, key: str, sentence: str) -> None:
        """Add what only several cells together show."""
        place = row.places.get(key, 0)
        heading = next(str(column.heading) for column in self.columns if column.key == key)
        cell = self.grid.cell(row.number, place) if key in row.places else ""
        self.faults.append(Fault(row.number, place, heading, cell, sentence))

    def add_general_fault(self, sentence: str) -> None:
        self.faults.append(Fault(1, 0, "", "", sentence))


def read_table(grids: Sequence[Grid], columns: Sequence[Column]) -> Table:
    """Read the sheet whose headings are known best; columns may stand in any order."""
    words = _words(columns)
    found = max((_headings(grid, words) for grid in grids), key=lambda found: found.rank, default=None)
    if found is None or not found.score:
        sentence = _("No known heading is in the first rows. Expected: %(headings)s.") % {
            "headings": ", ".join(str(column.heading) for column in columns if column.required)
        }
        return Table(Grid("", []), columns, faults=[Fault(1, 0, "", "", sentence)])
    table = Table(found.grid, columns)
    places = _places(found, columns, table)
    for number, cells in enumerate(found.grid.rows[found.row :], start=found.row + 1):
        if any(not _empty(cell) for cell in cells):
            _read_row(table, number, cells, places)
    table.faults.sort()
    return table


@dataclass
class _Found:
    grid: Grid
    row: int
    keys: list[str | None]

    @property
    def score(self) -> int:
        return len(set(self.keys) - {None})

    @property
    def rank(self) -> tuple[int, bool]:
        """Most headings first, then whether anything stands below them."""
        return self.score, any(not _empty(cell) for cells in self.grid.rows[self.row :] for cell in cells)


def _words(columns: Iterable[Column]) -> dict[str, str]:
    return {
        _normal(word): column.key
        for column in columns
        for word in (str(column.heading), *column.synonyms, column.key)
    }


def _normal(heading: object) -> str:
    """Letters and digits only: case, spaces, accents and punctuation do not count."""
    decomposed = unicodedata.normalize("NFKD", str(heading)).casefold()
    return re.sub(r"[^a-z0-9]", "", decomposed)


def _headings(grid: Grid, words: dict[str, str]) -> _Found:
    """The row with most known headings among the first; `row` counts from one."""
    rows = enumerate(grid.rows[:HEADING_WITHIN], start=1)
    found = [_Found(grid, number, [_key(cell, words) for cell in cells]) for number, cells in rows]
    return max(found, key=lambda one: one.score)


def _key(cell: Cell, words: dict[str, str]) -> str | None:
    """A unit in brackets or behind a slash need not be known: *Harga (Rp)*, *Harga/lembar*."""
    if not isinstance(cell, str):
        return None
    return words.get(_normal(cell)) or words.get(_normal(re.split(r"[(\[/]", cell)[0]))


def _places(found: _Found, columns: Sequence[Column], table: Table) -> dict[str, int]:
    places: dict[str, int] = {}
    cells = found.grid.rows[found.row - 1]
    for place, key in enumerate(found.keys):
        if key is None:
            table.unknown += [str(cells[place]).strip()] if not _empty(cells[place]) else []
        elif key in places:
            sentence = _("Two columns mean the same: %(first)s and %(second)s. Keep one.") % {
                "first": cells[places[key]],
                "second": cells[place],
            }
            name = found.grid.cell(found.row, place)
            table.faults.append(Fault(found.row, place, str(cells[place]).strip(), name, sentence))
        else:
            places[key] = place
    for column in columns:
        if column.required and column.key not in places:
            sentence = _("The column “%(heading)s” is missing.") % {"heading": column.heading}
            table.faults.append(Fault(found.row, len(cells), str(column.heading), "", sentence))
    return places


def _read_row(table: Table, number: int, cells: Sequence[Cell], places: dict[str, int]) -> None:
    row = Row(number, {}, places)
    faults = []
    for column in table.columns:
        place = places.get(column.key)
        if place is None:
            continue
        cell = cells[place] if place < len(cells) else ""
        try:
            row.values[column.key] = _read_cell(column, cell)
        except ValueError as fault:
            faults.append(
                Fault(number, place, str(column.heading), table.grid.cell(number, place), str(fault))
            )
    table.faults += faults
    if not faults:
        table.rows.append(row)


def _read_cell(column: Column, cell: Cell) -> Any:
    if not _empty(cell):
        return column.read(cell)
    if column.required and not column.may_be_empty:
        raise ValueError(_("Nothing is written here."))
    return None


def _empty(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()
