"""Amounts as people write and read them: base units inside, metres, kilograms and litres on the page."""

import re
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from foundation import formats
from foundation.reading import read_number
from lumbung.lots.choices import MaterialUnit
from lumbung.makers.choices import Unit

FACTORS: dict[str, int] = {
    MaterialUnit.MILLIMETRE: 1000,
    MaterialUnit.GRAM: 1000,
    MaterialUnit.MILLILITRE: 1000,
    MaterialUnit.PIECE: 1,
}
LARGEST = 10**12
_SHORT = {MaterialUnit.MILLIMETRE: "m", MaterialUnit.GRAM: "kg", MaterialUnit.MILLILITRE: "l"}
_TAIL = re.compile(
    r"\s*(?:m|meter|metre|metres|kg|kilogram|l|ltr|liter|litre|litres|pcs|buah|lembar)\.?$", re.I
)
_FRACTION = re.compile(
    r"(?P<whole>[0-9]+)[.,](?P<rest>[0-9]{1,3}0?)"
    r"|(?P<grouped>[1-9][0-9]{0,2}(?:(?P<sign>[.,])[0-9]{3})+)(?!(?P=sign))[.,](?P<behind>[0-9]{1,3}0?)"
)
_TWO_READINGS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


class Counted(Protocol):
    """A kind of material or of goods."""

    @property
    def unit(self) -> str: ...


def amount(quantity: int, what: Counted) -> str:
    """120 of cloth is 0,12 m; 4000 masks are 4.000 sheets."""
    return amount_in(quantity, what.unit, material=hasattr(what, "tracks_lots"))


def amount_in(quantity: int, unit: str, *, material: bool) -> str:
    if not material:
        return f"{formats.number(quantity)}{formats.NO_BREAK}{Unit(unit).label}"
    number = number_in(quantity, unit)
    short = _SHORT.get(MaterialUnit(unit)) or MaterialUnit.PIECE.label
    return f"{number}{formats.NO_BREAK}{short}"


def number_in(quantity: int, unit: str) -> str:
    """The bare number in the unit people speak of, exact: 1250 millimetres are 1,25."""
    factor = FACTORS[unit]
    whole, rest = divmod(abs(quantity), factor)
    text = formats.number(whole)
    if rest:
        sign = "," if formats.number(1000)[1] == "." else "."
        text += sign + f"{rest:0{len(str(factor)) - 1}d}".rstrip("0")
    return f"-{text}" if quantity < 0 else text


def number_typed(quantity: int, unit: str) -> str:
    """As it stands in a field to be changed: 1,001 would be read as a thousand, so a nought follows it."""
    text = number_in(quantity, unit)
    return f"{text}0" if quantity % FACTORS[unit] and _TWO_READINGS.fullmatch(text) else text


def read_amount(written: str, unit: str) -> int:
    """Base units of what was typed in the spoken unit: 12,5 metres are 12500. ValueError with a sentence otherwise.

    `1.250` is twelve hundred and fifty, as everywhere; `0,125`, `1,25` and `1.250,5` are fractions, which only what
    is measured has.
    """
    factor = FACTORS[unit]
    text = _TAIL.sub("", written.strip())
    parts = _FRACTION.fullmatch(text) if factor > 1 and not _TWO_READINGS.fullmatch(text) else None
    if parts:
        whole = re.sub(r"[.,]", "", parts["whole"] or parts["grouped"])
        found = int(Decimal(f"{whole}.{parts['rest'] or parts['behind']}") * factor)
    else:
        found = read_number(text) * factor
    if found > LARGEST:
        raise ValueError(_("That is more than any store holds. Please check the unit."))
    return found


def needed(pieces: int, per_thousand: int) -> int:
    """What so many pieces need, rounded up to a whole base unit."""
    return -(-pieces * per_thousand // 1000)
