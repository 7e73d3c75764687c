"""What was handed over, how it was looked at, and how each piece moved from one state to another."""

from collections.abc import Sequence
from typing import Any

from lumbung.deliveries.choices import BUCKETS, Pieces
from lumbung.deliveries.models import Delivery, Inspection, InspectionTerms, Move, OverShare
from lumbung.dossier.queries.order import Row, day, moment
from lumbung.orders.models import Order, Share

STATES = {str(place): str(place) for place in Pieces} | {str(Pieces.BY_SAMPLE): "accepted_by_sample"}
"""How the dossier names the states: as its readers do."""


def delivery_table(order: Order, shares: Sequence[Share]) -> Row:
    """data/deliveries.json."""
    deliveries = list(Delivery.objects.filter(share__in=[share.pk for share in shares]).order_by("pk"))
    keys = {delivery.pk: delivery.key for delivery in deliveries}
    moves = Move.objects.filter(delivery__in=keys).order_by("pk")
    inspections = Inspection.objects.filter(delivery__in=keys).prefetch_related("findings").order_by("pk")
    return {
        "deliveries": [_delivery(delivery) for delivery in deliveries],
        "inspections": [_inspection(found, keys[found.delivery_id]) for found in inspections],
        "moves": [_move(move, keys[move.delivery_id]) for move in moves],
        "terms": [
            _terms(found) for found in InspectionTerms.objects.filter(line__order=order).order_by("pk")
        ],
        "attempts_over_share": [
            {"share": f"share:{found.share_id}", "brought": found.brought_quantity}
            | {"room": found.room_quantity, "at": moment(found.refused_at), "by": found.refused_by}
            for found in OverShare.objects.filter(share__in=[share.pk for share in shares]).order_by("pk")
        ],
    }


def _delivery(delivery: Delivery) -> Row:
    counts = {STATES[str(place)]: delivery.count_of(place) for place in BUCKETS}
    return {
        "key": delivery.key,
        "share": f"share:{delivery.share_id}",
        "collection_point": f"point:{delivery.collection_point_id}",
        "delivered_on": day(delivery.delivered_on),
        "brought_by": delivery.brought_by,
        "note": delivery.note,
        "lot": delivery.lot_key,
        "received_at": moment(delivery.received_at),
        "received_by": delivery.received_by,
        "quantity": delivery.delivered_quantity,
        "states": {state: count for state, count in counts.items() if count},
    }


def _inspection(inspection: Inspection, delivery: str) -> dict[str, Any]:
    return {
        "key": inspection.key,
        "delivery": delivery,
        "number": inspection.number,
        "round": inspection.round,
        "looks": inspection.looks,
        "lot": inspection.lot_quantity,
        "level": inspection.level,
        "aql_bp": inspection.aql_bp,
        "code_letter": inspection.code_letter,
        "sample": inspection.sample_quantity,
        "acceptance_number": inspection.acceptance_number,
        "rejection_number": inspection.rejection_number,
        "looked": inspection.looked_quantity,
        "verdict": inspection.verdict,
        "note": inspection.note,
        "opened_at": moment(inspection.opened_at),
        "opened_by": inspection.opened_by,
        "closed_at": moment(inspection.closed_at),
        "closed_by": inspection.closed_by,
        "findings": [
            {"key": found.key, "fault": found.fault, "words": found.words}
            | {"quantity": found.quantity, "becomes": found.becomes}
            for found in inspection.findings.all()
        ],
    }


def _move(move: Move, delivery: str) -> Row:
    return {
        "key": move.key,
        "delivery": delivery,
        "inspection": f"inspection:{move.inspection_id}" if move.inspection_id else None,
        "from": STATES[move.from_place],
        "to": STATES[move.to_place],
        "quantity": move.quantity,
        "reason": move.reason,
        "corrects": f"move:{move.corrects_id}" if move.corrects_id else None,
        "made_at": moment(move.made_at),
        "made_by": move.made_by,
    }


def _terms(found: InspectionTerms) -> Row:
    return {
        "line": f"line:{found.line_id}",
        "number": found.number,
        "level": found.level,
        "aql_bp": found.aql_bp,
        "small_below": found.small_below,
        "confirmed_at": moment(found.confirmed_at),
        "confirmed_by": found.confirmed_by,
    }
