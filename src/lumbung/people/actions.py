"""Registering persons, opening accounts, issuing links and keeping the trail of personal reads."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Refused, refuse
from foundation.reading import read_phone
from lumbung.people import queries, rules
from lumbung.people.choices import LinkPurpose, Salutation
from lumbung.people.models import Link, Person, PersonalRead
from lumbung.people.rules import NewPerson
from lumbung.records.actions import leave_record
from lumbung.records.rules import salted_digest

BATCH = 1000
MOST_ASKED = 900


@dataclass(frozen=True)
class NewLink:
    """A link to be issued."""

    purpose: LinkPurpose
    subject: str
    person: Person
    expires_at: datetime | None = None


# Persons


def register_person(
    *,
    full_name: str,
    by: str,
    salutation: Salutation = Salutation.NONE,
    phone: str = "",
    email: str | None = None,
    is_demo: bool = False,
) -> Person:
    """Write down somebody the office knows."""
    person = _person_from(NewPerson(full_name, salutation, phone, email), is_demo=is_demo)
    if queries.is_taken(phone="", email=person.email):
        raise Refused(_("Somebody else has this e-mail address."), field="email")
    with transaction.atomic():
        person.save(force_insert=True)
        leave_record(subject=person.key, deed="people.registered", by=by, content=_digests(person))
    return person


def register_persons(rows: Sequence[NewPerson], *, by: str, is_demo: bool = False) -> list[Person]:
    """Write down thousands at once: all or nothing, one record with their count and hash."""
    persons = [_person_from(row, is_demo=is_demo) for row in rows]
    emails = [person.email for person in persons if person.email]
    if len(set(emails)) < len(emails) or queries.is_any_taken(emails):
        raise Refused(_("One of these e-mail addresses belongs to somebody else."), field="email")
    with transaction.atomic():
        persons = Person.objects.bulk_create(persons, batch_size=BATCH)
        lines = [json.dumps({"person": person.key, **_digests(person)}, sort_keys=True) for person in persons]
        content = {"count": len(persons), "hash": _hash_of_lines(lines)}
        leave_record(subject="people", deed="people.batch_registered", by=by, content=content)
    return persons


def _person_from(row: NewPerson, *, is_demo: bool) -> Person:
    name = " ".join(row.full_name.split())
    if not name:
        raise Refused(_("Write the full name."), field="full_name")
    return Person(
        full_name=name,
        salutation=row.salutation,
        phone=_phone(row.phone),
        email=(row.email or "").strip().lower() or None,
        is_demo=is_demo,
    )


def _phone(written: str) -> str:
    try:
        return read_phone(written) if written.strip() else ""
    except ValueError as fault:
        raise Refused(str(fault), field="phone") from None


def _digests(person: Person) -> dict[str, str]:
    """What a record may say of a person: nothing in clear."""
    fields = {"full_name": person.full_name, "phone": person.phone, "email": person.email or ""}
    return {name: salted_digest(person.salt, value) for name, value in fields.items() if value}


def _hash_of_lines(lines: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def change_contact(person: Person, *, phone: str, email: str | None, by: str) -> Person:
    """Write down a new phone number or e-mail address."""
    new_phone, new_email = _phone(phone), (email or "").strip().lower() or None
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        if person.has_account and not (new_phone or new_email):
            raise Refused(
                _("An account needs a phone number or an e-mail address to sign in with."), field="phone"
            )
        if queries.is_taken(phone=new_phone if person.has_account else "", email=new_email, but=person):
            raise Refused(_("Somebody else has this phone number or e-mail address."), field="phone")
        person.phone, person.email = new_phone, new_email
        person.save(update_fields=["phone", "email"])
        leave_record(subject=person.key, deed="people.contact_changed", by=by, content=_digests(person))
    return person


def change_phones(phones: Mapping[int, str], *, by: str) -> int:
    """New numbers of many who have no account, with one record; whoever signs in keeps the own."""
    with transaction.atomic():
        rows = Person.objects.select_for_update().filter(pk__in=phones, has_account=False).order_by("pk")
        persons = list(rows) if len(phones) <= MOST_ASKED else _among(phones)
        for person in persons:
            person.phone = _phone(phones[person.pk])
        Person.objects.bulk_update(persons, ["phone"], batch_size=BATCH)
        lines = [json.dumps({"person": person.key, **_digests(person)}, sort_keys=True) for person in persons]
        content = {"count": len(persons), "hash": _hash_of_lines(lines)}
        if persons:
            leave_record(subject="people", deed="people.phones_changed", by=by, content=content)
    return len(persons)


def _among(phones: Mapping[int, str]) -> list[Person]:
    every = Person.objects.select_for_update().filter(has_account=False).order_by("pk")
    return [person for person in every.iterator() if person.pk in phones]


def remove_persons(persons: Sequence[Person], *, by: str) -> int:
    """Take out persons of whom nothing tells: they were registered in error, together."""
    numbers = [person.pk for person in persons]
    if not numbers:
        return 0
    with transaction.atomic():
        for start in range(0, len(numbers), MOST_ASKED):
            Person.objects.filter(pk__in=numbers[start : start + MOST_ASKED], has_account=False).delete()
        content = {"count": len(numbers), "hash": _hash_of_lines(person.key for person in persons)}
        leave_record(subject="people", deed="people.batch_removed", by=by, content=content)
    return len(numbers)


# Accounts


def open_account(person: Person, password: str, by: str) -> Person:
    """Let a person sign in by phone or e-mail."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        refuse(rules.why_not_account(person))
        refuse(rules.why_not_password(password, person), field="password")
        if queries.is_taken(phone=person.phone, email=person.email, but=person):
            raise Refused(_("Somebody else signs in with this phone number."), field="phone")
        person.has_account = True
        person.set_password(password)
        person.save(update_fields=["has_account", "password"])
        leave_record(subject=person.key, deed="people.account_opened", by=by, content={})
    return person


