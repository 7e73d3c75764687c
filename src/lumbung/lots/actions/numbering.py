"""A new lot takes the next code of its year."""

from datetime import date

from foundation import clock
from foundation.vendor.locks import hold_table
from lumbung.lots.actions.ledger import Thing
from lumbung.lots.models import Lot, MaterialKind
from lumbung.lots.queries.lots import last_code
from lumbung.lots.rules.codes import next_code


def new_lot(
    what: Thing,
    quantity: int,
    *,
    made: tuple[date, date],
    subject: str = "",
    origin: str = "",
    is_demo: bool = False,
    by: str,
) -> Lot:
    """Within a transaction: two lots at once take two codes."""
    hold_table(Lot)
    year = clock.today().year
    return Lot.objects.create(
        code=next_code(year=year, last=last_code(year)),
        material=what if isinstance(what, MaterialKind) else None,
        goods=None if isinstance(what, MaterialKind) else what,
        quantity=quantity,
        subject=subject,
        made_from=made[0],
        made_until=made[1],
        origin=" ".join(origin.split())[:200],
        is_demo=is_demo,
        noted_by=by,
    )
