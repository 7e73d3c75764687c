"""Writing a workbook row by row, however long: numbers as numbers, days as days, text as text."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import xlsxwriter
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext

from foundation import clock, marking

LONGEST_TEXT = 32_767
LARGEST_NUMBER = 10**15
"""From here on a spreadsheet drops digits, so the number is written as text."""


@dataclass(frozen=True)
class Heading:
    words: str | Promise
    width: int = 14


class Workbook:
    """`with Workbook(path) as book: book.sheet("Rencana", [Heading("Nama", 30)]).row(["Aminah"])`.

    Text stays text: a name that begins with `=` is no formula, an address is no link, `0812…` keeps its zero.
    In a demo every row ends with its mark, unless the caller says that these are somebody's own rows.
    """

    def __init__(self, target: Path | BinaryIO, *, mark: str | None = None) -> None:
        self.mark = marking.mark() if mark is None else mark
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        }
        self._book: Any = xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, options)
        self._book.set_properties({"created": clock.now().replace(tzinfo=None)})
        self._head = self._book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
        self._number = self._book.add_format({"num_format": "#,##0"})
        self._day = self._book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        self._moment = self._book.add_format({"num_format": "dd/mm/yyyy hh:mm", "align": "left"})
        self._text = self._book.add_format({"num_format": "@", "valign": "top"})

    def sheet(self, name: str, headings: Sequence[Heading]) -> "Sheet":
        """A new sheet with its heading row, which stays in sight; write one sheet after the other."""
        page = self._book.add_worksheet(_sheet_name(name))
        for place, heading in enumerate(headings):
            page.set_column(place, place, heading.width)
        page.freeze_panes(1, 0)
        for place, heading in enumerate(headings):
            page.write_string(0, place, str(heading.words), self._head)
        if self.mark:
            page.write_string(0, len(headings), self.mark, self._head)
            page.set_header(f"&C{self.mark}")
        return Sheet(self, page, len(headings))

    def copy_of(self, name: str) -> "Sheet":
        """A sheet without headings of its own, for rows that somebody else wrote, in a book without a mark."""
        return Sheet(self, self._book.add_worksheet(_sheet_name(name)), columns=0, first=0)

    def write_cell(self, page: Any, row: int, place: int, value: object) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            page.write_string(
                row, place, pgettext("sheet", "yes") if value else pgettext("sheet", "no"), self._text
            )
        elif isinstance(value, int | float) and abs(value) < LARGEST_NUMBER:
            page.write_number(row, place, value, self._number if isinstance(value, int) else None)
        elif isinstance(value, datetime):
            local = timezone.localtime(value) if timezone.is_aware(value) else value
            page.write_datetime(row, place, local.replace(tzinfo=None), self._moment)
        elif isinstance(value, date):
            page.write_datetime(row, place, value, self._day)
        else:
            page.write_string(row, place, _limited(str(value)), self._text)

    def close(self) -> None:
        self._book.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._book.filename = io.BytesIO()  # closing lets its temporary files go, and writes nowhere
        self.close()


class Sheet:
    """One sheet of a workbook; rows are written downwards."""

    def __init__(self, book: Workbook, page: Any, columns: int, first: int = 1) -> None:
        self._book, self._page, self._columns, self._next = book, page, columns, first

    def widen(self, place: int, width: int) -> None:
        """Before the first row."""
        self._page.set_column(place, place, width)

    def row(self, values: Iterable[object]) -> None:
        for place, value in enumerate(values):
            self._book.write_cell(self._page, self._next, place, value)
        self._book.write_cell(self._page, self._next, self._columns, self._book.mark)
        self._next += 1


def _sheet_name(name: str) -> str:
    """A spreadsheet allows 31 letters on a tab and seven signs not at all."""
    return re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:31] or "1"


def _limited(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
