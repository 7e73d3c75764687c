"""Entries that may be one with others: said, and taken in all the same."""

from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from lumbung.makers.choices import Outcome
from lumbung.makers.rules.imports.known import Entry, KnownMaker, Register, Told
from lumbung.makers.rules.imports.rows import Reading
from lumbung.makers.rules.spelling import house_key, sort_name


class _Sign(NamedTuple):
    """What two may share: the cell it stands in, and how it reads in the file and in the register."""

    field: str
    of_told: Callable[[Told], Hashable | None]
    of_known: Callable[[KnownMaker], Hashable | None]
    sentence_of_file: str
    sentence_of_register: str


def _signs() -> Iterable[_Sign]:
    yield _Sign(
        "phone",
        lambda told: told.get("phone"),
        lambda maker: maker.phone,
        _("Row %(row)s has the same phone. Is it the same maker?"),
        _("%(maker)s has the same phone. Is it the same maker?"),
    )
    yield _Sign(
        "bank_account",
        lambda told: told.get("bank_account"),
        lambda maker: maker.bank_account,
        _("Row %(row)s has the same account. Is it the same maker?"),
        _("%(maker)s has the same account. Is it the same maker?"),
    )
    yield _Sign(
        "name",
        lambda told: (sort_name(told.get("name") or ""), told.get("village")),
        lambda maker: (sort_name(maker.name), maker.village),
        _("Row %(row)s has the same name in the same village. Is it the same maker?"),
        _("%(maker)s, in the same village, has the same name. Is it the same maker?"),
    )
    yield _Sign(
        "house",
        lambda told: _house(told.get("village"), told.get("house")),
        lambda maker: _house(maker.village, maker.house),
        _("Row %(row)s has the same house. Is it the same maker?"),
        _("%(maker)s has the same house. Is it the same maker?"),
    )


def _house(village: str | None, house: str | None) -> Hashable | None:
    key = house_key(house) if house and village else ""
    return (village, key) if any(sign.isdigit() for sign in key) else None


def warn_of_likeness(reading: Reading, register: Register, entries: list[Entry]) -> None:
    """At most one remark a new maker: the first sign that it shares with somebody."""
    new = [entry.told for entry in entries if entry.outcome == Outcome.NEW]
    said: set[int] = set()
    for sign in _signs():
        known: dict[Hashable, KnownMaker] = {}
        for maker in register.makers:
            if key := sign.of_known(maker):
                known.setdefault(key, maker)
        first: dict[Hashable, int] = {}
        for told in new:
            key = sign.of_told(told)
            if not key or told.row in reading.bad or sign.field not in told.cells:
                continue
            row = first.setdefault(key, told.row)
            if told.row in said or (row == told.row and key not in known):
                continue
            said.add(told.row)
            if key in known:
                sentence = sign.sentence_of_register % {"maker": known[key].name}
            else:
                sentence = sign.sentence_of_file % {"row": row}
            reading.warn(told.cells[sign.field], sentence)
