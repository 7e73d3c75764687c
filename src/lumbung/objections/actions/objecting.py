"""Somebody objects; somebody who had no part in the split answers; one more word, another person."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Refused, refuse
from foundation.vendor.locks import hold_table
from lumbung.makers.models import Maker
from lumbung.objections.choices import (
    OBJECTION_ANSWERED,
    OBJECTION_FILED,
    OBJECTION_REPLIED,
    OBJECTION_TOLD,
    OBJECTION_WITHDRAWN,
    ObjectionAbout,
    ObjectionOutcome,
    ObjectionState,
)
from lumbung.objections.models import Objection, ObjectionAnswer
from lumbung.objections.queries import objections as queries
from lumbung.objections.rules import objections as rules
from lumbung.orders.models import Order
from lumbung.people.actions import issue_link, register_person, usable_secret
from lumbung.people.choices import LinkPurpose
from lumbung.people.models import Person
from lumbung.records.actions import leave_record
from lumbung.records.rules import salted_digest

PUBLIC = "public:objection"
"""Who acts where somebody objects on the public page: nobody has signed in."""


def file_by_visitor(
    *,
    order: Order,
    about: ObjectionAbout | str,
    words: str,
    full_name: str,
    phone: str,
    maker_typed: str = "",
    by: str = PUBLIC,
) -> Objection:
    """An objection from the public page: who sends it is written down as typed, and joined to nobody's entry."""
    if not phone.strip():
        raise Refused(_("Write your phone number, so that the answer reaches you."), field="phone")
    with transaction.atomic():
        person = register_person(full_name=full_name, phone=phone, by=by, is_demo=order.is_demo)
        return file_objection(
            order=order, about=about, words=words, person=person, maker_typed=maker_typed, by=by
        )


def file_objection(
    *,
    order: Order,
    about: ObjectionAbout | str,
    words: str,
    person: Person,
    by: str,
    maker: Maker | None = None,
    maker_typed: str = "",
) -> Objection:
    """Take an objection in: it gets a number, a last day for the answer, and a link to follow it."""
    refuse(rules.why_not_words(words), field="words")
    with transaction.atomic():
        hold_table(Objection)  # two objections at once take two numbers
        refuse(rules.why_not_file(order, open_by_phone=queries.open_by_phone(order, person.phone)))
        decided, today = queries.first_decision(order), clock.today()
        prefix = f"KBR-{today.year}-"
        objection = Objection(
            order=order,
            code=rules.next_code(year=today.year, last=queries.last_code(prefix)),
            about=str(about),
            words=words.strip(),
            person=person,
            maker=maker,
            maker_typed=" ".join(maker_typed.split()),
            is_late=rules.is_filed_late(
                decided.decided_at if decided else None, order.objection_window_days, today=today
            ),
            due_on=_due(order),
            filed_by=by,
        )
        objection.save(force_insert=True)
        issue_link(purpose=LinkPurpose.OBJECTION, subject=objection.key, person=person, by=by)
        _record(objection, OBJECTION_FILED, by, about=objection.about, words=_digest(objection, words))
    return objection


def _due(order: Order) -> date:
    return rules.last_day(
        clock.today(),
        order.objection_days,
        office_days=settings.OFFICE_DAYS,
        holidays=settings.OFFICE_HOLIDAYS,
    )


def _digest(objection: Objection, words: str) -> str:
    """Stands for words that may name somebody."""
    return salted_digest(objection.person.salt, words.strip())


def _record(objection: Objection, deed: str, by: str, **content: object) -> None:
    told = {"objection": objection.code, "due_on": objection.due_on.isoformat(), **content}
    leave_record(subject=objection.order.key, deed=deed, by=by, content=told)


