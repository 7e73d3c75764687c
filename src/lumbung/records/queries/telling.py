"""Records in words, with the names behind their keys.

Records know keys only, and this room knows no other. Rooms above say, in their `panels.py`, what the keys of
theirs are called (`name_keys`) and how their deeds sound (`word_deed`).
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import formats
from lumbung.records.models import Record

Namer = Callable[[Collection[str]], Mapping[str, str]]
_KEY = re.compile(r"[a-z_]+:[0-9A-Z][0-9A-Z-]*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_namers: dict[str, Namer] = {}
_wordings: dict[str, "Wording"] = {}
_labels: dict[str, str | Promise] = {}
_fields: dict[tuple[str, str], str | Promise] = {}
_values: dict[tuple[str, str], Mapping[str, str | Promise]] = {}


@dataclass(frozen=True)
class Told:
    """A record with what it says and the names of all keys in it."""

    record: Record
    content: dict[str, Any]
    names: Mapping[str, str]

    def name(self, key: str) -> str:
        """`person:7` → Sahnim; a key that nobody names stands for itself."""
        return self.names.get(key, key)

    @property
    def actor(self) -> str:
        return self.name(self.record.actor)

    @property
    def subject(self) -> str:
        return self.name(self.record.subject)

    @property
    def sentence(self) -> str:
        """The deed in words; what no room has worded is told by its own fields."""
        wording = _wordings.get(self.record.deed) or _wordings.get(self.record.deed.partition(".")[0])
        if wording is None:
            return self._plain()
        try:
            return wording(self) or self._plain()
        except (KeyError, TypeError, ValueError):  # changed by hand: the page that shows it must still open
            return self._plain()

    @property
    def shown(self) -> list[tuple[str, str]]:
        """What it says, field by field, in words; keys with their names."""
        return [(self._name_of(name), self._in_words(value, name)) for name, value in self.content.items()]

    def _name_of(self, name: str) -> str:
        return field_words(self.record.deed, name)

    def _in_words(self, value: object, name: str) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, int):
            return formats.number(value)
        if isinstance(value, list):
            return "; ".join(self._in_words(one, name) for one in value) or "–"
        if isinstance(value, dict):
            return ", ".join(f"{self._name_of(key)} {self._in_words(one, key)}" for key, one in value.items())
        return self._text_in_words(value, name) if isinstance(value, str) and value else "–"

    def _text_in_words(self, value: str, name: str) -> str:
        if called := self.names.get(value):
            return f"{called} ({value})"
        if _DAY.fullmatch(value):
            return formats.day_full(date.fromisoformat(value))
        return str(_meanings(self.record.deed, name).get(value, value))

    def _plain(self) -> str:
        said = ((self._name_of(name), self.name(str(value))) for name, value in self.content.items())
        told = "; ".join(f"{name[:1].lower()}{name[1:]} {value}" for name, value in said)
        return f"{deed_words(self.record.deed)}{': ' if told else ''}{told}"


Wording = Callable[[Told], str]
Words = str | Promise
FieldWords = Words | tuple[Words, Iterable[tuple[str, Words]]]
"""What a field of a record is called; beside it the words of its values where they are from a closed list."""


def word_fields(room: str, words: Mapping[str, FieldWords]) -> None:
    """`word_fields("orders", {"quantity": _("Quantity")})`: what the fields of a room's records are called.

    A field that means something else in one deed is named with it: `"line_set.kind"`.
    """
    for name, told in words.items():
        deed, _dot, field = name.rpartition(".")
        called, values = (told, ()) if isinstance(told, str | Promise) else told
        _fields[f"{room}.{deed}", field] = called
        _values[f"{room}.{deed}", field] = dict(values)


word_fields(
    "",
    {
        "count": gettext_lazy("How many"),
        "hash": gettext_lazy("Hash of all of them"),
        "person": gettext_lazy("Person"),
        "reason": gettext_lazy("Reason"),
        "on": gettext_lazy("Day"),
    },
)


def field_words(deed: str, name: str) -> str:
    """The words of a field, or its name made readable."""
    found = next((_fields[place] for place in _places(deed, name) if place in _fields), None)
    return str(found or capfirst(name.replace("_", " ")))


def has_words(deed: str, name: str) -> bool:
    """Whether a room has said what this field of this deed is called."""
    return any(place in _fields for place in _places(deed, name))


def _meanings(deed: str, name: str) -> Mapping[str, Words]:
    return next((_values[place] for place in _places(deed, name) if place in _values), {})


def _places(deed: str, name: str) -> list[tuple[str, str]]:
    return [(deed, name), (f"{deed.partition('.')[0]}.", name), (".", name)]


def name_keys(kind: str) -> Callable[[Namer], Namer]:
    """`@name_keys("person")`: how all keys of a kind are called, in one query for a whole page."""

    def register(namer: Namer) -> Namer:
        _namers[kind] = namer
        return namer

    return register


def word_deed(deed: str, words: str | Promise = "") -> Callable[[Wording], Wording]:
    """`@word_deed("people.registered", _("Person registered"))`: how a deed sounds, as a sentence of its own.

    The name of a room (`"orders"`) words all its deeds that have no wording of their own; an empty answer
    leaves the deed to the plain telling. The words stand in the list of deeds to choose from.
    """
    if words:
        _labels[deed] = words

    def register(wording: Wording) -> Wording:
        _wordings[deed] = wording
        return wording

    return register


def deed_words(deed: str) -> str:
    """`orders.share_accepted` → its words, or *Share accepted*."""
    return str(_labels.get(deed) or capfirst(deed.rpartition(".")[2].replace("_", " ")))


def deed_choices() -> list[tuple[str, str]]:
    """Deeds with words, by their words."""
    return sorted(((deed, str(words)) for deed, words in _labels.items()), key=lambda choice: choice[1])


def called(key: str) -> str:
    """`order:PSN-2026-0007` → its name and the key; a key that nobody names stands for itself."""
    name = names_behind({key}).get(key)
    return f"{name} ({key})" if name else key


def told(records: Iterable[Record]) -> list[Told]:
    """Several records in words; one query for each kind of key in them."""
    found = [(record, _content(record)) for record in records]
    keys = {key for record, content in found for key in _keys_of(record, content)}
    names = names_behind(keys)
    return [Told(record, content, names) for record, content in found]


def _content(record: Record) -> dict[str, Any]:
    """What a record says; whoever changed it by hand may have left no map, and the text itself is shown."""
    try:
        content = json.loads(record.content)
    except ValueError:
        content = None
    return content if isinstance(content, dict) else {"": record.content}


def told_in_slices(records: QuerySet[Record], *, size: int = 500) -> Iterator[Told]:
    """Many records in words, without holding all of them."""
    for slice_ in _batched(records.iterator(chunk_size=size), size):
        yield from told(slice_)


def _batched(rows: Iterable[Record], size: int) -> Iterator[list[Record]]:
    """Lists of at most `size` rows."""
    walk = iter(rows)
    while part := list(islice(walk, size)):
        yield part


def _keys_of(record: Record, content: Any) -> Iterator[str]:
    yield record.subject
    yield record.actor
    for value in content.values():
        if isinstance(value, str) and _KEY.fullmatch(value):
            yield value


def names_behind(keys: Collection[str]) -> dict[str, str]:
    """Key → name, for those that some room names; one query for each kind of key."""
    by_kind: dict[str, set[str]] = {}
    for key in keys:
        by_kind.setdefault(key.partition(":")[0], set()).add(key)
    names: dict[str, str] = {}
    for kind, same in by_kind.items():
        if kind in _namers:
            names.update(_namers[kind](same))
    return names
