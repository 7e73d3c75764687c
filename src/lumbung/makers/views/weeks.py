"""The next twelve weeks of a maker as a picture: what is free is bare warp."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from foundation import clock
from lumbung.makers import queries, rules
from lumbung.makers.forms.goods import WEEKS_SHOWN, week_words
from lumbung.makers.models import BusyWeek, Maker


@dataclass(frozen=True)
class Week:
    """One week, and whether the maker takes new work in it."""

    monday: date
    place: int
    busy: BusyWeek | None

    @property
    def words(self) -> str:
        return week_words(self.monday)

    @property
    def is_marked(self) -> bool:
        """Whether its day is written below: at the first week, and where a month begins."""
        opens_month = self.monday.day <= 7
        return opens_month or (self.place == 0 and (self.monday + timedelta(weeks=1)).day > 7)


@dataclass(frozen=True)
class Weeks:
    """All weeks that the picture shows."""

    weeks: list[Week]

    @property
    def free(self) -> int:
        return sum(week.busy is None for week in self.weeks)

    @property
    def busy(self) -> list[Week]:
        return [week for week in self.weeks if week.busy]

    @property
    def sentence(self) -> str:
        return _("%(free)s of the next %(all)s weeks are free.") % {"free": self.free, "all": len(self.weeks)}


def weeks_of(maker: Maker) -> Weeks:
    busy = queries.busy_weeks_of(maker, weeks=WEEKS_SHOWN)
    mondays = rules.mondays_from(clock.today(), WEEKS_SHOWN)
    return Weeks([Week(monday, place, busy.get(monday)) for place, monday in enumerate(mondays)])
