"""What a replay's result says, in sentences: for the terminal, the page and the picture."""

import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation import formats
from lumbung.desk.management.replay.scenario import Scenario, Stated, said
from lumbung.makers.choices import Unit

Result = Mapping[str, Any]
WIDTH = 100


@dataclass(frozen=True)
class Beside:
    """One row: what the papers say of then, and what was measured now."""

    words: str
    then: str
    now: str
    facts: tuple[Stated, ...]

    @property
    def sources(self) -> str:
        return "; ".join(dict.fromkeys(f"{fact.source}, {fact.when}" for fact in self.facts))


def unit_of(scenario: Scenario) -> str:
    return str(Unit(scenario.goods["unit"]).label)


def rows_of(scenario: Scenario, result: Result) -> list[Beside]:
    """The table: row by row as the data file orders it."""
    return [
        Beside(
            words=said(row),
            then=said(row, "then"),
            now=NOW[row["now"]](result, unit_of(scenario)),
            facts=tuple(scenario.facts[key] for key in row["facts"]),
        )
        for row in scenario.beside()
    ]


def day_of(moment: str) -> date:
    return datetime.fromisoformat(moment).date()


def came_back(result: Result) -> int:
    """The pieces that came back and were split again."""
    return sum(result[f"{what}_pieces"] for what in ("declined", "expired", "partly", "given_back"))


def _full(result: Result, unit: str) -> str:
    if not result["first_full_at"]:
        return _("not full: %(remaining)s %(unit)s left") % {
            "remaining": formats.number(result["remaining"]),
            "unit": unit,
        }
    full = day_of(result["first_full_at"])
    return _("full on %(day)s, day %(number)s; everybody sees it") % {
        "day": formats.day_month(full),
        "number": (full - date.fromisoformat(result["timeline"][0]["day"])).days + 1,
    }


def _confirmed(result: Result, unit: str) -> str:
    if result["remaining"]:
        return _("%(confirmed)s of %(ordered)s %(unit)s promised to makers") % {
            "confirmed": formats.number(result["confirmed"]),
            "ordered": formats.number(result["ordered"]),
            "unit": unit,
        }
    return _("%(confirmed)s %(unit)s promised to makers, exactly what was ordered") % {
        "confirmed": formats.number(result["confirmed"]),
        "unit": unit,
    }


def _beyond(result: Result, unit: str) -> str:
    return _("%(through)s; %(makers)s makers tried %(pieces)s more, and every try was refused") % {
        "through": formats.number(result["accepted_over_share"]),
        "makers": formats.number(result["attempted_makers"]),
        "pieces": formats.number(result["attempted_over_share"]),
    }


def _makers(result: Result, unit: str) -> str:
    return _(
        "%(holding)s of %(eligible)s eligible makers hold a share; no house more than %(largest)s %(unit)s"
    ) % {
        "holding": formats.number(result["makers_with_share"]),
        "eligible": formats.number(result["eligible"]),
        "largest": formats.number(result["largest_share"]),
        "unit": unit,
    }


def _came_back(result: Result, unit: str) -> str:
    return _(
        "%(declined)s say no, %(silent)s are silent, %(less)s take less, %(back)s give back: "
        "%(pieces)s %(unit)s go to others"
    ) % {
        "declined": formats.number(result["declined"]),
        "silent": formats.number(result["expired"]),
        "less": formats.number(result["partly"]),
        "back": formats.number(result["gave_back"]),
        "pieces": formats.number(came_back(result)),
        "unit": unit,
    }


def _explained(result: Result, unit: str) -> str:
    return _("%(explained)s of %(makers)s makers have one stored reason, and can read it") % {
        "explained": formats.number(result["makers"] - result["unexplained"]),
        "makers": formats.number(result["makers"]),
    }


def _impossible(result: Result, unit: str) -> str:
    return _("%(day)s, the first day: at most %(most)s %(unit)s, so the date is refused") % {
        "day": formats.day_month(date.fromisoformat(result["timeline"][0]["day"])),
        "most": formats.number(result["first_deliverable"]),
        "unit": unit,
    }


NOW: dict[str, Callable[[Result, str], str]] = {
    "full": _full,
    "confirmed": _confirmed,
    "beyond": _beyond,
    "makers": _makers,
    "came_back": _came_back,
    "explained": _explained,
    "impossible": _impossible,
}


def checks(result: Result) -> list[tuple[str, bool]]:
    """What must hold in every replay, and whether it does."""
    return [
        (_("The confirmed shares are not one piece more than the order"), result["remaining"] >= 0),
        (_("Not one piece is confirmed beyond a share"), result["accepted_over_share"] == 0),
        (_("No confirmed share was moved"), result["moved"] == 0),
        (_("Every maker has a reason"), result["unexplained"] == 0),
        (_("Every split computed again agrees to the piece"), bool(result["recomputed"])),
        (_("The records are whole"), result["record_faults"] == 0),
    ]


def holds(result: Result) -> bool:
    return all(kept for _words, kept in checks(result))


# The terminal


def as_table(scenario: Scenario, result: Result) -> str:
    """Everything in one text, readable at a hundred columns."""
    lines = [scenario.title, "", *textwrap.wrap(scenario.lead, WIDTH), ""]
    for row in rows_of(scenario, result):
        lines += _beside(row)
    lines += ["", *_checked(result), "", _("What the papers say"), *_stated(scenario.facts.values())]
    lines += ["", _("What we assume"), *_stated(scenario.assumptions.values())]
    return "\n".join(lines)


def _beside(row: Beside) -> Iterator[str]:
    yield row.words
    yield from _hanging(_("then"), row.then + (f" ({row.sources})" if row.facts else ""))
    yield from _hanging("Lumbung", row.now)


def _hanging(head: str, text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=f"  {head:<9}", subsequent_indent=" " * 11)


def _checked(result: Result) -> Iterator[str]:
    for words, kept in checks(result):
        yield f"  {_('yes') if kept else _('NO'):<6} {words}"


def _stated(rows: Any) -> Iterator[str]:
    for row in rows:
        told = f"{row.words}: {row.shown}" if row.shown else row.words
        ground = f"{row.source}, {row.when}" if row.source else row.why
        yield from textwrap.wrap(f"{told} ({ground})", WIDTH, initial_indent="  ", subsequent_indent="    ")
