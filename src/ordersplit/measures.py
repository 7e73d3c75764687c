"""How evenly an order is spread: reported in parts per 10,000, never optimised.

What is compared is the amount as a part of the own capacity, per household: a group of twelve counts twelve
times. The ratio is taken in whole parts per million (rounded down), so every figure is exact in integers.
Makers without capacity do not count.
"""

from __future__ import annotations

from operator import mul

import numpy as np

from ordersplit.problem import Ints

MILLION = 10**6


def ratios(amount: Ints, capacity: Ints, households: Ints) -> tuple[Ints, Ints]:
    """Parts per million of the capacity and the weights, of those with capacity, from the least on."""
    able = capacity > 0
    ratio = amount[able] * MILLION // capacity[able]
    order = np.argsort(ratio, kind="stable")
    return ratio[order], households[able][order]


def gini_bp(amount: Ints, capacity: Ints, households: Ints) -> int:
    """Gini coefficient in parts per 10,000: 0 when all have the same part of their capacity.

    Σᵢ Σⱼ hᵢ hⱼ |rᵢ − rⱼ| / (2 H Σ h r), computed from the sorted ratios as
    Σ hᵢ rᵢ (2 Bᵢ + hᵢ − H) / (H Σ h r) where Bᵢ are the households before i.
    """
    ratio, weight = ratios(amount, capacity, households)
    mass = (ratio * weight).tolist()
    everybody, total = int(weight.sum()), sum(mass)
    if total == 0:
        return 0
    rank = (2 * np.cumsum(weight) - weight - everybody).tolist()
    return rounded(10_000 * sum(map(mul, mass, rank)), everybody * total)


def jain_bp(amount: Ints, capacity: Ints, households: Ints) -> int:
    """Jain's index in parts per 10,000: (Σ h r)² / (H Σ h r²); 10,000 when all have the same part."""
    ratio, weight = ratios(amount, capacity, households)
    mass = (ratio * weight).tolist()
    total, squares = sum(mass), sum(map(mul, mass, ratio.tolist()))
    return rounded(10_000 * total * total, int(weight.sum()) * squares) if squares else 0


def rounded(numerator: int, denominator: int) -> int:
    """The nearest whole number, halves up."""
    return (2 * numerator + denominator) // (2 * denominator)


def largest_share(amount: Ints, households: Ints) -> int:
    """Most pieces per household, rounded up."""
    return int((-(-amount // households)).max(initial=0))
