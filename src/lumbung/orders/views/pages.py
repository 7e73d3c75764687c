"""What the pages of an order show, gathered for the templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.sheets import Heading
from lumbung.files.queries import attachments_of
from lumbung.orders.choices import OrderState, SplitState
from lumbung.orders.models import Order, OrderLine, Split
from lumbung.orders.queries.log import log_of
from lumbung.orders.queries.orders import may_order, may_read_all
from lumbung.orders.queries.outcome import outcome_of, why_not_over
from lumbung.orders.queries.progress import Counts, counts_of, standings_of
from lumbung.orders.queries.splits import splits_of_order
from lumbung.orders.rules import next_step as rules
from lumbung.orders.rules import order as order_rules
from lumbung.orders.rules.next_step import LineStanding, Step
from lumbung.orders.rules.wording import (
    STATE_KEYS,
    goods_of,
    line_title,
    price_sentence,
    progress_words,
    unit_of,
    value_of,
)

SPLIT_KEYS = {
    SplitState.DRAFTED: "draft",
    SplitState.PROPOSED: "offered",
    SplitState.DECIDED: "done",
    SplitState.RETURNED: "rework",
    SplitState.SUPERSEDED: "cancelled",
}


@dataclass(frozen=True)
class LineShown:
    """A line with its cloth."""

    line: OrderLine
    goods: str
    title: str
    unit: str
    price: str
    progress: str
    standing: LineStanding | None = None


@dataclass(frozen=True)
class OrderCard:
    """An order in the list."""

    order: Order
    url: str
    state: str
    lines: Sequence[LineShown]
    more: int
    due_on: date


def order_card(order: Order, *, inside: bool, most: int = 3) -> OrderCard:
    lines = list(order.lines.all())
    return OrderCard(
        order=order,
        url=order.get_absolute_url() if inside else reverse("orders:quota", args=[order.code]),
        state=STATE_KEYS[order_rules.order_state(order, lines)],
        lines=[line_shown(order, line) for line in lines[:most]],
        more=max(0, len(lines) - most),
        due_on=order.due_on,
    )


def line_shown(order: Order, line: OrderLine, standing: LineStanding | None = None) -> LineShown:
    return LineShown(
        line=line,
        goods=goods_of(line),
        title=line_title(line),
        unit=unit_of(line),
        price=price_sentence(order, line),
        progress=progress_words(line),
        standing=standing,
    )


def list_headings() -> list[Heading]:
    return [
        Heading(_("Number"), 16),
        Heading(_("Order"), 34),
        Heading(_("Ordered by"), 30),
        Heading(_("Goods"), 26),
        Heading(_("Quantity"), 14),
        Heading(_("Unit"), 10),
        Heading(_("Price per unit"), 16),
        Heading(_("Confirmed"), 14),
        Heading(_("Offered"), 14),
        Heading(_("Due date"), 14),
        Heading(_("State"), 16),
    ]


def list_row(line: OrderLine) -> list[object]:
    order = line.order
    return [
        order.code,
        order.title,
        order.buyer.name,
        goods_of(line),
        line.quantity,
        unit_of(line),
        line.price_rupiah,
        line.confirmed_quantity,
        line.offered_quantity,
        order.due_on,
        order_rules.order_state(order, [line]).label,
    ]


def detail_context(request: HttpRequest, order: Order) -> dict[str, Any]:
    """All that an order's page shows, in a bounded number of queries."""
    lines = list(order.lines.all())
    standings, counts = standings_of(order), counts_of(order)
    state = order_rules.order_state(order, lines)
    points = list(order.collection_points.select_related("village__district__regency"))
    missing = order_rules.why_not_publish(order, lines=len(lines), collection_points=len(points))
    complete = missing is None
    over = state == OrderState.FULL and why_not_over(order, outcome_of(order)) is None
    reads = may_read_all(request.user)
    step = rules.next_step(order, state, standings, complete=complete, unsent=counts.unsent, over=over)
    return {
        "order": order,
        "state": STATE_KEYS[state],
        "steps": rules.step_words(),
        "step": rules.step_number(state, standings),
        "lines": [line_shown(order, standing.line, standing) for standing in standings],
        "value": value_of(lines),
        "points": points,
        "schemes": list(order.required_schemes.select_related("scheme")),
        "counts": counts,
        "next": _next(request, order, step, counts),
        "missing": missing if state == "draft" else None,
        "missing_fields": missing_fields(order),
        "splits": [(split, SPLIT_KEYS[SplitState(split.state)]) for split in splits_of_order(order)]
        if reads
        else [],
        "log": log_of(order) if reads else [],
        "files": attachments_of(order.key, seen_by=request.user),
        "may_order": may_order(request.user),
        "reads": reads,
        "may_change": may_order(request.user) and order_rules.why_not_change(order) is None,
    }


