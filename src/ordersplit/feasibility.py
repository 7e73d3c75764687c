"""Whether an order can be filled at all; if not, the most that can be delivered and what binds."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ordersplit.bound import slopes
from ordersplit.market import Ground, ground_of
from ordersplit.policy import Policy
from ordersplit.problem import SourcingProblem
from ordersplit.reach import reach

CAPACITY = "capacity"
MIN_LOT = "min_lot"
MAX_SHARE = "max_share"
MAX_QUANTITY = "max_quantity"
MIN_SUPPLIERS = "min_suppliers"


@dataclass(frozen=True)
class Feasibility:
    """``deliverable`` pieces are the most that the rules allow, up to what was ordered; ``capacity`` is what
    all makers could make together; ``binding`` names what stands in the way, empty when nothing does;
    ``finished`` is False when the search for reachable sums ended early."""

    deliverable: int
    capacity: int
    binding: tuple[str, ...] = ()
    finished: bool = True

    @property
    def feasible(self) -> bool:
        """Whether the whole order can be filled."""
        return not self.binding


def feasibility(problem: SourcingProblem, policy: Policy | None = None) -> Feasibility:
    """The most of the order that can be delivered under the hard rules of ``policy``, and what binds."""
    return feasibility_of(ground_of(problem, policy or Policy()))


def feasibility_of(ground: Ground) -> Feasibility:
    """The same for a ground."""
    capacity = int(np.maximum(ground.ceiling, ground.floor).sum())
    deliverable, finished = deliverable_of(ground)
    binding = binding_of(ground, deliverable) if deliverable < ground.quantity else ()
    return Feasibility(deliverable, capacity, binding, finished)


def deliverable_of(ground: Ground) -> tuple[int, bool]:
    """The most pieces that can be delivered, and whether that is certain."""
    market = ground.market()
    if market.fewest > int(market.fresh.sum()):
        return 0, True
    if market.supply <= market.quantity:
        return ground.kept + market.supply, True
    found = reach(market, np.lexsort((market.most, slopes(market))))
    deliverable = found.deliverable
    return (ground.kept + deliverable if deliverable or not market.fewest else 0), found.finished


def binding_of(ground: Ground, deliverable: int) -> tuple[str, ...]:
    """Each rule that alone, if it were lifted, would let more be delivered; capacity if none would."""
    lifted = {
        MAX_SHARE: replace(ground, max_share=None),
        MAX_QUANTITY: replace(ground, max_quantity=None),
        MIN_SUPPLIERS: replace(ground, fewest=0),
        MIN_LOT: replace(ground, lot=np.ones_like(ground.lot)),
    }
    given = {
        MAX_SHARE: ground.max_share is not None,
        MAX_QUANTITY: ground.max_quantity is not None,
        MIN_SUPPLIERS: ground.fewest > 0,
        MIN_LOT: True,
    }
    binding = [
        name for name, freer in lifted.items() if given[name] and deliverable_of(freer)[0] > deliverable
    ]
    total = int(np.maximum(ground.ceiling, ground.floor).sum())
    if total < ground.quantity or not binding:
        binding.insert(0, CAPACITY)
    return tuple(binding)
