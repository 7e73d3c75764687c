from dataclasses import dataclass

from django.db import transaction

from foundation import clock
from foundation.errors import refuse
from lumbung.organisations import queries, rules
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Membership, Party
from lumbung.people.actions import close_account, open_account, register_person
from lumbung.people.choices import Decider, Role, Salutation
from lumbung.people.models import Person
from lumbung.places.models import Regency
from lumbung.records.actions import leave_record


def found_party(*, kind: PartyKind, name: str, by: str, is_demo: bool = False) -> Party:
    """Add an organisation or community."""
    refuse(rules.why_not_party(name), field="name")
    with transaction.atomic():
        party = Party.objects.create(kind=kind, name=name.strip(), is_demo=is_demo)
        leave_record(
            subject=party.key, deed="organisations.party_founded", by=by, content={"kind": str(kind)}
        )
    return party


def give_role(
    *, person: Person, party: Party, role: type[Role], by: str, regency: Regency | None = None
) -> Membership:
    """Make a person something in a party from today on; a role held already stays as it is."""
    with transaction.atomic():
        refuse(rules.why_not_role(role, regency=regency, party=party), field="regency")
        held = queries.memberships_of(person).filter(party=party, role=role.key, regency=regency).first()
        if held and held.ends_on is None:
            return held
        if held:
            held.ends_on = None
            held.save(update_fields=["ends_on"])
        membership = held or Membership.objects.create(
            person=person, party=party, role=role.key, regency=regency
        )
        content = {"person": person.key, "role": role.key, "regency": regency.pk if regency else ""}
        leave_record(subject=party.key, deed="organisations.role_given", by=by, content=content)
    return membership


def end_role(membership: Membership, by: str) -> Membership:
    """Let a role end: today is its last day. Twice does no harm."""
    with transaction.atomic():
        heads = queries.heads_for_update()
        membership = Membership.objects.select_for_update().get(pk=membership.pk)
        if membership.ends_on is None or membership.ends_on > clock.today():
            if membership.role == Decider.key:
                refuse(rules.why_not_without_head(heads=heads, person=membership.person_id))
            membership.ends_on = max(clock.today(), membership.starts_on)
            membership.save(update_fields=["ends_on"])
            content = {"person": f"person:{membership.person_id}", "role": membership.role}
            leave_record(
                subject=f"party:{membership.party_id}",
                deed="organisations.role_ended",
                by=by,
                content=content,
            )
    return membership


def close_account_of(person: Person, by: str) -> Person:
    """Let a person no longer sign in; somebody stays who can open accounts."""
    with transaction.atomic():
        refuse(rules.why_not_close(person=person, by=by, heads=queries.heads_for_update()))
        return close_account(person, by=by)


@dataclass(frozen=True)
class NewAccount:
    """Somebody who is to sign in, and what they become first."""

    full_name: str
    salutation: Salutation
    phone: str
    email: str | None
    password: str


def open_account_with_role(
    new: NewAccount, *, party: Party, role: type[Role], by: str, regency: Regency | None = None
) -> Person:
    """Write somebody down, let them sign in, and give them their first role: all or nothing."""
    with transaction.atomic():
        person = register_person(
            full_name=new.full_name, salutation=new.salutation, phone=new.phone, email=new.email, by=by
        )
        open_account(person, new.password, by=by)
        give_role(person=person, party=party, role=role, regency=regency, by=by)
    return person


def open_account_in_office(new: NewAccount, *, office: str, role: type[Role], by: str) -> Person:
    """Open an account in the office of this name, which is added when it does not stand yet: all or nothing."""
    with transaction.atomic():
        party = queries.office_named(office) or found_party(kind=PartyKind.OFFICE, name=office, by=by)
        return open_account_with_role(new, party=party, role=role, by=by)
