"""How much a maker can still promise, and why not: no database.

Goods of one maker share hands. Capacity is told a week; a promise of one good takes its part of the maker's time
from all of them. Everything is whole numbers, and every rounding goes against over-promising.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _

from foundation import formats
from lumbung.makers.choices import MakerKind, MakerState
from lumbung.places.rules import search_key

WEEK = 7
WEEKS_A_YEAR = 52
LARGEST_CAPACITY = 10_000_000
"""A week's capacity above this is a slip of the finger: it is the largest order there is."""
LARGEST_PRICE = 1_000_000_000_000

Numbers = npt.NDArray[np.int64]


class Committed(NamedTuple):
    """What is offered to or confirmed by a maker somewhere, of a good with this weekly capacity."""

    quantity: int
    weekly_capacity: int


# Time


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


# Capacity


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


# Why not


def faults_of_good(*, price_rupiah: int, weekly_capacity: int, minimum_lot: int) -> dict[str, str]:
    """What cannot be right about a good, a sentence a field; empty when all is well."""
    faults = {
        "price_rupiah": _why_not_between(price_rupiah, 1, LARGEST_PRICE),
        "weekly_capacity": _why_not_between(weekly_capacity, 1, LARGEST_CAPACITY),
        "minimum_lot": _why_not_lot(minimum_lot, weekly_capacity),
    }
    return {field: sentence for field, sentence in faults.items() if sentence}


def why_not_good(price_rupiah: int, weekly_capacity: int, minimum_lot: int) -> str | None:
    """The first reason why a good cannot stand like this, or None."""
    faults = faults_of_good(
        price_rupiah=price_rupiah, weekly_capacity=weekly_capacity, minimum_lot=minimum_lot
    )
    return next(iter(faults.values()), None)


def _why_not_between(value: int, least: int, most: int) -> str | None:
    if value < least:
        return _("Write a number of %(least)s or more.") % {"least": formats.number(least)}
    if value > most:
        return _("At most %(most)s. You wrote %(written)s.") % {
            "most": formats.number(most),
            "written": formats.number(value),
        }
    return None


def _why_not_lot(lot: int, weekly_capacity: int) -> str | None:
    if lot < 1:
        return _why_not_between(lot, 1, LARGEST_CAPACITY)
    year = max(0, weekly_capacity) * WEEKS_A_YEAR
    if year and lot > year:
        return _("The smallest lot is more than a whole year's capacity (%(year)s). You wrote %(written)s.") % {
            "year": formats.number(year),
            "written": formats.number(lot),
        }
    return None


def why_not_name(name: str) -> str | None:
    if not name.strip():
        return _("Write the name of the workshop or group.")
    if len(name) > 200:
        return _("The name is too long: at most 200 letters.")
    return None


def why_not_last_made(day: date | None, *, today: date) -> str | None:
    if day and day > today:
        return _("The last real production cannot lie in the future.")
    return None


def why_not_state(now: str, wanted: str, reason: str) -> str | None:
    """The reason why a maker cannot be paused, closed or taken up again, or None."""
    if now == MakerState.CLOSED and wanted == MakerState.PAUSED:
        return _("A closed maker cannot be paused. Take it up again first.")
    if not reason.strip():
        return _("Write the reason: whoever looks later must understand it.")
    return None


def why_not_week(monday: date, *, today: date) -> str | None:
    """The reason why a week cannot be marked, or None."""
    if monday.weekday():
        return _("A week is named by its Monday.")
    if monday < monday_of(today):
        return _("This week is over.")
    if monday > today + timedelta(weeks=WEEKS_A_YEAR):
        return _("At most one year ahead.")
    return None


def why_not_household(*, kind: str, belongs_to: str | None, owns: str | None) -> str | None:
    """The reason why a person's house cannot join a group, or None: a household counts once."""
    if kind != MakerKind.GROUP:
        return _("Only a group under a captain has several households.")
    if belongs_to:
        return _("This person's house already counts in %(group)s. A household counts once.") % {"group": belongs_to}
    if owns:
        return _("This person is registered with an own workshop, %(maker)s. A household counts once.") % {"maker": owns}
    return None


def why_not_workshop(belongs_to: str | None) -> str | None:
    """The reason why a person cannot have an own workshop registered, or None."""
    if belongs_to:
        return _("This person's house already counts in %(group)s. A household counts once.") % {"group": belongs_to}
    return None


def why_not_review(first: int, second: int, reason: str) -> str | None:
    if first == second:
        return _("These are one and the same entry.")
    if not reason.strip():
        return _("Write how you know that these are two makers.")
    return None


# Spelling


def tidy(text: str) -> str:
    """Single spaces, none around."""
    return " ".join(text.split())


def tidy_account(text: str) -> str:
    """An account number as letters and digits only, so that two spellings of one number are equal."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def house_key(house: str) -> str:
    """`RT 02 / No. 14` and `rt 2 no 14` are one house."""
    words = re.findall(r"[a-z]+|[0-9]+", house.casefold())
    return " ".join(str(int(word)) if word.isdigit() else word for word in words)


def sort_name(name: str) -> str:
    """How a name is ordered: without case, accents and signs."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return tidy(re.sub(r"[^a-z0-9]+", " ", plain)) or "~"


def search_text(*parts: str) -> str:
    """The words of a maker's name and place as they sound, each after a space."""
    keys = (search_key(word) for part in parts for word in part.replace("-", " ").split())
    return " " + " ".join(key for key in keys if key)


def search_words(written: str) -> list[str]:
    """The words of a question, as they stand in `search_text`."""
    return search_text(written).split()


def masked(text: str) -> str:
    """All but the last three signs hidden."""
    return "•" * max(0, len(text) - 3) + text[-3:] if text else ""
