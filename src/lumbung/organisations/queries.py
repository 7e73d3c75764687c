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


PAGE = 50
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


def may_keep_accounts(person: object) -> bool:
    """Whether the person opens and closes accounts, gives and ends roles."""
    return has_role(person, choices.Decider)


def heads_for_update() -> frozenset[int]:
    """Who is head of office today and may sign in, with the rows locked until the transaction ends."""
    rows = (
        Membership.objects.select_for_update(of=("self",))
        .filter(_open_tomorrow(clock.today()), role=choices.Decider.key, person__is_active=True)
        .filter(person__has_account=True)
    )
    return frozenset(rows.order_by("pk").values_list("person_id", flat=True))


def _open_tomorrow(day: date) -> Q:
    """A role whose last day is today is counted no more when somebody must stay."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))


@dataclass(frozen=True)
class AccountsPage:
    """Some accounts by the time they were written down, newest first, and where the neighbours begin."""

    rows: list[Person]
    roles: dict[int, list[Membership]]
    before: int | None
    after: int | None


def accounts_page(*, text: str = "", closed: bool = False, after: int = 0, before: int = 0) -> AccountsPage:
    """Holders of an account with what they are today, fifty at a time."""
    found = accounts_found(text=text, closed=closed)
    if before:
        rows = list(found.filter(pk__gt=before).order_by("pk")[: PAGE + 1])
        more_before, more_after = len(rows) > PAGE, True
        rows = rows[:PAGE][::-1]
    else:
        rows = list((found.filter(pk__lt=after) if after else found).order_by("-pk")[: PAGE + 1])
        more_before, more_after = bool(after), len(rows) > PAGE
        rows = rows[:PAGE]
    return AccountsPage(
        rows,
        memberships_by_person(rows),
        before=rows[0].pk if rows and more_before else None,
        after=rows[-1].pk if rows and more_after else None,
    )


def accounts_found(*, text: str = "", closed: bool = False) -> QuerySet[Person]:
    """Accounts whose holder's name, phone or e-mail holds the text."""
    found = Person.objects.filter(has_account=True, is_active=not closed)
    if text := text.strip():
        digits = "".join(sign for sign in text if sign.isdecimal()).lstrip("0").removeprefix("62")
        meant = Q(full_name__icontains=text) | Q(email__icontains=text)
        found = found.filter(meant | Q(phone__contains=digits) if len(digits) > 3 else meant)
    return found


def memberships_by_person(persons: Iterable[Person]) -> dict[int, list[Membership]]:
    """Today's roles with their party and regency, in one query."""
    found: dict[int, list[Membership]] = {person.pk: [] for person in persons}
    rows = Membership.objects.filter(_current(clock.today()), person_id__in=found)
    for row in rows.select_related("party", "regency").order_by("pk"):
        found[row.person_id].append(row)
    return found


def memberships_ever(person: Person) -> QuerySet[Membership]:
    """All roles a person ever had, the newest first."""
    return person.memberships.select_related("party", "regency").order_by("-starts_on", "-pk")


def parties_for_roles() -> QuerySet[Party]:
    """Where the head of office gives roles: offices and buyers that stand today."""
    return buyers()


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


def office_named(name: str) -> Party | None:
    """The office of this name that stands today."""
    offices = Party.objects.filter(_current(clock.today()), kind=PartyKind.OFFICE, name=name.strip())
    return offices.order_by("pk").first()
