"""Makers who go on sewing try to have more than their share confirmed; what comes of it is read from the rows.

Whether a try was let through is never taken from the answer of the rule: the pieces that the maker holds in
the database are counted before and after. So a rule that is missing shows as pieces, not as silence.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import IntegrityError
from django.db.models import F, Sum

from foundation.errors import Refused
from lumbung.orders.choices import CONFIRMED_STATES
from lumbung.orders.models import OrderLine, Share


class Way(StrEnum):
    """How somebody tries."""

    MORE = "more"
    """to confirm more than is offered"""
    AGAIN = "again"
    """to answer a second time"""
    LATE = "late"
    """to answer after the term"""
    FULL = "full"
    """to answer when the order is full"""
    NEGATIVE = "negative"
    """to give back less than nothing"""


class Outcome(StrEnum):
    BY_RULE = "by_rule"
    BY_DATABASE = "by_database"
    NOTHING = "nothing"
    """the deed went through and gave the maker not one piece"""
    THROUGH = "through"


def held_by(line: OrderLine, maker: int) -> int:
    """The pieces that a maker holds by confirmation, from the rows."""
    shares = Share.objects.filter(line=line, maker=maker, state__in=CONFIRMED_STATES)
    held = shares.aggregate(held=Sum(F("confirmed_quantity") - F("released_quantity"), default=0))["held"]
    return int(held)


@dataclass
class Attempts:
    """All tries of a replay."""

    pieces: dict[int, int] = field(default_factory=dict)
    """Maker → the most pieces tried at once: the same hands are not counted twice."""
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    ways: Counter[Way] = field(default_factory=Counter)
    accepted: int = 0
    """Pieces that makers got by trying."""

    def count(
        self, line: OrderLine, maker: int, pieces: int, way: Way, deed: Callable[[], object]
    ) -> Outcome:
        """Let somebody try, and see in the database what came of it."""
        before = held_by(line, maker)
        try:
            deed()
            outcome = Outcome.NOTHING
        except Refused:
            outcome = Outcome.BY_RULE
        except IntegrityError:
            outcome = Outcome.BY_DATABASE
        gained = held_by(line, maker) - before
        if gained > 0:
            outcome = Outcome.THROUGH
            self.accepted += gained
        self.pieces[maker] = max(self.pieces.get(maker, 0), pieces)
        self.outcomes[outcome] += 1
        self.ways[way] += 1
        return outcome

    @property
    def attempted(self) -> int:
        return sum(self.pieces.values())

    @property
    def number(self) -> int:
        return sum(self.outcomes.values())