def close_account(person: Person, by: str) -> Person:
    """Let a person no longer sign in."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        refuse(rules.why_not_sign_in(person))
        person.is_active = False
        person.save(update_fields=["is_active"])
        leave_record(subject=person.key, deed="people.account_closed", by=by, content={})
    return person


def reopen_account(person: Person, password: str, by: str) -> Person:
    """Let a person sign in again, with a new password."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        refuse(rules.why_not_reopen(person))
        refuse(rules.why_not_password(password, person), field="password")
        if queries.is_taken(phone=person.phone, email=person.email, but=person):
            raise Refused(_("Somebody else signs in with this phone number."), field="password")
        person.is_active = True
        person.set_password(password)
        person.save(update_fields=["is_active", "password"])
        leave_record(subject=person.key, deed="people.account_reopened", by=by, content={})
    return person


def change_password(person: Person, password: str, by: str) -> None:
    """Set a new password; the record says that it was changed, never to what."""
    refuse(rules.why_not_sign_in(person))
    refuse(rules.why_not_change_password(password, person), field="password")
    with transaction.atomic():
        person.set_password(password)
        person.save(update_fields=["password"])
        leave_record(subject=person.key, deed="people.password_changed", by=by, content={})


# Links


def issue_link(
    *, purpose: LinkPurpose, subject: str, person: Person, by: str, expires_at: datetime | None = None
) -> Link:
    """A new address for one purpose; `rules.secret_of` tells its secret."""
    link = _link_from(NewLink(purpose, subject, person, expires_at))
    with transaction.atomic():
        link.save(force_insert=True)
        content = {"purpose": str(purpose), "subject": subject, "person": person.key}
        leave_record(subject=link.key, deed="people.link_issued", by=by, content=content)
    return link


def issue_links(bulk: Sequence[NewLink], *, by: str) -> list[Link]:
    """Thousands of links at once, in the order given; one record with their count and hash."""
    with transaction.atomic():
        links = Link.objects.bulk_create([_link_from(new) for new in bulk], batch_size=BATCH)
        lines = [f"{link.key} {link.purpose} {link.subject} person:{link.person_id}" for link in links]
        content = {"count": len(links), "hash": _hash_of_lines(lines)}
        leave_record(subject="links", deed="people.links_issued", by=by, content=content)
    return links


def _link_from(new: NewLink) -> Link:
    link = Link(
        purpose=str(new.purpose),
        subject=new.subject,
        person=new.person,
        nonce=secrets.token_hex(16),
        expires_at=new.expires_at,
    )
    link.secret_hash = rules.hash_of(rules.current_secret(link))
    return link


def usable_secret(*, purpose: LinkPurpose, subject: str, person: Person, by: str) -> str:
    """The secret of the link to a subject that takes answers; a new link where there is none.

    A link whose secret no key of this server tells any more, or that took five wrong guesses, is replaced:
    sending again is the office's word that the right person asks.
    """
    for link in queries.open_links([subject], purpose).order_by("-pk"):
        if link.person_id == person.pk and (secret := rules.secret_or_none(link)):
            return secret
        revoke_link(link, by=by)
    return rules.secret_of(issue_link(purpose=purpose, subject=subject, person=person, by=by))


def revoke_link(link: Link, by: str) -> Link:
    """Withdraw a link; twice does no harm."""
    with transaction.atomic():
        link = _locked(link)
        if link.revoked_at is None:
            link.revoked_at = clock.now()
            link.save(update_fields=["revoked_at"])
            leave_record(subject=link.key, deed="people.link_revoked", by=by, content={})
    return link


def confirm_digits(link: Link, digits: str, by: str) -> Link:
    """Ask, at each answer, for the last four digits of the registered phone; raise Refused if they are wrong.

    A wrong guess is counted even though the answer is refused, so this comes before the transaction of the
    answer and never within it. After five wrong ones in a row the link takes no more answers.
    """
    with transaction.atomic(durable=True):
        link = _locked(link)
        refuse(rules.why_not_answer(link, clock.now()))
        reason = rules.why_not_digits(link, digits)
        if reason is None:
            return _confirmed(link, by=by)
        if rules.counts_as_wrong(link, digits):
            link.wrong_digits += 1
            link.save(update_fields=["wrong_digits"])
            leave_record(
                subject=link.key, deed="people.digits_wrong", by=by, content={"times": link.wrong_digits}
            )
    raise Refused(rules.why_not_answer(link, clock.now()) or reason, field="digits")


def _confirmed(link: Link, *, by: str) -> Link:
    first = link.confirmed_at is None
    link.confirmed_at, link.wrong_digits = link.confirmed_at or clock.now(), 0
    link.save(update_fields=["confirmed_at", "wrong_digits"])
    if first:
        leave_record(subject=link.key, deed="people.digits_confirmed", by=by, content={})
    return link


def _locked(link: Link) -> Link:
    return Link.objects.select_for_update(of=("self",)).select_related("person").get(pk=link.pk)


# The trail of personal reads


def note_personal_reads(
    *, reader: str, page: str, fields: str, persons: Iterable[int]
) -> PersonalRead | None:
    """Keep who saw whose personal fields: one row a page; the own fields are nobody's business."""
    read = {number for number in persons if f"person:{number}" != reader}
    if not read:
        return None
    with transaction.atomic():
        noted = PersonalRead.objects.create(reader=reader, page=page[:200], fields=fields[:200])
        noted.persons.add(*read)
    return noted
