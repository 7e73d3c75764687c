"""How the makers of a replay answer: drawn once for each, by the shares that the scenario assumes."""

from dataclasses import dataclass
from enum import StrEnum
from random import Random

from lumbung.desk.management.replay.scenario import BASIS, Scenario
from lumbung.makers.models import Maker


class Answer(StrEnum):
    ACCEPTS = "accepts"
    TAKES_LESS = "takes_less"
    DECLINES = "declines"
    SILENT = "silent"
    GIVES_BACK = "gives_back"


DRAWN = (
    (Answer.DECLINES, "declines_bp"),
    (Answer.SILENT, "silent_bp"),
    (Answer.TAKES_LESS, "takes_less_bp"),
    (Answer.GIVES_BACK, "gives_back_bp"),
)


@dataclass(frozen=True)
class Temper:
    """What one maker does with offers; `sews_on` is who tries to have more than the share confirmed."""

    answer: Answer
    sews_on: bool


def tempers(scenario: Scenario, makers: list[Maker], chance: Random) -> dict[int, Temper]:
    """Maker → temper."""
    return {maker.pk: _drawn(scenario, chance) for maker in makers}


def _drawn(scenario: Scenario, chance: Random) -> Temper:
    draw, found = chance.randrange(BASIS), Answer.ACCEPTS
    for answer, key in DRAWN:
        draw -= scenario.value(key)
        if draw < 0:
            found = answer
            break
    return Temper(found, sews_on=chance.randrange(BASIS) < scenario.value("sews_on_bp"))


def part_of(quantity: int, smallest: int, chance: Random) -> int:
    """Half to four fifths of an offer, and never below the smallest that may be taken."""
    return max(smallest, quantity * chance.randint(50, 80) // 100)
