"""A complaint is taken in, answered, settled piece by piece, and closed by somebody else."""

from collections.abc import Sequence
from typing import IO, NamedTuple

from django.conf import settings
from django.db import transaction

from foundation import clock
from foundation.errors import Refused, refuse
from foundation.vendor.locks import hold_table
from lumbung.complaints import choices, queries, rules
from lumbung.complaints.choices import COUNTERS, RemedyKind, Source
from lumbung.complaints.models import Complaint, Remedy
from lumbung.deliveries.models import Delivery
from lumbung.files.actions import keep_file
from lumbung.lots.actions import recall_lots
from lumbung.lots.models import Lot
from lumbung.money.actions import correct_due
from lumbung.money.models import Due
from lumbung.objections.rules.objections import last_day
from lumbung.orders.models import Order
from lumbung.people.actions import issue_link, register_person
from lumbung.people.choices import LinkPurpose
from lumbung.records.actions import leave_record
from lumbung.records.rules import salted_digest

PUBLIC = "public:complaint"
"""Who acts on the public page: nobody has signed in."""


class Photo(NamedTuple):
    """A photo as it was sent."""

    upload: IO[bytes]
    name: str


class About(NamedTuple):
    """What goods: a lot by its mark, a delivery or an order by its number."""

    lot: Lot | None = None
    delivery: Delivery | None = None
    order: Order | None = None


def receive_complaint(
    *,
    about: About,
    words: str,
    quantity: int,
    full_name: str,
    phone: str,
    source: str = Source.PUBLIC,
    photos: Sequence[Photo] = (),
    by: str = PUBLIC,
    is_demo: bool = False,
) -> Complaint:
    """Take a complaint in: it gets a number, a last day for the first answer, and a link to follow it."""
    refuse(rules.why_not_subject(known=any(about)), field="lot")
    refuse(rules.why_not_words(words), field="words")
    refuse(rules.why_not_quantity(quantity), field="quantity")
    with transaction.atomic():
        hold_table(Complaint)  # two complaints at once take two numbers
        person = register_person(full_name=full_name, phone=phone, by=by, is_demo=is_demo)
        refuse(rules.why_not_one_more(queries.open_by_phone(person.phone)), field="phone")
        year = clock.today().year
        complaint = Complaint.objects.create(
            code=rules.next_code(year=year, last=queries.last_code(f"KLH-{year}-")),
            source=source,
            lot=about.lot,
            delivery=about.delivery,
            order=about.order,
            person=person,
            words=words.strip(),
            quantity=quantity,
            due_on=last_day(
                clock.today(),
                settings.COMPLAINT_ANSWER_DAYS,
                office_days=settings.OFFICE_DAYS,
                holidays=settings.OFFICE_HOLIDAYS,
            ),
            received_at=clock.now(),
            received_by=by,
            is_demo=is_demo,
        )
        for photo in photos[: choices.MOST_PHOTOS]:
            keep_file(upload=photo.upload, name=photo.name, subject=complaint.key, by=by)
        issue_link(purpose=LinkPurpose.COMPLAINT, subject=complaint.key, person=person, by=by)
        digest = salted_digest(person.salt, complaint.words)
        content = {"quantity": quantity, "source": str(source), "words": digest}
        _record(complaint, choices.RECEIVED, by, **content)
    return complaint


def _record(complaint: Complaint, deed: str, by: str, **content: object) -> None:
    leave_record(subject=complaint.key, deed=deed, by=by, content={"complaint": complaint.code, **content})


def answer_complaint(*, complaint: Complaint, answer: str, by: str) -> Complaint:
    """The first answer: what the office will do, and by when."""
    with transaction.atomic():
        complaint = queries.locked_complaint(complaint.pk)
        refuse(rules.why_not_answer(complaint, answer), field="answer")
        complaint.answer = answer.strip()
        complaint.answered_at, complaint.answered_by = clock.now(), by
        complaint.save(update_fields=["answer", "answered_at", "answered_by"])
        _record(complaint, choices.ANSWERED, by, answer=salted_digest(complaint.person.salt, answer))
    return complaint


def settle_pieces(
    *, complaint: Complaint, kind: str, quantity: int, reason: str, by: str, refund_rupiah: int = 0
) -> Remedy:
    """So many pieces are replaced, refunded to the buyer, or nothing was to it."""
    with transaction.atomic():
        complaint = queries.locked_complaint(complaint.pk)
        refuse(
            rules.why_not_remedy(complaint, kind, quantity, rupiah=refund_rupiah, reason=reason),
            field="quantity" if len(reason.split()) > 1 else "reason",
        )
        counter = COUNTERS[RemedyKind(kind)]
        setattr(complaint, counter, getattr(complaint, counter) + quantity)
        complaint.save(update_fields=[counter])
        return _remedy(complaint, kind, reason, by, quantity=quantity, refund_rupiah=refund_rupiah)


def _remedy(complaint: Complaint, kind: str, reason: str, by: str, **given: object) -> Remedy:
    made = {"made_at": clock.now(), "made_by": by, "reason": reason.strip(), **given}
    remedy = Remedy.objects.create(complaint=complaint, kind=kind, **made)
    told = {"kind": str(kind), "quantity": remedy.quantity, "rupiah": remedy.refund_rupiah}
    if remedy.recall:
        told["recall"] = remedy.recall.key
    if remedy.due_entry:
        told["due"] = remedy.due_entry
    _record(complaint, choices.REMEDIED, by, **told)
    return remedy


def recall_for(*, complaint: Complaint, lots: Sequence[Lot], reason: str, advice: str, by: str) -> Remedy:
    """The lots behind a complaint are called back: who types their code reads why, and what to do."""
    with transaction.atomic():
        complaint = queries.locked_complaint(complaint.pk)
        refuse(rules.why_not_touch(complaint) or rules.why_not_reason(reason), field="reason")
        recall = recall_lots(lots=lots, reason=reason, advice=advice, by=by)
        return _remedy(complaint, RemedyKind.RECALLED, reason, by, recall=recall)


def correct_due_for(*, complaint: Complaint, due: Due, right_rupiah: int, reason: str, by: str) -> Remedy:
    """A person decides, with a reason, that the maker earned less: never by itself."""
    with transaction.atomic():
        complaint = queries.locked_complaint(complaint.pk)
        refuse(rules.why_not_touch(complaint) or rules.why_not_reason(reason), field="reason")
        if due.pk not in {each.pk for each in queries.dues_behind(complaint)}:
            raise Refused(rules.wrong_due(), field="due")
        told = f"{complaint.code}: {reason.strip()}"[:300]
        entry = correct_due(due=due, right_rupiah=right_rupiah, reason=told, by=by)
        return _remedy(complaint, RemedyKind.DUE_CORRECTED, reason, by, due_entry=entry.pk)


def close_complaint(*, complaint: Complaint, reason: str, by: str) -> Complaint:
    """Nothing is open any more: somebody else than who wrote it down says how it ended."""
    with transaction.atomic():
        complaint = queries.locked_complaint(complaint.pk)
        refuse(rules.why_not_close(complaint, by=by))
        refuse(rules.why_not_reason(reason), field="reason")
        complaint.closed_reason = reason.strip()
        complaint.closed_at, complaint.closed_by = clock.now(), by
        complaint.save(update_fields=["closed_reason", "closed_at", "closed_by"])
        _record(complaint, choices.CLOSED, by, reason=salted_digest(complaint.person.salt, reason))
    return complaint
