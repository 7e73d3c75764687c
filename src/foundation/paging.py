"""A long list page by page: a page begins behind a row that was seen, so no page is slower than the first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import CharField, DateField, DateTimeField, Field, Model, Q, QuerySet, TextField

Row = TypeVar("Row", bound=Model)
Key = TypeVar("Key")
Order = Sequence[str]
"""Columns that tell the rows apart, with `-` where the greatest comes first."""
PAGE = 50
LAST_DAY = date.max.toordinal()
BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
MOST_COUNTED = 4_000
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

    columns: Sequence[object]
    number: int


def page_of(
    rows: QuerySet[Row],
    *,
    by: Order,
    after: str = "",
    before: str = "",
    size: int = PAGE,
    total: int | None = None,
) -> Page[Row]:
    """The rows behind the mark `after`, or in front of the mark `before`; a mark nobody gave is ignored.

    `by` names columns, none of them empty, that end with one telling the rows apart; with the mark of a list by
    words goes the row itself, and where it stands is read anew. Who knows how many rows there are in all gives
    `total`; otherwise they are counted.
    """
    total = counted(rows) if total is None else total
    kinds = _kinds(rows, by)
    edge = _edge(before or after, kinds) if kinds else _edge_of_row(before or after, rows, by)
    backwards = bool(before) and edge is not None
    order = turned(by) if backwards else tuple(by)
    found = _fetched(rows.filter(behind(order, edge.columns)) if edge else rows, order, most=size + 1)
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
        _mark(found[0], by, kinds, first) if has_before else "",
        _mark(found[-1], by, kinds, first + len(found) - 1) if has_after else "",
    )


def _first(edge: _Edge | None, shown: int, *, backwards: bool, more: bool) -> int:
    """The number of a page's first row, counted on from the row that was seen."""
    if edge is None or (backwards and not more):
        return 1
    return max(1, edge.number - shown) if backwards else edge.number + 1


def _fetched(rows: QuerySet[Row], order: Order, *, most: int) -> list[Row]:
    """The rows are chosen by their keys first: with all that a page shows joined, a planner may begin anywhere."""
    keys = list(rows.select_related(None).order_by(*order).values_list("pk", flat=True)[:most])
    whole = {row.pk: row for row in rows.filter(pk__in=keys).order_by()}
    return [whole[key] for key in keys if key in whole]


# A list whose every key is known


@dataclass(frozen=True)
class Part(Generic[Key]):
    """Which part of the keys a page shows, and the keys behind or in front of which its neighbours begin."""

    start: int
    end: int
    total: int
    before: Key | None
    after: Key | None

    @property
    def first(self) -> int:
        return self.start + 1 if self.end > self.start else 0

    @property
    def last(self) -> int:
        return self.end

    @property
    def previous_url(self) -> str:
        """The page in front, where the address holds nothing but the page."""
        return "" if self.before is None else f"?{urlencode({'before': self.before})}"

    @property
    def next_url(self) -> str:
        return "" if self.after is None else f"?{urlencode({'after': self.after})}"


def part_of(
    keys: Sequence[Key], *, after: Key | None = None, before: Key | None = None, size: int = PAGE
) -> Part[Key]:
    """The keys behind `after`, or in front of `before`; a key that is not among them is ignored."""
    if before in keys:
        end = keys.index(before)
        start = max(0, end - size)
    else:
        start = keys.index(after) + 1 if after in keys else 0
        end = min(start + size, len(keys))
    is_empty = start == end
    return Part(
        start,
        end,
        len(keys),
        before=None if is_empty or start == 0 else keys[start],
        after=None if is_empty or end == len(keys) else keys[end - 1],
    )


# The mark: a row's columns as whole numbers (of a list by words: its key), and its number in the list


@dataclass(frozen=True)
class _Kind:
    """How a column's values are written as a whole number, and read again."""

    write: Callable[[Any], int]
    read: Callable[[int], object]
    least: int
    most: int


def _moment(microseconds: int) -> datetime:
    return BEGINNING + timedelta(microseconds=microseconds)


def _since_beginning(moment: datetime) -> int:
    return (moment - BEGINNING) // timedelta(microseconds=1)


NUMBER = _Kind(int, int, 0, 10**15 - 1)
DAY = _Kind(date.toordinal, date.fromordinal, 1, LAST_DAY)
MOMENT = _Kind(_since_beginning, _moment, 0, (LAST_DAY - 1) * 86_400_000_000)


def _kinds(rows: QuerySet[Any], by: Order) -> list[_Kind] | None:
    """How the columns are written; None where one of them holds words."""
    fields = [_field(rows, name.removeprefix("-")) for name in by]
    return (
        None if any(isinstance(field, CharField | TextField) for field in fields) else [*map(_kind, fields)]
    )


def _field(rows: QuerySet[Any], column: str) -> "Field[Any, Any]":
    """The field of a column of the rows, of what they lead to, or of what was computed beside them."""
    if column in rows.query.annotations:
        computed: Field[Any, Any] = rows.query.annotations[column].output_field
        return computed
    model = rows.model
    for step in column.split("__"):
        field: Any = model._meta.pk if step == "pk" else model._meta.get_field(step)
        model = field.related_model
    return field.target_field if field.is_relation else field  # type: ignore[no-any-return]


def _kind(field: "Field[Any, Any]") -> _Kind:
    if isinstance(field, DateTimeField):
        return MOMENT
    return DAY if isinstance(field, DateField) else NUMBER


def _mark(row: Model, by: Order, kinds: Sequence[_Kind] | None, number: int) -> str:
    if kinds is None:
        return f"{row.pk}-{number}"
    values = [getattr(row, name.removeprefix("-")) for name in by]
    written = (kind.write(value) for kind, value in zip(kinds, values, strict=True))
    return "-".join(map(str, [*written, number]))


def _edge_of_row(mark: str, rows: QuerySet[Any], by: Order) -> _Edge | None:
    """Where the row stands now that the mark names, also when it has left the list meanwhile."""
    named = _edge(mark, [NUMBER])
    if named is None:
        return None
    bare = [name.removeprefix("-") for name in by]
    columns = rows.model._default_manager.filter(pk=named.columns[0]).values_list(*bare).first()
    return _Edge(columns, named.number) if columns else None


def _edge(mark: str, kinds: Sequence[_Kind]) -> _Edge | None:
    """What a mark says, if it can be one."""
    parts = mark.split("-")
    if len(parts) != len(kinds) + 1 or not all(_is_number(part) for part in parts):
        return None
    *columns, number = map(int, parts)
    if any(not kind.least <= value <= kind.most for kind, value in zip(kinds, columns, strict=True)):
        return None
    return _Edge([kind.read(value) for kind, value in zip(kinds, columns, strict=True)], number)


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdecimal() and len(part) < 19


# The rule: which rows come behind an edge


def turned(by: Order) -> tuple[str, ...]:
    """The same columns from the other end."""
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in by)


def behind(order: Order, edge: Sequence[object]) -> Q:
    """Rows that come behind the edge in this order: further in the first column that differs.

    The bound on the first column, which says nothing new, lets the database enter its index there.
    """
    found, level = Q(pk__in=[]), Q()
    for name, value in zip(order, edge, strict=True):
        column = name.removeprefix("-")
        found |= level & Q(**{f"{column}__{'lt' if name.startswith('-') else 'gt'}": value})
        level &= Q(**{column: value})
    bound = Q(**{f"{order[0].removeprefix('-')}__{'lte' if order[0].startswith('-') else 'gte'}": edge[0]})
    return bound & found
