"""The two sheets as they come in: makers, the order, and what is wrong with them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from foundation.formats import number
from foundation.sheets import Row, Table, cell_name, flipped, open_grids, read_table
from lumbung.orders.management.two_sheets.columns import MAKERS, ORDER

DEFAULT_TOLERANCE_BP = 200


@dataclass(frozen=True)
class Maker:
    """A row of the makers' sheet. Rupiah and pieces."""

    row: int
    name: str
    village: str
    capacity: int
    minimum_lot: int
    price: int
    transport: int
    visit: int
    certificates: tuple[str, ...]
    priority: int | bool
    """A credit in rupiah a piece; True is a plain yes."""

    @property
    def key(self) -> str:
        """Name and village, as the draw and the published hash know a maker."""
        return f"{_plain(self.name)} | {_plain(self.village)}"


@dataclass(frozen=True)
class Order:
    """The row of the order's sheet."""

    quantity: int
    ceiling: int | None
    certificates: tuple[str, ...]
    tolerance_bp: int
    limit: int | None


def read_makers(path: Path) -> tuple[list[Maker], Table]:
    """The makers, and the table with all faults of the file."""
    table = read_table(open_grids(path), MAKERS)
    if any(column.required and column.key not in row.places for row in table.rows for column in MAKERS):
        return [], table
    makers = [_maker(row) for row in table.rows]
    first: dict[str, Maker] = {}
    for row, maker in zip(table.rows, makers, strict=True):
        if maker.key in first:
            table.add_fault(row, "name", _twice(maker, first[maker.key], row))
        first.setdefault(maker.key, maker)
        if maker.minimum_lot > maker.capacity:
            table.add_fault(row, "minimum_lot", _lot_above_capacity(maker))
        if maker.priority is not True and maker.priority > maker.price + maker.transport:
            table.add_fault(row, "priority", _("The credit is more than the price."))
    if not table.rows and not table.faults:
        table.add_general_fault(_("No maker stands below the headings."))
    table.faults.sort()
    return makers, table


def read_order(path: Path) -> tuple[Order | None, Table]:
    """The order, and the table with all faults; headings stand above their values or at the left."""
    grids = open_grids(path)
    table = read_table([*grids, *map(flipped, grids)], ORDER)
    if len(table.rows) > 1:
        for row in table.rows[1:]:
            table.add_fault(row, "quantity", _("One order is split at a time: keep one row."))
    if not table.rows and not table.faults:
        table.add_general_fault(_("No order stands below the headings."))
    return (_order(table.rows[0]) if table.rows else None), table


def _maker(row: Row) -> Maker:
    return Maker(
        row=row.number,
        name=row["name"],
        village=row["village"],
        capacity=row["capacity"],
        minimum_lot=row["minimum_lot"] or 1,
        price=row["price"],
        transport=row["transport"] or 0,
        visit=row["visit"] or 0,
        certificates=row["certificates"] or (),
        priority=row["priority"] or 0,
    )


def _order(row: Row) -> Order:
    tolerance = row["tolerance"]
    return Order(
        quantity=row["quantity"],
        ceiling=row["ceiling"],
        certificates=row["certificates"] or (),
        tolerance_bp=DEFAULT_TOLERANCE_BP if tolerance is None else tolerance,
        limit=row["limit"],
    )


def _twice(maker: Maker, first: Maker, row: Row) -> str:
    return _("%(name)s of %(village)s stands in the sheet twice: first in %(cell)s.") % {
        "name": maker.name,
        "village": maker.village,
        "cell": cell_name(first.row, row.places["name"]),
    }


def _lot_above_capacity(maker: Maker) -> str:
    return _("The minimum %(lot)s is above the capacity %(capacity)s.") % {
        "lot": number(maker.minimum_lot),
        "capacity": number(maker.capacity),
    }


def _plain(words: str) -> str:
    """Case, spaces and signs make no other maker."""
    return " ".join(re.findall(r"\w+", words.casefold()))


def missing_certificates(wanted: Sequence[str], held: Sequence[str]) -> tuple[str, ...]:
    """Which of the wanted names are not among those held; case and signs do not count."""
    plain = {_plain(name).replace(" ", "") for name in held}
    return tuple(name for name in wanted if _plain(name).replace(" ", "") not in plain)
