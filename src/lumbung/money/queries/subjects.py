"""What rooms above say about the subjects of money: how they are called, how they are found, where their numbers lead.

This room knows shares, lines and orders as text keys only (`share:77`). A room above registers its functions in its own
`panels.py`; until it does, a key stands for itself.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from lumbung.organisations.models import Party
from lumbung.organisations.queries import names_of

Namer = Callable[[Collection[str]], Mapping[str, str]]
Finder = Callable[[str], Collection[str]]
Reader = Callable[[object], Collection[str]]
MOST_NAMED = 300
_namers: dict[str, Namer] = {}
_finders: dict[str, Finder] = {}
_pages: dict[str, Namer] = {}
_readers: dict[str, Reader] = {}


@dataclass(frozen=True)
class Named:
    """A subject as a page shows it: its key, its words, and the page that it leads to, if any."""

    key: str
    words: str
    url: str = ""

    def __str__(self) -> str:
        return self.words

    @property
    def pk(self) -> str:
        """As a form chooses among several."""
        return self.key


def word_subject(kind: str) -> Callable[[Namer], Namer]:
    """`@word_subject("share")`: how all subjects of a kind are called, in one query for a whole page."""

    def register(function: Namer) -> Namer:
        _namers[kind] = function
        return function

    return register


def find_by_name(kind: str) -> Callable[[Finder], Finder]:
    """`@find_by_name("line")`: the keys of what is called like a text that somebody typed, the best first."""

    def register(function: Finder) -> Finder:
        _finders[kind] = function
        return function

    return register


def stand_behind(kind: str) -> Callable[[Namer], Namer]:
    """`@stand_behind("share")`: the page that stands behind a subject's numbers, by key."""

    def register(function: Namer) -> Namer:
        _pages[kind] = function
        return function

    return register


@dataclass(frozen=True)
class Between:
    """Between whom a share is, before anything of it was ever owed, and what it is worth at most."""

    payee: str
    payer: str
    line: str
    order: str
    worth_rupiah: int
    is_demo: bool = False


Knower = Callable[[str], Between | None]
_knowers: dict[str, Knower] = {}


def know_between(kind: str) -> Callable[[Knower], Knower]:
    """`@know_between("share")`: who pays whom for a share; None where nobody holds anything of it."""

    def register(function: Knower) -> Knower:
        _knowers[kind] = function
        return function

    return register


def between(key: str) -> Between | None:
    """Who pays whom for a subject, as the room above says that knows it."""
    kind = key.partition(":")[0]
    return _knowers[kind](key) if kind in _knowers else None


def let_read(name: str) -> Callable[[Reader], Reader]:
    """`@let_read("orders")`: the keys of the orders whose money a person may read besides the own."""

    def register(function: Reader) -> Reader:
        _readers[name] = function
        return function

    return register


def readable_orders(person: object) -> frozenset[str]:
    """The orders whose money rooms above let this person read."""
    return frozenset(key for reader in _readers.values() for key in reader(person))


def _by_kind(keys: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key in keys:
        if key:
            found.setdefault(key.partition(":")[0], set()).add(key)
    return found


def words_of(keys: Iterable[str]) -> dict[str, str]:
    """How parties and subjects are called; what nobody names stands for itself."""
    found: dict[str, str] = {}
    for kind, some in _by_kind(keys).items():
        named = names_of(some) if kind == "party" else _namers[kind](some) if kind in _namers else {}
        found |= {key: named.get(key, key) for key in some}
    return found


def pages_of(keys: Iterable[str]) -> dict[str, str]:
    """The addresses behind subjects, where a room above has one."""
    found: dict[str, str] = {}
    for kind, some in _by_kind(keys).items():
        if kind in _pages:
            found |= _pages[kind](some)
    return found


def named(keys: Iterable[str]) -> dict[str, Named]:
    """Words and pages of subjects together."""
    wanted = list(keys)
    words, pages = words_of(wanted), pages_of(wanted)
    return {key: Named(key, words[key], pages.get(key, "")) for key in words}


def subject_of(key: str) -> Named | None:
    """The subject behind a key that some room above names; None otherwise."""
    kind = key.partition(":")[0]
    words = _namers[kind]([key]).get(key, "") if kind in _namers else ""
    return Named(key, words) if words else None


def keys_called(text: str, *kinds: str) -> list[str]:
    """The keys of these kinds that are called like a text."""
    text = text.strip()
    return [key for kind in kinds if text and kind in _finders for key in _finders[kind](text)]


def party_keys_called(text: str) -> list[str]:
    """The keys of the parties whose name holds a text, at most so many."""
    parties = Party.objects.filter(name__icontains=text.strip()).order_by("pk")[:MOST_NAMED]
    return [f"party:{pk}" for pk in parties.values_list("pk", flat=True)]
