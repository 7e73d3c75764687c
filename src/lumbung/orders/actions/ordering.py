"""Taking in an order, changing it while it is a draft, publishing and cancelling it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from foundation import clock
from foundation.errors import refuse
from foundation.vendor.locks import hold_table
from lumbung.certification.models import Scheme
from lumbung.files.actions import open_to_everybody
from lumbung.makers.models import GoodsKind
from lumbung.money.choices import Supply
from lumbung.orders.actions.quota import settle
from lumbung.orders.choices import ShareState
from lumbung.orders.models import CollectionPoint, Order, OrderLine, RequiredScheme, Share
from lumbung.orders.queries.orders import last_code, locked_line
from lumbung.orders.rules import order as rules
from lumbung.places.models import Village
from lumbung.records.actions import leave_record, seal_all
from lumbung.records.queries import latest_seal

TERMS = (
    "title",
    "specification",
    "due_on",
    "delivery_village",
    "delivery_place",
    "price_mode",
    "cost_budget_bp",
    "budget_decree",
    "transport_rupiah_per_100_km",
    "visit_rupiah",
    "turn_credit_bp",
    "priority_credit_bp",
    "newcomer_quota_bp",
    "newcomer_credit_bp",
    "answer_hours",
    "payment_days",
    "objection_days",
    "objection_window_days",
    "resplits_itself",
    "is_public",
    *rules.PUBLIC_FIELDS,
)


def create_order(*, terms: Mapping[str, Any], buyer: Any, by: str, is_demo: bool = False) -> Order:
    """A draft with the next number of the year."""
    _check_due(terms.get("due_on"))
    with transaction.atomic():
        hold_table(Order)  # two orders at once take two numbers
        year = clock.today().year
        code = rules.next_code(year=year, last=last_code(f"PSN-{year}-"))
        order = Order(code=code, buyer=buyer, created_by=by, is_demo=is_demo, **terms)
        order.save(force_insert=True)
        leave_record(subject=order.key, deed="orders.order_created", by=by, content=_told(order))
    return order


def change_order(*, order: Order, terms: Mapping[str, Any], by: str) -> Order:
    """Change the terms of a draft."""
    _check_due(terms.get("due_on"))
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order.pk)
        refuse(rules.why_not_change(order))
        for name, value in terms.items():
            setattr(order, name, value)
        order.save()
        leave_record(subject=order.key, deed="orders.order_changed", by=by, content=_told(order))
    return order


def _check_due(due_on: date | None) -> None:
    if due_on is not None:
        refuse(rules.why_not_due(due_on, today=clock.today()), field="due_on")


def _told(order: Order) -> dict[str, Any]:
    """The terms as whole numbers and texts, for the record."""
    told: dict[str, Any] = {"buyer": order.buyer.key}
    for name in TERMS:
        value = getattr(order, name)
        told[name] = value if isinstance(value, bool | int) else str(getattr(value, "pk", value))
    return told


def set_line(
    *,
    order: Order,
    kind: GoodsKind,
    size: str,
    quantity: int,
    price_rupiah: int,
    by: str,
    supply: str = Supply.GOODS,
    line: OrderLine | None = None,
) -> OrderLine:
    """Add a line to a draft, or change one. `supply` says whether goods are bought or handed-out material is sewn."""
    refuse(rules.why_not_quantity(quantity), field="quantity")
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order.pk)
        refuse(rules.why_not_change(order))
        line = line or OrderLine(order=order)
        line.kind, line.size, line.quantity, line.price_rupiah = kind, size.strip(), quantity, price_rupiah
        line.supply = supply
        line.save()
        content = {
            "line": line.pk,
            "kind": kind.pk,
            "size": line.size,
            "quantity": quantity,
            "price": price_rupiah,
            "supply": str(supply),
        }
        leave_record(subject=order.key, deed="orders.line_set", by=by, content=content)
    return line


def set_requirements(*, order: Order, schemes: Sequence[Scheme], by: str) -> None:
    """Say anew which certificates a draft asks for."""
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order.pk)
        refuse(rules.why_not_change(order))
        order.required_schemes.all().delete()
        RequiredScheme.objects.bulk_create([RequiredScheme(order=order, scheme=scheme) for scheme in schemes])
        content = {"schemes": sorted(scheme.pk for scheme in schemes)}
        leave_record(subject=order.key, deed="orders.requirements_set", by=by, content=content)


def set_collection_points(*, order: Order, points: Sequence[tuple[str, Village]], by: str) -> None:
    """Say anew where a draft's makers bring their pieces."""
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order.pk)
        refuse(rules.why_not_change(order))
        order.collection_points.all().delete()
        CollectionPoint.objects.bulk_create(
            [CollectionPoint(order=order, name=name.strip(), village=village) for name, village in points]
        )
        content = {"villages": [village.pk for _name, village in points]}
        leave_record(subject=order.key, deed="orders.collection_points_set", by=by, content=content)


def publish_order(*, order: Order, by: str) -> Order:
    """From now on everybody sees the order, and its terms stand; so does the seal that seeds its draw."""
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order.pk)
        refuse(
            rules.why_not_publish(
                order, lines=order.lines.count(), collection_points=order.collection_points.count()
            )
        )
        order.published_at, order.published_by = clock.now(), by
        seal = latest_seal() or seal_all(by=by)
        if seal:
            order.draw_seal, order.draw_sealed_at = seal.hash, seal.sealed_at
        order.save(update_fields=["published_at", "published_by", "draw_seal", "draw_sealed_at"])
        content = _told(order) | {"draw_seal": order.draw_seal}
        leave_record(subject=order.key, deed="orders.order_published", by=by, content=content)
        open_to_everybody(subject=order.key, by=by)
    return order


def cancel_order(*, order: Order, reason: str, by: str) -> Order:
    """Stop an order: open offers are withdrawn; what is confirmed stays on record."""
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order.pk)
        refuse(rules.why_not_cancel(order, reason=reason), field="reason")
        order.cancelled_at, order.cancelled_by, order.cancelled_reason = clock.now(), by, reason.strip()
        order.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_reason"])
        withdrawn = 0
        for line_id in list(order.lines.values_list("pk", flat=True)):
            withdrawn += _withdraw_offers(locked_line(line_id), by=by)
        content = {"reason": order.cancelled_reason, "withdrawn": withdrawn}
        leave_record(subject=order.key, deed="orders.order_cancelled", by=by, content=content)
    return order


def _withdraw_offers(line: OrderLine, *, by: str) -> int:
    count = Share.objects.filter(line=line, state=ShareState.OFFERED).update(
        state=ShareState.WITHDRAWN, ended_at=clock.now()
    )
    settle(line, by=by)
    return count
