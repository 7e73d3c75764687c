"""A list as a workbook to download, however long: written to a file on disk, never held in memory. And a PDF."""

import weakref
from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile
from typing import IO

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

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


def file_response(
    name: str, file: IO[bytes], *, ending: str = "xlsx", media_type: str = XLSX
) -> FileResponse:
    """The file as `name.xlsx`; it is closed with the answer, also with one that nobody reads."""
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=f"{name}.{ending}", content_type=media_type)
    weakref.finalize(response, file.close)
    return response


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """A PDF, to be looked at in the browser."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf") or "inline"
    response["Cache-Control"] = "private, no-store"
    return response
