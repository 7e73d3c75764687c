"""The least credit with which a group of makers gets its quota: a quota turned into a price.

A quota as a hard rule would split the order in two and leave no single threshold. As a credit it keeps one plan,
one cap and one bound, and it can be told: "newcomers were ranked 12 rupiah a piece cheaper; with 11 they would
have got less than their part".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ordersplit.allocation import Allocation
from ordersplit.policy import Policy
from ordersplit.problem import SourcingProblem
from ordersplit.solving import solve


@dataclass(frozen=True, eq=False)
class Quota:
    """The credit in rupiah a piece that was added to the members' own, and what it brings them.

    filled: whether the members get at least what was asked. With a credit of one rupiah less they get less
    (unless the credit is 0); where it is not filled, the highest credit was not enough.
    """

    credit: int
    quantity: int
    filled: bool
    allocation: Allocation


def credit_for_quota(
    problem: SourcingProblem,
    policy: Policy,
    members: Sequence[int],
    least: int,
    highest: int,
    *,
    gap: float = 1e-4,
) -> Quota:
    """Search the least credit of at most ``highest`` rupiah a piece with which the suppliers at the positions
    ``members`` get at least ``least`` pieces together.

    Found by halving: with the credit that is returned they get it, with one rupiah less they were seen to get
    less. More pieces for a higher credit is the rule and no law, so a still smaller credit may exist where the
    common cap changes between. Raises ValueError for positions that do not exist and for negative numbers.
    """
    if least < 0 or highest < 0:
        raise ValueError("least and highest are not negative")
    place = np.asarray(members, dtype=np.int64)
    if place.size and not 0 <= place.min() <= place.max() < len(problem.suppliers):
        raise ValueError("members: a position that no supplier has")

    def with_credit(credit: int) -> Quota:
        credits = policy.credits_of(len(problem.suppliers)).copy()
        credits[place] += credit
        plain = credit == 0
        allocation = solve(problem, policy if plain else policy.with_credits(credits), gap=gap)
        given = int(allocation.quantity[place].sum())
        return Quota(credit, given, given >= least, allocation)

    low = with_credit(0)
    if low.filled or highest == 0:
        return low
    high = with_credit(highest)
    if not high.filled:
        return high
    while high.credit - low.credit > 1:
        middle = with_credit((low.credit + high.credit) // 2)
        low, high = (low, middle) if middle.filled else (middle, high)
    return high