def missing_fields(order: Order) -> list[str]:
    """What an order with public money has still to say."""
    names = order_rules.missing_public_fields(order)
    return [str(order._meta.get_field(name).verbose_name) for name in names]  # type: ignore[union-attr]


@dataclass(frozen=True)
class NextShown:
    """What to do next: a number, a sentence, and one button, or the reason why there is none."""

    number: int | None
    title: str
    sentence: str = ""
    url: str = ""
    button: str = ""
    posts: bool = False


def _next(request: HttpRequest, order: Order, found: rules.Next, counts: Counts) -> NextShown:
    """The button stands for who may press it; others read what is waited for."""
    if not may_read_all(request.user):
        return NextShown(None, _waited_for(found.step))
    shown = _steps(order, found, counts)[found.step]
    if _may_press(request, found.step):
        return shown
    return NextShown(shown.number, shown.title, shown.sentence)


def _may_press(request: HttpRequest, step: Step) -> bool:
    if step == Step.DECIDE:
        return may_read_all(request.user)
    return may_order(request.user)


def _waited_for(step: Step) -> str:
    if step in {Step.NOTHING, Step.FINISH}:
        return ""
    if step in {Step.WAIT, Step.SEND, Step.SPLIT_AGAIN}:
        return _("The makers are being asked.")
    return _("The office is preparing the split.")


def _steps(order: Order, found: rules.Next, counts: Counts) -> dict[Step, NextShown]:
    standing = found.standing
    line = standing.line if standing else None
    arguments: list[Any] = [order.code, line.pk] if line else []
    to_split = reverse("orders:split", args=arguments) if line else ""
    split = standing.split if standing else None
    to_place = standing.to_place if standing else 0
    lapsed = _("%(count)s makers did not answer in time.") % {"count": counts.lapsed} if counts.lapsed else ""
    return {
        Step.ADD_LINE: NextShown(
            None,
            _("Say what is ordered."),
            _("The order has no line yet."),
            reverse("orders:lines", args=[order.code]),
            _("Add a line"),
        ),
        Step.COMPLETE: NextShown(
            None,
            _("Something is missing before the order can be published."),
            "",
            reverse("orders:edit", args=[order.code]),
            _("Complete the order"),
        ),
        Step.PUBLISH: NextShown(
            None,
            _("Everything is there. Publish the order?"),
            _("Look first who is eligible. From then on everybody sees the order, and its terms stand."),
            reverse("orders:publish", args=[order.code]),
            _("Publish the order"),
            posts=True,
        ),
        Step.COMPUTE: NextShown(
            line.quantity if line else None, _returned(split), "", to_split, _("Split the order")
        ),
        Step.PROPOSE: NextShown(
            split.makers if split else None,
            _("makers in the drafted split"),
            _("Look at it and propose it."),
            to_split,
            _("Look at the split"),
        ),
        Step.DECIDE: NextShown(
            split.makers if split else None,
            _("makers in the split that waits for a decision"),
            _("Whoever proposes a split cannot decide it."),
            to_split,
            _("Look at the split"),
        ),
        Step.SEND: NextShown(
            counts.unsent,
            _("offers not sent yet"),
            _("The answer term runs from the moment of sending."),
            reverse("orders:sending", args=[order.code]),
            _("Send the offers"),
        ),
        Step.SPLIT_AGAIN: NextShown(
            to_place,
            _("to be split again"),
            lapsed,
            reverse("orders:resplit", args=arguments) if line else "",
            _("Split again"),
            posts=True,
        ),
        Step.WAIT: NextShown(
            counts.waiting,
            _("makers have still to answer"),
            "",
            reverse("orders:shares", args=[order.code]),
            _("Look at the shares"),
        ),
        Step.FINISH: NextShown(
            None,
            _("Everything was handed over and inspected."),
            _("Finish the order, so that nobody waits for anything more."),
            reverse("orders:finish", args=[order.code]),
            _("Finish the order"),
        ),
        Step.NOTHING: NextShown(None, ""),
    }


def _returned(split: Split | None) -> str:
    if split and split.returned_reason:
        return _("to be split; the last split was returned: %(reason)s") % {"reason": split.returned_reason}
    return _("to be split")
