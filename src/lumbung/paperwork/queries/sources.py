"""What letters are about: for each kind, the rows of an order that may have one, and how a letter is written of them.

A row has its letter by the subject that both name (`share:7`), so the letters room needs to know nothing of orders.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Concat

from lumbung.letters.choices import LetterKind
from lumbung.letters.models import Letter
from lumbung.letters.rules.contents import Content
from lumbung.orders.models import Order
from lumbung.organisations.models import Party
from lumbung.paperwork.choices import PaperState

ALL = 2**31
Row = Any
"""A share, a delivery, an inspection or a payment."""
Rows = QuerySet[Any]
Write = Callable[[Row], Content]


@dataclass(frozen=True)
class Shown:
    """A row as a page shows it: whose it is, what it is about, and where it stands in full."""

    name: str
    about: str
    url: str = ""


@dataclass(frozen=True)
class Source:
    """The rows that bring forth letters of one kind."""

    kind: LetterKind
    of_orders: Callable[[Sequence[Order]], Rows]
    """Every row of these orders, bare."""
    told: Callable[[Rows], Rows]
    """The rows with `letter_subject`, with `now` (how much a letter would be about; 0 where none is needed), and with
    what else a letter must agree with."""
    facts: Mapping[tuple[str, ...], str]
    """Where a letter says a number, and which column of a row it must agree with."""
    whole: Callable[[Rows], Rows]
    """The rows with all that a page and a letter need."""
    writer: Callable[[Sequence[Row], Party], Write]
    """For these rows, in a bounded number of queries: the function that writes the letter of one."""
    shown: Callable[[Row], Shown]
    order_pk: str = ""
    """The column that leads to a row's order; empty where a row may be of several."""
    search: str = ""
    """The column in which a name is looked for."""


def subject(prefix: str, column: str) -> Concat:
    """The key of each row, as letters name their subject."""
    return Concat(Value(prefix), Cast(column, CharField()), output_field=CharField())


def with_letters(source: Source, rows: Rows) -> Rows:
    """The rows with the letter in force about each, and what it says."""
    standing = Letter.objects.filter(
        subject=OuterRef("letter_subject"), kind=source.kind, voided_at__isnull=True
    ).order_by()
    said = {
        f"said_{at}": Subquery(standing.annotate(number_said=_number_at(path)).values("number_said")[:1])
        for at, path in enumerate(source.facts)
    }
    found: Rows = source.told(rows).annotate(letter_pk=Subquery(standing.values("pk")[:1]), **said)
    return found


def _number_at(path: Sequence[str]) -> Cast:
    """A whole number within a letter's content."""
    place: Any = "content"
    for step in path[:-1]:
        place = KeyTransform(step, place)
    return Cast(KeyTextTransform(path[-1], place), BigIntegerField())


def is_missing() -> Q:
    return Q(letter_pk__isnull=True, now__gt=0)


def differs(source: Source) -> Q:
    """Whether the letter in force says a number that is another one now."""
    wrong = Q(pk__in=[])
    for at, column in enumerate(source.facts.values()):
        wrong |= Q(**{f"said_{at}__lt": F(column)}) | Q(**{f"said_{at}__gt": F(column)})
    return Q(letter_pk__isnull=False) & (wrong | Q(now=0))


def in_state(source: Source, rows: Rows, state: str) -> Rows:
    """The rows, which have their letters, whose letter stands so."""
    if state == PaperState.MISSING:
        return rows.filter(is_missing())
    if state == PaperState.DIFFERS:
        return rows.filter(differs(source))
    if state == PaperState.SET:
        return rows.filter(letter_pk__isnull=False).exclude(differs(source))
    return rows.filter(letter_pk__isnull=True, now=0) if state == PaperState.NONE else rows


def state_of(source: Source, row: Row) -> PaperState:
    """Where the letter of a row, which has its letter, stands."""
    if row.letter_pk is None:
        return PaperState.MISSING if row.now > 0 else PaperState.NONE
    said = [getattr(row, f"said_{at}") for at in range(len(source.facts))]
    same = said == [getattr(row, column) for column in source.facts.values()]
    return PaperState.SET if same and row.now > 0 else PaperState.DIFFERS


@dataclass(frozen=True)
class Counts:
    """How many letters of a kind an order has, and how many it lacks."""

    needed: int
    in_force: int
    missing: int
    differing: int


def counts_among(source: Source, rows: Rows, most: int = ALL) -> Counts:
    """One query, of the newest `most` rows. Each row's letter is looked up once, in a statement within: counted beside
    it, the database would look it up anew for every count."""
    found = (
        with_letters(source, rows)
        .order_by("-pk")[:most]
        .aggregate(
            needed=Count("pk", filter=Q(now__gt=0)),
            in_force=Count("pk", filter=Q(letter_pk__isnull=False)),
            missing=Count("pk", filter=is_missing()),
            differing=Count("pk", filter=differs(source)),
        )
    )
    return Counts(**found)


def newest(rows: Rows, most: int) -> Rows:
    """The newest of them: as many as a page may look at that only says how many."""
    return rows.filter(pk__in=rows.order_by("-pk").values("pk")[:most])


def by_key(rows: Iterable[Row], name: str) -> dict[Any, list[Row]]:
    """Rows under what one of their columns says."""
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found
