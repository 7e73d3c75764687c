from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from foundation import clock
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Membership, Party
from lumbung.people import choices
from lumbung.people.choices import ROLE_BY_KEY, Role
from lumbung.people.models import Person


def memberships_of(person: Person) -> QuerySet[Membership]:
    """What the person is today."""
    current = _current(clock.today())
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


@dataclass(frozen=True)
class RoleShown:
    """A role as the page of an account shows it."""

    words: str
    sentence: str
    party: str
    regency: str


def roles_shown(person: object) -> list[RoleShown]:
    """What the person is today, in words; nothing for a visitor."""
    if not isinstance(person, Person):
        return []
    rows = memberships_of(person).order_by("pk")
    return [_shown(ROLE_BY_KEY[row.role], row) for row in rows]


def _shown(role: type[Role], row: Membership) -> RoleShown:
    return RoleShown(str(role.words), str(role.sentence), str(row.party), str(row.regency or ""))


def roles_by_person(persons: Iterable[Person]) -> dict[int, list[type[Role]]]:
    """Today's roles of several persons, as classes with their words and sentence, in one query."""
    found: dict[int, list[type[Role]]] = {person.pk: [] for person in persons}
    day = clock.today()
    rows = (
        Membership.objects.filter(_current(day), person_id__in=found)
        .order_by("pk")
        .values_list("person_id", "role")
    )
    for pk, key in rows:
        role = ROLE_BY_KEY[key]
        if role not in found[pk]:
            found[pk].append(role)
    return found


def _current(day: date) -> Q:
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def has_role(person: object, *roles: type[Role]) -> bool:
    return bool(roles_of(person) & {role.key for role in roles})


OFFICE_ROLES: tuple[type[Role], ...] = (
    choices.Officer,
    choices.RegencyOfficer,
    choices.Decider,
    choices.Treasurer,
    choices.Inspector,
    choices.Auditor,
    choices.DataProtectionOfficer,
)
"""Who works for an office and sees its desk, its orders and its register."""

RECORD_READERS: tuple[type[Role], ...] = (
    choices.Officer,
    choices.Decider,
    choices.Auditor,
    choices.DataProtectionOfficer,
)


def is_office(person: object) -> bool:
    """Whether the person has a role in an office today."""
    return has_role(person, *OFFICE_ROLES)


def may_see_records(person: object) -> bool:
    return has_role(person, *RECORD_READERS)


def makes(person: object) -> bool:
    """Whether the person answers for a workshop or a group today."""
    return has_role(person, choices.MakerRole, choices.Captain)


def parties_of(person: Person, *, roles: Iterable[type[Role]]) -> QuerySet[Party]:
    """The parties in which the person has one of these roles today."""
    keys = [role.key for role in roles]
    return Party.objects.filter(pk__in=memberships_of(person).filter(role__in=keys).values("party"))


def regencies_of(person: Person) -> frozenset[str]:
    """The codes of the regencies whose register the person keeps."""
    codes = memberships_of(person).filter(regency__isnull=False).values_list("regency_id", flat=True)
    return frozenset(code for code in codes if code)


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """The names behind record keys such as `party:7`; other keys are left out."""
    numbers = {key: int(key[6:]) for key in keys if key.startswith("party:") and key[6:].isdecimal()}
    names = dict(Party.objects.filter(pk__in=set(numbers.values())).values_list("pk", "name"))
    return {key: names[pk] for key, pk in numbers.items() if pk in names}


def buyers() -> QuerySet[Party]:
    """Who may order: buyers and offices that stand today."""
    kinds = [PartyKind.BUYER, PartyKind.OFFICE]
    return Party.objects.filter(_current(clock.today()), kind__in=kinds).order_by("name")
