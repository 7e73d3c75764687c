"""How many pieces of a lot are looked at, and how many may be wrong: the tables of MIL-STD-105E, read as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lumbung.deliveries.choices import Looks, WhyWhole

if TYPE_CHECKING:
    from lumbung.deliveries.models import Inspection

DOWN, UP = "down", "up"


@dataclass(frozen=True)
class Terms:
    """How a line is inspected: level 1 to 3, acceptable quality level, below which size all pieces are looked at."""

    level: int
    aql_bp: int
    small_below: int


@dataclass(frozen=True)
class Tables:
    """The tables as they stand in the file: letters by lot size, sizes by letter, acceptance numbers by letter."""

    source: str
    lots: Sequence[tuple[int, tuple[str, str, str]]]
    sizes: Mapping[str, int]
    plans: Mapping[int, Sequence[int | str]]

    @property
    def levels(self) -> list[int]:
        return [1, 2, 3]

    @property
    def aqls_bp(self) -> list[int]:
        return sorted(self.plans)

    def letter_for(self, lot: int, level: int) -> str:
        """The code letter of a lot."""
        return next(letters[level - 1] for up_to, letters in self.lots if lot <= up_to)

    def plan_at(self, letter: str, aql_bp: int) -> tuple[str, int, int]:
        """The letter after following the arrow, its sample size and its acceptance number."""
        letters, column = list(self.sizes), self.plans[aql_bp]
        at = letters.index(letter)
        while isinstance(column[at], str):
            at += 1 if column[at] == DOWN else -1
        return letters[at], self.sizes[letters[at]], int(column[at])


@dataclass(frozen=True)
class Plan:
    """What an inspection has to do with a lot."""

    looks: Looks
    lot: int
    sample: int
    acceptance: int = 0
    rejection: int = 0
    letter: str = ""
    level: int = 0
    aql_bp: int = 0
    why: WhyWhole | None = None

    @property
    def is_sample(self) -> bool:
        return self.looks == Looks.SAMPLE


def tables_from(read: Mapping[str, Any]) -> Tables:
    """The tables from the file's content."""
    return Tables(
        source=read["source"],
        lots=[(row["up_to"], tuple(row["letters"])) for row in read["lots"]],
        sizes=read["sizes"],
        plans={int(aql): column for aql, column in read["plans"].items()},
    )


def plan_for(
    lot: int, terms: Terms | None, tables: Tables, *, failed: bool = False, again: bool = False
) -> Plan:
    """A sample where terms were confirmed and the lot is large enough, otherwise every piece, with the reason.

    After a failed sample, and for pieces that came back from rework, every piece is looked at.
    """
    if again:
        return _whole(lot, WhyWhole.AGAIN)
    if failed:
        return _whole(lot, WhyWhole.FAILED)
    if terms is None:
        return _whole(lot, WhyWhole.NO_TERMS)
    if lot < terms.small_below:
        return _whole(lot, WhyWhole.SMALL)
    letter, sample, acceptance = tables.plan_at(tables.letter_for(lot, terms.level), terms.aql_bp)
    if sample >= lot:
        return _whole(lot, WhyWhole.COVERED)
    return Plan(Looks.SAMPLE, lot, sample, acceptance, acceptance + 1, letter, terms.level, terms.aql_bp)


def _whole(lot: int, why: WhyWhole) -> Plan:
    return Plan(Looks.WHOLE, lot, lot, why=why)


def plan_kept(inspection: "Inspection") -> Plan:
    """The plan that was copied into an inspection when it was opened."""
    return Plan(
        Looks(inspection.looks),
        inspection.lot_quantity,
        inspection.sample_quantity,
        inspection.acceptance_number,
        inspection.rejection_number,
        inspection.code_letter,
        inspection.level,
        inspection.aql_bp,
    )
