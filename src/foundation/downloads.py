"""A list as a workbook to download, however long: written to a file on disk, never held in memory."""

import weakref
from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile
from typing import IO

from django.http import FileResponse

from foundation.sheets import Heading, Workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

SheetOf = tuple[str, Sequence[Heading], Iterable[Iterable[object]]]
"""The name on the tab, the headings, and the rows, which may be computed while they are written."""


def workbook_response(name: str, sheets: Iterable[SheetOf]) -> FileResponse:
    """The answer with these sheets as `name.xlsx`."""
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    with Workbook(file) as book:
        for title, headings, rows in sheets:
            sheet = book.sheet(title, headings)
            for row in rows:
                sheet.row(row)
    return file_response(name, file)


def file_response(name: str, file: IO[bytes]) -> FileResponse:
    """The file as `name.xlsx`; it is closed with the answer, also with one that nobody reads."""
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    weakref.finalize(response, file.close)
    return response
