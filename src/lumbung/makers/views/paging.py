"""Pages of a long list: the rows behind the last one shown, found by their place and not by counting."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from foundation import paging


@dataclass(frozen=True)
class Listed:
    """Some rows, and where the pages before and after begin."""

    rows: list[Any]
    first: int
    total: int | None
    previous_url: str
    next_url: str
    kept: str
    """The filter, for other addresses."""

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


def number_in(given: QueryDict, name: str) -> int:
    """A number of the address; nonsense counts as zero."""
    text = given.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def behind(rows: QuerySet[Any], given: QueryDict, *, size: int, order: tuple[str, ...] = ("-id",)) -> Listed:
    """The page that the address asks for: `after` is the id of the row in front of it."""
    first = max(1, number_in(given, "first"))
    edge = rows.filter(pk=number_in(given, "after")).first() if number_in(given, "after") else None
    found = list(_after(rows, edge, order)[: size + 1])
    shown = found[:size]
    kept = {k: v for k, v in given.items() if k not in ("after", "first") and v}
    more = {**kept, "after": str(shown[-1].pk), "first": str(first + size)} if len(found) > size else {}
    return Listed(
        rows=shown,
        first=first if edge else 1,
        total=paging.counted(rows),
        previous_url=f"?{urlencode(kept)}" if edge else "",
        next_url=f"?{urlencode(more)}" if more else "",
        kept=urlencode(kept),
    )


def _after(rows: QuerySet[Any], edge: Any, order: tuple[str, ...]) -> QuerySet[Any]:
    if edge is None:
        return rows
    return rows.filter(paging.behind(order, [getattr(edge, name.removeprefix("-")) for name in order]))
