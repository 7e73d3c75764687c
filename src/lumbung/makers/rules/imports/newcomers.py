"""What a maker needs that does not stand in the register yet."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.makers.choices import MakerKind
from lumbung.makers.rules.checks import (
    faults_of_good,
    why_not_household,
    why_not_last_made,
    why_not_name,
    why_not_workshop,
)
from lumbung.makers.rules.imports.known import Cell, KnownPerson, Register, Told, ToldGood
from lumbung.makers.rules.imports.rows import Reading

COLUMN_OF = {"price_rupiah": "price", "weekly_capacity": "capacity", "minimum_lot": "lot"}
MOST_HOUSEHOLDS = 5_000


def owner_of(told: Told, *, named: bool) -> str | None:
    """Who answers for a new maker."""
    return told.get("owner") or (None if named else told.get("name"))


def faults_of_new(reading: Reading, told: Told, register: Register, person: KnownPerson | None) -> None:
    """Say everything that keeps a new maker out."""
    for name, sentence in _faults(reading, told, register, person).items():
        if sentence and not told.wrong & {name, "number" if name == "name" else name}:
            reading.fault(told.cells.get(name) or Cell(told.row, name), sentence)
    for good in told.goods:
        fault_of_good(reading, told, good, good.price, good.capacity, 1 if good.lot is None else good.lot)


def _faults(
    reading: Reading, told: Told, register: Register, person: KnownPerson | None
) -> dict[str, str | None]:
    kind = told.get("kind") or MakerKind.WORKSHOP
    owner = owner_of(told, named=reading.owners_are_named)
    group = person.group if person and kind == MakerKind.WORKSHOP else None
    return {
        "name": why_not_name(told.get("name")) if told.get("name") else None,
        "owner": why_not_workshop(group) or (None if owner else _("Write who answers for the business.")),
        "last_made_on": why_not_last_made(told.get("last_made_on"), today=register.today),
        "households": why_not_number(told, kind),
        "members": why_not_household(kind=kind, belongs_to=None, owns=None) if told.get("members") else None,
    }


def why_not_number(told: Told, kind: str) -> str | None:
    """The reason why this cannot be the number of households, or None."""
    number, named = told.get("households"), len(told.get("members") or ())
    if number is None:
        return None
    if kind != MakerKind.GROUP and number > 1:
        return why_not_household(kind=kind, belongs_to=None, owns=None)
    if not 1 <= number <= MOST_HOUSEHOLDS:
        return _("A maker has from 1 to %(most)s households.") % {"most": MOST_HOUSEHOLDS}
    if number < named:
        return _("%(named)s names are written, and only %(number)s households.") % {
            "named": named,
            "number": number,
        }
    return None


_NO_COLUMN = {
    "price_rupiah": gettext_lazy("There is no column with its price. Call it: Price per unit."),
    "weekly_capacity": gettext_lazy("There is no column with its capacity. Call it: Capacity a week."),
}


def fault_of_good(
    reading: Reading, told: Told, good: ToldGood, price: int | None, capacity: int | None, lot: int
) -> None:
    """Say what is missing or impossible about a good; a number that could not be read was said before."""
    numbers = {"price_rupiah": price, "weekly_capacity": capacity, "minimum_lot": lot}
    missing = {field for field, number in numbers.items() if number is None}
    found = faults_of_good(
        **{field: 1 if number is None else number for field, number in numbers.items()}
    ) | {field: _("Nothing is written here.") for field in missing}
    if "weekly_capacity" in missing:
        found.pop("minimum_lot", None)
    has = reading.table.places
    for field, sentence in found.items():
        key = f"{COLUMN_OF[field]}{good.end}"
        if key not in has and key.replace("capacity", "capacity_month") in has:
            key = key.replace("capacity", "capacity_month")
        elif key not in has and field in missing:
            sentence = str(_NO_COLUMN[field])
        if good.row != told.row or not told.wrong & {key, f"{key.replace('capacity', 'capacity_month')}"}:
            reading.fault(Cell(good.row, key), sentence)
