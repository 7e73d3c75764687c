"""What waits after pieces were handed over: to be looked at, to come back from rework, to get a price."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import formats
from lumbung.deliveries.queries import OVERDUE, UNPRICED, WAITING, may_inspect, waiting_by_state
from lumbung.deliveries.queries import Waiting as Found
from lumbung.desk.rules import Task, amount, oldest_first
from lumbung.money.queries import may_write_terms
from lumbung.orders.rules.wording import goods_of, unit_of
from lumbung.people.models import Person


def for_handlers(person: Person) -> Iterator[Task]:
    """Two queries. The price is written by whoever may, the others are for who takes in and inspects."""
    found = waiting_by_state()
    if may_write_terms(person) and (unpriced := found.get(UNPRICED)):
        yield _unpriced(unpriced)
    if overdue := found.get(OVERDUE):
        yield _overdue(overdue)
    if waiting := found.get(WAITING):
        yield _waiting(waiting, person)


def _told(found: Found) -> str:
    delivery = found.first
    told = _("%(maker)s, %(order)s, handed over %(day)s.") % {
        "maker": delivery.share.maker.party.name,
        "order": delivery.share.line.order.title,
        "day": formats.day(delivery.delivered_on),
    }
    return oldest_first(told, found.count)


def _list(state: str) -> str:
    return f"{reverse('deliveries:list')}?state={state}"


def _waiting(found: Found, person: Person) -> Task:
    inspects = may_inspect(person) and found.count == 1
    return Task(
        number=found.count,
        words=ngettext("delivery waits for inspection", "deliveries wait for inspection", found.count),
        sentence=_told(found),
        action=_("Inspect it") if inspects else _("See them"),
        url=reverse("deliveries:inspect", args=[found.first.code]) if inspects else _list(WAITING),
    )


def _overdue(found: Found) -> Task:
    days = formats.number(settings.REWORK_DAYS)
    late = _("Back with the maker for more than %(days)s days.") % {"days": days}
    return Task(
        number=found.count,
        words=ngettext("delivery in rework for too long", "deliveries in rework for too long", found.count),
        sentence=f"{late} {_told(found)}",
        action=_("See them"),
        url=found.first.get_absolute_url() if found.count == 1 else _list(OVERDUE),
        is_late=True,
    )


def _unpriced(found: Found) -> Task:
    line = found.first.share.line
    told = _(
        "%(order)s: %(goods)s, %(pieces)s passed and without a price sheet, so nothing is owed for them."
    ) % {
        "order": line.order.title,
        "goods": goods_of(line),
        "pieces": amount(found.pieces, unit_of(line)),
    }
    return Task(
        number=found.count,
        words=ngettext("delivery without a price", "deliveries without a price", found.count),
        sentence=told,
        action=_("Write the price sheet"),
        url=f"{reverse('money:new_price')}?line={line.order.code}",
        is_late=True,
    )
