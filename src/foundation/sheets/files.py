"""Opening a spreadsheet that somebody sent: what it is says its content, never its name."""

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from foundation.sheets.inside import Inside, TooLarge, look_inside

LARGEST_FILE = 20_000_000
"""Bytes that are read at all; a register of 100,000 makers takes about six million."""
LARGEST_UNPACKED = 300_000_000
LARGEST_AREA = 5_000_000
"""Cells between the first and the last one in use."""

Cell = str | int | float | bool | date | datetime | time | timedelta
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_NO_SHEETS = (
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"<",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
)


class UnreadableFile(ValueError):
    """The whole file is refused; the message is a sentence."""


@dataclass(frozen=True)
class Grid:
    """One sheet: row 1 is `rows[0]`, column A is `row[0]`; empty cells are empty text.

    A number that is shown as a percentage is the text that people see (`2 %`), in xlsx and ods.
    """

    name: str
    rows: list[list[Cell]]
    is_flipped: bool = False

    def cell(self, row: int, column: int) -> str:
        """The name of a cell in the file."""
        return cell_name(column + 1, row - 1) if self.is_flipped else cell_name(row, column)


def flipped(grid: Grid) -> Grid:
    """Columns as rows, for a sheet whose headings stand at the left; cells keep their names in the file."""
    rows = [list(row) for row in zip_longest(*grid.rows, fillvalue="")]
    return Grid(grid.name, rows, not grid.is_flipped)


def cell_name(row: int, column: int) -> str:
    """`C7` for row 7 and column 2 (rows count from one, columns from zero)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def open_grids(source: Path | BinaryIO) -> list[Grid]:
    """All visible sheets that hold anything; UnreadableFile with a sentence otherwise."""
    if isinstance(source, Path):
        why_not_open(source.stat().st_size)
        with source.open("rb") as file:
            return open_grids(file)
    why_not_open(source.seek(0, io.SEEK_END))
    source.seek(0)
    grids = _grids(source.read())
    if not grids:
        raise UnreadableFile(_("The file is empty: no cell is filled."))
    return grids


def why_not_open(size: int) -> None:
    """Refuse a file that is larger than anyone means to send."""
    if size > LARGEST_FILE:
        raise UnreadableFile(
            _(
                "The file has %(size)s MB. At most %(limit)s MB can be read; "
                "split it or remove pictures from it."
            )
            % {"size": -(-size // 1_000_000), "limit": LARGEST_FILE // 1_000_000}
        )


def _grids(content: bytes) -> list[Grid]:
    if content.startswith(b"PK\x03\x04"):
        return _from_zip(content)
    if content.startswith(_OLE):
        return _from_xls(content)
    return [grid for grid in [_from_text(content)] if grid.rows]


def _from_zip(content: bytes) -> list[Grid]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_macros(archive)
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED:
                raise TooLarge
            inside = look_inside(archive, LARGEST_AREA)
    except TooLarge:
        raise _too_large() from None
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError):
        raise _damaged() from None
    if inside is None:
        raise _no_workbook()
    return _from_calamine(content, inside)


def _refuse_macros(archive: zipfile.ZipFile) -> None:
    names = [name.lower() for name in archive.namelist()]
    kinds = b""
    if (
        "[Content_Types].xml" in archive.namelist()
        and archive.getinfo("[Content_Types].xml").file_size < 1_000_000
    ):
        kinds = archive.read("[Content_Types].xml")
    if (
        any(name.endswith("vbaproject.bin") for name in names)
        or b"macroEnabled" in kinds
        or any(name.startswith(("basic/", "scripts/", "xl/macrosheets/")) for name in names)
    ):
        raise _macros()


def _from_xls(content: bytes) -> list[Grid]:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise _locked()
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise _macros()
    if "Workbook".encode("utf-16-le") not in content and "Book".encode("utf-16-le") not in content:
        raise _no_workbook()
    return _from_calamine(content, {})


def _from_calamine(content: bytes, inside: Inside) -> list[Grid]:
    try:
        with CalamineWorkbook.from_object(io.BytesIO(content)) as book:
            wanted = [
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet
            ]
            grids = [_grid(book, name, inside.get(name, frozenset())) for name in wanted]
    except PasswordError:
        raise _locked() from None
    except (CalamineError, OSError, ValueError) as fault:
        raise (fault if isinstance(fault, UnreadableFile) else _damaged()) from None
    return [grid for grid in grids if grid.rows]


def _grid(book: CalamineWorkbook, name: str, percents: Iterable[tuple[int, int]]) -> Grid:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > LARGEST_AREA:
        raise _too_large()
    rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)
    for row, column in percents:
        if row < len(rows) and column < len(rows[row]) and isinstance(rows[row][column], int | float):
            rows[row][column] = f"{round(rows[row][column] * 100, 6):g} %"  # type: ignore[operator, arg-type]
    return Grid(name, rows)


def _from_text(content: bytes) -> Grid:
    text = _decoded(content)
    first, _rest = text.partition("\n")[::2]
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        sign, text = first.strip()[4], "\n" + text.partition("\n")[2]
    else:
        sign = _separator(text)
    try:
        rows: list[list[Cell]] = [
            list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign)
        ]
    except csv.Error:
        raise _damaged() from None
    return Grid("", rows if any(cell.strip() for row in rows for cell in map(str, row)) else [])


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in content or content.lstrip().startswith(_NO_SHEETS):
        raise _no_workbook()
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _no_workbook()


def _separator(text: str) -> str:
    """The sign that cuts the first filled line into most cells; a semicolon where two are as good."""
    line = next((line for line in text.splitlines() if line.strip(" ;,\t")), "")
    return max(";\t,", key=lambda sign: len(next(csv.reader([line], delimiter=sign), [])))


def _too_large() -> UnreadableFile:
    return UnreadableFile(_("The file unpacks to more than can be read. Copy the table into a new workbook."))


def _macros() -> UnreadableFile:
    return UnreadableFile(
        _("The workbook holds macros. Save it as an ordinary workbook (.xlsx) and send that.")
    )


def _locked() -> UnreadableFile:
    return UnreadableFile(_("The workbook is locked with a password. Save it without one and send that."))


def _damaged() -> UnreadableFile:
    return UnreadableFile(_("The file is damaged. Open it in a spreadsheet program and save it again."))


def _no_workbook() -> UnreadableFile:
    return UnreadableFile(_("This is not a spreadsheet. Send .xlsx, .xls, .ods or .csv."))
