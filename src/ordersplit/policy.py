"""What the office decreed: how much spreading may cost, hard limits, credits, the seed of the lottery."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from ordersplit.problem import HIGHEST_PRICE, HIGHEST_QUANTITY, Ints, IntsLike, whole_numbers

Budget = Fraction | int | str | float | None


def exact_fraction(value: Budget) -> Fraction | None:
    """``value`` without rounding: 0.02 is read as the two hundredths that were written, not as a binary
    neighbour. Raises ValueError for what is not a number, negative or above 10."""
    if value is None:
        return None
    try:
        fraction = Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
    except (ValueError, ZeroDivisionError, TypeError) as error:
        raise ValueError(f"cost_budget: {value!r} is not a number") from error
    if not 0 <= fraction <= 10:
        raise ValueError(f"cost_budget: {value!r} is outside 0 to 10 (0.02 means two per cent)")
    return fraction


@dataclass(frozen=True, eq=False)
class Policy:
    """How an order is to be split.

    cost_budget    part of the least cost that may be spent on a lower common cap (0.02 is two per cent);
                   0 or None gives the cheapest plan
    max_share      hard limit of pieces per household
    max_quantity   hard limit of pieces per maker, however many households it has
    min_suppliers  fewest makers who must get something
    credits        rupiah per piece per maker, aligned with the suppliers: they rank a maker as if it were
                   cheaper, and never change the price it is paid
    tie_seed       published text that seeds the lottery between makers of equal price
    """

    cost_budget: Budget = Fraction(2, 100)
    max_share: int | None = None
    max_quantity: int | None = None
    min_suppliers: int | None = None
    credits: IntsLike | None = None
    tie_seed: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "cost_budget", exact_fraction(self.cost_budget))
        for name in ("max_share", "max_quantity", "min_suppliers"):
            self._check_limit(name, getattr(self, name))
        if not isinstance(self.tie_seed, str):
            raise ValueError("tie_seed: a text is needed")
        if self.credits is not None and np.ndim(self.credits) not in (0, 1):
            raise ValueError("credits: one number per supplier")

    @staticmethod
    def _check_limit(name: str, value: object) -> None:
        if value is None:
            return
        if isinstance(value, bool) or not isinstance(value, int | np.integer):
            raise ValueError(f"{name}: a whole number or None is needed, not {value!r}")
        if not 1 <= value <= HIGHEST_QUANTITY:
            raise ValueError(f"{name}: {value} is outside 1 to {HIGHEST_QUANTITY}")

    @property
    def budget(self) -> Fraction:
        """The cost budget as a fraction; nothing counts as 0."""
        return self.cost_budget if isinstance(self.cost_budget, Fraction) else Fraction(0)

    @property
    def fewest_makers(self) -> int:
        """How many makers must get something; 0 when nothing was decreed."""
        return int(self.min_suppliers or 0)

    def credits_of(self, count: int) -> Ints:
        """The credits of ``count`` suppliers, in rupiah per piece; raises ValueError if they do not fit."""
        given: IntsLike = 0 if self.credits is None else self.credits
        return whole_numbers(given, "credits", count, 0, HIGHEST_PRICE)

    def with_budget(self, budget: Budget) -> Policy:
        """This policy with another cost budget."""
        return replace(self, cost_budget=budget)

    def with_credits(self, credits: IntsLike) -> Policy:
        """This policy with other credits."""
        return replace(self, credits=credits)
