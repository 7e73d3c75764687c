"""The workbook that somebody sent, back again with a remark at each row."""

from collections.abc import Mapping, Sequence
from datetime import time, timedelta
from typing import BinaryIO

from django.utils.translation import gettext as _

from foundation.sheets.files import Cell, Grid
from foundation.sheets.writing import Workbook

REMARK_WIDTH = 60


def remark_heading() -> str:
    """The heading of our column, which is written anew each time and never read."""
    return _("Remarks (Lumbung)")


def is_remark_heading(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.strip().casefold() in ("remarks (lumbung)", "keterangan (lumbung)")


def write_back(
    target: BinaryIO, grids: Sequence[Grid], *, sheet: str, heading_row: int, remarks: Mapping[int, str]
) -> None:
    """All sheets as they were, cell by cell; at `sheet` one more column with the remark of each row."""
    with Workbook(target, mark="") as book:
        for number, grid in enumerate(grids, start=1):
            page = book.copy_of(grid.name or str(number))
            place = _place(grid, heading_row)
            if grid.name == sheet:
                page.widen(place, REMARK_WIDTH)
            for row, cells in enumerate(grid.rows, start=1):
                told = remarks.get(row, "") if row != heading_row else remark_heading()
                page.row(_with(cells, place, told) if grid.name == sheet else map(_shown, cells))


def _place(grid: Grid, heading_row: int) -> int:
    """Where our column stands already, or behind the last one."""
    headings = grid.rows[heading_row - 1] if heading_row <= len(grid.rows) else []
    ours = [place for place, cell in enumerate(headings) if is_remark_heading(cell)]
    return ours[0] if ours else max((len(row) for row in grid.rows), default=0)


def _with(cells: Sequence[Cell], place: int, told: str) -> list[object]:
    row = [_shown(cell) for cell in cells]
    row += [""] * (place + 1 - len(row))
    row[place] = told
    return row


def _shown(cell: Cell) -> object:
    """Hours have no kind of cell of their own here: they are written as people read them."""
    return str(cell) if isinstance(cell, time | timedelta) else cell
