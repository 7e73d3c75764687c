"""One replay from beginning to end, and the result that is kept beside its data file."""

import time
from datetime import datetime
from typing import Any

from django.utils import timezone, translation

from lumbung.desk.management.replay.course import Course
from lumbung.desk.management.replay.measuring import measured
from lumbung.desk.management.replay.scenario import Scenario, Stated
from lumbung.desk.management.replay.throwaway import throwaway_database

DAYS_SHOWN_AFTER_THE_LAST_CHANGE = 3


def run(scenario: Scenario, *, seed: int | None = None, scale: int = 100) -> dict[str, Any]:
    """Let it happen in a throw-away database, and measure. The same for the same seed, but for the seconds."""
    started = time.perf_counter()
    chosen = scenario.seed if seed is None else seed
    with throwaway_database(), translation.override("en"), timezone.override(scenario.time_zone):
        course = Course(scenario, chosen, scale)
        course.run()
        found = measured(course)
        timeline, events = _timeline(course), _events(course)
    return {
        "replay": scenario.name,
        "seed": chosen,
        "scale": scale,
        **found,
        "produced_then": scenario.then("produced"),
        "unsold_then": scenario.then("unsold"),
        "facts": {key: _told(fact) for key, fact in scenario.facts.items()},
        "assumptions": {key: _told(assumed) for key, assumed in scenario.assumptions.items()},
        "timeline": timeline,
        "events": events,
        "seconds": round(time.perf_counter() - started, 1),
    }


def _told(stated: Stated) -> dict[str, Any]:
    told = {
        name: value if isinstance(value, str | int | list) else str(value)
        for name, value in stated.told.items()
    }
    return {name: told[name] for name in sorted(told)}


def _timeline(course: Course) -> list[dict[str, Any]]:
    """Evening by evening, until shortly after the last change."""
    evenings = course.evenings
    last = next(
        (
            place
            for place in range(len(evenings) - 1, 0, -1)
            if evenings[place].confirmed != evenings[place - 1].confirmed
            or evenings[place].offered != evenings[place - 1].offered
            or evenings[place].tried != evenings[place - 1].tried
        ),
        0,
    )
    return [
        {
            "day": evening.day.isoformat(),
            "confirmed": evening.confirmed,
            "offered": evening.offered,
            "tried": evening.tried,
        }
        for evening in evenings[: last + 1 + DAYS_SHOWN_AFTER_THE_LAST_CHANGE]
    ]


def _events(course: Course) -> list[dict[str, Any]]:
    return [{"at": _local(moment), "what": what, "number": number} for moment, what, number in course.events]


def _local(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes")
