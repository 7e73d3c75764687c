"""What the chosen makers would give up to let another one in.

A maker with nothing is in every best plan as soon as some plan with it costs less than the one at hand,
because plans without it cost what they did before. Such a plan is built here: take ``y`` pieces from the
dearest of the chosen, wholly as far as possible and the remainder from one that stays above its lot, and give
them to the newcomer. It saves S(y); so a price p lets the maker in when p·y + visit < S(y).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property

import numpy as np

from ordersplit.market import Market
from ordersplit.problem import Ints


class Displacement:
    """The amounts of one plan as a source of pieces. ``fewest`` fresh makers must stay used."""

    def __init__(self, market: Market, amount: Ints, fewest: int) -> None:
        used = np.flatnonzero(amount > 0)
        price, pieces = market.price[used], amount[used]
        order = np.lexsort((used, -pieces, -(price + market.visit[used] / pieces)))
        self.price, self.pieces, self.visit = price[order], pieces[order], market.visit[used][order]
        self.slack = self.pieces - market.lot[used][order]
        self.fresh = market.fresh[used][order]
        self.fewest = fewest
        # Thousands of makers ask the same: each question is answered once.
        self.saved = cache(self._saved)
        self.one_for_one = cache(self._one_for_one)
        self.best_price = cache(self._best_price)

    @cached_property
    def reached(self) -> Ints:
        """Pieces set free by removing the first 1, 2, … wholly."""
        return np.cumsum(self.pieces)

    @cached_property
    def whole(self) -> list[int]:
        """Rupiah saved by removing each wholly."""
        rows = zip(self.price.tolist(), self.pieces.tolist(), self.visit.tolist(), strict=True)
        return [price * pieces + visit for price, pieces, visit in rows]

    @cached_property
    def saved_whole(self) -> list[int]:
        """Rupiah saved by removing none, the first 1, 2, … wholly."""
        return [0, *np.cumsum(np.array(self.whole, dtype=object)).tolist()]

    @cached_property
    def removable(self) -> int:
        """How many of the first may be removed so that with the newcomer enough makers stay."""
        if not self.fewest:
            return int(self.pieces.size)
        spare = int(self.fresh.sum()) + 1 - self.fewest
        return int(np.searchsorted(np.cumsum(self.fresh), spare, side="right"))

    def _saved(self, amount: int) -> int | None:
        """The most that this way of setting ``amount`` pieces free saves, or None if it cannot."""
        count = min(int(np.searchsorted(self.reached, amount, side="right")), self.removable)
        for first in range(count, max(count - 3, -1), -1):
            left = amount - (int(self.reached[first - 1]) if first else 0)
            if left == 0:
                return self.saved_whole[first]
            able = self.price[first:][self.slack[first:] >= left]
            if able.size:
                return self.saved_whole[first] + left * int(able.max())
        return None

    def choices(self, lot: int, most: int) -> Iterator[tuple[int, int]]:
        """Amounts of ``lot`` to ``most`` worth trying, with what each saves."""
        amounts = {most, lot}
        place = int(np.searchsorted(self.reached[: self.removable], most, side="right"))
        if place:
            amounts.add(int(self.reached[place - 1]))
        if self.price.size:
            dearest = int(self.slack[np.argmax(self.price)])
            amounts.add(min(most, dearest))
        for amount in sorted(amounts):
            saving = self.saved(amount) if lot <= amount <= most else None
            if saving is not None:
                yield amount, saving
        yield from self.one_for_one(lot, most)

    def _one_for_one(self, lot: int, most: int) -> tuple[tuple[int, int], ...]:
        """The dearest single maker that the newcomer could replace piece for piece."""
        fitting = np.flatnonzero((self.pieces >= lot) & (self.pieces <= most))
        if self.fewest:
            fitting = fitting[self.fresh[fitting]]
        if fitting.size:
            place = int(fitting[0])
            return ((int(self.pieces[place]), self.whole[place]),)
        return ()

    def _best_price(self, lot: int, most: int, visit: int) -> tuple[int | None, int | None]:
        """The amount, and the highest price per piece at which a newcomer with this lot and most is in."""
        options = [((saving - visit - 1) // amount, amount) for amount, saving in self.choices(lot, most)]
        if not options:
            return None, None
        price, amount = max(options)
        return amount, price

    def price_at_most(self, lot: int, most: int, visit: int) -> int | None:
        """The highest price per piece at which a newcomer with this lot and most is in."""
        return self.best_price(lot, most, visit)[1]

    def largest_gain(self, lot: int, most: int, price: int, visit: int) -> int | None:
        """The largest amount worth trying at which a newcomer at ``price`` makes the plan cheaper."""
        winning = [amount for amount, saving in self.choices(lot, most) if price * amount + visit < saving]
        return max(winning, default=None)

    def amount_from(self, lot: int, most: int, price: int, visit: int) -> int | None:
        """The least amount of ``lot`` to ``most`` found at which a newcomer at ``price`` is in: a larger
        amount spreads its visit over more pieces. None if there is none, or no visit to spread."""
        if visit == 0 or lot > most or not self.price.size or price >= int(self.price.max()):
            return None
        margin = [1, 2, 4, 8]
        per_piece = max(1, int(self.price.max()) - price)
        guesses = {min(most, max(lot, visit // per_piece * step + 1)) for step in margin} | {most}
        ends = self.reached[: self.removable]  # ascending
        first, behind = np.searchsorted(ends, lot, "left"), np.searchsorted(ends, most, "right")
        guesses |= set(ends[first : min(behind, first + 64)].tolist())
        for amount in sorted(guesses):
            saving = self.saved(amount)
            if saving is not None and price * amount + visit < saving:
                return amount
        return None
