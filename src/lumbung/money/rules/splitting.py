"""Splitting whole rupiah so that the parts sum to the whole, and what one order's money becomes: no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


def split_largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Whole parts in proportion to the weights that sum exactly to `total`.

    Each gets its part rounded towards zero; what is left goes, one rupiah each, to the largest remainders, and
    where remainders are equal to whoever stands earlier. A negative total is split like its positive, with the sign.
    Weights are not negative; where all are zero only a total of zero can be split.
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("A weight is negative.")
    whole = sum(weights)
    if whole == 0:
        if total:
            raise ValueError("Nobody has a weight.")
        return [0] * len(weights)
    sign, amount = (-1, -total) if total < 0 else (1, total)
    parts = [amount * weight // whole for weight in weights]
    remainders = [amount * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-remainders[place], place))
    for place in order[: amount - sum(parts)]:
        parts[place] += 1
    return [sign * part for part in parts]


@dataclass(frozen=True)
class Made:
    """What one share delivered: pieces accepted, pieces rejected, and rupiah for rework that somebody else did."""

    accepted: int
    rejected: int = 0
    rework_rupiah: int = 0
    reworked_by: str = ""


@dataclass(frozen=True)
class Settled:
    """What the buyer owes for the order, and everybody's part of it."""

    buyer_rupiah: int
    parts: Mapping[str, int]


def settle(prices: Mapping[str, int], made: Mapping[str, Made], *, fee_rupiah: int = 0) -> Settled:
    """Everybody's part of an order's money, to the rupiah.

    `prices` holds rupiah per unit by receiver, `maker` among them. A rejected piece earns nothing and costs the
    buyer nothing. Rework moves rupiah from the share to who did it, at most what the share earned; a fee for the
    whole order is borne by the shares in proportion to what they earned, at most that.
    """
    buyer = sum(prices.values()) * sum(one.accepted for one in made.values())
    earned = {share: one.accepted * prices["maker"] for share, one in made.items()}
    parts = {
        name: rupiah * sum(one.accepted for one in made.values())
        for name, rupiah in prices.items()
        if name != "maker"
    }
    reworked: dict[str, int] = {}
    for share, one in made.items():
        moved = min(one.rework_rupiah, earned[share])
        if moved and one.reworked_by:
            earned[share] -= moved
            reworked[one.reworked_by] = reworked.get(one.reworked_by, 0) + moved
    for name, amount in reworked.items():
        earned[name] = earned.get(name, 0) + amount
    fee = min(fee_rupiah, sum(earned.values()))
    borne = split_largest_remainder(fee, list(earned.values()))
    kept = {share: amount - part for (share, amount), part in zip(earned.items(), borne, strict=True)}
    parts["fee"] = parts.get("fee", 0) + fee
    return Settled(buyer, {**kept, **parts})
