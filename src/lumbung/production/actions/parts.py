"""A captain passes parts of a share on, and each member confirms the own line."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Refused, refuse
from lumbung.makers.actions.entries import find_or_register
from lumbung.makers.models import Household
from lumbung.orders.models import Share
from lumbung.orders.queries.orders import locked_line
from lumbung.orders.queries.shares import share_for_answer
from lumbung.people.choices import Salutation
from lumbung.people.models import Person
from lumbung.production.choices import PART_CONFIRMED, PART_CORRECTED, PART_PASSED
from lumbung.production.models import Part
from lumbung.production.queries import parts as queries
from lumbung.production.rules import parts as rules
from lumbung.records.actions import leave_record


@dataclass(frozen=True)
class Member:
    """Who gets a part: a house of the group, or somebody by name, with a phone or without."""

    household: Household | None = None
    full_name: str = ""
    phone: str = ""


def pass_part(
    *, share: Share, member: Member, quantity: int, pay_rupiah: int, entry_key: str, by: str
) -> Part:
    """Give a member a part of the share; who has one already gets it changed. Sent twice it is one entry."""
    with transaction.atomic():
        locked_line(share.line_id)
        share = share_for_answer(share.pk)
        if known := share.parts.filter(entry_key=entry_key).first():
            return known
        person = _person_of(share, member, by=by)
        before = queries.part_of_member(share, person.pk)
        return _written(
            share,
            person=person,
            household=member.household,
            quantity=quantity,
            pay_rupiah=pay_rupiah,
            entry_key=entry_key,
            corrects=before,
            by=by,
        )


def correct_part(*, part: Part, quantity: int, pay_rupiah: int, entry_key: str, by: str) -> Part:
    """A new entry that stands for the old one; none (0) takes the part back. It is confirmed anew."""
    with transaction.atomic():
        locked_line(part.share.line_id)
        share = share_for_answer(part.share_id)
        if known := share.parts.filter(entry_key=entry_key).first():
            return known
        refuse(rules.why_not_correct(part, is_corrected=queries.is_corrected(part)))
        return _written(
            share,
            person=part.person,
            household=part.household,
            quantity=quantity,
            pay_rupiah=pay_rupiah,
            entry_key=entry_key,
            corrects=part,
            by=by,
        )


def _person_of(share: Share, member: Member, *, by: str) -> Person:
    if member.household is not None:
        if member.household.maker_id != share.maker_id or member.household.left_on:
            raise Refused(_("This house does not belong to the group."), field="household")
        return member.household.person
    if not member.full_name.strip():
        raise Refused(_("Choose a house of the group, or write a name."), field="full_name")
    return find_or_register(
        full_name=member.full_name,
        phone=member.phone,
        salutation=Salutation.NONE,
        by=by,
        is_demo=share.maker.is_demo,
    )


def _written(
    share: Share,
    *,
    person: Person,
    household: Household | None,
    quantity: int,
    pay_rupiah: int,
    entry_key: str,
    corrects: Part | None,
    by: str,
) -> Part:
    others = queries.passed_quantity(share, but=person.pk)
    made = queries.made_by_member(share, person.pk)
    reason = rules.why_not_pass(
        share, quantity=quantity, others=others, made=made, corrects=corrects is not None
    )
    refuse(reason, field="quantity")
    refuse(rules.why_not_pay(share, pay_rupiah), field="pay_rupiah")
    part = Part.objects.create(
        share=share,
        person=person,
        household=household,
        quantity=quantity,
        pay_rupiah=pay_rupiah,
        passed_at=clock.now(),
        passed_by=by,
        entry_key=entry_key,
        corrects=corrects,
    )
    content = {
        "share": share.pk,
        "maker": share.maker.key,
        "person": person.key,
        "part": part.pk,
        "quantity": quantity,
        "pay": pay_rupiah,
        "corrects": corrects.pk if corrects else None,
    }
    deed = PART_CORRECTED if corrects else PART_PASSED
    leave_record(subject=share.key, deed=deed, by=by, content=content)
    return part


def confirm_part(*, part: Part, by: str) -> Part:
    """The member agrees to the own line, by the own link or on the captain's phone; twice does no harm."""
    with transaction.atomic():
        locked_line(part.share.line_id)
        part = Part.objects.select_related("person").get(pk=part.pk)
        part.share = share_for_answer(part.share_id)
        refuse(rules.why_not_confirm_part(part, is_corrected=queries.is_corrected(part)))
        if part.confirmed_at is None:
            part.confirmed_at, part.confirmed_by = clock.now(), by
            part.save(update_fields=["confirmed_at", "confirmed_by"])
            content = {
                "share": part.share_id,
                "maker": part.share.maker.key,
                "person": part.person.key,
                "part": part.pk,
                "quantity": part.quantity,
            }
            leave_record(subject=part.share.key, deed=PART_CONFIRMED, by=by, content=content)
    return part
