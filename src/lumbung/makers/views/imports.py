"""Makers from a file: sent, looked at, taken in, taken back."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.access import require
from foundation.answering import answer, press
from foundation.downloads import file_response, workbook_response
from foundation.sheets import Heading, open_grids, write_back
from foundation.work import start
from lumbung.files.queries import path_of
from lumbung.makers import actions, queries, rules
from lumbung.makers.choices import ImportState, Outcome, RemarkKind
from lumbung.makers.forms import UploadForm
from lumbung.makers.models import MakerImport
from lumbung.makers.views.answering import me
from lumbung.makers.views.changes import changes_in_words
from lumbung.makers.views.paging import behind, number_in
from lumbung.makers.views.sheets import template_sheets
from lumbung.people.queries import names_of

page = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = 50
FIRST = 5


@page
@require(queries.may_see_register)
def imports(request: HttpRequest) -> HttpResponse:
    """All files that were sent, and a new one."""
    keeps = queries.may_keep_register(request.user)
    form = UploadForm(request.POST or None, request.FILES or None)

    def send() -> str:
        sent = form.cleaned_data["file"]
        sent.seek(0)
        batch = actions.send_import(content=sent.read(), name=sent.name, by=me(request).key)
        return _started(actions.CHECK, batch, request, _("Check a file of makers"))

    if request.method == "POST" and keeps and (done := answer(request, form, send, done="")):
        return done
    found = queries.imports_seen_by(request.user)
    listed = behind(found, request.GET, size=SHOWN)
    context = {
        "form": form,
        "keeps": keeps,
        "page": listed,
        "rows": _with_names(listed.rows),
        "may_open": set(queries.imports_opened_by(request.user).values_list("pk", flat=True)),
    }
    return render(request, "makers/imports.html", context)


def _started(name: str, batch: MakerImport, request: HttpRequest, about: str) -> str:
    """The page that shows how far the work is."""
    back = reverse("makers:imports") if name == actions.CHECK else batch.get_absolute_url()
    work = start(name, by=me(request).key, about=about, back=back, batch=batch.pk)
    return work.get_absolute_url()


def _with_names(batches: list[MakerImport]) -> list[tuple[MakerImport, str]]:
    names = names_of({batch.sent_by for batch in batches})
    return [(batch, names.get(batch.sent_by, batch.sent_by)) for batch in batches]


@require_safe
@require(queries.may_see_register)
def imports_sheet(request: HttpRequest) -> HttpResponseBase:
    """All files that were sent, as a workbook."""
    rows = _file_rows(list(queries.imports_seen_by(request.user)))
    return workbook_response(_("makers-files"), [(_("Files of makers"), _file_headings(), rows)])


def _file_headings() -> list[Heading]:
    words = (_("When"), _("Who"), _("File"), _("State"), _("Rows"), _("Left out"), _("New"), _("Changed"))
    return [
        Heading(each, width)
        for each, width in zip((*words, _("The same")), (18, 24, 34, 22, 10, 10, 10, 10, 10), strict=True)
    ]


def _file_rows(batches: list[MakerImport]) -> Iterator[list[object]]:
    for batch, who in _with_names(batches):
        yield [
            batch.sent_at,
            who,
            batch.file_name,
            batch.get_state_display(),
            batch.rows,
            batch.rows_left_out,
            batch.new_makers,
            batch.changed_makers,
            batch.unchanged_makers,
        ]


@require_safe
@require(queries.may_keep_register)
def import_template(request: HttpRequest) -> HttpResponseBase:
    """An empty sheet, examples, and what the columns mean."""
    place = queries.example_place(request.user)
    return workbook_response(_("makers-template"), template_sheets(list(queries.goods_kinds()), place))


def _find(request: HttpRequest, pk: int) -> MakerImport:
    return get_object_or_404(queries.imports_opened_by(request.user), pk=pk)


@require_safe
@never_cache
@require(queries.may_keep_register)
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file would do, or what became of it."""
    batch = _find(request, pk)
    counts = queries.count_remarks(batch)
    context = {
        "batch": batch,
        "who": names_of({batch.sent_by, batch.taken_by, batch.undone_by}),
        "faults": queries.remarks_of(batch, RemarkKind.FAULT)[:FIRST],
        "warnings": queries.remarks_of(batch, RemarkKind.WARNING)[:FIRST],
        "fault_count": counts[RemarkKind.FAULT],
        "warning_count": counts[RemarkKind.WARNING],
        "changed": changes_in_words(queries.imported_of(batch, Outcome.CHANGED)[:FIRST]),
        "new": changes_in_words(queries.imported_of(batch, Outcome.NEW)[:FIRST]),
        "why_not_take": rules.why_not_take(batch.state, makers=batch.makers_taken),
        "why_not_undo": rules.why_not_undo(batch.state),
        "is_waiting": batch.state == ImportState.SENT,
        "is_checked": batch.state == ImportState.CHECKED,
        "is_mine": batch.sent_by == me(request).key and batch.attachment_id is not None,
        "kept": queries.kept_in(batch)[:FIRST],
        "kept_count": queries.kept_in(batch).count(),
    }
    return render(request, "makers/import.html", context)


