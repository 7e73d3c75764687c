"""What was made, lot by lot: by whom, where it went, what was called back; and what buyers complained of."""

from collections.abc import Collection, Sequence

from django.db.models import Q

from lumbung.complaints.models import Complaint, Remedy
from lumbung.dossier.queries.order import Row, day, moment
from lumbung.lots.models import Lot, Movement, Recall
from lumbung.orders.models import Order


def lot_table(subjects: Sequence[str], codes: Sequence[str]) -> Row:
    """data/lots.json: lots of the order's lines and shares, those poured together from them, and movements."""
    own = Lot.objects.filter(Q(subject__in=subjects) | Q(code__in=codes))
    numbers = set(own.values_list("pk", flat=True))
    numbers |= set(Lot.objects.filter(uses__parent__in=numbers).values_list("pk", flat=True))
    lots = list(Lot.objects.filter(pk__in=numbers).prefetch_related("made_by", "uses").order_by("pk"))
    movements = Movement.objects.filter(lot__in=numbers).select_related("entry").order_by("pk")
    recalls = Recall.objects.filter(lots__in=numbers).distinct().order_by("pk")
    return {
        "lots": [_lot(lot) for lot in lots],
        "movements": [_movement(movement) for movement in movements],
        "recalls": [
            {"key": found.key, "code": found.code, "reason": found.reason, "advice": found.advice}
            | {"started_at": moment(found.started_at), "started_by": found.started_by}
            for found in recalls
        ],
    }


def _lot(lot: Lot) -> Row:
    return {
        "key": lot.key,
        "code": lot.code,
        "goods": lot.goods_id or "",
        "material": f"material:{lot.material_id}" if lot.material_id else "",
        "quantity": lot.quantity,
        "subject": lot.subject,
        "made_from": day(lot.made_from),
        "made_until": day(lot.made_until),
        "origin": lot.origin,
        "state": lot.state,
        "state_reason": lot.state_reason,
        "decided_at": moment(lot.decided_at),
        "decided_by": lot.decided_by,
        "recall": f"recall:{lot.recall_id}" if lot.recall_id else None,
        "noted_at": moment(lot.noted_at),
        "noted_by": lot.noted_by,
        "made_by": [
            {"maker": f"maker:{made.maker_id}", "quantity": made.quantity}
            | {"household": f"household:{made.household_id}" if made.household_id else None}
            for made in sorted(lot.made_by.all(), key=lambda made: made.pk)
        ],
        "uses": [
            {"lot": f"lot:{use.parent_id}", "quantity": use.quantity}
            for use in sorted(lot.uses.all(), key=lambda use: use.pk)
        ],
    }


def _movement(found: Movement) -> Row:
    return {
        "key": f"movement:{found.pk}",
        "entry": found.entry.key,
        "kind": found.kind,
        "lot": f"lot:{found.lot_id}",
        "quantity": found.quantity,
        "from": found.from_holder,
        "to": found.to_holder,
        "subject": found.entry.subject,
        "reason": found.entry.reason,
        "happened_at": moment(found.entry.happened_at),
        "noted_at": moment(found.entry.noted_at),
        "noted_by": found.entry.noted_by,
        "corrects": f"movement:{found.corrects_id}" if found.corrects_id else None,
    }


def complaint_table(order: Order, lots: Sequence[str], dues: Collection[str]) -> list[Row]:
    """data/complaints.json: how many pieces, and what became of them; not who complained, nor in which words."""
    numbers = [int(key.removeprefix("lot:")) for key in lots]
    about = Q(order=order) | Q(delivery__share__line__order=order) | Q(lot__in=numbers)
    found = Complaint.objects.filter(about).distinct().prefetch_related("remedies").order_by("pk")
    return [_complaint(complaint, dues) for complaint in found.select_related("delivery", "order", "lot")]


def _complaint(found: Complaint, dues: Collection[str]) -> Row:
    return {
        "key": found.key,
        "source": found.source,
        "lot": found.lot.key if found.lot else None,
        "delivery": found.delivery.key if found.delivery else None,
        "order": found.order.key if found.order else None,
        "quantity": found.quantity,
        "replaced": found.replaced_quantity,
        "refunded": found.refunded_quantity,
        "dismissed": found.dismissed_quantity,
        "due_on": day(found.due_on),
        "received_at": moment(found.received_at),
        "received_by": found.received_by,
        "answered_at": moment(found.answered_at),
        "answered_by": found.answered_by,
        "closed_at": moment(found.closed_at),
        "closed_by": found.closed_by,
        "remedies": [_remedy(remedy, dues) for remedy in found.remedies.all()],
    }


def _remedy(found: Remedy, dues: Collection[str]) -> Row:
    """A lot may hold pieces of two orders: the entry of the other one is not told."""
    due = f"due:{found.due_entry}"
    return {
        "kind": found.kind,
        "quantity": found.quantity,
        "refund_rupiah": found.refund_rupiah,
        "recall": f"recall:{found.recall_id}" if found.recall_id else None,
        "due": due if due in dues else None,
        "reason": found.reason,
        "made_at": moment(found.made_at),
        "made_by": found.made_by,
    }
