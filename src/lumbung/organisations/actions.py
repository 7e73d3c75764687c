from django.db import transaction

from foundation import clock
from foundation.errors import refuse
from lumbung.organisations import queries, rules
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Membership, Party
from lumbung.people.choices import Role
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
        refuse(rules.why_not_role(role, regency=regency), field="regency")
        held = queries.memberships_of(person).filter(party=party, role=role.key, regency=regency).first()
        if held:
            return held
        membership = Membership.objects.create(person=person, party=party, role=role.key, regency=regency)
        content = {"person": person.key, "role": role.key, "regency": regency.pk if regency else ""}
        leave_record(subject=party.key, deed="organisations.role_given", by=by, content=content)
    return membership


def end_role(membership: Membership, by: str) -> Membership:
    """Let a role end: today is its last day. Twice does no harm."""
    with transaction.atomic():
        membership = Membership.objects.select_for_update().get(pk=membership.pk)
        if membership.ends_on is None or membership.ends_on > clock.today():
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
