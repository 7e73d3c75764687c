"""The letters of an order to take along: as a list, and as the PDFs themselves."""

import zipfile
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.access import signed_in
from foundation.around import count_in
from foundation.downloads import file_response, workbook_response
from foundation.sheets import Heading
from lumbung.files.queries import path_of
from lumbung.letters.choices import MARKS
from lumbung.letters.models import Letter
from lumbung.paperwork import queries
from lumbung.paperwork.forms import PaperFilter
from lumbung.paperwork.queries import Paper
from lumbung.paperwork.views.finding import found, kind_of

IN_ONE_FILE = 500
"""Letters in one zip: about as much as a phone takes."""


def parts_of(letters: int) -> list[int]:
    """The numbers of the zips that so many letters make."""
    return list(range(1, -(-letters // IN_ONE_FILE) + 1))


@signed_in
@require_safe
def export(request: HttpRequest, code: str) -> HttpResponseBase:
    """All kinds that the person reads, a tab each."""
    here = found(request, code)
    sheets = [
        (
            str(MARKS[kind]),
            _headings(),
            _rows(queries.papers_exported(queries.rows_of(here.order, kind), kind)),
        )
        for kind in here.kinds
    ]
    return workbook_response(f"{code}-{_('letters')}", sheets)


@signed_in
@require_safe
def export_kind(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    """The list of one kind, as it is narrowed."""
    here, form = found(request, code), PaperFilter(request.GET)
    of = kind_of(here, kind)
    rows = queries.rows_of(here.order, of, state=form.value("state"), text=form.value("q"))
    papers = queries.papers_exported(rows, of)
    return workbook_response(f"{code}-{MARKS[of]}", [(str(MARKS[of]), _headings(), _rows(papers))])


def _headings() -> list[Heading]:
    return [
        Heading(_("Maker"), 34),
        Heading(_("About"), 44),
        Heading(_("State"), 26),
        Heading(_("Number"), 32),
        Heading(_("Date"), 12),
        Heading(_("SHA-256 of the PDF"), 66),
    ]


def _rows(papers: Iterable[Paper]) -> Iterator[list[object]]:
    for paper in papers:
        letter = paper.letter
        yield [
            paper.shown.name,
            paper.shown.about,
            str(paper.state.label),
            letter.number if letter else "",
            letter.issued_on if letter else None,
            letter.sha256 if letter else "",
        ]


@signed_in
@require_safe
def download(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    """The PDFs in force of one kind, five hundred in a file, each under its number."""
    here = found(request, code)
    of, part = kind_of(here, kind), max(1, count_in(request, "bagian"))
    letters = queries.letters_in_force(here.order, of)[(part - 1) * IN_ONE_FILE : part * IN_ONE_FILE]
    if not letters:
        raise Http404
    name = f"{code}-{MARKS[of]}-{part}"
    response = file_response(name, _zipped(letters), ending="zip", media_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    return response


def _zipped(letters: Iterable[Letter]) -> IO[bytes]:
    """PDFs are small already: they are put in as they are."""
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for letter in letters:
            path = path_of(letter.sha256)
            if path.exists():
                archive.write(path, f"{letter.number.replace('/', '-')}.pdf")
    return file
