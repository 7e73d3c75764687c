"""The reasons why not, as sentences."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from foundation import formats
from lumbung.makers.choices import ImportState, MakerKind, MakerState
from lumbung.makers.rules.capacity import monday_of

WEEKS_A_YEAR = 52
LARGEST_CAPACITY = 10_000_000
"""A week's capacity above this is a slip of the finger: it is the largest order there is."""
LARGEST_PRICE = 100_000_000_000


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
        return _(
            "The smallest lot is more than a whole year's capacity (%(year)s). You wrote %(written)s."
        ) % {
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
        return _counts_already(belongs_to)
    if owns:
        sentence = _("This person is registered with an own workshop, %(maker)s. A household counts once.")
        return sentence % {"maker": owns}
    return None


def _counts_already(group: str) -> str:
    return _("This person's house already counts in %(group)s. A household counts once.") % {"group": group}


def why_not_workshop(belongs_to: str | None) -> str | None:
    """The reason why a person cannot have an own workshop registered, or None."""
    if belongs_to:
        return _counts_already(belongs_to)
    return None


def why_not_owner(state: str, *, is_same: bool) -> str | None:
    """The reason why somebody else cannot answer for a maker, or None."""
    if state == MakerState.CLOSED:
        return _("A closed maker has nobody new. Take it up again first.")
    return _("This person answers for it already.") if is_same else None


def why_not_review(first: int, second: int, reason: str) -> str | None:
    if first == second:
        return _("These are one and the same entry.")
    if not reason.strip():
        return _("Write how you know that these are two makers.")
    return None


def why_not_take(state: str, *, makers: int) -> str | None:
    """The reason why a file cannot be taken in, or None."""
    if state == ImportState.SENT:
        return _("The file is still being checked.")
    if state != ImportState.CHECKED:
        return _("This file was dropped or taken back. Send it again.")
    if not makers:
        return _("The file brings nothing new: there is nothing to take in.")
    return None


def why_not_undo(state: str) -> str | None:
    """The reason why a file cannot be taken back, or None."""
    if state == ImportState.UNDONE:
        return _("This file was taken back already.")
    if state != ImportState.TAKEN:
        return _("This file was not taken in.")
    return None


def why_not_drop(state: str) -> str | None:
    """The reason why a file cannot be dropped, or None."""
    if state in (ImportState.TAKEN, ImportState.UNDONE):
        return _("This file was taken in: its rows stay, so that it can be told what came from where.")
    return None