@require_POST
@require(queries.may_keep_register)
def take_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What the preview shows goes into the register."""
    batch = _find(request, pk)
    return redirect(_started(actions.TAKE, batch, request, _("Take in a file of makers")))


@require_POST
@require(queries.may_keep_register)
def check_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare once more with the register as it stands now."""
    batch = _find(request, pk)
    return redirect(_started(actions.CHECK, batch, request, _("Check a file of makers")))


@require_POST
@require(queries.may_keep_register)
def undo_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what came with a file."""
    batch = _find(request, pk)
    return redirect(_started(actions.UNDO, batch, request, _("Take back a file of makers")))


@require_POST
@require(queries.may_keep_register)
def drop_import(request: HttpRequest, pk: int) -> HttpResponse:
    """A file that is not to be taken in."""
    batch = _find(request, pk)
    return press(
        request,
        lambda: actions.drop_import(batch=batch, by=me(request).key),
        back=reverse("makers:imports"),
        done=_("The file is dropped. Nothing of it is in the register."),
    )


@require_safe
@require(queries.may_keep_register)
def import_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The own file with a remark at each row: for who sent it and nobody else."""
    batch = _find(request, pk)
    if batch.sent_by != me(request).key or batch.attachment_id is None:
        raise Http404
    remarks = _row_remarks(batch)
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    grids = open_grids(path_of(batch.file_hash))
    write_back(file, grids, sheet=batch.sheet, heading_row=batch.heading_row, remarks=remarks)
    return file_response(f"{batch.file_name.rpartition('.')[0] or batch.file_name}-{_('remarks')}", file)


def _row_remarks(batch: MakerImport) -> dict[int, str]:
    """What is to be said about each row: faults first, after the word that says what follows."""
    said: dict[int, dict[str, list[str]]] = {}
    for remark in queries.remarks_of(batch).iterator(chunk_size=5000):
        words = f"{remark.column}: {remark.sentence}" if remark.column else remark.sentence
        said.setdefault(remark.row, {}).setdefault(remark.kind, []).append(words)
    out, look = _("Not taken in."), _("Please look.")
    return {
        row: " ".join(
            [
                *([out, *kinds[RemarkKind.FAULT]] if RemarkKind.FAULT in kinds else []),
                *([look, *kinds[RemarkKind.WARNING]] if RemarkKind.WARNING in kinds else []),
            ]
        )
        for row, kinds in said.items()
    }


@require_safe
@require(queries.may_keep_register)
def import_remarks(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is to be said about a file, cell by cell."""
    batch = _find(request, pk)
    kind = request.GET.get("kind", "")
    listed = behind(queries.remarks_of(batch, kind), request.GET, size=SHOWN, order=("row", "place", "id"))
    context = {"batch": batch, "page": listed, "kind": kind, "kinds": RemarkKind.choices}
    return render(request, "makers/import_remarks.html", context)


@require_safe
@require(queries.may_keep_register)
def import_remarks_sheet(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same as a workbook."""
    batch = _find(request, pk)
    remarks = queries.remarks_of(batch, request.GET.get("kind", ""))
    headings = [
        Heading(_("Row"), 8),
        Heading(_("Cell"), 8),
        Heading(_("Column"), 24),
        Heading(_("What follows"), 26),
        Heading(_("Remark"), 90),
    ]
    rows = ([r.row, r.cell, r.column, r.get_kind_display(), r.sentence] for r in remarks.iterator(5000))
    return workbook_response(_("remarks"), [(_("Remarks"), headings, rows)])


@require_safe
@require(queries.may_keep_register)
def import_makers(request: HttpRequest, pk: int) -> HttpResponse:
    """The makers that a file brings and changes."""
    batch = _find(request, pk)
    outcome = request.GET.get("outcome", "")
    listed = behind(_imported(request, batch), request.GET, size=SHOWN, order=("row",))
    context = {
        "batch": batch,
        "page": listed,
        "rows": changes_in_words(listed.rows),
        "outcome": outcome,
        "outcomes": Outcome.choices,
        "only_kept": bool(number_in(request.GET, "kept")),
    }
    return render(request, "makers/import_makers.html", context)


def _imported(request: HttpRequest, batch: MakerImport) -> QuerySet[Any]:
    if number_in(request.GET, "kept"):
        return queries.kept_in(batch)
    return queries.imported_of(batch, request.GET.get("outcome", ""))


@require_safe
@require(queries.may_keep_register)
def import_makers_sheet(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same as a workbook: a row a value."""
    batch = _find(request, pk)
    headings = [
        Heading(_("Row"), 8),
        Heading(_("Maker"), 34),
        Heading(_("Place"), 40),
        Heading(_("What happens"), 14),
        Heading(_("Value"), 24),
        Heading(_("Before"), 34),
        Heading(_("After"), 34),
        Heading(_("Why it stays"), 50),
    ]
    return workbook_response(
        _("makers-of-the-file"), [(_("Makers"), headings, _imported_rows(_imported(request, batch)))]
    )


def _imported_rows(imported: QuerySet[Any]) -> Iterator[list[object]]:
    for each in changes_in_words(imported.iterator(2000)):
        row = each.row
        values = [[change.words, change.before, change.after] for change in each.changes]
        for told in values or [["", "", ""]]:
            yield [row.row, row.name, row.place, row.get_outcome_display(), *told, row.kept_because]
