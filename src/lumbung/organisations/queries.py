from collections.abc import Iterable

from django.db.models import Q, QuerySet

from foundation import clock
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Membership, Party
from lumbung.people.choices import Role
from lumbung.people.models import Person


def memberships_of(person: Person) -> QuerySet[Membership]:
    """What the person is today."""
    day = clock.today()
    current = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    return Membership.objects.filter(current, person_id=person.pk).select_related("party", "regency")


def roles_of(person: object) -> frozenset[str]:
    """The keys of today's roles; nobody who is not signed in has any. Asked once a request."""
    if not isinstance(person, Person) or not person.is_active:
        return frozenset()
    known: frozenset[str] | None = getattr(person, "_roles_today", None)
    if known is None:
        known = frozenset(memberships_of(person).values_list("role", flat=True))
        person._roles_today = known  # type: ignore[attr-defined]
    return known


def has_role(person: object, *roles: type[Role]) -> bool:
    return bool(roles_of(person) & {role.key for role in roles})


def parties_of(person: Person, *, roles: Iterable[type[Role]]) -> QuerySet[Party]:
    """The parties in which the person has one of these roles today."""
    keys = [role.key for role in roles]
    return Party.objects.filter(pk__in=memberships_of(person).filter(role__in=keys).values("party"))


def regencies_of(person: Person) -> frozenset[str]:
    """The codes of the regencies whose register the person keeps."""
    codes = memberships_of(person).filter(regency__isnull=False).values_list("regency_id", flat=True)
    return frozenset(code for code in codes if code)


def buyers() -> QuerySet[Party]:
    """Who may order: buyers and offices that stand today."""
    day = clock.today()
    return (
        Party.objects.filter(kind__in=[PartyKind.BUYER, PartyKind.OFFICE], starts_on__lte=day)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
        .order_by("name")
    )
