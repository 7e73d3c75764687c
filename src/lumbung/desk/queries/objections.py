"""Objections on the desk: the late ones before everybody who answers, the others before whoever may."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import formats
from lumbung.desk.rules import Task, oldest_first
from lumbung.objections.models import Objection
from lumbung.objections.queries.objections import LATE, OPEN, open_for
from lumbung.people.models import Person


def for_answerers(person: Person) -> Iterator[Task]:
    """Late ones first; of those in time only what this person may answer. Four queries."""
    late, mine = open_for(person)
    if first := late.first():
        count = late.count()
        yield Task(
            number=count,
            words=ngettext("objection past its day", "objections past their day", count),
            sentence=oldest_first(_told(first), count),
            action=_("See objections"),
            url=f"{reverse('objections:list')}?state={LATE}",
            is_late=True,
        )
    if first := mine.first():
        count = mine.count()
        one = reverse("objections:detail", args=[first.code])
        yield Task(
            number=count,
            words=ngettext("objection to answer", "objections to answer", count),
            sentence=oldest_first(_told(first), count),
            action=_("Answer it"),
            url=one if count == 1 else f"{reverse('objections:list')}?state={OPEN}",
        )


def _told(objection: Objection) -> str:
    return _("%(code)s, %(order)s: %(about)s. To be answered by %(day)s.") % {
        "code": objection.code,
        "order": objection.order.title,
        "about": objection.get_about_display(),
        "day": formats.day_long(objection.due_on),
    }
