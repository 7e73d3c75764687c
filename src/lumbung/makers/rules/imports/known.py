"""What a file tells, what the register knows, and what would happen: plain values, no database."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from lumbung.makers.choices import MakerKind, Outcome, RemarkKind
from lumbung.makers.rules.spelling import sort_name
from lumbung.people.choices import Salutation


class Remark(NamedTuple):
    """What is to be said about a cell; a fault keeps its row out."""

    row: int
    place: int
    column: str
    cell: str
    kind: RemarkKind
    sentence: str


class Cell(NamedTuple):
    """Where something was read: the row, and the key of the column."""

    row: int
    key: str


class ToldGood(NamedTuple):
    """What the file says of one of the maker's goods; None where it says nothing."""

    kind: str
    price: int | None
    capacity: int | None
    lot: int | None
    row: int
    end: str
    """What stands behind the keys of its columns: nothing, `_2`, `_3` …"""

    @property
    def numbers(self) -> tuple[int | None, int | None, int | None]:
        return self.price, self.capacity, self.lot


@dataclass
class Told:
    """What one row, or several that belong together, say of a maker. A field that is absent is not told."""

    row: int
    fields: dict[str, Any] = field(default_factory=dict)
    goods: list[ToldGood] = field(default_factory=list)
    cells: dict[str, Cell] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    wrong: frozenset[str] = frozenset()
    """Columns whose cell could not be read: what they say is not known, and not missing."""

    def get(self, name: str) -> Any:
        return self.fields.get(name)


class KnownGood(NamedTuple):
    """A good that the register knows of a maker."""

    price: int
    capacity: int
    lot: int
    stopped_on: date | None = None


@dataclass
class KnownMaker:
    """An entry of the register, as far as a file may change it."""

    pk: int
    name: str
    kind: str
    owner: int
    owner_name: str
    phone: str
    has_account: bool
    village: str
    hamlet: str
    house: str
    bank_name: str
    bank_account: str
    nib: str
    households: int
    unnamed_households: int
    last_made_on: date | None
    state: str
    goods: dict[str, KnownGood] = field(default_factory=dict)
    members: frozenset[str] = frozenset()


class KnownPerson(NamedTuple):
    """A person with one of the phones in the file."""

    pk: int
    full_name: str
    phone: str
    group: str | None
    """The group in which the person's house counts."""


class Kinds:
    """The kinds of goods, found by their code or either name."""

    def __init__(self, kinds: Sequence[tuple[str, str, str, str]], units: Mapping[str, str]) -> None:
        self._by_word: dict[str, str] = {}
        self.units = {code: unit for code, _name, _name_en, unit in kinds}
        self.names = {code: name for code, name, _name_en, _unit in kinds}
        self._unit_words = {sort_name(words): unit for words, unit in units.items()}
        for code, name, name_en, _unit in kinds:
            for word in (code, name, name_en):
                self._by_word.setdefault(sort_name(word), code)

    def find(self, written: str) -> str:
        key = sort_name(written)
        if key in self._by_word:
            return self._by_word[key]
        near = get_close_matches(key, self._by_word, n=1, cutoff=0.72)
        if near:
            sentence = _("“%(written)s” is no kind of goods in the list. Is it %(kind)s?")
            raise ValueError(sentence % {"written": written[:60], "kind": self.names[self._by_word[near[0]]]})
        raise ValueError(
            _("“%(written)s” is no kind of goods in the list. An officer can add it.")
            % {"written": written[:60]}
        )

    def why_not_unit(self, written: str, kind: str) -> str | None:
        """The reason why numbers in this unit cannot be taken, or None."""
        if self._unit_words.get(sort_name(written)) == self.units[kind]:
            return None
        words = next((w for w, unit in self._unit_words.items() if unit == self.units[kind]), "")
        return _(
            "%(kind)s is counted in %(unit)s, not in “%(written)s”. Write price and capacity for one %(unit)s."
        ) % {"kind": self.names[kind], "unit": words, "written": written[:40]}


@dataclass
class Register:
    """What the register knows that may concern a file."""

    makers: list[KnownMaker]
    persons: list[KnownPerson] = field(default_factory=list)
    kinds: Kinds = field(default_factory=lambda: Kinds((), {}))
    today: date = date(2000, 1, 1)


class Change(NamedTuple):
    """One value before and after; a good is `good:code` with price, capacity and lot."""

    field: str
    before: Any
    after: Any


@dataclass
class Entry:
    """One maker of the file, and what happens to it; `maker` is the number of a known one."""

    told: Told
    outcome: Outcome | None
    maker: int | None = None
    changes: list[Change] = field(default_factory=list)
    person: int | None = None
    """The known owner of a new maker."""


@dataclass
class Plan:
    """What taking in a file would do."""

    entries: list[Entry]
    remarks: list[Remark]
    rows: int
    rows_left_out: int

    def of(self, outcome: Outcome | None) -> list[Entry]:
        return [entry for entry in self.entries if entry.outcome == outcome]

    @property
    def hash(self) -> str:
        """Two plans with the same hash do the same."""
        digest = hashlib.sha256()
        for entry in self.entries:
            if entry.outcome:
                told = json.dumps(told_of_entry(entry), sort_keys=True, ensure_ascii=False)
                digest.update(told.encode() + b"\n")
        return digest.hexdigest()


def told_of_entry(entry: Entry) -> dict[str, Any]:
    """Everything that taking in an entry writes down, as plain values."""
    return {
        "row": entry.told.row,
        "maker": entry.maker,
        "person": entry.person,
        "fields": {name: _plain(value) for name, value in entry.told.fields.items()}
        if not entry.maker
        else {},
        "goods": [[g.kind, g.price, g.capacity, g.lot] for g in entry.told.goods] if not entry.maker else [],
        "changes": [[change.field, change.before, change.after] for change in entry.changes],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, MakerKind | Salutation):
        return str(value)
    return list(value) if isinstance(value, tuple) else value
