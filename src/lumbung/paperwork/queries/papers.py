"""The letters of an order: how many, which, and which are missing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet

from foundation import clock
from foundation.errors import Refused
from foundation.paging import Page, page_of
from lumbung.letters.choices import LetterKind
from lumbung.letters.models import Letter
from lumbung.orders.models import Order
from lumbung.organisations.models import Party
from lumbung.paperwork.choices import KINDS, PaperState
from lumbung.paperwork.queries import sources
from lumbung.paperwork.queries.deliveries import DELIVERIES, INSPECTIONS
from lumbung.paperwork.queries.payments import PAYMENTS, order_of_payment
from lumbung.paperwork.queries.shares import SHARES
from lumbung.paperwork.queries.sources import Counts, Row, Rows, Shown, Source

SOURCES: dict[str, Source] = {source.kind: source for source in (SHARES, DELIVERIES, INSPECTIONS, PAYMENTS)}
MOST_COUNTED = 4_000
"""A page that only says how many are missing looks at so many of the newest."""
MOST_ORDERS = 500
DAYS_SHOWN = 90
"""So long a desk is reminded of what happened to an order after its due date."""
SLICE = 100


def counts_of(order: Order, kinds: Iterable[LetterKind] = KINDS) -> dict[LetterKind, Counts]:
    """How the letters of an order stand, kind by kind: one query each."""
    return {kind: sources.counts_among(SOURCES[kind], SOURCES[kind].of_orders([order])) for kind in kinds}


def newest_counts_of(order: Order, kinds: Iterable[LetterKind] = KINDS) -> dict[LetterKind, Counts]:
    """The same for the page of the order, which looks at the newest rows only, and at kinds that can have any."""
    return {
        kind: sources.counts_among(SOURCES[kind], SOURCES[kind].of_orders([order]), MOST_COUNTED)
        for kind in kinds
        if SOURCES[kind].of_orders([order]).exists()
    }


def rows_of(order: Order, kind: str, *, state: str = "", text: str = "") -> Rows:
    """What the letters of a kind are about, with all that a page shows, each with its letter."""
    source = SOURCES[kind]
    rows = source.whole(sources.with_letters(source, source.of_orders([order])))
    for word in text.split()[:8]:
        rows = rows.filter(**{f"{source.search}__icontains": word})
    return sources.in_state(source, rows, state)


@dataclass(frozen=True)
class Paper:
    """One line of the list: what it is about, where its letter stands, and why none can be set."""

    row: Row
    shown: Shown
    state: PaperState
    letter: Letter | None
    why_not: str = ""


def papers_page(
    rows: Rows, kind: str, *, office: Party | None, after: str = "", before: str = ""
) -> tuple[Page[Any], list[Paper]]:
    """Some of the rows, the newest first, with their letters."""
    page = page_of(rows, by=("-pk",), after=after, before=before)
    return page, papers_among(page.rows, kind, office=office)


def papers_among(rows: Sequence[Row], kind: str, *, office: Party | None) -> list[Paper]:
    """Lines for these rows, in a bounded number of queries."""
    source = SOURCES[kind]
    letters = Letter.objects.in_bulk([row.letter_pk for row in rows if row.letter_pk])
    states = {row.pk: sources.state_of(source, row) for row in rows}
    lacking = [row for row in rows if states[row.pk] == PaperState.MISSING]
    reasons = reasons_why_not(source, lacking, office) if office and lacking else {}
    return [
        Paper(
            row, source.shown(row), states[row.pk], letters.get(row.letter_pk or 0), reasons.get(row.pk, "")
        )
        for row in rows
    ]


def reasons_why_not(source: Source, rows: Sequence[Row], office: Party) -> dict[int, str]:
    """Row → why its letter cannot be written as it stands."""
    write, found = source.writer(rows, office), {}
    for row in rows:
        try:
            write(row)
        except Refused as refused:
            found[row.pk] = refused.sentence
    return found


def papers_exported(rows: Rows, kind: str) -> Iterator[Paper]:
    """All of them, a slice at a time."""
    numbers = list(rows.order_by("pk").values_list("pk", flat=True))
    for at in range(0, len(numbers), SLICE):
        yield from papers_among(list(rows.filter(pk__in=numbers[at : at + SLICE])), kind, office=None)


def numbers_in_state(order: Order, kind: str, state: PaperState) -> list[int]:
    """The rows of an order whose letter stands so, in the order in which they came about."""
    source = SOURCES[kind]
    rows = sources.with_letters(source, source.of_orders([order]))
    return list(sources.in_state(source, rows, state).order_by("pk").values_list("pk", flat=True))


def row_about(order: Order, kind: str, number: int) -> Row | None:
    """One row with its letter, if it is of this order and may have one."""
    return rows_of(order, kind).filter(pk=number).first()


def slice_of(order: Order, kind: str, numbers: Sequence[int]) -> list[Row]:
    """These rows, whole, in the given order."""
    found = {row.pk: row for row in rows_of(order, kind).filter(pk__in=numbers)}
    return [found[number] for number in numbers if number in found]


def letters_in_force(order: Order, kind: str) -> QuerySet[Letter]:
    """The letters of a kind that stand, by their numbers."""
    source = SOURCES[kind]
    subjects = source.told(source.of_orders([order])).values("letter_subject")
    standing = Letter.objects.filter(subject__in=subjects, kind=kind, voided_at__isnull=True)
    return standing.order_by("pk")


def to_replace_among(subjects: Iterable[str], kind: str) -> dict[str, Letter]:
    """Subject → the voided letter in whose place none was issued yet; one query."""
    voided = Letter.objects.filter(subject__in=set(subjects), kind=kind, voided_at__isnull=False)
    open_ = voided.filter(replaced_by__isnull=True).order_by("pk")
    return {letter.subject: letter for letter in open_}


# What waits


@dataclass(frozen=True)
class Lacking:
    """Letters of a kind that are missing, in all running orders, and the order to begin with."""

    kind: LetterKind
    count: int
    order: Order


def lacking_in_running_orders(kinds: Iterable[LetterKind] = KINDS) -> Iterator[Lacking]:
    """For the desk: what is missing of orders that run, or whose due date passed not long ago; kinds that lack none
    are left out."""
    since = clock.today() - timedelta(days=DAYS_SHOWN)
    running = Q(cancelled_at__isnull=True, published_at__isnull=False, due_on__gte=since)
    orders = list(Order.objects.filter(running).order_by("due_on", "pk")[:MOST_ORDERS])
    by_pk = {order.pk: order for order in orders}
    for kind in kinds if orders else ():
        source = SOURCES[kind]
        rows = sources.with_letters(source, sources.newest(source.of_orders(orders), MOST_COUNTED))
        missing = rows.filter(sources.is_missing()).order_by("pk")
        if found := list(missing.values_list(source.order_pk or "pk", flat=True)):
            order = by_pk.get(found[0]) if source.order_pk else order_of_payment(found[0])
            yield Lacking(kind, len(found), order or orders[0])
