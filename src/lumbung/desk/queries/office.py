"""What waits in orders for who takes them in, and for who decides."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import formats
from lumbung.desk.rules import Task, amount, due_words, oldest_first
from lumbung.orders.choices import ShareState, SplitState
from lumbung.orders.models import Order, OrderLine, Share, Split
from lumbung.orders.queries.shares import lapsed_shares
from lumbung.orders.rules.wording import unit_of
from lumbung.people.models import Person
from lumbung.people.queries import names_of

MOST_LINES = 500
"""So many lines with open offers are looked at."""
MOST_A_KIND = 20
"""An office with more running orders than this works from the list of orders."""

_RUNNING = Q(line__order__cancelled_at__isnull=True, line__order__finished_at__isnull=True)
_LINE_RUNS = Q(order__cancelled_at__isnull=True, order__finished_at__isnull=True)
_HEAVY = ("snapshot", "certificate", "frontier")


def for_officer() -> Iterator[Task]:
    """What an officer has to do, the late things first."""
    offered = _lines_with_offers()
    yield from _lapsed(offered)
    yield from _without_makers()
    yield from _unsent(offered)
    yield from _returned()
    yield from _not_split()
    yield from _drafts()


def _lapsed(lines: Mapping[int, OrderLine]) -> Iterator[Task]:
    """Offers whose term is over, line by line: their pieces are with nobody who will make them."""
    rows = (
        lapsed_shares()
        .filter(line__in=lines)
        .values_list("line")
        .annotate(makers=Count("id"), pieces=Sum("quantity"), since=Min("answer_until"))
        .order_by("since")
    )
    for number, makers, pieces, since in rows[:MOST_A_KIND]:
        line = lines[number]
        yield Task(
            number=makers,
            words=ngettext("maker did not answer in time", "makers did not answer in time", makers),
            sentence=_("%(order)s. %(pieces)s have to be split again.")
            % {"order": line.order.title, "pieces": amount(pieces, unit_of(line))},
            action=_("Split again"),
            url=reverse("orders:resplit", args=[line.order.code, line.pk]),
            since=since,
            is_late=True,
            posts=True,
        )


def _lines_with_offers() -> dict[int, OrderLine]:
    """The lines of running orders with open offers, as each line's own count says, the first due on top."""
    lines = OrderLine.objects.filter(_LINE_RUNS, offered_quantity__gt=0)
    return {
        line.pk: line
        for line in lines.select_related("order", "kind").order_by("order__due_on", "pk")[:MOST_LINES]
    }


def _without_makers() -> Iterator[Task]:
    """Pieces of a decided line that nobody holds: nobody is left, or nobody has split them again."""
    decided = Split.objects.filter(line=OuterRef("pk"), state=SplitState.DECIDED)
    lines = (
        OrderLine.objects.filter(
            _LINE_RUNS,
            Exists(decided),
            quantity__gt=F("confirmed_quantity") + F("offered_quantity"),
        )
        .select_related("order", "kind")
        .order_by("order__due_on", "id")
    )
    for line in lines[:MOST_A_KIND]:
        words = {"order": line.order.title, "due": due_words(line.order.due_on)}
        if line.order.resplits_itself:
            sentence = _(
                "%(order)s, %(due)s. No eligible maker is left: register more, or talk to the buyer."
            )
        else:
            sentence = _("%(order)s, %(due)s. They came back and wait to be split again.")
        yield Task(
            number=line.unplaced_quantity,
            words=_("%(unit)s that nobody makes") % {"unit": unit_of(line)},
            sentence=sentence % words,
            action=_("See shares"),
            url=reverse("orders:shares", args=[line.order.code]),
            is_late=True,
        )


