"""The addresses of the pages around one page of a long list, with all that the address says besides."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

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
