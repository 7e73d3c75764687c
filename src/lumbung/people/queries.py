"""Who is who, what a link opens, who read personal fields."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from lumbung.people import rules
from lumbung.people.choices import PersonalField
from lumbung.people.models import Link, Person, PersonalRead


@dataclass(frozen=True)
class ReadOfMine:
    """One reading of somebody's personal fields, as that person sees it."""

    at: datetime
    reader: str
    page: str
    fields: str


def link_for(secret: str, purpose: str) -> Link | None:
    """The link that a secret opens, whatever its state; None when there is none of this purpose."""
    hashed = rules.hash_of(rules.secret_as_read(secret))
    return Link.objects.select_related("person").filter(secret_hash=hashed, purpose=purpose).first()


def open_links(subjects: Iterable[str], purpose: str) -> QuerySet[Link]:
    """The links to these subjects that were not revoked."""
    return Link.objects.select_related("person").filter(
        subject__in=list(subjects), purpose=purpose, revoked_at__isnull=True
    )


def open_secrets(subjects: Iterable[str], purpose: str) -> dict[str, str]:
    """Subject → the secret of a link to it that takes answers; one query whatever their number."""
    links = open_links(subjects, purpose)
    return {link.subject: secret for link in links if (secret := rules.secret_or_none(link))}


def links_held_by(key: str, purpose: str) -> QuerySet[Link]:
    """The links of a person, by record key, that were not revoked."""
    person = int(key.removeprefix("person:"))
    return Link.objects.filter(person_id=person, purpose=purpose, revoked_at__isnull=True).order_by("pk")


def accounts() -> QuerySet[Person]:
    """Who may sign in."""
    return Person.objects.filter(has_account=True, is_active=True)


def account_by_phone(phone: str) -> Person | None:
    return accounts().filter(phone=phone).first() if phone else None


def account_by_email(email: str | None) -> Person | None:
    return accounts().filter(email=email.lower()).first() if email else None


def demo_accounts() -> QuerySet[Person]:
    """The accounts that the sign-in page of a demo shows; none where this is no demo."""
    return accounts().filter(is_demo=True).order_by("pk") if settings.DEMO else Person.objects.none()


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """The full names behind record keys such as `person:7`; other keys are left out."""
    numbers = {key: int(key[7:]) for key in keys if key.startswith("person:") and key[7:].isdecimal()}
    names = dict(Person.objects.filter(pk__in=set(numbers.values())).values_list("pk", "full_name"))
    return {key: names[pk] for key, pk in numbers.items() if pk in names}


def holders_of_links(keys: Iterable[str]) -> dict[str, str]:
    """The full names behind keys such as `link:7`."""
    numbers = {key: int(key[5:]) for key in keys if key.startswith("link:") and key[5:].isdecimal()}
    holders = Link.objects.filter(pk__in=set(numbers.values())).values_list("pk", "person__full_name")
    names = dict(holders)
    return {key: names[pk] for key, pk in numbers.items() if pk in names}


def person_of(key: str) -> Person | None:
    """The person behind a record key such as `person:7`."""
    number = key.removeprefix("person:")
    return Person.objects.filter(pk=int(number)).first() if number.isdecimal() else None


def persons_with_phones(phones: Iterable[str]) -> Iterator[Person]:
    """Everybody known by one of these numbers, in order."""
    every = sorted({phone for phone in phones if phone})
    for start in range(0, len(every), 500):
        yield from Person.objects.filter(phone__in=every[start : start + 500]).order_by("pk")


def is_taken(*, phone: str, email: str | None, but: Person | None = None) -> bool:
    """Whether an account signs in with this phone, or anybody has this e-mail address."""
    same = Q(pk__in=[])
    if phone:
        same |= Q(phone=phone, has_account=True)
    if email:
        same |= Q(email__iexact=email)
    found = Person.objects.filter(same)
    return (found.exclude(pk=but.pk) if but else found).exists()


def is_any_taken(emails: Sequence[str]) -> bool:
    """Whether somebody has one of these e-mail addresses."""
    slices = (emails[at : at + 500] for at in range(0, len(emails), 500))
    return any(Person.objects.filter(email__in=part).exists() for part in slices)


def reads_about(person: Person, *, most: int = 50) -> list[ReadOfMine]:
    """Who read this person's fields, newest first."""
    rows = list(PersonalRead.objects.filter(persons=person).order_by("-at", "-pk")[:most])
    names = names_of({row.reader for row in rows})
    return [
        ReadOfMine(row.at, names.get(row.reader, row.reader), row.page, fields_in_words(row.fields))
        for row in rows
    ]


def fields_in_words(fields: str) -> str:
    """`phone, house` → phone number, house; a name that is not in the list stands for itself."""
    words = dict(PersonalField.choices)
    return ", ".join(str(words.get(name, name)) for name in map(str.strip, fields.split(",")))
