"""Invented people: names from Faker, put together by the words of the demo's file."""

from collections.abc import Collection
from functools import partial
from random import Random
from typing import Any

from faker import Faker

from lumbung.desk.management.demo.province import Table
from lumbung.people.choices import Salutation
from lumbung.people.rules import NewPerson

PHONES_OF_NOBODY = "+6280000"
"""Numbers that begin like this are given to nobody in Indonesia."""


class People:
    """Gives out invented people, always the same for the same seed; no NIK, no phone that can be called."""

    def __init__(self, words: Table, chance: Random, *, reserved: Collection[str] = ()) -> None:
        self.words, self.chance, self.reserved = words, chance, frozenset(reserved)
        self.count = 0
        names: Any = Faker(words["locale"], use_weighting=False)
        names.seed_instance(chance.randrange(2**32))
        self.first = {
            Salutation.IBU: names.first_name_female,
            Salutation.BAPAK: names.first_name_male,
        }
        self.last = {Salutation.IBU: names.last_name_female, Salutation.BAPAK: names.last_name_male}
        self.left_out = frozenset(words.get("leave_out", ()))
        self.titles = _titles(words.get("titles", ()))

    def phone(self) -> str:
        """The next number of nobody; those of the demo's accounts are kept free."""
        self.count += 1
        number = f"{PHONES_OF_NOBODY}{self.count:06d}"
        return self.phone() if number in self.reserved else number

    def somebody(self, regency: str, *, phone: bool = True) -> NewPerson:
        """A person of this regency."""
        is_woman = self.chance.random() * 100 < self.words["women_percent"]
        salutation = Salutation.IBU if is_woman else Salutation.BAPAK
        second = self.chance.random() * 100 < self.words["second_name_percent"]
        words = [
            self._title(regency, salutation),
            self._usual(self.first[salutation]),
            self._usual(self.last[salutation]) if second else "",
        ]
        return NewPerson(" ".join(filter(None, words)), salutation, self.phone() if phone else "")

    def _title(self, regency: str, salutation: Salutation) -> str:
        titles = self.titles.get((regency, salutation))
        return self.chance.choice(titles) if titles else ""

    def _usual(self, draw: partial[str]) -> str:
        """A name that the demo's file does not leave out."""
        name = draw()
        while name in self.left_out:
            name = draw()
        return name

    def house(self) -> str:
        return f"Jl. {self.chance.choice(self.words['roads'])} {self.chance.randint(1, 999)}"

    def account(self) -> str:
        return f"99{self.chance.randrange(10**10):010d}"

    def bank(self) -> str:
        return str(self.chance.choice(self.words["banks"]))

    def hamlet(self) -> str:
        return str(self.chance.choice(self.words["hamlets"]))

    def group(self) -> str:
        return str(self.chance.choice(self.words["groups"]))


def _titles(written: Collection[Table]) -> dict[tuple[str, Salutation], list[str]]:
    """What may stand before a name, by regency and salutation."""
    return {
        (regency, salutation): table[key]
        for table in written
        for regency in table["regencies"]
        for salutation, key in ((Salutation.IBU, "women"), (Salutation.BAPAK, "men"))
    }
