"""A price sheet: parts that sum to the buyer's price, one of them the rest. No database."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation import formats
from lumbung.money.choices import LARGEST_RUPIAH, WHOLE_BP, Receiver


@dataclass(frozen=True)
class NewRow:
    """A part as it is told: rupiah, or hundredths of a percent of the buyer's price, or the rest."""

    receiver: Receiver
    words: str = ""
    rupiah: int | None = None
    basis_points: int | None = None
    is_rest: bool = False


def amounts_of(buyer_rupiah: int, rows: Sequence[NewRow]) -> list[int]:
    """Rupiah of each row; parts of the price are rounded down, and the rest takes what is left."""
    told = [_told(buyer_rupiah, row) for row in rows]
    return [
        buyer_rupiah - sum(told) if row.is_rest else amount for row, amount in zip(rows, told, strict=True)
    ]


def _told(buyer_rupiah: int, row: NewRow) -> int:
    if row.is_rest:
        return 0
    if row.basis_points is not None:
        return buyer_rupiah * row.basis_points // WHOLE_BP
    return row.rupiah or 0


@dataclass(frozen=True)
class Bar:
    """One part of a price as it is drawn: what it takes away from the right, or what is left at the left."""

    words: str
    rupiah: int
    basis_points: int
    start: str
    width: str
    is_maker: bool


def bars(price: int, parts: Sequence[tuple[str, int, bool]]) -> list[Bar]:
    """From the buyer's rupiah to the last household: what each part (words, rupiah, is it the household's) takes away.

    The household's part comes last and begins at the left, where everything that was taken away has left it.
    """
    left = price
    drawn = []
    for words, rupiah, is_maker in sorted(parts, key=lambda part: part[2]):
        left -= rupiah
        start = 0 if is_maker else left
        drawn.append(
            Bar(
                words,
                rupiah,
                rupiah * WHOLE_BP // price,
                _percent(start, price),
                _percent(rupiah, price),
                is_maker,
            )
        )
    return drawn


def _percent(value: int, whole: int) -> str:
    hundredths = max(0, value) * WHOLE_BP // whole
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def why_not_sheet(buyer_rupiah: int, rows: Sequence[NewRow]) -> str | None:
    """The reason why these parts are no price sheet, or None."""
    if not 0 < buyer_rupiah <= LARGEST_RUPIAH:
        return _("Write the buyer's price for one unit.")
    if sum(row.is_rest for row in rows) != 1:
        return _("One part takes what is left over. Choose which.")
    if sum(row.receiver == Receiver.MAKER for row in rows) != 1:
        return _("One part goes to the household that makes it.")
    if any(not row.is_rest and (row.rupiah is None) == (row.basis_points is None) for row in rows):
        return _("Each part is rupiah or percent, one of the two.")
    if any((row.rupiah or 0) < 0 or (row.basis_points or 0) < 0 for row in rows):
        return _("A part cannot be less than nothing.")
    told = sum(_told(buyer_rupiah, row) for row in rows)
    if told > buyer_rupiah:
        return _("The parts are %(parts)s, but the buyer pays %(price)s.") % {
            "parts": formats.rupiah(told),
            "price": formats.rupiah(buyer_rupiah),
        }
    return None
