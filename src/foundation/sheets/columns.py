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
    """A column to look for: its heading on screen, other words for it, and how a cell of it is read.

    `accepts` looks at the whole heading, where a part of it would mislead: *Kapasitas (per bulan)* is no week's.
    A heading that comes again is the next column that `follows` this one: *Barang, Harga, Barang, Harga*.
    """

    key: str
    heading: str | Promise
    synonyms: tuple[str, ...]
    read: Callable[[Any], Any] = lambda written: str(written).strip()
    required: bool = True
    may_be_empty: bool = False
    accepts: Callable[[str], bool] = lambda heading: True
    follows: str = ""


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
    """A row by its number in the sheet; values by the key of their column, None where optional and empty.

    `wrong` are the keys of the cells that could not be read.
    """

    number: int
    values: dict[str, Any]
    places: dict[str, int] = field(repr=False)
    wrong: frozenset[str] = frozenset()

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)


@dataclass
class Table:
    """The rows understood whole, those with a wrong cell, all faults, and the headings that were left aside."""

    grid: Grid
    columns: Sequence[Column]
    rows: list[Row] = field(default_factory=list)
    broken: list[Row] = field(default_factory=list)
    heading_row: int = 1
    places: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def add_fault(self, row: Row, key: str, sentence: str) -> None:
        """Add what only several cells together show."""
        place = row.places.get(key, 0)
        heading = next(str(column.heading) for column in self.columns if column.key == key)
        cell = self.grid.cell(row.number, place) if key in row.places else ""
        self.faults.append(Fault(row.number, place, heading, cell, sentence))

    @property
    def every_row(self) -> list[Row]:
        """All rows that are not empty, downwards, with the cells that could be read."""
        return sorted([*self.rows, *self.broken], key=lambda row: row.number)

    def heading_at(self, place: int) -> str:
        """The heading as it stands in the file."""
        cells = self.grid.rows[self.heading_row - 1] if self.grid.rows else []
        return str(cells[place]).strip() if place < len(cells) else ""

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
    table = Table(found.grid, columns, heading_row=found.row)
    places = table.places = _places(found, columns, table)
    wanted = [(column, places[column.key]) for column in columns if column.key in places]
    for number, cells in enumerate(found.grid.rows[found.row :], start=found.row + 1):
        if not all(map(_empty, cells)):
            _read_row(table, number, cells, wanted)
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


_Words = dict[str, list[Column]]


def _words(columns: Iterable[Column]) -> _Words:
    words: _Words = {}
    for column in columns:
        for word in {_normal(word) for word in (str(column.heading), *column.synonyms, column.key)}:
            words.setdefault(word, []).append(column)
    return words


def _normal(heading: object) -> str:
    """Letters and digits only: case, spaces, accents and punctuation do not count."""
    decomposed = unicodedata.normalize("NFKD", str(heading)).casefold()
    return re.sub(r"[^a-z0-9]", "", decomposed)


def _headings(grid: Grid, words: _Words) -> _Found:
    """The row with most known headings among the first; `row` counts from one."""
    rows = enumerate(grid.rows[:HEADING_WITHIN], start=1)
    found = [_Found(grid, number, [_key(cell, words) for cell in cells]) for number, cells in rows]
    return max(found, key=lambda one: one.score)


def _key(cell: Cell, words: _Words) -> str | None:
    """A unit in brackets or behind a slash need not be known: *Harga (Rp)*, *Harga/lembar*."""
    if not isinstance(cell, str):
        return None
    for written in (cell, re.split(r"[(\[/]", cell)[0]):
        for column in words.get(_normal(written), ()):
            if column.accepts(cell):
                return column.key
    return None


def _places(found: _Found, columns: Sequence[Column], table: Table) -> dict[str, int]:
    places: dict[str, int] = {}
    cells = found.grid.rows[found.row - 1]
    next_of = {column.follows: column.key for column in columns if column.follows}
    for place, known in enumerate(found.keys):
        key = known
        while key in places and key in next_of:
            key = next_of[key]
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


def _read_row(table: Table, number: int, cells: Sequence[Cell], wanted: Sequence[tuple[Column, int]]) -> None:
    row = Row(number, {}, table.places)
    faults: list[Fault] = []
    wrong = set()
    for column, place in wanted:
        cell = cells[place] if place < len(cells) else ""
        try:
            row.values[column.key] = _read_cell(column, cell)
        except ValueError as fault:
            wrong.add(column.key)
            faults.append(
                Fault(number, place, str(column.heading), table.grid.cell(number, place), str(fault))
            )
    row.wrong = frozenset(wrong)
    table.faults += faults
    (table.broken if wrong else table.rows).append(row)


def _read_cell(column: Column, cell: Cell) -> Any:
    if not _empty(cell):
        return column.read(cell)
    if column.required and not column.may_be_empty:
        raise ValueError(_("Nothing is written here."))
    return None


def _empty(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()
