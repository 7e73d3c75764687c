"""What is written down when a maker is registered, and what cannot be right about it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from lumbung.makers.choices import MakerKind
from lumbung.makers.rules.checks import (
    faults_of_good,
    why_not_household,
    why_not_last_made,
    why_not_name,
    why_not_workshop,
)
from lumbung.makers.rules.spelling import search_text
from lumbung.people.models import Person
from lumbung.places.models import Village


@dataclass(frozen=True)
class NewGood:
    """What a new maker makes."""

    kind_code: str
    price_rupiah: int
    weekly_capacity: int
    minimum_lot: int = 1


@dataclass(frozen=True)
class NewMaker:
    """A maker to be registered; `households` are the persons of a group's houses.

    The village needs its district in memory when thousands are registered.
    """

    name: str
    owner: Person
    village: Village
    kind: MakerKind = MakerKind.WORKSHOP
    hamlet: str = ""
    house: str = ""
    bank_name: str = ""
    bank_account: str = ""
    goods: Collection[NewGood] = ()
    households: Collection[Person] = ()
    last_made_on: date | None = None
    registered_at: datetime | None = None
    nib: str = ""
    unnamed_households: int = 0


@dataclass(frozen=True)
class Known:
    """What the register already knows of the persons in new entries, by person."""

    groups: Mapping[int, str] = field(default_factory=dict)
    """The group in which the person's house counts."""
    workshops: Mapping[int, str] = field(default_factory=dict)
    """The person's own workshop."""


def search_text_of(name: str, village: Village) -> str:
    return search_text(name, village.name, village.district.name)[:600]


def faults_of_maker(new: NewMaker, *, known: Known, today: date) -> dict[str, str]:
    """What cannot be right about a new entry, a sentence a field; empty when all is well."""
    faults = {
        "name": why_not_name(new.name),
        "last_made_on": why_not_last_made(new.last_made_on, today=today),
        "households": _why_not_households(new, known),
        "owner": why_not_workshop(_group_of_owner(new, known)),
    }
    found = {place: sentence for place, sentence in faults.items() if sentence}
    for good in new.goods:
        found |= faults_of_good(
            price_rupiah=good.price_rupiah,
            weekly_capacity=good.weekly_capacity,
            minimum_lot=good.minimum_lot,
        )
    return found


def _group_of_owner(new: NewMaker, known: Known) -> str | None:
    return known.groups.get(new.owner.pk) if new.kind == MakerKind.WORKSHOP else None


def _why_not_households(new: NewMaker, known: Known) -> str | None:
    reasons = (
        why_not_household(
            kind=new.kind, belongs_to=known.groups.get(person.pk), owns=known.workshops.get(person.pk)
        )
        for person in new.households
    )
    return next((reason for reason in reasons if reason), None)
