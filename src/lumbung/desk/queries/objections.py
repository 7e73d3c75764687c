"""Objections on the desk: the late ones before everybody who answers, the others before whoever may."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import formats
from lumbung.desk.rules import Task, oldest_first
from lumbung.orders.models import Objection
from lumbung.orders.queries.objections import LATE, OPEN, open_for
from lumbung.people.models import Person


def for_answerers(person: Person) -> Iterator[Task]:
    """Late ones first; of those in time only what this person may answer. One query."""
    waiting = open_for(person)
    late = [objection for objection, _mine in waiting if objection.is_overdue()]
    mine = [objection for objection, mine in waiting if mine and not objection.is_overdue()]
    if late:
        yield Task(
            number=len(late),
            words=ngettext("objection past its day", "objections past their day", len(late)),
            sentence=oldest_first(_told(late[0]), len(late)),
            action=_("See objections"),
            url=f"{reverse('orders:objections')}?state={LATE}",
            is_late=True,
        )
    if mine:
        one = reverse("orders:show_objection", args=[mine[0].code])
        yield Task(
            number=len(mine),
            words=ngettext("objection to answer", "objections to answer", len(mine)),
            sentence=oldest_first(_told(mine[0]), len(mine)),
            action=_("Answer it"),
            url=one if len(mine) == 1 else f"{reverse('orders:objections')}?state={OPEN}",
        )


def _told(objection: Objection) -> str:
    return _("%(code)s, %(order)s: %(about)s. To be answered by %(day)s.") % {
        "code": objection.code,
        "order": objection.order.title,
        "about": objection.get_about_display(),
        "day": formats.day_long(objection.due_on),
    }
