"""Records in words, with the names behind their keys.

Records know keys only, and this room knows no other. Rooms above say, in their `panels.py`, what the keys of
theirs are called (`name_keys`) and how their deeds sound (`word_deed`).
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst

from lumbung.records.models import Record

Namer = Callable[[Collection[str]], Mapping[str, str]]
_KEY = re.compile(r"[a-z_]+:[0-9]+")
_namers: dict[str, Namer] = {}
_wordings: dict[str, "Wording"] = {}
_labels: dict[str, str | Promise] = {}


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
        """What it says, field by field, keys with their names."""
        return [(name, self._in_words(value)) for name, value in self.content.items()]

    def _in_words(self, value: object) -> str:
        name = self.names.get(value) if isinstance(value, str) else None
        return f"{name} ({value})" if name else str(value)

    def _plain(self) -> str:
        told = "; ".join(f"{name} {self.name(str(value))}" for name, value in self.content.items())
        return f"{deed_words(self.record.deed)}{': ' if told else ''}{told}"


Wording = Callable[[Told], str]


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


def told(records: Iterable[Record]) -> list[Told]:
    """Several records in words; one query for each kind of key in them."""
    found = [(record, _content(record)) for record in records]
    keys = {key for record, content in found for key in _keys_of(record, content)}
    names = _names_of(keys)
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


def _names_of(keys: Collection[str]) -> dict[str, str]:
    by_kind: dict[str, set[str]] = {}
    for key in keys:
        by_kind.setdefault(key.partition(":")[0], set()).add(key)
    names: dict[str, str] = {}
    for kind, same in by_kind.items():
        if kind in _namers:
            names.update(_namers[kind](same))
    return names
