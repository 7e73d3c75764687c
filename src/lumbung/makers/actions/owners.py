"""A workshop or group that somebody else answers for from now on."""

from django.db import transaction

from foundation.errors import refuse
from lumbung.makers import queries, rules
from lumbung.makers.actions.entries import find_or_register, locked
from lumbung.makers.choices import OWNER_CHANGED, MakerKind
from lumbung.makers.models import Maker
from lumbung.organisations.actions import end_role, give_role
from lumbung.organisations.queries import memberships_of
from lumbung.people.choices import Captain, MakerRole, Salutation
from lumbung.records.actions import leave_record
from lumbung.records.rules import salted_digest


def change_owner(
    *, maker: Maker, full_name: str, phone: str, salutation: Salutation, reason: str, by: str
) -> Maker:
    """Somebody else answers from now on; certificates of skill stay with the person who was tested."""
    with transaction.atomic():
        maker = locked(maker)
        before = maker.owner
        owner = find_or_register(full_name=full_name, phone=phone, salutation=salutation, by=by)
        refuse(rules.why_not_owner(maker.state, is_same=owner == before))
        if maker.kind == MakerKind.WORKSHOP:
            refuse(
                rules.why_not_workshop(queries.known_of({owner.pk}).groups.get(owner.pk)), field="full_name"
            )
        maker.owner = owner
        maker.save(update_fields=["owner"])
        role = Captain if maker.kind == MakerKind.GROUP else MakerRole
        for held in memberships_of(before).filter(party=maker.party, role=role.key):
            end_role(held, by=by)
        give_role(person=owner, party=maker.party, role=role, by=by)
        content = {
            "owner": before.key,
            "new_owner": owner.key,
            "reason": salted_digest(owner.salt, rules.tidy(reason)),
        }
        leave_record(subject=maker.key, deed=OWNER_CHANGED, by=by, content=content)
    return maker
