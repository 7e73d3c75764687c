"""The ledger as a list: narrowed, page by page, and as rows of a sheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Q, QuerySet, Sum

from foundation.paging import Page, page_of
from lumbung.lots.models import Entry, Holding, Movement
from lumbung.lots.queries.subjects import Subject, holders_in_words, subjects_in_words
from lumbung.makers.rules import search_words

ROWS = 50


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for among movements; empty means all."""

    kind: str = ""
    material: str = ""
    text: str = ""
    oldest_first: bool = False


@dataclass(frozen=True)
class Told:
    """A movement with the names of all keys in it."""

    movement: Movement
    from_words: str
    to_words: str
    subject: Subject | None
    noted_by: str


def found_among(movements: QuerySet[Movement], wanted: Wanted) -> QuerySet[Movement]:
    if wanted.kind:
        movements = movements.filter(kind=wanted.kind)
    if wanted.material.isdecimal():
        movements = movements.filter(material=int(wanted.material))
    for word in search_words(wanted.text):
        movements = movements.filter(Q(maker__search_text__contains=word) | Q(lot__code__contains=word))
    return movements


def movement_page(
    movements: QuerySet[Movement], wanted: Wanted, *, after: str, before: str
) -> Page[Movement]:
    by = ("pk",) if wanted.oldest_first else ("-pk",)
    return page_of(found_among(movements, wanted), by=by, after=after, before=before, size=ROWS)


def told(movements: list[Movement]) -> list[Told]:
    """Several movements in words; one query for each kind of key."""
    keys = {key for row in movements for key in (row.from_holder, row.to_holder, row.entry.noted_by)}
    names = holders_in_words(keys)
    subjects = subjects_in_words(row.entry.subject for row in movements)
    return [
        Told(
            row,
            names.get(row.from_holder, ""),
            names.get(row.to_holder, ""),
            subjects.get(row.entry.subject),
            names.get(row.entry.noted_by, ""),
        )
        for row in movements
    ]


def told_in_slices(movements: QuerySet[Movement], *, size: int = 500) -> Iterator[Told]:
    rows = iter(movements.order_by("-pk").iterator(chunk_size=size))
    while part := list(islice(rows, size)):
        yield from told(part)


def of_holding(holding: Holding) -> QuerySet[Movement]:
    """What made this account what it is, the newest first."""
    touched = Q(from_holder=holding.holder) | Q(to_holder=holding.holder)
    found = Movement.objects.filter(
        touched, material=holding.material_id, goods=holding.goods_id, lot=holding.lot_id
    ).select_related("entry", "material", "goods", "lot", "corrected_by", "corrects")
    if holding.subject or holding.maker_id:
        found = found.filter(entry__subject=holding.subject) if holding.material_id else found
    return found.order_by("-pk")


def of_entry(entry: Entry) -> QuerySet[Movement]:
    rows = entry.movements.select_related("entry", "material", "goods", "lot", "corrected_by", "corrects")
    return rows.order_by("pk")


def of_lot(lot: int) -> QuerySet[Movement]:
    found = Movement.objects.filter(lot=lot).select_related(
        "entry", "material", "goods", "lot", "corrected_by", "corrects"
    )
    return found.order_by("-pk")


def sum_of(holding: Holding) -> int:
    """What the movements say the account has: the check of the sum that is kept."""
    came = (
        of_holding(holding)
        .order_by()
        .filter(to_holder=holding.holder)
        .aggregate(sum=Sum("quantity", default=0))
    )
    went = (
        of_holding(holding)
        .order_by()
        .filter(from_holder=holding.holder)
        .aggregate(sum=Sum("quantity", default=0))
    )
    return int(came["sum"] - went["sum"])


def entry_known(entry_key: str) -> Entry | None:
    """The entry that was written down under this key, if any."""
    return Entry.objects.filter(entry_key=entry_key).first() if entry_key else None