def answer_objection(
    *,
    objection: Objection,
    outcome: ObjectionOutcome | str,
    reason: str,
    public_words: str,
    by: str,
    changed: str = "",
    record: int | None = None,
    looked: bool = False,
) -> ObjectionAnswer:
    """Answer, by somebody who had no part in the split; `looked`: the words for everybody were read for names."""
    with transaction.atomic():
        objection = queries.locked_objection(objection.pk)
        answered = queries.answered_by(objection)
        refuse(
            rules.why_not_answer(
                objection,
                by=by,
                took_part=queries.took_part_in(objection.order),
                answered=answered,
                able=[person.full_name for person in queries.able_to_answer(objection)],
            )
        )
        _check_words(objection, reason=reason, public_words=public_words, record=record, looked=looked)
        number = len(answered) + 1
        answer = ObjectionAnswer.objects.create(
            objection=objection,
            round=number,
            outcome=str(outcome),
            reason=reason.strip(),
            changed=changed.strip(),
            record_id=record,
            public_words=public_words.strip(),
            due_on=objection.due_on,
            answered_by=by,
        )
        objection.state = ObjectionState.ANSWERED if number == 1 else ObjectionState.CLOSED
        objection.save(update_fields=["state"])
        _record(
            objection,
            OBJECTION_ANSWERED,
            by,
            outcome=answer.outcome,
            round=number,
            in_time=answer.in_time,
            reason=_digest(objection, reason),
            changed=_digest(objection, changed) if changed.strip() else "",
            record=record or 0,
            public_words=_digest(objection, public_words),
        )
    return answer


def _check_words(
    objection: Objection, *, reason: str, public_words: str, record: int | None, looked: bool
) -> None:
    refuse(rules.why_not_reason(reason), field="reason")
    if len(public_words.strip()) < rules.SHORTEST_WORDS:
        raise Refused(_("Write the answer as everybody may read it, without names."), field="public_words")
    if record is not None and queries.record_of(record) is None:
        raise Refused(_("There is no record with this number."), field="record")
    found = rules.found_in(public_words, names=queries.names_around(objection), phone=objection.person.phone)
    if found and not looked:
        raise Refused(rules.warning_of(found), field="public_words")


def reply_to_objection(*, objection: Objection, words: str, by: str) -> Objection:
    """Once, after the first answer: not satisfied. Somebody else looks at it, and a new term runs."""
    with transaction.atomic():
        objection = queries.locked_objection(objection.pk)
        refuse(rules.why_not_reply(objection))
        refuse(rules.why_not_words(words), field="words")
        objection.state, objection.reply = ObjectionState.REPLIED, words.strip()
        objection.replied_at, objection.replied_by = clock.now(), by
        objection.due_on = _due(objection.order)
        objection.save(update_fields=["state", "reply", "replied_at", "replied_by", "due_on"])
        _record(objection, OBJECTION_REPLIED, by, words=_digest(objection, words))
    return objection


def withdraw_objection(*, objection: Objection, by: str) -> Objection:
    """Whoever filed it takes it back while it is not answered; it stays on record that there was one."""
    with transaction.atomic():
        objection = queries.locked_objection(objection.pk)
        refuse(rules.why_not_withdraw(objection))
        objection.state = ObjectionState.WITHDRAWN
        objection.withdrawn_at, objection.withdrawn_by = clock.now(), by
        objection.save(update_fields=["state", "withdrawn_at", "withdrawn_by"])
        _record(objection, OBJECTION_WITHDRAWN, by)
    return objection


def tell_answer(*, objection: Objection, by: str) -> tuple[Objection, str]:
    """Note that the answer goes out by WhatsApp; the objection and its link's secret. Again does no harm."""
    with transaction.atomic():
        objection = queries.locked_objection(objection.pk)
        answer = objection.answers.order_by("-round").first()
        if answer is None:
            raise Refused(_("There is no answer to send yet."))
        if answer.told_at is None:
            answer.told_at, answer.told_by = clock.now(), by
            answer.save(update_fields=["told_at", "told_by"])
            _record(objection, OBJECTION_TOLD, by, round=answer.round)
        secret = usable_secret(
            purpose=LinkPurpose.OBJECTION, subject=objection.key, person=objection.person, by=by
        )
    return objection, secret
