"""The two courses one above the other: how much (a cloth), or when (a calendar)."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from foundation import formats
from lumbung.desk.management.replay.drawing.sheet import (
    KUNYIT,
    MENGKUDU,
    TARUM,
    TINTA,
    TINTA_2,
    Sheet,
    wide_of,
)
from lumbung.desk.management.replay.scenario import Scenario, said
from lumbung.desk.management.replay.telling import Result, day_of, unit_of

HIGH = 72


def cloth(sheet: Sheet, scenario: Scenario, result: Result) -> None:
    """Then: woven, and woven on beyond the edge. With Lumbung: woven to exactly the edge."""
    unit, ordered = unit_of(scenario), result["ordered"]
    beyond = max(result["unsold_then"] or 0, result["attempted_over_share"])
    edge = sheet.left + sheet.room * ordered // (ordered + beyond)
    sheet.y += 12
    year = scenario.value("starts_on").year
    _row(sheet, str(year), _("made, and nobody could see that the order was full"))
    unsold = result["unsold_then"] or 0
    over = (sheet.right - edge) * unsold // beyond
    sheet.woven(sheet.left, sheet.y, edge - sheet.left, HIGH)
    sheet.woven(edge, sheet.y, over, HIGH, pattern="beyond")
    _edge(sheet, edge)
    _under(
        sheet,
        edge,
        (formats.number(ordered), unit),
        (formats.number(unsold), _("that nobody took")),
        MENGKUDU,
    )
    sheet.y += 20
    _row(sheet, "Lumbung", _("promised, and everybody sees how much is left"))
    sheet.woven(sheet.left, sheet.y, (edge - sheet.left) * result["confirmed"] // ordered, HIGH)
    tried = (sheet.right - edge) * result["attempted_over_share"] // beyond
    sheet.hollow(edge + 3, sheet.y + 1, tried - 4, HIGH - 2)
    through = formats.number(result["accepted_over_share"])
    _edge(sheet, edge)
    more = _("beyond; %(tried)s tried and refused") % {
        "tried": formats.number(result["attempted_over_share"])
    }
    _under(sheet, edge, (formats.number(result["confirmed"]), unit), (through, more), TINTA)


def _edge(sheet: Sheet, x: int) -> None:
    """Where the order ends: a line a little longer than the cloth is high."""
    sheet.line(x, sheet.y - 8, x, sheet.y + HIGH + 8, stroke=TINTA, width=2)
    sheet.y += HIGH


def _row(sheet: Sheet, head: str, words: str) -> None:
    sheet.y += 22
    if sheet.narrow:
        sheet.text(head, size=20, bold=True)
        sheet.y += 2
        sheet.lines(words, size=14, fill=TINTA_2)
        sheet.y += 8
        return
    sheet.numbered(head, words, size=20)
    sheet.y += 14


def _under(sheet: Sheet, edge: int, inside: tuple[str, str], outside: tuple[str, str], fill: str) -> None:
    """The numbers below a cloth: within the edge at the left, beyond it right of the edge (below it on a phone)."""
    sheet.y += 28
    sheet.numbered(*inside, size=20 if sheet.narrow else 24)
    if sheet.narrow:
        sheet.y += 26
        sheet.numbered(*outside, x=sheet.right, size=20, fill=fill, anchor="end")
    else:
        sheet.numbered(*outside, x=edge + 8, fill=fill)
    sheet.y += 6


# When


def calendar(sheet: Sheet, scenario: Scenario, result: Result) -> None:
    """Then: bare warp until the last day that the papers name. With Lumbung: woven as it is promised."""
    marks: list[dict[str, Any]] = [dict(mark) for mark in scenario.told["calendar"]]
    first = date.fromisoformat(result["timeline"][0]["day"])
    start = min(first, *(mark["date"] for mark in marks))
    end = max(scenario.value("due_on"), *(mark["date"] for mark in marks)) + timedelta(days=2)
    span = (end - start).days

    def at(day: date) -> int:
        return sheet.left + sheet.room * int((day - start).days) // int(span)

    sheet.y += 12
    _row(sheet, str(first.year), _("what the papers tell"))
    last = max(mark["date"] for mark in marks)
    sheet.warp(sheet.left, sheet.y, at(last) - sheet.left, HIGH)
    for mark in marks:
        if part := mark.get("ready_percent"):
            high = HIGH * part // 100
            sheet.woven(at(mark["date"]) - 9, sheet.y + HIGH - high, 18, high)
    _marks(sheet, [(at(mark["date"]), mark["date"], said(mark)) for mark in marks])
    sheet.y += 14
    _row(sheet, "Lumbung", _("promised, day by day"))
    _woven_by_day(sheet, scenario, result, at)
    told = []
    if result["first_deliverable"]:
        no = _("refused: by the first date at most %(most)s can be made") % {
            "most": formats.number(result["first_deliverable"])
        }
        told.append((at(first), first, no))
    if result["first_full_at"]:
        full = day_of(result["first_full_at"])
        everything = _("every one of the %(ordered)s is promised") % {
            "ordered": formats.number(result["ordered"])
        }
        told.append((at(full), full, everything))
    due = scenario.value("due_on")
    told.append((at(due), due, _("due date, assumed by us and told on the first day")))
    _marks(sheet, told)


def _woven_by_day(sheet: Sheet, scenario: Scenario, result: Result, at: Any) -> None:
    """Each day as high as what is promised; the rest is bare warp."""
    days = [(date.fromisoformat(day["day"]), day["confirmed"]) for day in result["timeline"]]
    due = scenario.value("due_on")
    for place, (day, confirmed) in enumerate(days):
        until = days[place + 1][0] if place + 1 < len(days) else due
        high = HIGH * confirmed // result["ordered"]
        x, wide = at(day), at(until) - at(day)
        sheet.warp(x, sheet.y, wide, HIGH - high)
        sheet.woven(x, sheet.y + HIGH - high, wide, high)


def _marks(sheet: Sheet, marks: list[tuple[int, date, str]]) -> None:
    """Days below a band: a diamond at the place, then the day and what happened, line by line."""
    sheet.y += HIGH
    for x, _day, _words in marks:
        sheet.diamond(x, sheet.y, KUNYIT)
        sheet.line(x, sheet.y, x, sheet.y + 10, stroke=TARUM)
    sheet.y += 12
    for x, day, words in marks:
        head = formats.day_month(day)
        sheet.y += 22
        if sheet.narrow:
            sheet.text(head, size=16, bold=True)
            sheet.y += 1
            sheet.lines(words, fill=TINTA_2)
        elif x + wide_of(f"{head}  {words}", 14) <= sheet.right:
            sheet.numbered(head, words, x=x, size=16)
        else:
            sheet.numbered(head, words, x=sheet.right, size=16, anchor="end")
    sheet.y += 6
