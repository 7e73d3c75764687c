"""The order itself: what was wanted, how it was split, who was offered what, and what they answered."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from lumbung.makers.models import Maker
from lumbung.orders.choices import SplitState
from lumbung.orders.models import Order, Share, Split
from lumbung.orders.rules.order import order_state
from lumbung.orders.rules.snapshot import unpack

Row = dict[str, Any]


def moment(at: datetime | None) -> str | None:
    """As records write it: in UTC, with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else None


def day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def order_table(order: Order) -> Row:
    """The terms, the lines, and where makers bring their pieces."""
    lines = list(order.lines.select_related("kind").order_by("id"))
    points = order.collection_points.select_related("village").order_by("id")
    return {
        "key": order.key,
        "code": order.code,
        "title": order.title,
        "state": str(order_state(order, lines)),
        "buyer": order.buyer.key,
        "specification": order.specification,
        "due_on": day(order.due_on),
        "delivery_place": order.delivery_place,
        "delivery_village": order.delivery_village.code,
        "price_mode": order.price_mode,
        "cost_budget_bp": order.cost_budget_bp,
        "budget_decree": order.budget_decree,
        "turn_credit_bp": order.turn_credit_bp,
        "priority_credit_bp": order.priority_credit_bp,
        "newcomer_quota_bp": order.newcomer_quota_bp,
        "newcomer_credit_bp": order.newcomer_credit_bp,
        "is_public": order.is_public,
        "procurement_method": order.procurement_method,
        "legal_basis": order.legal_basis,
        "budget_line": order.budget_line,
        "responsible_official": order.responsible_official,
        "price_source": order.price_source,
        "published_at": moment(order.published_at),
        "published_by": order.published_by,
        "draw_seal": order.draw_seal,
        "cancelled_at": moment(order.cancelled_at),
        "cancelled_by": order.cancelled_by,
        "cancelled_reason": order.cancelled_reason,
        "finished_at": moment(order.finished_at),
        "finished_by": order.finished_by,
        "finished_note": order.finished_note,
        "is_demo": order.is_demo,
        "collection_points": [
            {"key": f"point:{p.pk}", "name": p.name, "village": p.village.code} for p in points
        ],
        "lines": [
            {
                "key": f"line:{line.pk}",
                "kind": line.kind.name,
                "unit": line.kind.unit,
                "size": line.size,
                "quantity": line.quantity,
                "price_rupiah": line.price_rupiah,
                "supply": line.supply,
                "confirmed": line.confirmed_quantity,
            }
            for line in lines
        ],
    }


def split_tables(order: Order) -> list[Row]:
    """The decided splits with their inputs: whoever has them computes each again."""
    found = Split.objects.filter(line__order=order, state=SplitState.DECIDED).order_by("pk")
    return [_split(split) for split in found]


def _split(split: Split) -> Row:
    amounts = split.rows.filter(quantity__gt=0).order_by("maker_id").values_list("maker_id", "quantity")
    return {
        "key": f"split:{split.pk}",
        "line": f"line:{split.line_id}",
        "number": split.number,
        "parent": f"split:{split.parent_id}" if split.parent_id else None,
        "engine": split.engine,
        "input_hash": split.input_hash,
        "cost_rupiah": split.cost_rupiah,
        "lower_bound_rupiah": split.lower_bound_rupiah,
        "largest_share": split.largest_share,
        "computed_at": moment(split.computed_at),
        "computed_by": split.computed_by,
        "proposed_at": moment(split.proposed_at),
        "proposed_by": split.proposed_by,
        "decided_at": moment(split.decided_at),
        "decided_by": split.decided_by,
        "amounts": {f"maker:{maker}": quantity for maker, quantity in amounts},
        "inputs": unpack(bytes(split.snapshot)),
    }


def reason_table(order: Order) -> list[Row]:
    """Why each maker got what it got, and why the others got nothing: one reason each."""
    found = Split.objects.filter(line__order=order, state=SplitState.DECIDED).order_by("pk")
    return [
        {"split": f"split:{split.pk}", "maker": f"maker:{maker}"}
        | {"eligible": eligible, "quantity": quantity, "reason": reason, "numbers": numbers}
        for split in found
        for maker, eligible, quantity, reason, numbers in split.rows.order_by("maker_id").values_list(
            "maker_id", "eligible", "quantity", "reason", "numbers"
        )
    ]


def shares_of(order: Order) -> list[Share]:
    return list(Share.objects.filter(line__order=order).order_by("pk"))


def share_tables(shares: Iterable[Share]) -> list[Row]:
    return [
        {
            "key": share.key,
            "line": f"line:{share.line_id}",
            "maker": f"maker:{share.maker_id}",
            "split": f"split:{share.split_id}",
            "state": share.state,
            "quantity": share.quantity,
            "confirmed": share.confirmed_quantity,
            "released": share.released_quantity,
            "price_rupiah": share.price_rupiah,
            "collection_point": f"point:{share.collection_point_id}",
            "reason": share.reason,
            "numbers": share.numbers,
            "offered_at": moment(share.offered_at),
            "sent_at": moment(share.sent_at),
            "sent_by": share.sent_by,
            "sent_through": share.sent_through,
            "answer_until": moment(share.answer_until),
            "answered_at": moment(share.answered_at),
            "answered_by": share.answered_by,
            "decline_reason": share.decline_reason,
            "released_at": moment(share.released_at),
        }
        for share in shares
    ]


def maker_tables(order: Order) -> list[Row]:
    """Whom the splits name: workshop and village, no phone, no number of any card."""
    named = Split.objects.filter(line__order=order, state=SplitState.DECIDED).values("rows__maker")
    makers = (
        Maker.objects.filter(pk__in=named)
        .select_related("party", "village__district__regency")
        .order_by("pk")
    )
    return [
        {
            "key": maker.key,
            "name": maker.party.name,
            "village": maker.village.name,
            "village_code": maker.village.code,
            "regency": maker.village.district.regency.name,
        }
        for maker in makers
    ]
