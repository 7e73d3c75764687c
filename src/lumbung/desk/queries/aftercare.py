"""What waits after deliveries: flags to decide, remarks to answer, makers without work."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.formats import number
from lumbung.desk.rules import Task, oldest_first
from lumbung.scorecards.choices import IDLE_DAYS
from lumbung.scorecards.queries.idle import MOST_COUNTED, count_without_work
from lumbung.scorecards.queries.records import open_remarks
from lumbung.scorecards.queries.watch import OPEN, open_flags


def for_watcher() -> Iterator[Task]:
    """At most five queries."""
    yield from _flags()
    yield from _remarks()
    yield from _idle()


def _flags() -> Iterator[Task]:
    flags = open_flags()
    if oldest := flags.prefetch_related("makers__party").first():
        count = flags.count()
        makers = ", ".join(str(maker) for maker in oldest.makers.all()[:3])
        told = _("%(what)s: %(makers)s.") % {"what": oldest.get_kind_display(), "makers": makers}
        yield Task(
            number=count,
            words=ngettext("thing to look at", "things to look at", count),
            sentence=oldest_first(told, count),
            action=_("Look at it"),
            url=oldest.get_absolute_url() if count == 1 else f"{reverse('scorecards:flags')}?state={OPEN}",
        )


def _remarks() -> Iterator[Task]:
    remarks = open_remarks()
    if oldest := remarks.first():
        count = remarks.count()
        told = _("%(maker)s, about %(what)s.") % {
            "maker": oldest.maker,
            "what": oldest.get_about_display().lower(),
        }
        yield Task(
            number=count,
            words=ngettext("maker says a number is wrong", "makers say a number is wrong", count),
            sentence=oldest_first(told, count),
            action=_("Answer it"),
            url=oldest.get_absolute_url() if count == 1 else f"{reverse('scorecards:remarks')}?state={OPEN}",
            since=oldest.made_at,
        )


def _idle() -> Iterator[Task]:
    count = count_without_work()
    if count:
        sentence = _("For %(days)s days no share and none open.") % {"days": number(IDLE_DAYS)}
        if count > MOST_COUNTED:
            sentence = _("There are more than these.") + " " + sentence
        yield Task(
            number=min(count, MOST_COUNTED),
            words=ngettext("maker without work", "makers without work", count),
            sentence=sentence,
            action=_("See who"),
            url=reverse("scorecards:idle"),
        )
