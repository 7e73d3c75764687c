"""Pages of long lists, downloads, and refusals as sentences at their field."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from foundation.errors import Refused
from foundation.once import do_once
from foundation.paging import Page
from foundation.sheets import Heading, Workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Around:
    """Where the pages before and after stand."""

    previous_url: str
    next_url: str


def around(request: HttpRequest, page: Page[Any], *, prefix: str = "", anchor: str = "") -> Around:
    before, after = f"{prefix}before", f"{prefix}after"
    return Around(
        _address(request, {before: page.before, after: ""}, anchor) if page.before else "",
        _address(request, {after: page.after, before: ""}, anchor) if page.after else "",
    )


def behind(
    request: HttpRequest, name: str, before: int | None, after: int | None, *, anchor: str = ""
) -> Around:
    """The same for computed lists, whose pages begin behind so many rows."""
    return Around(
        "" if before is None else _address(request, {name: str(before or "")}, anchor),
        "" if after is None else _address(request, {name: str(after)}, anchor),
    )


def _address(request: HttpRequest, changes: Mapping[str, str], anchor: str) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    text = query.urlencode()
    return (f"?{text}" if text else request.path) + (f"#{anchor}" if anchor else "")


def count_in(request: HttpRequest, name: str) -> int:
    """A count from the address, or 0 where none can be read."""
    written = request.GET.get(name, "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 9 else 0


def workbook(
    name: str, sheets: Sequence[tuple[str, Sequence[Heading], Iterable[Sequence[object]]]]
) -> HttpResponse:
    """An Excel file of these sheets, each with its headings and rows."""
    target = BytesIO()
    with Workbook(target) as book:
        for title, headings, rows in sheets:
            sheet = book.sheet(title, headings)
            for row in rows:
                sheet.row(row)
    response = HttpResponse(target.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def done_or_told(request: HttpRequest, form: forms.Form, deed: Callable[[], str]) -> str | None:
    """Do a form's deed once and give its address; a refusal is told at the field and gives None."""
    try:
        return do_once(request, deed)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None


Rows = forms.BaseFormSet[Any]


@dataclass(frozen=True)
class Fault:
    """One thing to put right: the field it is in, and what is wrong with it."""

    id: str
    label: str
    words: str


def faults_of(sent: Iterable[forms.BaseForm], *, rows: "Rows | None" = None, at: str = "") -> list[Fault]:
    """What is wrong in several forms that are sent as one, each with its field; `rows` stand `at` a place."""
    found = [Fault(at, "", str(words)) for words in rows.non_form_errors()] if rows else []
    for form in sent:
        found += [Fault("", "", str(words)) for words in form.non_field_errors()]
        for bound in form:
            target = bound.id_for_label or str(bound.auto_id)
            found += [Fault(target, str(bound.label), str(words)) for words in bound.errors]
    return found


def told(request: HttpRequest, deed: Callable[[], str]) -> None:
    """Do what a button asks and say what was done, or why it was not."""
    try:
        messages.success(request, deed())
    except Refused as refused:
        messages.error(request, refused.sentence)