def _unsent(lines: Mapping[int, OrderLine]) -> Iterator[Task]:
    rows = (
        Share.objects.filter(line__in=lines, state=ShareState.OFFERED, sent_at__isnull=True)
        .values_list("line")
        .annotate(messages=Count("id"), first=Min("id"))
        .order_by("first")
    )
    messages: dict[int, int] = defaultdict(int)
    orders: dict[int, Order] = {}
    for number, count, _first in rows:
        order = lines[number].order
        orders.setdefault(order.pk, order)
        messages[order.pk] += count
    for order in list(orders.values())[:MOST_A_KIND]:
        count = messages[order.pk]
        yield Task(
            number=count,
            words=ngettext("message not sent yet", "messages not sent yet", count),
            sentence=_("%(order)s, %(due)s. The time to answer runs from the sending.")
            % {"order": order.title, "due": due_words(order.due_on)},
            action=_("Send"),
            url=reverse("orders:sending", args=[order.code]),
        )


def _returned() -> Iterator[Task]:
    """Splits that came back with a reason and that no newer plan has replaced."""
    newer = Split.objects.filter(line=OuterRef("line"), pk__gt=OuterRef("pk")).exclude(
        state=SplitState.SUPERSEDED
    )
    found = _whole(Split.objects.filter(_RUNNING, ~Exists(newer), state=SplitState.RETURNED))
    if oldest := found.order_by("id").first():
        count = found.count()
        told = _("%(order)s: “%(reason)s”") % {
            "order": oldest.line.order.title,
            "reason": oldest.returned_reason,
        }
        yield Task(
            number=count,
            words=ngettext("split returned", "splits returned", count),
            sentence=oldest_first(told, count),
            action=_("See split"),
            url=_address_of(oldest),
        )


def _whole(splits: QuerySet[Split]) -> QuerySet[Split]:
    return splits.defer(*_HEAVY).select_related("line__order", "line__kind")


def _address_of(split: Split) -> str:
    return reverse("orders:split_number", args=[split.line.order.code, split.line_id, split.number])


def _not_split() -> Iterator[Task]:
    """Lines of published orders for which no plan was ever put forward."""
    put_forward = Split.objects.filter(line=OuterRef("pk")).exclude(
        state__in=[SplitState.DRAFTED, SplitState.SUPERSEDED]
    )
    lines = OrderLine.objects.filter(
        _LINE_RUNS, ~Exists(put_forward), order__published_at__isnull=False
    ).select_related("order", "kind")
    if oldest := lines.order_by("order__published_at", "id").first():
        count = lines.count()
        yield Task(
            number=count,
            words=ngettext("order not split yet", "orders not split yet", count),
            sentence=oldest_first(_("%(order)s, %(quantity)s, %(due)s.") % _of(oldest), count),
            action=_("Split it"),
            url=reverse("orders:split", args=[oldest.order.code, oldest.pk]),
        )


def _of(line: OrderLine) -> dict[str, str]:
    return {
        "order": line.order.title,
        "quantity": amount(line.quantity, unit_of(line)),
        "due": due_words(line.order.due_on),
    }


def _drafts() -> Iterator[Task]:
    drafts = Order.objects.filter(published_at__isnull=True, cancelled_at__isnull=True)
    if oldest := drafts.select_related("buyer").order_by("id").first():
        count = drafts.count()
        told = _("%(order)s, for %(buyer)s.") % {"order": oldest.title, "buyer": oldest.buyer.name}
        yield Task(
            number=count,
            words=ngettext("draft not published", "drafts not published", count),
            sentence=oldest_first(told, count),
            action=_("Go on"),
            url=reverse("orders:detail", args=[oldest.code]),
        )


def for_decider(person: Person) -> Iterator[Task]:
    """Splits that somebody else proposed; nobody decides what was proposed or computed by themselves."""
    waiting = Split.objects.filter(_RUNNING, state=SplitState.PROPOSED).exclude(
        Q(proposed_by=person.key) | Q(computed_by=person.key)
    )
    if oldest := _whole(waiting).order_by("proposed_at", "id").first():
        count = waiting.count()
        name = names_of([oldest.proposed_by]).get(oldest.proposed_by, "")
        told = _("%(order)s, %(quantity)s. Proposed by %(name)s, %(day)s.") % {
            **_of(oldest.line),
            "name": name,
            "day": formats.day(oldest.proposed_at or oldest.computed_at),
        }
        yield Task(
            number=count,
            words=ngettext("split waits for a decision", "splits wait for a decision", count),
            sentence=oldest_first(told, count),
            action=_("See split"),
            url=_address_of(oldest),
        )
