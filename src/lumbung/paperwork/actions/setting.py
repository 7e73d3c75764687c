"""Setting what is missing, and putting a new letter in the place of one that says something else now."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from foundation.errors import Refused, refuse
from lumbung.letters.actions import NewLetter, issue_letter, issue_letters, void_letter
from lumbung.letters.choices import LetterKind
from lumbung.letters.models import Letter
from lumbung.orders.models import Order
from lumbung.organisations.models import Party
from lumbung.paperwork import queries, rules
from lumbung.paperwork.choices import KINDS, PaperState
from lumbung.paperwork.queries import Row
from lumbung.paperwork.rules.contents import title_of

Tell = Callable[[int, int, str], None]


def say_nothing(_done: int, _total: int, _words: str) -> None:
    """For whoever does not want to know how far it is."""


def issue_missing(
    *,
    order: Order,
    by: str,
    site: str,
    kinds: Sequence[LetterKind] = KINDS,
    most: int | None = None,
    tell: Tell = say_nothing,
) -> list[Letter]:
    """Every letter that an order lacks, one transaction each; run again it sets only what is missing.

    What cannot be written (a price is missing, say) is left out: the list tells the reason beside it.
    """
    office = _signing_office(order)
    lacking = [
        (kind, number)
        for kind in kinds
        for number in queries.numbers_in_state(order, kind, PaperState.MISSING)
    ][:most]
    issued: list[Letter] = []
    for kind, numbers in _slices(lacking):
        new = _written(order, kind, queries.slice_of(order, kind, numbers), office)
        further = _further(tell, len(issued), len(lacking))
        issued += issue_letters(new, by=by, site=site, tell=further)
    return issued


def _further(tell: Tell, begun: int, total: int) -> Tell:
    """Told of a slice, said of the whole."""
    return lambda done, _of, words: tell(begun + done, total, words)


def _signing_office(order: Order) -> Party:
    office = queries.office_of(order)
    refuse(rules.why_not_set(order, office=office, head=queries.head_of(office)))
    assert office is not None
    return office


def _slices(lacking: Sequence[tuple[LetterKind, int]]) -> Iterator[tuple[LetterKind, list[int]]]:
    """A hundred at a time, each of one kind."""
    for kind in dict.fromkeys(kind for kind, _number in lacking):
        numbers = [number for of, number in lacking if of == kind]
        for at in range(0, len(numbers), queries.SLICE):
            yield kind, numbers[at : at + queries.SLICE]


def _written(order: Order, kind: LetterKind, rows: Sequence[Row], office: Party) -> list[NewLetter]:
    """The letters of these rows as they stand; what cannot be written is left out."""
    with translation.override(settings.LANGUAGE_CODE):
        write, title = queries.SOURCES[kind].writer(rows, office), title_of(order)
        replaced = queries.to_replace_among((row.letter_subject for row in rows), kind)
        new = []
        for row in rows:
            try:
                content = write(row)
            except Refused:
                continue
            before = replaced.get(row.letter_subject)
            new.append(NewLetter(office, kind, title, content, row.letter_subject, before))
    return new


def issue_about(*, order: Order, kind: LetterKind, number: int, by: str, site: str) -> Letter | None:
    """The letter about one row, unless it stands already or none is needed."""
    office = _signing_office(order)
    row = queries.row_about(order, kind, number)
    if row is None or queries.state_of(queries.SOURCES[kind], row) != PaperState.MISSING:
        return None
    return next(iter(issue_letters(_written(order, kind, [row], office), by=by, site=site)), None)


def renew_letters(
    *, order: Order, kind: LetterKind, reason: str, by: str, site: str, tell: Tell = say_nothing
) -> int:
    """Letters that say something else now are voided, each with the reason, and replaced; how many.

    Where nothing is held any more the letter is voided and none comes in its place.
    """
    office = queries.office_of(order)
    refuse(rules.why_not_renew(reason, head=queries.head_of(office)), field="reason")
    assert office is not None
    differing = queries.numbers_in_state(order, kind, PaperState.DIFFERS)
    done = 0
    for at in range(0, len(differing), queries.SLICE):
        rows = queries.slice_of(order, kind, differing[at : at + queries.SLICE])
        new = {letter.subject: letter for letter in _written(order, kind, _needed(rows), office)}
        for row in rows:
            tell(done, len(differing), _("Renewing the letters"))
            done += _renewed(row, kind, new.get(row.letter_subject), reason, by=by, site=site)
    return done


def _needed(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.now > 0]


def _renewed(row: Row, kind: LetterKind, new: NewLetter | None, reason: str, **told: Any) -> bool:
    """Voided and replaced in one transaction; a letter that cannot be written anew keeps its old one."""
    if new is None and row.now > 0:
        return False
    with transaction.atomic():
        old = Letter.objects.select_for_update(of=("self",)).get(pk=row.letter_pk)
        if old.voided_at is not None:
            return False
        old = void_letter(letter=old, reason=reason, by=told["by"])
        if new is not None:
            issue_letter(
                office=new.office,
                kind=kind,
                title=new.title,
                content=new.content,
                subject=new.subject,
                replaces=old,
                **told,
            )
    return True
