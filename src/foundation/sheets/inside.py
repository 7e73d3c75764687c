"""A look into a packed workbook before the reader unpacks it.

The reader lays every sheet out in full, so one cell in the last corner would ask for hundreds of gigabytes.
Here the parts are read as a stream, which also proves that their stated sizes are honest.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape

Places = frozenset[tuple[int, int]]
Inside = Mapping[str, Places]
"""Per sheet the cells (row, column, both from zero) that are shown as percentages."""

_CHUNK = 1 << 20
_CELL = re.compile(rb"<c\b([^>]*)>|<row\b([^>]*)>")
_PLACED = re.compile(rb"""<(?:c|row)\b[^>]*?\br=["']([A-Z]{0,3})([0-9]{1,7})["']""")
_REFERENCE = re.compile(rb"""\br=["']([A-Z]{0,3})([0-9]{1,7})["']""")
_STYLE = re.compile(rb"""\bs=["']([0-9]+)["']""")
_ODS = re.compile(rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>")
_REPEAT = re.compile(rb"""table:number-(?:rows|columns)-repeated=["']([0-9]{1,9})["']""")


class TooLarge(Exception):
    """More cells or bytes than anyone means to send."""


def look_inside(archive: zipfile.ZipFile, largest_area: int) -> Inside | None:
    """Percent cells of each sheet; None when it is no workbook; TooLarge when a sheet is too big."""
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return _look_inside_xlsx(archive, largest_area)
    if {"content.xml", "mimetype"} <= names and b"opendocument.spreadsheet" in archive.read("mimetype"):
        return _look_inside_ods(archive, largest_area)
    return None


def _look_inside_xlsx(archive: zipfile.ZipFile, largest_area: int) -> Inside:
    percent_styles = _percent_styles(archive)
    titles = _sheet_titles(archive)
    found: dict[str, Places] = {}
    for entry in archive.namelist():
        places = _scan_xlsx_sheet(archive, entry, percent_styles, largest_area)
        if entry in titles:
            found[titles[entry]] = places
    return found


def _scan_xlsx_sheet(archive: zipfile.ZipFile, entry: str, styles: set[bytes], largest_area: int) -> Places:
    if not styles:
        _measure(archive, entry, largest_area)
        return frozenset()
    height = width = 0
    places = set()
    for attributes in _attributes(archive, entry):
        reference = _REFERENCE.search(attributes)
        if not reference:
            continue
        row, column = int(reference[2]), _column_number(reference[1])
        height, width = max(height, row), max(width, column)
        style = _STYLE.search(attributes)
        if style and style[1] in styles:
            places.add((row - 1, column - 1))
    if height * width > largest_area:
        raise TooLarge
    return frozenset(places)


def _measure(archive: zipfile.ZipFile, entry: str, largest_area: int) -> None:
    """Where a sheet ends, when no cell of it can be a percentage."""
    height, letters = 0, {b""}
    for piece in _pieces(archive, entry):
        found = _PLACED.findall(piece)
        letters.update(letter for letter, _row in found)
        height = max(height, max((int(row) for _letter, row in found), default=0))
    if height * max(map(_column_number, letters)) > largest_area:
        raise TooLarge


def _attributes(archive: zipfile.ZipFile, entry: str) -> Iterator[bytes]:
    for piece in _pieces(archive, entry):
        for found in _CELL.finditer(piece):
            yield found[1] or found[2] or b""


def _pieces(archive: zipfile.ZipFile, entry: str) -> Iterator[bytes]:
    """The part in pieces that end where a tag ends."""
    rest = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            whole, mark, tail = (rest + chunk).rpartition(b">")
            rest = tail
            yield whole + mark
    yield rest


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _percent_styles(archive: zipfile.ZipFile) -> set[bytes]:
    if "xl/styles.xml" not in archive.namelist():
        return set()
    styles = archive.read("xl/styles.xml")
    formats = {b"9", b"10"}
    for own in re.findall(rb"<numFmt\b[^>]*>", styles):
        number, code = re.search(rb'numFmtId="([0-9]+)"', own), re.search(rb'formatCode="([^"]*)"', own)
        if number and code and b"%" in code[1]:
            formats.add(number[1])
    cells = re.search(rb"<cellXfs\b.*?</cellXfs>", styles, re.DOTALL)
    used = re.findall(rb'<xf\b[^>]*?numFmtId="([0-9]+)"', cells[0]) if cells else []
    return {str(index).encode() for index, number in enumerate(used) if number in formats}


def _sheet_titles(archive: zipfile.ZipFile) -> dict[str, str]:
    """`xl/worksheets/sheet1.xml` → the name on its tab."""
    if "xl/_rels/workbook.xml.rels" not in archive.namelist():
        return {}
    relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {}
    for relation in re.findall(r"<Relationship\b[^>]*>", relations):
        key, target = re.search(r'\bId="([^"]*)"', relation), re.search(r'\bTarget="([^"]*)"', relation)
        if key and target:
            path = target[1].removeprefix("/")
            targets[key[1]] = path if path.startswith("xl/") else f"xl/{path}"
    titles = {}
    for sheet in re.findall(r"<sheet\b[^>]*>", archive.read("xl/workbook.xml").decode("utf-8", "replace")):
        title, key = re.search(r'\bname="([^"]*)"', sheet), re.search(r'\b\w+:id="([^"]*)"', sheet)
        if title and key and key[1] in targets:
            titles[targets[key[1]]] = unescape(title[1])
    return titles


def _look_inside_ods(archive: zipfile.ZipFile, largest_area: int) -> Inside:
    found: dict[str, Places] = {}
    scan = _OdsScan(largest_area)
    for piece in _pieces(archive, "content.xml"):
        for tag in _ODS.finditer(piece):
            scan.see(closing=bool(tag[1]), kind=tag[2], attributes=tag[3])
            found[scan.title] = frozenset(scan.places)
    return found


class _OdsScan:
    """Where a sheet of OpenDocument ends, counting repeated rows and cells, and its percentages."""

    def __init__(self, largest_area: int) -> None:
        self.largest_area = largest_area
        self.title = ""
        self.places: set[tuple[int, int]] = set()
        self._start()

    def _start(self) -> None:
        self.places = set()
        self.row = self.next_row = self.column = self.height = self.width = 0

    def see(self, *, closing: bool, kind: bytes, attributes: bytes) -> None:
        if kind == b"table" and not closing:
            self._start()
            title = re.search(rb'table:name="([^"]*)"', attributes)
            self.title = unescape(title[1].decode("utf-8", "replace")) if title else ""
        elif kind == b"table-row" and not closing:
            self.row, self.next_row = self.next_row, self.next_row + _repeats(attributes)
            self.column = 0
        elif not closing and kind.endswith(b"table-cell"):
            self._see_cell(attributes)

    def _see_cell(self, attributes: bytes) -> None:
        count = _repeats(attributes)
        if b"value-type=" in attributes:
            self.height = max(self.height, self.next_row)
            self.width = max(self.width, self.column + count)
            if self.height * self.width > self.largest_area:
                raise TooLarge
            if b'"percentage"' in attributes:
                rows, columns = range(self.row, self.next_row), range(self.column, self.column + count)
                self.places |= {(row, column) for row in rows for column in columns}
        self.column += count


def _repeats(attributes: bytes) -> int:
    found = _REPEAT.search(attributes)
    return int(found[1]) if found else 1
