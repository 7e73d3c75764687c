"""The whole picture, from the title to the sources."""

from django.utils.translation import gettext as _

from foundation import formats
from lumbung.desk.management.replay.drawing import heroes, panels
from lumbung.desk.management.replay.drawing.sheet import TINTA_2, Sheet
from lumbung.desk.management.replay.scenario import Scenario, Stated
from lumbung.desk.management.replay.telling import Result, rows_of

HEROES = {"cloth": heroes.cloth, "calendar": heroes.calendar}
TOLD = ("declines_bp", "silent_bp", "takes_less_bp", "gives_back_bp", "sews_on_bp")


def draw(scenario: Scenario, result: Result, *, width: int = 960, on_page: bool = False) -> str:
    """The SVG of a result, in the language that is active; a page says title and grounds itself."""
    sheet = Sheet(width, 0 if on_page else None)
    if not on_page:
        _title(sheet, scenario)
    HEROES[scenario.picture](sheet, scenario, result)
    panels.course(sheet, scenario, result)
    panels.spread(sheet, scenario, result)
    if not on_page:
        _grounds(sheet, scenario)
    told = " ".join(f"{row.words}: {row.then} / {row.now}." for row in rows_of(scenario, result))
    return sheet.finished(title=scenario.title, told=told)


def _title(sheet: Sheet, scenario: Scenario) -> None:
    sheet.lines(scenario.title, size=28 if sheet.narrow else 40, bold=True)
    sheet.y += 2
    sheet.lines(scenario.lead, size=15 if sheet.narrow else 16, fill=TINTA_2, room=min(sheet.room, 720))


def _grounds(sheet: Sheet, scenario: Scenario) -> None:
    """Where the numbers come from: the papers, then what we assume."""
    sheet.heading(_("What is known, and what is assumed"))
    papers = dict.fromkeys(f"{fact.source} ({fact.when})" for fact in scenario.facts.values())
    sheet.lines(_("The papers: %(papers)s.") % {"papers": ", ".join(papers)}, size=13, fill=TINTA_2)
    sheet.y += 4
    parts = [_part(scenario.assumptions[key]) for key in TOLD]
    sheet.lines(_("Assumed by us: %(parts)s.") % {"parts": "; ".join(parts)}, size=13, fill=TINTA_2)
    sheet.y += 4
    whole = _(
        "Assumed too: where the makers live, what their hands can make, the dates; all %(count)s assumptions with "
        "their reasons stand beside the result. Whoever is refused does not go on: no system holds the needle."
    ) % {"count": formats.number(len(scenario.assumptions))}
    sheet.lines(whole, size=13, fill=TINTA_2)


def _part(assumed: Stated) -> str:
    """`9% say not this time`."""
    return f"{assumed.shown} {assumed.words[:1].lower()}{assumed.words[1:]}"
