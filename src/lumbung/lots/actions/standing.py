"""Lots are held back, released by name, and recalled."""

from collections.abc import Sequence

from django.db import transaction

from foundation import clock
from foundation.errors import Refused, refuse
from foundation.vendor.locks import hold_table
from lumbung.lots import choices
from lumbung.lots.choices import LotState
from lumbung.lots.models import Lot, Recall
from lumbung.lots.queries.lots import last_recall
from lumbung.lots.rules import states
from lumbung.records.actions import leave_record


def hold_lot(*, lot: Lot, reason: str, by: str) -> Lot:
    """The lot goes nowhere until somebody releases it."""
    with transaction.atomic():
        return hold(_locked(lot), reason, by=by)


def hold(lot: Lot, reason: str, *, by: str) -> Lot:
    """Within a transaction that has the lot locked or new."""
    refuse(states.why_not_hold(lot.state, reason), field="reason")
    decide(lot, LotState.HELD, reason, by)
    leave_record(subject=lot.key, deed=choices.LOT_HELD, by=by, content={"reason": lot.state_reason})
    return lot


def release_lot(*, lot: Lot, reason: str = "", by: str) -> Lot:
    """Somebody else than who wrote it down lets the lot go."""
    with transaction.atomic():
        lot = _locked(lot)
        refuse(states.why_not_release(lot.state, by=by, noted_by=lot.noted_by), field="reason")
        decide(lot, LotState.RELEASED, reason, by)
        leave_record(subject=lot.key, deed=choices.LOT_RELEASED, by=by, content={"reason": lot.state_reason})
    return lot


def recall_lots(*, lots: Sequence[Lot], reason: str, advice: str, by: str) -> Recall:
    """Call lots back together; from now on everybody who types a code reads the reason and what to do."""
    with transaction.atomic():
        hold_table(Recall)  # two recalls at once take two numbers
        wanted = [lot.pk for lot in lots]
        rows = list(Lot.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
        for field, sentence in states.why_not_recall(
            [row.state for row in rows], reason=reason, advice=advice
        ).items():
            raise Refused(sentence, field=field)
        prefix = f"TRK-{clock.today().year}-"
        last = last_recall(prefix)
        number = int(last.removeprefix(prefix)) + 1 if last else 1
        recall = Recall.objects.create(
            code=f"{prefix}{number:04d}",
            reason=" ".join(reason.split())[:300],
            advice=" ".join(advice.split())[:300],
            started_by=by,
        )
        for row in rows:
            row.recall = recall
            decide(row, LotState.RECALLED, recall.reason, by)
        content = {"lots": [row.key for row in rows], "reason": recall.reason, "advice": recall.advice}
        leave_record(subject=recall.key, deed=choices.LOTS_RECALLED, by=by, content=content)
    return recall


def _locked(lot: Lot) -> Lot:
    rows = Lot.objects.select_for_update(of=("self",)).select_related("material", "goods")
    return rows.get(pk=lot.pk)


def decide(lot: Lot, state: LotState, reason: str, by: str) -> None:
    """A lot stands in a state from now on; within the transaction that has it locked or new."""
    lot.state, lot.state_reason = state, " ".join(reason.split())[:300]
    lot.decided_at, lot.decided_by = clock.now(), by
    if state != LotState.RECALLED:
        lot.recall = None
    lot.save(update_fields=["state", "state_reason", "decided_at", "decided_by", "recall"])
