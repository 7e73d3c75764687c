"""Which office signs for an order, who sets its letters, and who reads which."""

from django.db.models import QuerySet

from foundation import clock
from lumbung.letters.choices import LetterKind
from lumbung.letters.models import Letterhead
from lumbung.letters.queries import letterhead_on, may_write, offices_written_by
from lumbung.orders.models import Order
from lumbung.orders.queries.orders import may_read_all
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Membership, Party
from lumbung.organisations.queries import OFFICE_ROLES
from lumbung.paperwork.choices import BUYERS_READ, KINDS, ComesAbout
from lumbung.paperwork.models import Habit

__all__ = ["habit_of", "habits_of", "head_of", "kinds_read_by", "may_set", "may_write", "office_of"]


def office_of(order: Order) -> Party | None:
    """The office whose officer took the order in; where nobody of an office did, the first that is registered."""
    person = order.created_by.removeprefix("person:")
    taken_in = Membership.objects.filter(
        person=int(person) if person.isdecimal() else 0,
        role__in=[role.key for role in OFFICE_ROLES],
        party__kind=PartyKind.OFFICE,
    )
    found = taken_in.select_related("party").order_by("pk").first()
    return found.party if found else Party.objects.filter(kind=PartyKind.OFFICE).order_by("pk").first()


def head_of(office: Party | None) -> Letterhead | None:
    """How the office signs today."""
    return letterhead_on(office, clock.today()) if office else None


def may_set(person: object, office: Party | None) -> bool:
    """Whether the person sets, renews and voids letters of this office."""
    return office is not None and offices_written_by(person).filter(pk=office.pk).exists()


def kinds_read_by(person: object) -> tuple[LetterKind, ...]:
    """Which letters somebody reads of an order that they may open."""
    return KINDS if may_read_all(person) else BUYERS_READ


# Habits


def _rows(office: Party, order: Order | None) -> QuerySet[Habit]:
    return Habit.objects.filter(office=office, order=order).order_by("pk")


def habits_of(office: Party, order: Order | None = None) -> dict[str, Habit]:
    """Kind → the habit that counts, of an office or of one order; the newest row."""
    return {row.kind: row for row in _rows(office, order)}


def habit_of(office: Party, order: Order, kind: LetterKind) -> Habit | None:
    """What decides whether a letter of this order comes about by itself: the order's own habit before the office's."""
    own = _rows(office, order).filter(kind=kind).last()
    if own is not None and own.way != ComesAbout.USUAL:
        return own
    return _rows(office, None).filter(kind=kind).last()
