"""Why not a party, why not a role, why an account stays open."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Party
from lumbung.people.choices import Role, Scope
from lumbung.people.models import Person
from lumbung.places.models import Regency


def why_not_party(name: str) -> str | None:
    """The reason why a party of this name is not added, or None."""
    return None if name.strip() else _("Write the name.")


def why_not_role(role: type[Role], *, regency: Regency | None, party: Party) -> str | None:
    """The reason why a role cannot be given like this, or None."""
    if role.scope in (Scope.OFFICE, Scope.REGENCY) and party.kind != PartyKind.OFFICE:
        return _("This role is given in an office.")
    if role.scope == Scope.REGENCY and regency is None:
        return _("Choose the regency whose register the person keeps.")
    if role.scope != Scope.REGENCY and regency is not None:
        return _("This role is not bound to a regency.")
    return None


def why_not_without_head(*, heads: Collection[int], person: int) -> str | None:
    """The reason why this person must stay a head of office with an account, or None; `heads` are all of today's."""
    if set(heads) == {person}:
        return _("Nobody else is head of office. Give the role to somebody else first.")
    return None


def why_not_close(*, person: Person, by: str, heads: Collection[int]) -> str | None:
    """The reason why an account is not closed by this person, or None."""
    if person.key == by:
        return _("Nobody closes the own account. Ask another head of office.")
    return why_not_without_head(heads=heads, person=person.pk)
