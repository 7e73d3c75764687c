"""When a share will be done: from the pieces of each day, in whole numbers and without a database.

The pace is the mean of the days since the start, mended toward what the maker declared: as if `PRIOR_DAYS` days at the
declared capacity had gone before. With few days the declared capacity speaks, with many what was really made. How
much days differ is mended in the same way, as if declared days differed by half.

If a day brings `m` pieces with a variance of `v`, and the mean itself is known from `N` days, then `d` days bring
`m d` with a variance of `v d + v d² / N`. The share is done early, with a chance of one in ten, on the day where
`m d` plus 1.2816 standard deviations reaches what is left, and late where it does less them. Both days are the roots of
one quadratic, so no floating point is needed; between them lie eight cases in ten.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from math import isqrt

from django.utils.translation import gettext as _

from foundation import formats

PRIOR_DAYS = 3
WARN_PERCENT = 40
"""Part of the time after which a late forecast is told."""
FARTHEST = 730
"""Days beyond which no day is named."""
Z_SQUARED = 16_424
"""The square of 1.2816, in ten thousandths: a tenth lies beyond it on each side."""


@dataclass(frozen=True)
class Pace:
    """What was made of a share, day by day, as sums."""

    started_on: date
    weekly_capacity: int
    made: int = 0
    squares: int = 0
    """Of each day's pieces, added up."""
    last_made_on: date | None = None


@dataclass(frozen=True)
class Forecast:
    """The day on which the last piece is likely to be made, and the days between which it lies eight times of ten.

    None stands for a day too far off to be named.
    """

    earliest: date | None
    median: date | None
    latest: date | None
    remaining: int
    missing: int
    """Pieces likely to be missing at the end of the due day."""
    pace_week: int
    is_early_to_say: bool
    """Less than two fifths of the time is over: nobody is warned yet."""
    due_on: date

    @property
    def is_late(self) -> bool:
        return self.remaining > 0 and (self.median is None or self.median > self.due_on)

    @property
    def is_uncertain(self) -> bool:
        return self.remaining > 0 and (self.latest is None or self.latest > self.due_on)

    @property
    def warns(self) -> bool:
        """Whether the office is to be told now that this will be late."""
        return self.is_late and not self.is_early_to_say


def forecast(pace: Pace, *, quantity: int, due_on: date, today: date) -> Forecast:
    """When `quantity` pieces will be made, of which `pace` tells those made so far."""
    until = counted_until(pace, today=today)
    days = max(0, (until - pace.started_on).days + 1)
    weight = days + PRIOR_DAYS
    per_day, parts = 7 * pace.made + PRIOR_DAYS * pace.weekly_capacity, 7 * weight
    remaining = max(0, quantity - pace.made)
    early, late = _interval(remaining, per_day, parts, _spread(pace, days, per_day, parts), weight)
    middle = -(-remaining * parts // per_day)
    left = max(0, (due_on - until).days)
    return Forecast(
        earliest=_day(until, min(early, middle)),
        median=_day(until, middle),
        latest=_day(until, None if late is None else max(late, middle)),
        remaining=remaining,
        missing=max(0, remaining - per_day * left // parts),
        pace_week=7 * per_day // parts,
        is_early_to_say=(today - pace.started_on).days * 100
        < WARN_PERCENT * max(0, (due_on - pace.started_on).days),
        due_on=due_on,
    )


def counted_until(pace: Pace, *, today: date) -> date:
    """The last day that counts: yesterday, or today where something was told of it already."""
    yesterday = today - timedelta(days=1)
    return max(yesterday, pace.last_made_on or yesterday, pace.started_on - timedelta(days=1))


def _spread(pace: Pace, days: int, per_day: int, parts: int) -> int:
    """`N v parts²`: the deviations of the days from the mean, squared and added up, with those of the prior days."""
    told = pace.squares * parts**2 - 2 * per_day * parts * pace.made + days * per_day**2
    declared = PRIOR_DAYS * pace.weekly_capacity**2 * parts**2 // 196
    return max(0, told) + declared


def _interval(remaining: int, per_day: int, parts: int, spread: int, weight: int) -> tuple[int, int | None]:
    """Days until the early and the late end; the late one is None where no number of days is sure to do."""
    if not remaining:
        return 0, 0
    scale = 10_000 * weight**2
    square = scale * per_day**2 - Z_SQUARED * spread
    linear = 2 * scale * per_day * parts * remaining + Z_SQUARED * spread * weight
    constant = scale * (parts * remaining) ** 2
    root = isqrt(max(0, linear**2 - 4 * square * constant))
    early = -(-2 * constant // (linear + root))
    return early, -(-(linear + root) // (2 * square)) if square > 0 else None


def _day(until: date, days: int | None) -> date | None:
    return None if days is None or days > FARTHEST else until + timedelta(days=days)


def forecast_sentence(told: Forecast, *, unit: str) -> str:
    """The forecast in words: the pace, the day, and how sure it is."""
    if not told.remaining:
        return _("All pieces are made.")
    words = {"pace": formats.number(told.pace_week), "unit": unit}
    if told.median is None:
        return _("At %(pace)s %(unit)s a week the end is too far off to name a day.") % words
    words |= {"median": formats.day_full(told.median)}
    if told.latest is None or told.earliest is None:
        return (
            _(
                "At %(pace)s %(unit)s a week the last one is made around %(median)s; the days differ too much to "
                "say more."
            )
            % words
        )
    words |= {"earliest": formats.day_full(told.earliest), "latest": formats.day_full(told.latest)}
    return (
        _(
            "At %(pace)s %(unit)s a week the last one is made around %(median)s; eight times of ten between "
            "%(earliest)s and %(latest)s."
        )
        % words
    )


def warning_sentence(told: Forecast, *, unit: str) -> str:
    """What a late forecast means for the due day, and what could be split again."""
    return _(
        "About %(missing)s %(unit)s are likely to be missing on %(due)s. They could be given back and split again."
    ) % {"missing": formats.number(told.missing), "unit": unit, "due": formats.day_full(told.due_on)}
