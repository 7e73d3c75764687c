"""Pages of long lists, and what is wrong in several forms that are sent as one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from foundation.errors import Refused
from foundation.paging import Page


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
