from django.db import transaction

from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Membership, Party
from lumbung.people.choices import Role
from lumbung.people.models import Person
from lumbung.places.models import Regency
from lumbung.records.actions import leave_record


def found_party(*, kind: PartyKind, name: str, by: str, is_demo: bool = False) -> Party:
    """Add an organisation or community."""
    with transaction.atomic():
        party = Party.objects.create(kind=kind, name=name.strip(), is_demo=is_demo)
        leave_record(
            subject=party.key, deed="organisations.party_founded", by=by, content={"kind": str(kind)}
        )
    return party


def give_role(
    *, person: Person, party: Party, role: type[Role], by: str, regency: Regency | None = None
) -> Membership:
    """Make a person something in a party from today on."""
    with transaction.atomic():
        membership = Membership.objects.create(person=person, party=party, role=role.key, regency=regency)
        content = {"person": person.key, "role": role.key, "regency": regency.pk if regency else ""}
        leave_record(subject=party.key, deed="organisations.role_given", by=by, content=content)
    return membership
