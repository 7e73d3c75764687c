"""Somebody looks at pieces: what they saw is one deed, however late and however often the phone sends it."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from foundation import clock
from foundation.errors import refuse
from lumbung.deliveries import queries, rules
from lumbung.deliveries.actions.keeping import Photo, keep_photos, known
from lumbung.deliveries.actions.moving import move
from lumbung.deliveries.choices import INSPECTED, INSPECTION_OPENED, TERMS_CONFIRMED, Round
from lumbung.deliveries.models import Delivery, Finding, Inspection, InspectionTerms
from lumbung.deliveries.rules import Counts, Found, Plan
from lumbung.orders.models import OrderLine
from lumbung.orders.queries.orders import locked_line
from lumbung.people.queries import names_of
from lumbung.records.actions import leave_record


def confirm_terms(*, line: OrderLine, level: int, aql_bp: int, small_below: int, by: str) -> InspectionTerms:
    """Somebody answers for how a line is inspected: a new version, for inspections that begin from now on."""
    refuse(rules.why_not_terms(level, aql_bp, small_below, queries.tables()))
    with transaction.atomic():
        line = locked_line(line.pk)
        terms = InspectionTerms.objects.create(
            line=line,
            number=line.inspection_terms.count() + 1,
            level=level,
            aql_bp=aql_bp,
            small_below=small_below,
            confirmed_at=clock.now(),
            confirmed_by=by,
        )
        content = {
            "line": line.pk,
            "number": terms.number,
            "level": level,
            "aql_bp": aql_bp,
            "small_below": small_below,
        }
        leave_record(subject=line.order.key, deed=TERMS_CONFIRMED, by=by, content=content)
    return terms


def open_inspection(
    *, delivery: Delivery, by: str, round_: str = Round.FIRST, take_over: bool = False
) -> Inspection:
    """Begin to look: from now on others read who looks, and since when. The plan is copied in."""
    with transaction.atomic():
        delivery = queries.locked_delivery(delivery.pk)
        running = queries.running_inspection(delivery)
        if running and (take_over or running.opened_by == by) and _is_over(running, delivery, round_, by):
            running = None
        return _opened(delivery, running, round_, by=by)


def _is_over(running: Inspection, delivery: Delivery, round_: str, by: str) -> bool:
    """An own inspection of the same pieces goes on; any other ends, with nothing looked at."""
    plan = queries.plan_of(delivery, round_)
    if running.opened_by == by and running.round == round_ and rules.plan_kept(running).lot == plan.lot:
        return False
    running.closed_at, running.closed_by = clock.now(), by
    running.save(update_fields=["closed_at", "closed_by"])
    return True


def _opened(delivery: Delivery, running: Inspection | None, round_: str, *, by: str) -> Inspection:
    name = names_of([running.opened_by]).get(running.opened_by, "") if running else ""
    refuse(rules.why_not_open(delivery, round_, opened=running, name=name, by=by))
    if running:
        return running
    plan = queries.plan_of(delivery, round_)
    inspection = Inspection.objects.create(
        delivery=delivery,
        number=delivery.inspections.count() + 1,
        round=round_,
        looks=plan.looks,
        lot_quantity=plan.lot,
        level=plan.level,
        aql_bp=plan.aql_bp,
        code_letter=plan.letter,
        sample_quantity=plan.sample,
        acceptance_number=plan.acceptance,
        rejection_number=plan.rejection,
        opened_at=clock.now(),
        opened_by=by,
    )
    content = {"delivery": delivery.code, "round": round_, **_plan_told(plan)}
    leave_record(subject=delivery.share.line.order.key, deed=INSPECTION_OPENED, by=by, content=content)
    return inspection


def _plan_told(plan: Plan) -> dict[str, object]:
    return {"looks": str(plan.looks), "lot": plan.lot, "sample": plan.sample, "acceptance": plan.acceptance}


def close_inspection(
    *,
    delivery: Delivery,
    accepted: int,
    findings: Sequence[Found] = (),
    by: str,
    round_: str = Round.FIRST,
    seen: int | None = None,
    note: str = "",
    photos: Mapping[int, Photo] | None = None,
    entry_key: str = "",
) -> Inspection:
    """All that was seen, in one deed: it begins the inspection where that was not done, and ends it.

    `seen` is how many pieces waited when the page was opened: when somebody was quicker, the counts are refused
    with who and when. `photos` are by the place of their finding. Sent twice under one key, it is one inspection.
    """
    with transaction.atomic():
        delivery = queries.locked_delivery(delivery.pk)
        if before := known(delivery.inspections.all(), entry_key):
            return before
        lot = delivery.count_of(rules.source_of(round_))
        refuse(_somebody_was_quicker(delivery, seen, lot, by=by))
        running = queries.running_inspection(delivery)
        if running and running.opened_by == by and _is_over(running, delivery, round_, by):
            running = None
        inspection = _opened(delivery, running, round_, by=by)
        counts = Counts(accepted, findings)
        refuse(rules.why_not_close(rules.plan_kept(inspection), counts))
        _closed(inspection, counts, by=by, note=note, entry_key=entry_key)
        _with_findings(inspection, counts, photos or {}, by=by)
        steps = rules.steps_of(rules.plan_kept(inspection), counts, round_)
        move(delivery, steps, by=by, inspection=inspection)
        _told(inspection, delivery, counts, by=by)
    return inspection


def second_inspection(*, delivery: Delivery, accepted: int, by: str, findings: Sequence[Found] = (),
                      seen: int | None = None, note: str = "", photos: Mapping[int, Photo] | None = None,
                      entry_key: str = "") -> Inspection:  # fmt: skip
    """Look at pieces that came back from rework: every one that came back; the others stay in rework."""
    return close_inspection(
        delivery=delivery, accepted=accepted, findings=findings, round_=Round.AGAIN, seen=seen, note=note,
        photos=photos, entry_key=entry_key, by=by,
    )  # fmt: skip


def _somebody_was_quicker(delivery: Delivery, seen: int | None, lot: int, *, by: str) -> str | None:
    if seen is None:
        return None
    last = queries.last_inspection(delivery)
    other = last if last and last.closed_by != by else None
    name = names_of([other.closed_by]).get(other.closed_by, "") if other else ""
    return rules.why_not_still(seen, lot, name=name, at=queries.closed_words(other))


def _closed(inspection: Inspection, counts: Counts, *, by: str, note: str, entry_key: str) -> None:
    plan = rules.plan_kept(inspection)
    inspection.looked_quantity = rules.looked_of(counts)
    inspection.verdict = rules.verdict_of(plan, counts)
    inspection.closed_at, inspection.closed_by, inspection.note = clock.now(), by, note.strip()
    inspection.entry_key = entry_key
    inspection.save(
        update_fields=["looked_quantity", "verdict", "closed_at", "closed_by", "note", "entry_key"]
    )


def _with_findings(inspection: Inspection, counts: Counts, photos: Mapping[int, Photo], *, by: str) -> None:
    for place, found in enumerate(counts.findings):
        finding = Finding.objects.create(
            inspection=inspection,
            fault=found.fault,
            words=found.words.strip(),
            quantity=found.quantity,
            becomes=found.becomes,
        )
        if place in photos:
            keep_photos(finding.key, [photos[place]], by=by)


def _told(inspection: Inspection, delivery: Delivery, counts: Counts, *, by: str) -> None:
    content = {
        "delivery": delivery.code,
        "inspection": inspection.number,
        "round": str(inspection.round),
        "maker": delivery.share.maker.key,
        "looked": inspection.looked_quantity,
        "verdict": str(inspection.verdict),
        "findings": [[found.fault, found.quantity, found.becomes] for found in counts.findings],
        "open": delivery.open_quantity,
        "accepted": delivery.accepted_quantity,
        "by_sample": delivery.by_sample_quantity,
        "rework": delivery.rework_quantity,
        "rejected": delivery.rejected_quantity,
    }
    leave_record(subject=delivery.share.line.order.key, deed=INSPECTED, by=by, content=content)
