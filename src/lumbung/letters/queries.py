"""Who reads which letters, what is in force about something, how an office signs and counts."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.db.models import Q, QuerySet

from foundation import clock
from lumbung.files.queries import path_of
from lumbung.letters import choices
from lumbung.letters.choices import LetterKind, LetterState
from lumbung.letters.models import Letter, Letterhead, NumberPattern, Series
from lumbung.letters.rules import numbering
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Party
from lumbung.organisations.queries import OFFICE_ROLES, has_role, parties_of
from lumbung.people.choices import Decider, Officer, Role
from lumbung.people.models import Person
from lumbung.people.rules import hash_of, secret_as_read

SHOWN = ("office", "letterhead", "replaces", "replaced_by")
SORTS: Mapping[str, tuple[str, ...]] = {
    "newest": ("-issued_on", "-pk"),
    "oldest": ("issued_on", "pk"),
    "number": ("-year", "-sequence", "-pk"),
}

Reader = Callable[[Collection[str], object], Iterable[str]]
_readers: list[Reader] = []


def register_reader(function: Reader) -> Reader:
    """A room above says about which of these subjects a person (or a link) may read the letters.

    `@register_reader def of_shares(subjects, person)` gives back those among `subjects` that are theirs, and asks the
    database a bounded number of times however many there are.
    """
    if function not in _readers:
        _readers.append(function)
    return function


# Whose office


def may_write(person: object) -> bool:
    """Whether the person writes and voids letters of an office."""
    return has_role(person, Officer, Decider)


def may_set_head(person: object) -> bool:
    """Whether the person sets the letterhead and the patterns of an office."""
    return has_role(person, Decider)


def offices_read_by(person: object) -> QuerySet[Party]:
    return _offices(person, OFFICE_ROLES)


def offices_written_by(person: object) -> QuerySet[Party]:
    return _offices(person, (Officer, Decider))


def offices_headed_by(person: object) -> QuerySet[Party]:
    return _offices(person, (Decider,))


def _offices(person: object, roles: Iterable[type[Role]]) -> QuerySet[Party]:
    if not isinstance(person, Person):
        return Party.objects.none()
    return parties_of(person, roles=roles).filter(kind=PartyKind.OFFICE).order_by("name", "pk")


# Letters


def letters_seen_by(person: object) -> QuerySet[Letter]:
    """The letters of the offices in which the person works."""
    return Letter.objects.filter(office__in=offices_read_by(person)).select_related(*SHOWN)


def letters_written_by(person: object) -> QuerySet[Letter]:
    """The letters that the person may void and replace."""
    return Letter.objects.filter(office__in=offices_written_by(person)).select_related(*SHOWN)


@dataclass(frozen=True)
class Wanted:
    """What the list of letters is narrowed to."""

    text: str = ""
    kind: str = ""
    year: int | None = None
    state: str = ""


def letters_found(letters: QuerySet[Letter], wanted: Wanted) -> QuerySet[Letter]:
    if wanted.text:
        letters = letters.filter(Q(number__icontains=wanted.text) | Q(title__icontains=wanted.text))
    if wanted.kind:
        letters = letters.filter(kind=wanted.kind)
    if wanted.year:
        letters = letters.filter(year=wanted.year)
    if wanted.state:
        letters = letters.filter(voided_at__isnull=wanted.state == LetterState.ISSUED)
    return letters


def years_of(person: object) -> list[int]:
    """In which years the offices of the person issued letters, the newest first."""
    years = Series.objects.filter(office__in=offices_read_by(person)).values_list("year", flat=True)
    return sorted(set(years.order_by("year").distinct()), reverse=True)


def letters_about(subjects: Collection[str], person: object) -> list[Letter]:
    """The letters about these subjects that the person may read, the oldest first; for rooms above."""
    about = Letter.objects.filter(subject__in=set(subjects) - {""}).select_related(*SHOWN).order_by("pk")
    letters = list(about)
    if not letters:
        return []
    offices = set(offices_read_by(person).values_list("pk", flat=True))
    theirs = _theirs({letter.subject for letter in letters}, person)
    return [letter for letter in letters if letter.office_id in offices or letter.subject in theirs]


def _theirs(subjects: Collection[str], person: object) -> set[str]:
    return {subject for reader in _readers for subject in reader(subjects, person)} & set(subjects)


def in_force_about(subject: str, kind: LetterKind | str) -> Letter | None:
    """The newest letter of a kind about a subject that is not voided."""
    standing = Letter.objects.filter(subject=subject, kind=kind, voided_at__isnull=True).exclude(subject="")
    return standing.select_related(*SHOWN).order_by("-pk").first()


def to_replace(subject: str, kind: LetterKind | str) -> Letter | None:
    """The newest voided letter of a kind about a subject in whose place none was issued yet."""
    voided = Letter.objects.filter(subject=subject, kind=kind, voided_at__isnull=False).exclude(subject="")
    return voided.filter(replaced_by__isnull=True).order_by("-pk").first()


def may_read(letter: Letter, person: object) -> bool:
    """Whether a letter is of the person's office, or about something that is theirs."""
    if offices_read_by(person).filter(pk=letter.office_id).exists():
        return True
    return bool(letter.subject) and letter.subject in _theirs({letter.subject}, person)


