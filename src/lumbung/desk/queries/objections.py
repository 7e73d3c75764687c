"""Objections on the desk: the late ones before everybody who answers, the others before whoever may."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import formats
from lumbung.desk.rules import Task, oldest_first
from lumbung.orders.models import Objection
from lumbung.orders.queries.objections import LATE, OPEN, answerable_by, overdue
from lumbung.people.models import Person


def for_answerers(person: Person) -> Iterator[Task]:
    """Late ones first; of those in time only what this person may answer."""
    late = overdue()
    if oldest := _oldest(late):
        count = late.count()
        yield Task(
            number=count,
            words=ngettext("objection past its day", "objections past their day", count),
            sentence=oldest_first(_told(oldest), count),
            action=_("See objections"),
            url=f"{reverse('orders:objections')}?state={LATE}",
            is_late=True,
        )
    waiting = answerable_by(person).exclude(pk__in=late.values("pk"))
    if oldest := _oldest(waiting):
        count = waiting.count()
        yield Task(
            number=count,
            words=ngettext("objection to answer", "objections to answer", count),
            sentence=oldest_first(_told(oldest), count),
            action=_("Answer it"),
            url=reverse("orders:show_objection", args=[oldest.code])
            if count == 1
            else f"{reverse('orders:objections')}?state={OPEN}",
        )


def _oldest(objections: QuerySet[Objection]) -> Objection | None:
    return objections.select_related("order").order_by("due_on", "pk").first()


def _told(objection: Objection) -> str:
    return _("%(code)s, %(order)s: %(about)s. To be answered by %(day)s.") % {
        "code": objection.code,
        "order": objection.order.title,
        "about": objection.get_about_display(),
        "day": formats.day_long(objection.due_on),
    }
