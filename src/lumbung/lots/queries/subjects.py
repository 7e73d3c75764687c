"""What movements are for, in the words of rooms above: a share, a line of an order, a delivery.

This room knows their keys only (`share:77`). A room above says how they are called, who shall get material for one,
and who may follow it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from lumbung.records.queries import names_behind


@dataclass(frozen=True)
class Subject:
    """What something is for, in words, and its page."""

    key: str
    words: str
    url: str = ""


@dataclass(frozen=True)
class Recipient:
    """A maker who needs material: for which subject, for how many pieces of which products.

    The products stand from the particular to the general: `line:12`, then `goods:masker-kain`.
    """

    maker: int
    subject: str
    pieces: int
    products: tuple[str, ...] = ()


Wording = Callable[[Collection[str]], Mapping[str, Subject]]
Finding = Callable[[str], list[Recipient]]
Offering = Callable[[object], Iterable[Subject]]
Reading = Callable[[object], Collection[str]]
_wordings: dict[str, Wording] = {}
_finders: dict[str, Finding] = {}
_offers: list[Offering] = []
_readers: list[Reading] = []


def word_subject(prefix: str) -> Callable[[Wording], Wording]:
    """`@word_subject("share")`: how subjects are called and where their pages are, in one query for a whole page."""

    def register(wording: Wording) -> Wording:
        _wordings[prefix] = wording
        return wording

    return register


def find_recipients(prefix: str) -> Callable[[Finding], Finding]:
    """`@find_recipients("line")`: who shall get material for it."""

    def register(finder: Finding) -> Finding:
        _finders[prefix] = finder
        return finder

    return register


def offer_subjects(offering: Offering) -> Offering:
    """`@offer_subjects`: for what a person may hand out material now."""
    if offering not in _offers:
        _offers.append(offering)
    return offering


def let_read(reading: Reading) -> Reading:
    """`@let_read`: the subjects whose lots and movements a person may follow beside the office."""
    if reading not in _readers:
        _readers.append(reading)
    return reading


def subjects_in_words(keys: Iterable[str]) -> dict[str, Subject]:
    """Every key with its words; one that no room words stands for itself."""
    by_prefix: dict[str, set[str]] = {}
    for key in keys:
        if key:
            by_prefix.setdefault(key.partition(":")[0], set()).add(key)
    found: dict[str, Subject] = {}
    for prefix, wanted in sorted(by_prefix.items()):
        words = _wordings[prefix](sorted(wanted)) if prefix in _wordings else {}
        rest = names_behind(wanted - words.keys()) if wanted - words.keys() else {}
        found |= {key: words.get(key) or Subject(key, rest.get(key, key)) for key in wanted}
    return found


def open_subjects(person: object) -> list[Subject]:
    return [subject for offering in _offers for subject in offering(person)]


def recipients_of(subject: str) -> list[Recipient]:
    finder = _finders.get(subject.partition(":")[0])
    return finder(subject) if finder else []


def subjects_read_by(person: object) -> set[str]:
    return {key for reading in _readers for key in reading(person)}


def holders_in_words(keys: Iterable[str]) -> dict[str, str]:
    """Who has something: stores, makers, buyers, by name."""
    wanted = {key for key in keys if key}
    names = names_behind(wanted) if wanted else {}
    return {key: names.get(key, key) for key in wanted}
