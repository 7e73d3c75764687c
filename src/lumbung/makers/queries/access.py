"""Who sees and who keeps which makers."""

from django.db.models import Q, QuerySet

from lumbung.makers.models import Maker
from lumbung.organisations.queries import OFFICE_ROLES, has_role, makes, parties_of, regencies_of
from lumbung.people.choices import Captain, MakerRole, Officer, RegencyOfficer
from lumbung.people.models import Person

SEES_ALL = tuple(role for role in OFFICE_ROLES if role is not RegencyOfficer)
WITH_ALL = ("party", "owner", "village__district__regency")


def makers_seen_by(person: object) -> QuerySet[Maker]:
    """Who works for the office sees all, a regency officer the own regency, a maker or captain the own."""
    every = Maker.objects.select_related(*WITH_ALL)
    if has_role(person, *SEES_ALL):
        return every
    if not isinstance(person, Person):
        return every.none()
    return every.filter(_in_own_regency(person) | _is_own(person))


def makers_kept_by(person: object) -> QuerySet[Maker]:
    """The makers whose entries the person may change: officers all, regency officers those of the regency."""
    every = Maker.objects.select_related(*WITH_ALL)
    if has_role(person, Officer):
        return every
    if not isinstance(person, Person):
        return every.none()
    return every.filter(_in_own_regency(person))


def makers_of(person: object) -> QuerySet[Maker]:
    """The person's own workshops and groups: as owner, as maker or as captain."""
    every = Maker.objects.select_related(*WITH_ALL).order_by("id")
    return every.filter(_is_own(person)) if isinstance(person, Person) else every.none()


def makers_planned_by(person: object) -> QuerySet[Maker]:
    """The makers whose capacity and busy weeks the person may tell: those kept, and the own ones."""
    kept = makers_kept_by(person)
    if has_role(person, Officer) or not isinstance(person, Person):
        return kept
    return Maker.objects.select_related(*WITH_ALL).filter(_in_own_regency(person) | _is_own(person))


def may_see_register(person: object) -> bool:
    return has_role(person, *SEES_ALL, RegencyOfficer)


def may_keep_register(person: object) -> bool:
    return has_role(person, Officer, RegencyOfficer)


def may_have_own(person: object) -> bool:
    """Whether the person may have a workshop or group of their own to tell about."""
    return makes(person) or (isinstance(person, Person) and makers_of(person).exists())


def may_set_lists(person: object) -> bool:
    """Who may add kinds of goods and schemes: they count for the whole province."""
    return has_role(person, Officer)


def regencies_kept_by(person: object) -> frozenset[str] | None:
    """The codes of the regencies in which the person may register makers; None means everywhere."""
    if has_role(person, Officer):
        return None
    return _regencies(person) if isinstance(person, Person) else frozenset()


def _regencies(person: Person) -> frozenset[str]:
    return regencies_of(person) if has_role(person, RegencyOfficer) else frozenset()


def _in_own_regency(person: Person) -> Q:
    """By the code's beginning, which names the regency: no joins, and the list walks its index."""
    found = Q(pk__in=[])
    for code in sorted(_regencies(person)):
        found |= Q(village__code__startswith=f"{code}.")
    return found


def _is_own(person: object) -> Q:
    """By their keys, found by two indexes: asked beside the regency, no index would hold both."""
    if not isinstance(person, Person) or not person.is_active:
        return Q(pk__in=[])
    owned = Maker.objects.filter(owner=person).order_by()
    held = Maker.objects.filter(party__in=parties_of(person, roles=[MakerRole, Captain])).order_by()
    return Q(pk__in=[*owned.values_list("pk", flat=True), *held.values_list("pk", flat=True)])
