"""What waits in production: standards to approve, shares that will be late, sheets that are not confirmed."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import clock
from lumbung.desk.rules import Task, amount, due_words, oldest_first
from lumbung.orders.models import OrderLine
from lumbung.orders.rules.wording import goods_of, unit_of
from lumbung.people.models import Person
from lumbung.production.choices import Standing
from lumbung.production.queries.progress import LineProgress, lines_with_standards, progress_of_lines
from lumbung.production.queries.standards import drafts_to_approve

MOST_LINES = 20
LOOKED_BACK = timedelta(days=60)
"""A line that was due longer ago is no news on the desk."""


def for_approvers(person: Person) -> Iterator[Task]:
    """Drafts that somebody else wrote."""
    drafts = drafts_to_approve().exclude(written_by=person.key)
    if oldest := drafts.first():
        count = drafts.count()
        told = _("%(order)s: %(goods)s. No share is begun before it.") % {
            "order": oldest.line.order.title,
            "goods": goods_of(oldest.line),
        }
        yield Task(
            number=count,
            words=ngettext("standard waits for approval", "standards wait for approval", count),
            sentence=oldest_first(told, count),
            action=_("See the standard"),
            url=reverse("production:standard", args=[oldest.line.order.code, oldest.line_id]),
        )


def for_makers_of_orders() -> Iterator[Task]:
    """Line by line: shares that will be late, and shares whose sheet is not confirmed."""
    due = clock.today() - LOOKED_BACK
    lines = list(
        lines_with_standards().filter(order__due_on__gte=due).order_by("order__due_on", "pk")[:MOST_LINES]
    )
    if not lines:
        return
    progress = progress_of_lines(lines)
    for line in lines:
        yield from _late(line, progress[line.pk])
    for line in lines:
        yield from _unconfirmed(line, progress[line.pk])


def _late(line: OrderLine, progress: LineProgress) -> Iterator[Task]:
    if count := progress.counts[Standing.LATE]:
        yield Task(
            number=count,
            words=ngettext("share will be late", "shares will be late", count),
            sentence=_("%(order)s, %(due)s. %(missing)s are likely to be missing.")
            % {
                "order": line.order.title,
                "due": due_words(line.order.due_on),
                "missing": amount(progress.missing, unit_of(line)),
            },
            action=_("See them"),
            url=_address(line, Standing.LATE),
            is_late=True,
        )


def _unconfirmed(line: OrderLine, progress: LineProgress) -> Iterator[Task]:
    if count := progress.counts[Standing.UNCONFIRMED]:
        yield Task(
            number=count,
            words=ngettext("share without a confirmed sheet", "shares without a confirmed sheet", count),
            sentence=_("%(order)s, %(due)s. Nothing is made there before that.")
            % {"order": line.order.title, "due": due_words(line.order.due_on)},
            action=_("See them"),
            url=_address(line, Standing.UNCONFIRMED),
        )


def _address(line: OrderLine, standing: Standing) -> str:
    return f"{reverse('production:progress', args=[line.order.code, line.pk])}?keadaan={standing}"
