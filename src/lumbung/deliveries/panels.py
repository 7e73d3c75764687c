"""Deliveries on the pages of orders and shares, and how the list of records names and tells them."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import formats
from foundation.panels import Panel, register_panel
from lumbung.deliveries import choices, queries
from lumbung.orders.models import Order, Share
from lumbung.orders.queries.kept_back import register_kept
from lumbung.orders.queries.offers import shares_of_captain
from lumbung.orders.queries.outcome import register_outcome
from lumbung.orders.queries.stages import register_stages
from lumbung.orders.rules.order import why_over
from lumbung.orders.rules.wording import goods_of, unit_of
from lumbung.people.models import Person
from lumbung.records.queries import Told, name_keys, word_deed, word_fields

register_kept(queries.delivered_of)
register_outcome(queries.outcome)
register_stages(queries.stages)
MOST_OPEN = 50


def of_order(order: Order, person: object) -> Panel | None:
    """On the page of a published order: each line with what was handed over and what became of it."""
    if not order.published_at or not queries.may_follow_deliveries(order, person):
        return None
    lines = [
        (counted, goods_of(counted.line), unit_of(counted.line)) for counted in queries.lines_counted(order)
    ]
    sets_terms = queries.may_set_terms(person)
    return Panel("deliveries/parts/of_order.html", {"order": order, "lines": lines, "sets_terms": sets_terms})


def of_share(share: Share, person: object) -> Panel | None:
    """On the office's page of a confirmed share: its deliveries."""
    if not share.confirmed_quantity or not queries.may_read_deliveries(person):
        return None
    deliveries = list(share.deliveries.order_by("pk"))
    brought = sum(delivery.delivered_quantity for delivery in deliveries)
    content = {
        "share": share,
        "deliveries": deliveries,
        "to_come": share.held_quantity - brought,
        "closing": queries.closing_of(share),
        "over": why_over(share.line.order),
        "receives": queries.may_receive(person),
        "closes": queries.may_close(person),
    }
    return Panel("deliveries/parts/of_share.html", content)


def of_finish(order: Order, person: object) -> Panel | None:
    """On the page that ends an order: where its pieces are, and which shares are still open."""
    lines = [
        (counted, goods_of(counted.line), unit_of(counted.line)) for counted in queries.lines_counted(order)
    ]
    shares = list(queries.shares_still_open(order).order_by("pk")[:MOST_OPEN])
    return Panel("deliveries/parts/of_finish.html", {"order": order, "lines": lines, "shares": shares})


def way_of_share(share: Share, person: object) -> Panel | None:
    """On the maker's own page of a share, once something of it is held."""
    words = _("%(delivered)s of %(held)s handed over so far.") % {
        "delivered": formats.number(queries.delivered_of(share.pk)),
        "held": formats.number(share.held_quantity),
    }
    return Panel("deliveries/parts/way.html", {"words": words})


def way_of_group(order: Order, person: object) -> Panel | None:
    """On the captain's list of an order, once pieces of the group were handed over."""
    if not isinstance(person, Person):
        return None
    delivered = queries.delivered_of_shares(shares_of_captain(person, order))
    if not delivered:
        return None
    words = _("%(delivered)s of the group handed over so far.") % {"delivered": formats.number(delivered)}
    return Panel("deliveries/parts/way.html", {"words": words})


register_panel("orders.detail", of_order)
register_panel("orders.finish", of_finish)
register_panel("orders.share", of_share)
register_panel("orders.kept", way_of_share)
register_panel("orders.bundle", way_of_group)


@name_keys("delivery")
def deliveries(keys: Collection[str]) -> Mapping[str, str]:
    """`delivery:SRH-2026-0007` is called by its number."""
    return {key: key.partition(":")[2] for key in keys}


@name_keys("inspection")
def inspections(keys: Collection[str]) -> Mapping[str, str]:
    return queries.inspections_called(keys)


def _of(sentence: Any) -> Callable[[Told], str]:
    def tell(told: Told) -> str:
        content = {
            name: formats.number(value) if isinstance(value, int) else value
            for name, value in told.content.items()
        }
        maker = told.content.get("maker", "")
        return str(sentence) % {**content, "name": told.name(maker) if maker else ""}

    return tell


