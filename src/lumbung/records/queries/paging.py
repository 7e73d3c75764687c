"""Pages of the list by key: as quick at the millionth record as at the first."""

from dataclasses import dataclass

from lumbung.records.queries.reading import Wanted, records_wanted
from lumbung.records.queries.telling import Told, told

PAGE = 50


@dataclass(frozen=True)
class Page:
    """Some records, newest first; numbers to go on from, or none."""

    rows: list[Told]
    older: int | None
    newer: int | None


def page_of(wanted: Wanted, *, before: str = "", after: str = "") -> Page:
    """The records below the number `before`, or above `after`, or the newest."""
    found = records_wanted(wanted)
    if after.isdecimal():
        rows = list(found.filter(id__gt=int(after)).reverse()[: PAGE + 1])
        more_newer, more_older = len(rows) > PAGE, True
        rows = rows[:PAGE][::-1]
    else:
        if before.isdecimal():
            found = found.filter(id__lt=int(before))
        rows = list(found[: PAGE + 1])
        more_newer, more_older = before.isdecimal(), len(rows) > PAGE
        rows = rows[:PAGE]
    return Page(
        told(rows),
        older=rows[-1].pk if rows and more_older else None,
        newer=rows[0].pk if rows and more_newer else None,
    )
