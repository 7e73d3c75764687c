"""Why not a party, why not a role."""

from django.utils.translation import gettext as _

from lumbung.people.choices import Role, Scope
from lumbung.places.models import Regency


def why_not_party(name: str) -> str | None:
    """The reason why a party of this name is not added, or None."""
    return None if name.strip() else _("Write the name.")


def why_not_role(role: type[Role], *, regency: Regency | None) -> str | None:
    """The reason why a role cannot be given like this, or None."""
    if role.scope == Scope.REGENCY and regency is None:
        return _("Choose the regency whose register the person keeps.")
    if role.scope != Scope.REGENCY and regency is not None:
        return _("This role is not bound to a regency.")
    return None
