"""Complaints on the desk: those past their day first, and how many are open."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import clock, formats
from lumbung.complaints.queries import LATE, OPEN, open_complaints, unanswered
from lumbung.desk.rules import Task, oldest_first


def for_settlers() -> Iterator[Task]:
    """At most four queries, one when none is open."""
    every = open_complaints()
    if (oldest := every.first()) is None:
        return
    waiting = unanswered()
    if (first := waiting.first()) and first.due_on < clock.today():
        count = waiting.filter(due_on__lt=clock.today()).count()
        told = _("%(code)s should have been answered by %(day)s.") % {
            "code": first.code,
            "day": formats.day_long(first.due_on),
        }
        yield Task(
            number=count,
            words=ngettext("complaint past its day", "complaints past their day", count),
            sentence=oldest_first(told, count),
            action=_("Answer it"),
            url=f"{reverse('complaints:list')}?state={LATE}",
            is_late=True,
        )
    count = every.count()
    told = _("%(code)s, first answer by %(day)s.") % {
        "code": oldest.code,
        "day": formats.day_long(oldest.due_on),
    }
    yield Task(
        number=count,
        words=ngettext("complaint open", "complaints open", count),
        sentence=oldest_first(told, count),
        action=_("See complaints"),
        url=oldest.get_absolute_url() if count == 1 else f"{reverse('complaints:list')}?state={OPEN}",
        since=oldest.received_at,
    )
