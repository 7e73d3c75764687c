"""Why a maker got its amount, or nothing, and what would have changed that.

For a share:
CAPACITY       all the maker can make
COMMON_CAP     all that cap and limits allow this maker
MINIMUM_LOT    its lot
LAST_MAKER     what was left over to fill the order exactly
KEPT           accepted before, and kept
For nothing:
COST           its all-in price is above that of the last maker needed
LOT_ABOVE_CAP  its lot is larger than what cap and limits allow it
TIE            equal to makers who got something; preference or the lottery put them first
NO_CAPACITY    it can make less than its lot
DECLINED       had said no before
FAILED         had not answered or not kept its share before
SURPLUS        its price would do, but what was open was filled without it and its lot did not fit the rest
NO_PLAN        the order cannot be filled

The counterfactuals (``unit_cost_at_most``, ``capacity_from``, ``lot_at_most``) come from a real plan: see
``ordersplit.displacement``. They hold with the common cap kept at the published one, and without exception
when ``cost_proven``; otherwise they are statements about the plan and prices that were published, and a run
that finds a cheaper plan may differ within its gap.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ordersplit.bound import Bound, bound_at
from ordersplit.displacement import Displacement
from ordersplit.market import Flags, Ground, Market, ground_of
from ordersplit.problem import Ints

if TYPE_CHECKING:
    from ordersplit.allocation import Allocation

CAPACITY = "CAPACITY"
COMMON_CAP = "COMMON_CAP"
MINIMUM_LOT = "MINIMUM_LOT"
LAST_MAKER = "LAST_MAKER"
KEPT = "KEPT"
COST = "COST"
LOT_ABOVE_CAP = "LOT_ABOVE_CAP"
TIE = "TIE"
NO_CAPACITY = "NO_CAPACITY"
DECLINED = "DECLINED"
FAILED = "FAILED"
SURPLUS = "SURPLUS"
NO_PLAN = "NO_PLAN"


@dataclass(frozen=True)
class Numbers:
    """The figures of a reason: whole numbers, None where a figure does not belong to the reason.

    amount                    pieces given
    capacity, lot             of the maker
    cap                       most pieces this maker may have under cap and limits
    common_cap, households    pieces per household, and how many the maker has
    open                      pieces that were to be given out
    cutoff_price, own_price   all-in ranking rupiah per piece: of the last maker needed (rounded down),
                              and the maker's own, visit included (rounded up)
    unit_cost, credit         of the maker, rupiah per piece
    unit_cost_at_most         at this unit cost or below, all else equal, the maker is in
    capacity_from             from this capacity on, all else equal, the maker is in; None if at none
    lot_at_most               with this lot or a smaller one it could take part, and at ``unit_cost_at_most``
                              it is in; at its own price if that is the same, at none if that is None
    ticket, limit_ticket      own, and the last that got something among equals; the lower goes first
    preference, limit_preference   the same for preference, which goes before the ticket
    """

    amount: int | None = None
    capacity: int | None = None
    lot: int | None = None
    cap: int | None = None
    common_cap: int | None = None
    households: int | None = None
    open: int | None = None
    cutoff_price: int | None = None
    own_price: int | None = None
    unit_cost: int | None = None
    credit: int | None = None
    unit_cost_at_most: int | None = None
    capacity_from: int | None = None
    lot_at_most: int | None = None
    ticket: int | None = None
    limit_ticket: int | None = None
    preference: int | None = None
    limit_preference: int | None = None

    def as_dict(self) -> dict[str, int]:
        """The figures that belong to the reason."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True)
class Explanation:
    """One reason and its figures; sentences are made by whoever shows it."""

    code: str
    numbers: Numbers


