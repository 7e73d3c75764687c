"""A long list page by page: a page begins behind a row that was seen, so no page is slower than the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
PAGE = 50


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a long list, which they are, and the marks behind which the pages around them begin."""

    rows: list[Row]
    first: int
    total: int
    before: str = ""
    after: str = ""

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


def page_of(
    rows: QuerySet[Row], *, by: Sequence[str], after: str = "", before: str = "", size: int = PAGE
) -> Page[Row]:
    """The rows behind the mark `after`, or in front of the mark `before`; a mark nobody gave is ignored.

    `by` names columns of whole numbers that tell the rows apart, with `-` where the greatest comes first.
    """
    total = rows.count()
    backwards = bool(before)
    edge = _edge(before or after, len(by))
    order = _turned(by) if backwards else tuple(by)
    beyond = rows.filter(_behind(order, edge)) if edge else rows
    found = _fetched(beyond, order, most=size + 1)
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([], 0, total)
    marks = [_mark(row, by) for row in (found[0], found[-1])]
    ahead = rows.filter(_behind(_turned(by), _edge(marks[0], len(by)) or [])).count() if edge else 0
    behind = more or (backwards and ahead + len(found) < total)
    return Page(found, ahead + 1, total, marks[0] if ahead else "", marks[1] if behind else "")


def _fetched(rows: QuerySet[Row], order: Sequence[str], *, most: int) -> list[Row]:
    """The rows are chosen by their keys first: with all that a page shows joined, a planner may begin anywhere."""
    keys = list(rows.select_related(None).order_by(*order).values_list("pk", flat=True)[:most])
    whole = {row.pk: row for row in rows.filter(pk__in=keys).order_by()}
    return [whole[key] for key in keys if key in whole]


def _mark(row: Model, by: Sequence[str]) -> str:
    return "-".join(str(getattr(row, name.removeprefix("-"))) for name in by)


def _edge(mark: str, columns: int) -> list[int] | None:
    parts = mark.split("-")
    whole = len(parts) == columns and all(
        part.isascii() and part.isdecimal() and len(part) < 16 for part in parts
    )
    return [int(part) for part in parts] if whole else None


def _turned(by: Sequence[str]) -> tuple[str, ...]:
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in by)


def _behind(order: Sequence[str], edge: Sequence[int]) -> Q:
    """Rows that come behind the edge in this order: greater in the first column that differs."""
    behind = Q(pk__in=[])
    level = Q()
    for name, value in zip(order, edge, strict=True):
        column = name.removeprefix("-")
        behind |= level & Q(**{f"{column}__{'lt' if name.startswith('-') else 'gt'}": value})
        level &= Q(**{column: value})
    return behind
