"""What the credits of an order mean for a line, in rupiah and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lumbung.orders.rules.turns import part_of_price

if TYPE_CHECKING:
    from lumbung.orders.models import OrderLine, Split


@dataclass(frozen=True)
class CreditTerms:
    """The published credits of a line, in rupiah a unit, and the newcomers' part in basis points."""

    turn: int
    priority: int
    newcomer: int
    newcomer_quota_bp: int

    @property
    def any(self) -> bool:
        return bool(self.turn or self.priority or self.newcomer_quota_bp)


def credit_terms(line: OrderLine) -> CreditTerms:
    order = line.order
    return CreditTerms(
        turn=part_of_price(line.price_rupiah, order.turn_credit_bp),
        priority=part_of_price(line.price_rupiah, order.priority_credit_bp),
        newcomer=part_of_price(line.price_rupiah, order.newcomer_credit_bp),
        newcomer_quota_bp=order.newcomer_quota_bp,
    )


@dataclass(frozen=True)
class CreditResult:
    """What the credits did in a split, in rupiah and units."""

    terms: CreditTerms
    credits_rupiah: int
    dearer_rupiah: int
    """By how much the cheapest plan with credits is dearer than the cheapest without."""
    newcomer_least: int
    newcomer_quantity: int
    newcomer_credit: int

    @property
    def quota_is_filled(self) -> bool:
        return self.newcomer_quantity >= self.newcomer_least


def credit_result(split: Split) -> CreditResult:
    return CreditResult(
        terms=credit_terms(split.line),
        credits_rupiah=split.credits_rupiah,
        dearer_rupiah=max(0, split.cheapest_cost_rupiah - split.uncredited_cost_rupiah),
        newcomer_least=split.newcomer_least,
        newcomer_quantity=split.newcomer_quantity,
        newcomer_credit=split.newcomer_credit_rupiah,
    )
