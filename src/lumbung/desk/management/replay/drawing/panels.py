"""What follows below the two courses: the order day by day, and how the pieces lie over the houses."""

from datetime import date

from django.utils.translation import gettext as _

from foundation import formats
from lumbung.desk.management.replay.drawing.sheet import (
    GARIS,
    MENGKUDU,
    TARUM,
    TARUM_3,
    TINTA,
    TINTA_2,
    Sheet,
)
from lumbung.desk.management.replay.scenario import Scenario
from lumbung.desk.management.replay.telling import Result, came_back, day_of, unit_of

HIGH = 180


def course(sheet: Sheet, scenario: Scenario, result: Result) -> None:
    """Each day a column: woven what is promised, warp what is offered; below, what was tried beyond a share."""
    sheet.heading(_("Day by day with Lumbung"))
    days, ordered = result["timeline"], result["ordered"]
    tried = max(day["tried"] for day in days)
    low = HIGH * tried // ordered
    sheet.y += 26
    top, base = sheet.y, sheet.y + HIGH
    step = sheet.room // len(days)
    left = sheet.left
    for number, day in enumerate(days):
        x, high = left + number * step, HIGH * day["confirmed"] // ordered
        offered = HIGH * day["offered"] // ordered
        sheet.woven(x, base - high, step, high)
        sheet.warp(x, base - high - offered, step, offered)
    _tried(sheet, [HIGH * day["tried"] // ordered for day in days], step, base + 26)
    sheet.line(left, top, left + step * len(days), top, stroke=TINTA, width=2)
    edge = _("%(ordered)s %(unit)s: the order is full") % {
        "ordered": formats.number(ordered),
        "unit": unit_of(scenario),
    }
    sheet.text(edge, y=top - 8, size=14, fill=TINTA_2)
    _dates(sheet, [date.fromisoformat(day["day"]) for day in days], step, base)
    sheet.y = base + 30 + low
    _legend(sheet, result)
    if result["first_full_at"]:
        _told(sheet, result)


def _tried(sheet: Sheet, lengths: list[int], step: int, top: int) -> None:
    """What was tried until each evening, hanging down from a line: an outline, and nothing in it."""
    path, depth = f"M{sheet.left} {top}", 0
    for number, length in enumerate(lengths):
        if length != depth:
            path, depth = f"{path}H{sheet.left + number * step}V{top + length}", length
    path += f"H{sheet.left + len(lengths) * step}V{top}Z"
    sheet.parts.append(
        f'<path d="{path}" fill="none" stroke="{MENGKUDU}" stroke-width="1.5" stroke-dasharray="2 4"/>'
    )


def _dates(sheet: Sheet, days: list[date], step: int, base: int) -> None:
    """Days of the month below the columns, as many as have room."""
    every = 1 if step >= 24 else 2 if step >= 13 else 4
    for number, day in enumerate(days):
        if number % every == 0:
            x = sheet.left + number * step + step // 2
            sheet.text(str(day.day), x=x, y=base + 17, size=12, fill=TINTA_2, anchor="middle")


def _legend(sheet: Sheet, result: Result) -> None:
    sheet.y += 18
    _key(sheet, "woven", _("promised"))
    _key(sheet, "warp", _("offered, not answered yet"))
    tried = _("tried beyond a share: %(pieces)s, let through: %(through)s") % {
        "pieces": formats.number(result["attempted_over_share"]),
        "through": formats.number(result["accepted_over_share"]),
    }
    _key(sheet, "hollow", tried)
    sheet.y += 8


def _key(sheet: Sheet, shape: str, words: str) -> None:
    y = sheet.y - 12
    if shape == "woven":
        sheet.woven(sheet.left, y, 24, 14)
    elif shape == "warp":
        sheet.warp(sheet.left, y, 24, 14)
    else:
        sheet.hollow(sheet.left, y, 24, 14)
    sheet.y -= 14
    sheet.lines(words, x=sheet.left + 32, room=sheet.room - 32)
    sheet.y += 16


def _told(sheet: Sheet, result: Result) -> None:
    """The course in sentences, each beginning with its number."""
    back = _(
        "came back and went to others: %(no)s say no, %(silent)s are silent, %(less)s take less, %(later)s give back"
    ) % {
        "no": formats.number(result["declined"]),
        "silent": formats.number(result["expired"]),
        "less": formats.number(result["partly"]),
        "later": formats.number(result["gave_back"]),
    }
    full = day_of(result["first_full_at"])
    for number, words in (
        (formats.number(came_back(result)), back),
        (formats.day_month(full), _again(result)),
        (formats.number(result["moved"]), _("pieces of a confirmed share were moved to anybody else")),
    ):
        numbered(sheet, number, words)


def _again(result: Result) -> str:
    """When the order was full, and what happened to what was given back afterwards."""
    if result["full_at"] in (None, result["first_full_at"]) or not result["given_back_pieces"]:
        return _("the order is full, and everybody sees it")
    return _("the order is full; %(back)s given back later went to others, full again on %(day)s") % {
        "back": formats.number(result["given_back_pieces"]),
        "day": formats.day_month(day_of(result["full_at"])),
    }


def numbered(sheet: Sheet, number: str, words: str) -> None:
    """A row: the number at the left edge, the sentence beside it (below it on a phone)."""
    sheet.line(sheet.left, sheet.y, sheet.right, sheet.y, stroke=GARIS)
    sheet.y += 26
    sheet.text(number, size=20, bold=True)
    if sheet.narrow:
        sheet.y += 4
        sheet.lines(words, size=14, fill=TINTA_2)
        sheet.y += 8
    else:
        left = sheet.left + 150
        sheet.y -= 14
        sheet.lines(words, size=14, fill=TINTA_2, x=left, room=sheet.right - left)
        sheet.y += 8


def spread(sheet: Sheet, scenario: Scenario, result: Result) -> None:
    """The houses side by side, from the largest share to the smallest."""
    sheet.heading(_("Who makes how much"))
    amounts = sorted(
        (amount // houses for amount, houses in result["shares"] for _house in range(houses)), reverse=True
    )
    largest = max([*amounts, 1])
    high = 110
    sheet.y += 30
    label = _("%(unit)s at most for one house") % {"unit": unit_of(scenario)}
    if sheet.narrow:
        sheet.text(formats.number(largest), size=22, bold=True)
        sheet.y += 2
        sheet.lines(label, fill=TINTA_2)
    else:
        sheet.numbered(formats.number(largest), label, size=22)
    sheet.y += 12
    base = sheet.y + high
    path, edge = f"M{sheet.left} {base}", -1
    for place, amount in enumerate(amounts):
        y = base - high * amount // largest
        if y != edge:
            path += f"H{sheet.left + sheet.room * place // len(amounts)}V{y}"
            edge = y
    path += f"H{sheet.right}V{base}Z"
    sheet.parts.append(f'<path d="{path}" fill="{TARUM}"/>')
    sheet.line(sheet.left, base, sheet.right, base, stroke=TARUM_3)
    sheet.y = base + 8
    told = _(
        "Each house one thread, %(houses)s eligible; %(none)s of their makers took nothing. Unevenness (Gini, share ÷ "
        "what the house can make): %(gini)s; the cheapest plan would have %(cheapest)s."
    ) % {
        "houses": formats.number(len(amounts)),
        "none": formats.number(result["eligible"] - result["makers_with_share"]),
        "gini": formats.fraction_bp(round(result["gini"] * 10_000)),
        "cheapest": formats.fraction_bp(round(result["gini_cheapest"] * 10_000)),
    }
    sheet.lines(told, fill=TINTA_2)
