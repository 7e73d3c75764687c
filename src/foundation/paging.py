"""A long list page by page: a page begins behind a row that was seen, so no page is slower than the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import DateField, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
PAGE = 50
LAST_DAY = date.max.toordinal()
MOST_COUNTED = 10_000
"""Beyond it a list says that there are more, and does not count them."""


def counted(rows: QuerySet[Any]) -> int | None:
    """How many rows there are; None where there are more than a page counts."""
    found = rows.order_by()[: MOST_COUNTED + 1].count()
    return None if found > MOST_COUNTED else found


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a long list, which they are, and the marks behind which the pages around them begin."""

    rows: list[Row]
    first: int
    total: int | None
    """None where there are more than a page counts."""
    before: str = ""
    after: str = ""

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def previous_url(self) -> str:
        """The page in front, where the address holds nothing but the page."""
        return f"?before={self.before}" if self.before else ""

    @property
    def next_url(self) -> str:
        return f"?after={self.after}" if self.after else ""


@dataclass(frozen=True)
class _Edge:
    """A row that was seen: its columns, and its number in the list."""

    columns: Sequence[int | date]
    number: int


def page_of(
    rows: QuerySet[Row],
    *,
    by: Sequence[str],
    after: str = "",
    before: str = "",
    size: int = PAGE,
    total: int | None = None,
) -> Page[Row]:
    """The rows behind the mark `after`, or in front of the mark `before`; a mark nobody gave is ignored.

    `by` names columns of whole numbers or days that tell the rows apart, with `-` where the greatest comes first.
    Who knows how many rows there are in all gives `total`; otherwise they are counted.
    """
    total = counted(rows) if total is None else total
    edge = _edge(before or after, [_is_day(rows.model, name) for name in by])
    backwards = bool(before) and edge is not None
    order = _turned(by) if backwards else tuple(by)
    found = _fetched(rows.filter(_behind(order, edge.columns)) if edge else rows, order, most=size + 1)
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([], 0, total)
    first = _first(edge, len(found), backwards=backwards, more=more)
    has_before, has_after = (more, True) if backwards else (edge is not None, more)
    return Page(
        found,
        first,
        total,
        _mark(found[0], by, first) if has_before else "",
        _mark(found[-1], by, first + len(found) - 1) if has_after else "",
    )


def _first(edge: _Edge | None, shown: int, *, backwards: bool, more: bool) -> int:
    """The number of a page's first row, counted on from the row that was seen."""
    if edge is None or (backwards and not more):
        return 1
    return max(1, edge.number - shown) if backwards else edge.number + 1


def _fetched(rows: QuerySet[Row], order: Sequence[str], *, most: int) -> list[Row]:
    """The rows are chosen by their keys first: with all that a page shows joined, a planner may begin anywhere."""
    keys = list(rows.select_related(None).order_by(*order).values_list("pk", flat=True)[:most])
    whole = {row.pk: row for row in rows.filter(pk__in=keys).order_by()}
    return [whole[key] for key in keys if key in whole]


def _mark(row: Model, by: Sequence[str], number: int) -> str:
    values = [getattr(row, name.removeprefix("-")) for name in by]
    numbers = [value.toordinal() if isinstance(value, date) else value for value in values]
    return "-".join(map(str, [*numbers, number]))


def _is_day(model: type[Model], name: str) -> bool:
    column = name.removeprefix("-")
    return column != "pk" and isinstance(model._meta.get_field(column), DateField)


def _edge(mark: str, days: Sequence[bool]) -> _Edge | None:
    """What a mark says; `days` tells which columns are days, written as the number of the day."""
    parts = mark.split("-")
    whole = len(parts) == len(days) + 1 and all(
        part.isascii() and part.isdecimal() and len(part) < 16 for part in parts
    )
    numbers = [int(part) for part in parts] if whole else []
    if not whole or any(is_day and not 0 < n <= LAST_DAY for n, is_day in zip(numbers, days, strict=False)):
        return None
    columns = [date.fromordinal(n) if is_day else n for n, is_day in zip(numbers, days, strict=False)]
    return _Edge(columns, numbers[-1])


def _turned(by: Sequence[str]) -> tuple[str, ...]:
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in by)


def _behind(order: Sequence[str], edge: Sequence[int | date]) -> Q:
    """Rows that come behind the edge in this order: greater in the first column that differs.

    The bound on the first column, which says nothing new, lets the database enter its index there.
    """
    behind = Q(pk__in=[])
    level = Q()
    for name, value in zip(order, edge, strict=True):
        column = name.removeprefix("-")
        behind |= level & Q(**{f"{column}__{'lt' if name.startswith('-') else 'gt'}": value})
        level &= Q(**{column: value})
    bound = Q(**{f"{order[0].removeprefix('-')}__{'lte' if order[0].startswith('-') else 'gte'}": edge[0]})
    return bound & behind
