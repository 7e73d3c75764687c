"""Who shall get how much of a material: the makers of a subject, what the norm says, what they had already."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum

from foundation import clock
from lumbung.lots.models import Holding, MaterialKind
from lumbung.lots.queries.kinds import norms_on
from lumbung.lots.queries.subjects import Recipient, recipients_of
from lumbung.lots.rules.amounts import needed
from lumbung.makers.models import Maker

ROWS = 25


@dataclass(frozen=True)
class Due:
    """A maker, what its part needs, and what it was handed for it."""

    maker: Maker
    recipient: Recipient
    wanted: int | None
    handed: int

    @property
    def still(self) -> int | None:
        """What is still to be handed out; None where no norm says."""
        return max(0, self.wanted - self.handed) if self.wanted is not None else None


@dataclass(frozen=True)
class DuePage:
    rows: list[Due]
    first: int
    total: int
    before: int | None
    after: int | None


def due_page(subject: str, material: MaterialKind, *, start: int = 0) -> DuePage:
    """Some of the makers of a subject; the list is in memory, since a room above has it."""
    everybody = recipients_of(subject)
    start = start if 0 <= start < len(everybody) else 0
    rows = due_of(everybody[start : start + ROWS], material)
    return DuePage(
        rows,
        start + 1 if rows else 0,
        len(everybody),
        max(0, start - ROWS) if start else None,
        start + ROWS if start + ROWS < len(everybody) else None,
    )


def due_of(recipients: Sequence[Recipient], material: MaterialKind) -> list[Due]:
    """Three queries, whatever their number."""
    makers = Maker.objects.select_related("party", "village__district__regency")
    found = makers.in_bulk([one.maker for one in recipients])
    products = {product for one in recipients for product in one.products}
    norms = norms_on(material.pk, products, clock.today())
    subjects = [one.subject for one in recipients]
    handed = Holding.objects.filter(subject__in=subjects, material=material).order_by()
    had = {
        (maker, subject): taken - back
        for maker, subject, taken, back in handed.values_list("maker", "subject").annotate(
            Sum("taken"), Sum("returned")
        )
    }
    return [
        Due(
            found[one.maker],
            one,
            _wanted(one, norms),
            had.get((one.maker, one.subject), 0),
        )
        for one in recipients
        if one.maker in found
    ]


def _wanted(one: Recipient, norms: dict[str, int]) -> int | None:
    norm = next((norms[product] for product in one.products if product in norms), None)
    return None if norm is None else needed(one.pieces, norm)
