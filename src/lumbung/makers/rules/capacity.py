"""How much a maker can still promise.

Goods of one maker share hands. Capacity is told a week; a promise of one good takes its part of the maker's
time from all of them. Everything is whole numbers, and every rounding goes against over-promising.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

WEEK = 7

Numbers = npt.NDArray[np.int64]


class Committed(NamedTuple):
    """What is offered to or confirmed by a maker somewhere, of a good with this weekly capacity."""

    quantity: int
    weekly_capacity: int


def monday_of(day: date) -> date:
    """The Monday of the week that a day lies in."""
    return day - timedelta(days=day.weekday())


def mondays_from(day: date, weeks: int) -> list[date]:
    """The Mondays of this many weeks, the week of `day` first."""
    first = monday_of(day)
    return [first + timedelta(weeks=week) for week in range(weeks)]


def free_days(*, start: date, due: date, busy_mondays: Collection[date] = ()) -> int:
    """Days from the one after `start` to `due` inclusive, less those that lie in busy weeks."""
    whole = max(0, (due - start).days)
    return whole - sum(_overlap(start, due, monday) for monday in set(busy_mondays))


def _overlap(start: date, due: date, monday: date) -> int:
    """How many days of the week of `monday` lie after `start` and not after `due`."""
    first = max(monday, start + timedelta(days=1))
    last = min(monday + timedelta(days=WEEK - 1), due)
    return max(0, (last - first).days + 1)


def capacity_until(weekly_capacity: int, free_days: int) -> int:
    """Units that can be made in so many free days."""
    return weekly_capacity * max(0, free_days) // WEEK


def taken(weekly_capacity: int, committed: Iterable[tuple[int, int]]) -> int:
    """Units of a good that can no longer be made, because the time goes into what is committed.

    Each commitment is rounded up on its own; a commitment of the good itself takes exactly its quantity.
    """
    return sum(-(-quantity * weekly_capacity // weekly) for quantity, weekly in committed)


def available(weekly_capacity: int, free_days: int, committed: Iterable[tuple[int, int]] = ()) -> int:
    """Units that may still be promised: never below zero, never more than the hands can make."""
    return max(0, capacity_until(weekly_capacity, free_days) - taken(weekly_capacity, committed))


class HasCapacity(Protocol):
    """What the capacity of many is computed from (`queries.GoodRow` is one)."""

    @property
    def maker(self) -> int: ...
    @property
    def weekly_capacity(self) -> int: ...
    @property
    def busy_mondays(self) -> Sequence[date]: ...


def free_days_each(rows: Sequence[HasCapacity], *, start: date, due: date) -> Numbers:
    """`free_days` of many makers at once, in the order of the rows."""
    days = np.full(len(rows), max(0, (due - start).days), dtype=np.int64)
    for place, row in enumerate(rows):
        if row.busy_mondays:
            days[place] = free_days(start=start, due=due, busy_mondays=row.busy_mondays)
    return days


def available_each(
    rows: Sequence[HasCapacity],
    days: Numbers,
    committed: Mapping[int, Sequence[tuple[int, int]]],
) -> Numbers:
    """`available` of many goods at once, in the order of the rows; `committed` is by maker."""
    weekly = np.fromiter((row.weekly_capacity for row in rows), dtype=np.int64, count=len(rows))
    units = weekly * np.maximum(days, 0) // WEEK
    for place, row in enumerate(rows):
        promised = committed.get(row.maker)
        if promised:
            units[place] -= taken(row.weekly_capacity, promised)
    return np.maximum(units, 0)