def pdf_path(letter: Letter, person: object) -> Path | None:
    """Where the PDF lies, for whom it is; None for everybody else."""
    return path_of(letter.sha256) if may_read(letter, person) else None


def letter_by_code(written: str) -> Letter | None:
    """The letter whose code this is, as it is printed or as somebody typed it."""
    check_hash = hash_of(secret_as_read(written))
    return Letter.objects.filter(check_hash=check_hash).select_related(*SHOWN).first()


def names_of(keys: Collection[str]) -> dict[str, str]:
    """What letters are called, by their keys in the records: the kind and the number."""
    numbers = {int(key.partition(":")[2]): key for key in keys if key.partition(":")[2].isdecimal()}
    rows = Letter.objects.filter(pk__in=numbers).values_list("pk", "kind", "number")
    return {numbers[pk]: f"{LetterKind(kind).label} {number}" for pk, kind, number in rows}


# How an office signs and counts


def letterhead_on(office: Party, day: date) -> Letterhead | None:
    """How the office signs on a day."""
    begun = Letterhead.objects.filter(office=office, starts_on__lte=day).select_related("logo")
    return begun.order_by("-starts_on", "-pk").first()


@dataclass(frozen=True)
class Signing:
    """A letterhead with the last day on which it counts; None while none follows."""

    head: Letterhead
    until: date | None

    @property
    def is_now(self) -> bool:
        today = clock.today()
        return self.head.starts_on <= today and (self.until is None or today <= self.until)


def letterheads_of(office: Party) -> list[Signing]:
    """All letterheads of an office, the newest first; one that another replaced on its first day is left out."""
    found, until = [], None
    for head in Letterhead.objects.filter(office=office).order_by("-starts_on", "-pk"):
        if until is None or until >= head.starts_on:
            found.append(Signing(head, until))
        until = head.starts_on - timedelta(days=1)
    return found


def patterns_of(office: Party) -> dict[str, str]:
    """How each kind is numbered by an office: its newest pattern, or the usual one."""
    patterns = {str(kind): numbering.USUAL for kind in LetterKind}
    patterns.update(NumberPattern.objects.filter(office=office).order_by("pk").values_list("kind", "pattern"))
    return patterns


def next_numbers(office: Party) -> list[tuple[LetterKind, str, str]]:
    """Each kind with its pattern and the number that the next letter of today would get."""
    today, patterns, head = clock.today(), patterns_of(office), letterhead_on(office, clock.today())
    rows = Series.objects.filter(office=office, year=today.year)
    taken = dict(rows.values_list("kind", "last_number"))
    short = head.short_name if head else ""
    return [
        (kind, patterns[kind], _number(patterns[kind], kind, taken.get(kind, 0) + 1, short, today))
        for kind in choices.LetterKind
    ]


def _number(pattern: str, kind: LetterKind, number: int, office: str, day: date) -> str:
    return numbering.number_from(pattern, number=number, kind=kind, office=office, day=day)