_DEEDS: dict[str, tuple[Any, Any]] = {
    choices.DELIVERED: (
        gettext_lazy("Pieces taken in"),
        gettext_lazy("%(name)s handed over %(quantity)s: delivery %(delivery)s."),
    ),
    choices.DELIVERY_CORRECTED: (
        gettext_lazy("Number of a delivery corrected"),
        gettext_lazy("Delivery %(delivery)s was %(quantity)s, not %(before)s."),
    ),
    choices.OVER_SHARE_REFUSED: (
        gettext_lazy("More brought than the share"),
        gettext_lazy(
            "%(name)s brought %(brought)s where %(room)s were left of the share; it was not taken in."
        ),
    ),
    choices.INSPECTION_OPENED: (
        gettext_lazy("Inspection begun"),
        gettext_lazy("Inspection of delivery %(delivery)s begun: %(sample)s of %(lot)s are looked at."),
    ),
    choices.INSPECTED: (
        gettext_lazy("Pieces inspected"),
        gettext_lazy(
            "Delivery %(delivery)s of %(name)s, %(looked)s looked at. Now: accepted %(accepted)s, "
            "by sample %(by_sample)s, rework %(rework)s, rejected %(rejected)s, open %(open)s."
        ),
    ),
    choices.PIECES_CORRECTED: (
        gettext_lazy("Result of an inspection corrected"),
        gettext_lazy("%(quantity)s pieces of delivery %(delivery)s were moved to where they belong."),
    ),
    choices.OWED_LATER: (
        gettext_lazy("Accepted pieces priced later"),
        gettext_lazy("%(quantity)s accepted pieces of delivery %(delivery)s have a price now, and are owed."),
    ),
    choices.SHARE_CLOSED: (
        gettext_lazy("Rest of a share closed"),
        gettext_lazy("%(missing)s of %(name)s will not come: %(reason)s"),
    ),
    choices.SHARE_REOPENED: (
        gettext_lazy("Share opened again"),
        gettext_lazy("The share of %(name)s is open again: %(reason)s"),
    ),
    choices.TERMS_CONFIRMED: (
        gettext_lazy("Sampling plan confirmed"),
        gettext_lazy("Version %(number)s of a line's sampling plan was confirmed."),
    ),
}
for _deed, (_label, _sentence) in _DEEDS.items():
    word_deed(_deed, _label)(_of(_sentence))


word_fields(
    "deliveries",
    {
        "delivery": gettext_lazy("Number of the delivery"),
        "share": gettext_lazy("Number of the share"),
        "maker": gettext_lazy("Maker"),
        "quantity": gettext_lazy("Quantity"),
        "delivered_on": gettext_lazy("Handed over on"),
        "before": gettext_lazy("Before"),
        "brought": gettext_lazy("Brought"),
        "room": gettext_lazy("Left of the share"),
        "missing": gettext_lazy("Pieces that did not come"),
        "reason": gettext_lazy("Reason"),
        "inspection": gettext_lazy("Number of the inspection"),
        "round": (gettext_lazy("Which pieces"), choices.Round.choices),
        "looks": (gettext_lazy("How many are looked at"), choices.Looks.choices),
        "lot": gettext_lazy("Size of the lot"),
        "sample": gettext_lazy("Size of the sample"),
        "acceptance": gettext_lazy("Wrong at most"),
        "looked": gettext_lazy("Looked at"),
        "verdict": (gettext_lazy("Result"), choices.Verdict.choices),
        "findings": (gettext_lazy("Findings"), [*choices.Fault.choices, *choices.Becomes.choices]),
        "open": choices.Pieces.OPEN.label,
        "accepted": choices.Pieces.ACCEPTED.label,
        "by_sample": choices.Pieces.BY_SAMPLE.label,
        "rework": choices.Pieces.REWORK.label,
        "rejected": choices.Pieces.REJECTED.label,
        "from": (gettext_lazy("From"), choices.Pieces.choices),
        "to": (gettext_lazy("To"), choices.Pieces.choices),
        "line": gettext_lazy("Number of the line's entry"),
        "number": gettext_lazy("Version"),
        "level": gettext_lazy("Inspection level"),
        "aql_bp": gettext_lazy("Acceptable quality level, hundredths of a percent"),
        "small_below": gettext_lazy("Looked at whole below"),
    },
)