class Reasons:
    """The reasons of one allocation, for every supplier."""

    def __init__(self, allocation: Allocation) -> None:
        self.allocation = allocation
        self.suppliers = allocation.problem.suppliers

    @cached_property
    def ground(self) -> Ground:
        """The ground that was split."""
        given = self.allocation
        out = given.declined | given.failed
        return ground_of(given.problem, given.policy, given.frozen, given.ceilings, out)

    @cached_property
    def market(self) -> Market:
        """The market under the published cap."""
        return self.ground.market(self.allocation.common_cap)

    @cached_property
    def bound(self) -> Bound:
        """The bound at the published prices."""
        return bound_at(self.market, self.allocation.prices, np.zeros(0, dtype=np.int64))

    @cached_property
    def amount(self) -> Ints:
        """Pieces given beyond what is kept, aligned with the market."""
        return (self.allocation.quantity - self.ground.floor)[self.market.index]

    @cached_property
    def place(self) -> Ints:
        """Each supplier's place in the market, or -1."""
        place = np.full(len(self.suppliers), -1, dtype=np.int64)
        place[self.market.index] = np.arange(len(self.market))
        return place

    @cached_property
    def rule(self) -> Ints:
        """The most that cap and limits allow each supplier."""
        return self.ground.rule_limit(self.allocation.common_cap)

    @cached_property
    def entry(self) -> npt.NDArray[Any]:
        """Scaled reduced cost of the best way to use each maker of the market."""
        best: npt.NDArray[Any] = np.minimum(self.bound.at_lot, self.bound.at_most)
        return best

    @cached_property
    def displacement(self) -> Displacement:
        """What others would give up."""
        fewest = self.market.fewest
        return Displacement(self.market, self.amount, fewest)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """One code per supplier."""
        quantity = self.allocation.quantity
        if not quantity.any():
            return (NO_PLAN,) * len(self.suppliers)
        codes = np.where(quantity > 0, self._codes_of_shares(), self._codes_of_nothing())
        return tuple(codes.tolist())

    def _codes_of_shares(self) -> npt.NDArray[Any]:
        quantity = self.allocation.quantity
        conditions = [
            (self._named(self.allocation.accepted) & (quantity == self.ground.floor)),
            quantity >= self.suppliers.column("capacity"),
            quantity == self.rule,
            quantity == self.ground.lot,
        ]
        return np.select(conditions, [KEPT, CAPACITY, COMMON_CAP, MINIMUM_LOT], LAST_MAKER)

    def _codes_of_nothing(self) -> npt.NDArray[Any]:
        lot = np.maximum(self.ground.lot, 1)
        beyond, tied = np.zeros((2, len(self.suppliers)), dtype=np.bool_)
        beyond[self.market.index] = self.entry > 0
        tied[self.market.index[list(self.limits)]] = True
        conditions = [
            self._named(self.allocation.declined),
            self._named(self.allocation.failed),
            self.suppliers.column("capacity") < lot,
            lot > self.rule,
            tied,
            beyond,
        ]
        return np.select(conditions, [DECLINED, FAILED, NO_CAPACITY, LOT_ABOVE_CAP, TIE, COST], SURPLUS)

    def _named(self, ids: Any) -> Flags:
        flags = np.zeros(len(self.suppliers), dtype=np.bool_)
        flags[[self.suppliers.position[key] for key in ids]] = True
        return flags

    @cached_property
    def limits(self) -> dict[int, int]:
        """For each place that lost by preference or ticket, the last place that won over it.

        Who is equal in everything to a maker that got something lost to it, and so did whoever stands at the
        cut-off price after all those that got something there.
        """
        given = self.amount > 0
        level = np.isin(self.entry, np.unique(self.entry[given & self.market.fresh]))
        level &= self.market.fresh & ((self.entry >= 0) | ~given)
        places = np.flatnonzero(level)
        groups: dict[object, list[int]] = {}
        for place, content in zip(places.tolist(), self.market.content(places), strict=True):
            groups.setdefault(content, []).append(place)
        limits = self._losers([self.market.ordered(np.array(group)) for group in groups.values()])
        at_cut_off = self.market.ordered(places[self.entry[places] == 0])
        return {**self._losers([at_cut_off]), **limits}

    def _losers(self, ranked: list[Ints]) -> dict[int, int]:
        losers = {}
        for group in ranked:
            winners = np.flatnonzero(self.amount[group] > 0)
            if winners.size and winners[-1] + 1 < group.size:
                last = int(group[winners[-1]])
                losers.update(dict.fromkeys(group[winners[-1] + 1 :].tolist(), last))
        return losers

    @property
    def reduced_costs(self) -> Ints:
        """See ``Allocation.reduced_costs``."""
        result = np.full(len(self.suppliers), np.iinfo(np.int64).max)
        floors = [value // self.bound.prices.denominator for value in self.entry.tolist()]
        result[self.market.index] = np.array(floors, dtype=np.int64)
        return result

    def standby(self, count: int) -> list[str]:
        """See ``Allocation.standby``."""
        ground = self.ground
        limit = ground.limit(self.allocation.common_cap)
        able = (limit >= np.maximum(ground.lot, 1)) & ~ground.held & (self.allocation.quantity == 0)
        waiting = np.flatnonzero(able)
        if not self.allocation.makers or count < 1 or not waiting.size:
            return []
        slope = ground.price[waiting] + ground.visit[waiting] / limit[waiting]
        last = np.sort(slope)[min(count, waiting.size) - 1]
        queue: list[int] = []
        for step in np.unique(slope[slope <= last]):
            level = waiting[slope == step]
            queue += ground.lottery.ordered(level, ground.preference[level]).tolist()
        return [self.suppliers.id[place] for place in queue[:count]]

    def explain(self, supplier_id: str) -> Explanation:
        """See ``Allocation.explain``."""
        supplier = self.suppliers.position.get(supplier_id)
        if supplier is None:
            raise ValueError(f"{supplier_id!r} is not among the suppliers")
        code = self.codes[supplier]
        return Explanation(code, Numbers(**self._facts(supplier, code), **self._remedy(supplier, code)))

    def _facts(self, supplier: int, code: str) -> dict[str, int | None]:
        amount = int(self.allocation.quantity[supplier])
        facts: dict[str, int | None] = {
            "amount": amount,
            "capacity": int(self.suppliers.column("capacity")[supplier]),
            "lot": int(self.ground.lot[supplier]),
        }
        if code in (COMMON_CAP, LOT_ABOVE_CAP):
            facts["cap"] = int(self.rule[supplier])
            facts["common_cap"] = self.allocation.common_cap
            facts["households"] = int(self.ground.households[supplier])
        if code in (LAST_MAKER, SURPLUS):
            facts["open"] = self.ground.open
        return facts

    def _remedy(self, supplier: int, code: str) -> dict[str, int | None]:
        if code == LOT_ABOVE_CAP:
            return self._smaller_lot(supplier)
        place = int(self.place[supplier])
        if code not in (COST, TIE, SURPLUS) or place < 0:
            return {}
        remedy = self._price(supplier, place)
        if code == TIE:
            remedy |= self._tickets(supplier, place)
        return remedy

    def _price(self, supplier: int, place: int) -> dict[str, int | None]:
        market, prices = self.market, self.bound.prices
        lot, most, visit = (int(column[place]) for column in (market.lot, market.most, market.visit))
        price = int(market.price[place])
        longest = min(int(self.rule[supplier]), self.ground.open)
        threshold = self.displacement.price_at_most(lot, most, visit)
        return {
            "cutoff_price": prices.numerator // prices.denominator,
            "own_price": price + -(-visit // most),
            **self._unit_cost(supplier, threshold),
            "capacity_from": self.displacement.amount_from(most + 1, longest, price, visit),
        }

    def _unit_cost(self, supplier: int, threshold: int | None) -> dict[str, int | None]:
        own = int(self.suppliers.column("unit_cost")[supplier])
        credit = own - int(self.ground.price[supplier])
        at_most = None if threshold is None else min(threshold + credit, own - 1)
        reachable = at_most is not None and at_most >= 0
        return {
            "unit_cost": own,
            "credit": credit,
            "unit_cost_at_most": at_most if reachable else None,
        }

    def _tickets(self, supplier: int, place: int) -> dict[str, int | None]:
        limit = self.limits[place]
        lottery = self.market.lottery
        return {
            "ticket": lottery.ticket(supplier),
            "limit_ticket": lottery.ticket(int(self.market.index[limit])),
            "preference": int(self.market.preference[place]),
            "limit_preference": int(self.market.preference[limit]),
        }

    def _smaller_lot(self, supplier: int) -> dict[str, int | None]:
        cap = min(int(self.rule[supplier]), self.ground.open, int(self.ground.ceiling[supplier]))
        price, visit = int(self.ground.price[supplier]), int(self.ground.visit[supplier])
        if cap < 1:
            return {"lot_at_most": int(self.rule[supplier])}
        at_own_price = self.displacement.largest_gain(1, cap, price, visit)
        if at_own_price is not None:
            own = int(self.suppliers.column("unit_cost")[supplier])
            return {"lot_at_most": at_own_price, "unit_cost": own, "unit_cost_at_most": own}
        amount, threshold = self.displacement.best_price(1, cap, visit)
        return {"lot_at_most": amount or cap, **self._unit_cost(supplier, threshold)}
