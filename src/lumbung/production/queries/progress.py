"""How far the shares of a line are: one query for all of them, then the details of a page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from foundation import clock
from lumbung.makers.rules import search_words
from lumbung.orders.choices import CONFIRMED_STATES
from lumbung.orders.models import OrderLine, Share
from lumbung.orders.queries.shares import BULKY, WITH_ALL
from lumbung.production.choices import Standing
from lumbung.production.models import Making
from lumbung.production.queries.standards import newest_of
from lumbung.production.rules.forecast import Forecast, Pace, forecast
from lumbung.production.rules.making import standing_of

ROWS = 25
RANKS = {standing: rank for rank, standing in enumerate(Standing)}
BY_LATE, BY_NAME, BY_MADE = "terlambat", "nama", "hasil"
_COLUMNS = (
    "pk",
    "line_id",
    "line__order__due_on",
    "confirmed_quantity",
    "released_quantity",
    "maker__sort_name",
    "making__standard_id",
    "making__started_on",
    "making__weekly_capacity",
    "making__made_quantity",
    "making__squares",
    "making__last_made_on",
    "making__attempts_above",
)


@dataclass(frozen=True)
class Row:
    """How far one share is."""

    pk: int
    line: int
    sort_name: str
    held: int
    made: int
    attempts_above: int
    started_on: date | None
    told: Forecast | None
    standing: Standing

    @property
    def missing(self) -> int:
        return self.told.missing if self.told else 0


@dataclass(frozen=True)
class LineProgress:
    """All shares of a line that are held."""

    rows: list[Row]

    @property
    def held(self) -> int:
        return sum(row.held for row in self.rows)

    @property
    def made(self) -> int:
        return sum(row.made for row in self.rows)

    @property
    def missing(self) -> int:
        """What the late shares are likely to miss on the due day."""
        return sum(row.missing for row in self.rows if row.standing == Standing.LATE)

    @property
    def attempts_above(self) -> int:
        return sum(row.attempts_above for row in self.rows)

    @property
    def counts(self) -> Counter[Standing]:
        return Counter(row.standing for row in self.rows)


@dataclass(frozen=True)
class Shown:
    """A row with the share that it tells of."""

    row: Row
    share: Share


def held_shares() -> QuerySet[Share]:
    """Shares of which something is held, in orders that run."""
    return Share.objects.filter(
        state__in=CONFIRMED_STATES,
        confirmed_quantity__gt=F("released_quantity"),
        line__order__cancelled_at__isnull=True,
    )


def rows_of(shares: QuerySet[Share]) -> list[Row]:
    """How far each of these shares is; two queries, however many."""
    found = list(shares.order_by("pk").values_list(*_COLUMNS))
    newest = newest_of({columns[1] for columns in found})
    today = clock.today()
    return [_row(columns, newest.get(columns[1]), today) for columns in found]


def _row(columns: Sequence[Any], newest: int | None, today: date) -> Row:
    pk, line, due_on, confirmed, released, name, standard, started_on, weekly, made, squares, last, above = (
        columns
    )
    held = confirmed - released
    told = None
    if started_on is not None:
        pace = Pace(started_on, weekly, made, squares, last)
        told = forecast(pace, quantity=held, due_on=due_on, today=today)
    return Row(
        pk=pk,
        line=line,
        sort_name=name,
        held=held,
        made=made or 0,
        attempts_above=above or 0,
        started_on=started_on,
        told=told,
        standing=standing_of(told, standard=standard, newest=newest),
    )


def progress_of(line: OrderLine) -> LineProgress:
    return LineProgress(rows_of(held_shares().filter(line=line)))


def progress_of_lines(lines: Iterable[OrderLine]) -> dict[int, LineProgress]:
    """Line → how far its shares are; two queries."""
    pks = [line.pk for line in lines]
    rows = rows_of(held_shares().filter(line__in=pks))
    return {pk: LineProgress([row for row in rows if row.line == pk]) for pk in pks}


def chosen_among(
    line: OrderLine, rows: Sequence[Row], *, text: str = "", standing: str = "", by: str = BY_LATE
) -> list[Row]:
    """The rows that fit a search, in the order asked for: late ones first unless it says otherwise."""
    words = search_words(text)
    if words:
        shares = held_shares().filter(line=line)
        for word in words:
            shares = shares.filter(maker__search_text__contains=word)
        fitting = set(shares.values_list("pk", flat=True))
        rows = [row for row in rows if row.pk in fitting]
    if standing:
        rows = [row for row in rows if row.standing == standing]
    return sorted(rows, key={BY_NAME: _by_name, BY_MADE: _by_made}.get(by, _by_late))


def _by_late(row: Row) -> tuple[int, int, str, int]:
    return RANKS[row.standing], -row.missing, row.sort_name, row.pk


def _by_name(row: Row) -> tuple[str, int]:
    return row.sort_name, row.pk


def _by_made(row: Row) -> tuple[int, str, int]:
    """The smallest part made first."""
    return row.made * 10_000 // max(1, row.held), row.sort_name, row.pk


def shown(rows: Sequence[Row]) -> list[Shown]:
    """These rows with all that a page shows of their shares; one query."""
    shares = Share.objects.select_related(*WITH_ALL).defer(*BULKY).in_bulk([row.pk for row in rows])
    return [Shown(row, shares[row.pk]) for row in rows if row.pk in shares]


def exported(rows: Sequence[Row]) -> Iterator[Shown]:
    for start in range(0, len(rows), 500):
        yield from shown(rows[start : start + 500])


def row_of(share: Share) -> Row | None:
    """How far one share is; None where nothing of it is held."""
    found = rows_of(held_shares().filter(pk=share.pk))
    return found[0] if found else None


def pace_of(making: Making) -> Pace:
    return Pace(
        making.started_on,
        making.weekly_capacity,
        making.made_quantity,
        making.squares,
        making.last_made_on,
    )


def forecast_of(share: Share, making: Making) -> Forecast:
    return forecast(
        pace_of(making),
        quantity=share.held_quantity,
        due_on=share.line.order.due_on,
        today=clock.today(),
    )


def lines_with_standards() -> QuerySet[OrderLine]:
    """Lines of running orders that have a standard, and are not over for long."""
    return (
        OrderLine.objects.filter(
            standards__approved_at__isnull=False,
            order__cancelled_at__isnull=True,
            order__finished_at__isnull=True,
            confirmed_quantity__gt=0,
        )
        .select_related("order", "kind")
        .distinct()
        .order_by("pk")
    )
