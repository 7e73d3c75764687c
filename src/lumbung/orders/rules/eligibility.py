"""Who may take part in an order, and the one reason why not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lumbung.orders.choices import PriceMode, Reason
from lumbung.orders.rules.turns import NOTHING, Credits


@dataclass(frozen=True, slots=True)
class Candidate:
    """A maker who makes this kind of goods, with what counts for this order. Rupiah, units, metres."""

    maker: int
    name: str
    village: str
    households: int
    price: int
    """What a unit is paid: the order's price, or the maker's own."""
    own_price: int
    capacity: int
    """Units until the due date that are not promised elsewhere."""
    minimum_lot: int
    distance_metres: int | None
    """By road to the nearest collection point of the order; None where no point is known."""
    collection_point: int | None
    transport: int
    """Rupiah a unit to that collection point."""
    visit: int
    is_active: bool = True
    duplicate_of: int | None = None
    duplicate_sign: str = ""
    missing_schemes: tuple[str, ...] = ()
    is_first_time: bool = True
    free_days: int = 0
    answered: bool = False
    """Whether the maker already answered an offer of this line."""
    credits: Credits = NOTHING
    """By how many rupiah a unit it is ranked cheaper."""

    @property
    def unit_cost(self) -> int:
        return self.price + self.transport


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a maker is not eligible: a reason and its numbers."""

    reason: Reason
    numbers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the order asks of everybody."""

    price_mode: PriceMode
    ceiling: int


def why_not_eligible(candidate: Candidate, terms: Terms) -> Refusal | None:
    """The first reason that stands in the way, in a fixed order, or None."""
    if not candidate.is_active:
        return Refusal(Reason.NOT_ACTIVE)
    if candidate.duplicate_of is not None:
        return Refusal(Reason.DUPLICATE, {"maker": candidate.duplicate_of, "sign": candidate.duplicate_sign})
    if candidate.missing_schemes:
        return Refusal(Reason.CERTIFICATE, {"schemes": list(candidate.missing_schemes)})
    if terms.price_mode == PriceMode.OWN and candidate.own_price > terms.ceiling:
        return Refusal(Reason.PRICE_ABOVE_CEILING, {"price": candidate.own_price, "ceiling": terms.ceiling})
    if candidate.distance_metres is None:
        return Refusal(Reason.NO_POINT)
    return _why_not_capacity(candidate)


def _why_not_capacity(candidate: Candidate) -> Refusal | None:
    if candidate.capacity <= 0:
        return Refusal(Reason.NO_CAPACITY, {"free_days": candidate.free_days})
    if candidate.minimum_lot > candidate.capacity:
        return Refusal(
            Reason.LOT_ABOVE_CAPACITY, {"lot": candidate.minimum_lot, "capacity": candidate.capacity}
        )
    return None


def divide(
    candidates: list[Candidate], terms: Terms
) -> tuple[list[Candidate], list[tuple[Candidate, Refusal]]]:
    """Who may take part, and who may not with the reason."""
    eligible: list[Candidate] = []
    refused: list[tuple[Candidate, Refusal]] = []
    for candidate in candidates:
        refusal = why_not_eligible(candidate, terms)
        if refusal:
            refused.append((candidate, refusal))
        else:
            eligible.append(candidate)
    return eligible, refused


def transport_rupiah(*, distance_metres: int, rupiah_per_100_km: int) -> int:
    """Transport of one unit, rounded up to the rupiah."""
    return -(-distance_metres * rupiah_per_100_km // 100_000)
