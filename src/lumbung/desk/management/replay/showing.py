"""What the public page of a replay shows."""

from datetime import date
from typing import Any

from lumbung.desk.management.replay.keeping import kept
from lumbung.desk.management.replay.scenario import Scenario, names, read_scenario
from lumbung.desk.management.replay.telling import Result, checks, rows_of, unit_of

WIDTHS = (328, 712, 1088)
"""The widths in which the page asks for its picture: phone, tablet, desk."""


def page_of(scenario: Scenario, result: Result) -> dict[str, Any]:
    """Everything that `desk/replay.html` needs."""
    return {
        "scenario": scenario,
        "rows": rows_of(scenario, result),
        "checks": checks(result),
        "facts": list(scenario.facts.values()),
        "assumptions": list(scenario.assumptions.values()),
        "days": [{**day, "day": date.fromisoformat(day["day"])} for day in result["timeline"]],
        "unit": unit_of(scenario),
        "seed": result["seed"],
        "others": [read_scenario(name) for name in names() if name != scenario.name and kept(name)],
    }
