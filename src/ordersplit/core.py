"""The exact core: a few dozen makers near the cut-off, solved without any gap by dynamic programming.

Every maker of the core starts at a base amount; its choices are shifts from there, each with a scaled cost
above the bound. The shifts must add up to ``rest``. Some best plan has at most one maker strictly between
its lot and its most (two could trade pieces until one stands at an end), so the programme has two layers:
before and after that one maker. A layer is an array over the sum of shifts so far, kept only where the
remaining makers can still bring it to ``rest``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Costs = npt.NDArray[Any]
NARROW = 2**60
WIDE = 2**400


@dataclass(frozen=True)
class Maker:
    """One maker of the core. ``gain`` is the scaled cost per piece, ``entry`` of using it, ``floor`` the part
    that the bound already holds: the least of all amounts, so that no cost above the bound is negative."""

    base: int
    lot: int
    most: int
    gain: int
    entry: int
    floor: int

    def cost(self, amount: int) -> int:
        """Scaled cost above the bound of making ``amount``."""
        return (self.gain * amount + self.entry if amount else 0) - self.floor

    def ends(self, limit: int | None) -> list[tuple[int, int]]:
        """Shift and cost of making most, the lot or nothing, as far as ``limit`` allows."""
        amounts = dict.fromkeys((self.most, self.lot, 0))
        choices = [(amount - self.base, self.cost(amount)) for amount in amounts]
        return [choice for choice in choices if limit is None or choice[1] <= limit]

    def between(self, limit: int | None) -> tuple[int, int] | None:
        """First and last amount strictly between lot and most that ``limit`` allows."""
        first, last = self.lot + 1, self.most - 1
        if limit is not None and self.gain != 0:
            left = limit + self.floor - self.entry
            if self.gain > 0:
                last = min(last, left // self.gain)
            else:
                first = max(first, -(left // -self.gain))
        elif limit is not None and self.cost(self.lot) > limit:
            return None
        return (first, last) if first <= last else None


@dataclass(frozen=True)
class Step:
    """A maker's choices and the window of sums after it."""

    maker: Maker
    ends: list[tuple[int, int]]
    between: tuple[int, int] | None
    low: int
    high: int


@dataclass(frozen=True)
class Found:
    """The least scaled cost above the bound and the amounts; None when nothing exists within the limit."""

    cost: int | None
    amounts: list[int]


@dataclass(frozen=True)
class Layers:
    """Costs by sum from ``low`` on: before and after the maker in between."""

    low: int
    before: Costs
    after: Costs


def solve_core(makers: list[Maker], rest: int, limit: int | None, cells: int) -> Found | None:
    """The cheapest shifts that add up to ``rest``, each of cost at most ``limit``; None when all layers together
    would hold more than ``cells`` sums."""
    steps = windows(makers, rest, limit)
    if steps is None:
        return Found(None, [])
    if sum(step.high - step.low + 1 for step in steps) > cells:
        return None
    infinite = infinite_for(steps)
    layers = list(run(steps, infinite))
    last = layers[-1]
    best = min(int(last.before[0]), int(last.after[0]))
    return Found(None, []) if best >= infinite else Found(best, trace(steps, layers, best))


def windows(makers: list[Maker], rest: int, limit: int | None) -> list[Step] | None:
    """The steps with their windows; None when ``rest`` is out of reach.

    After a step the sum lies within what the steps so far can reach and what the others can still mend.
    """
    choices = [(maker, maker.ends(limit), maker.between(limit)) for maker in makers]
    if not all(ends for _, ends, _ in choices):
        return None
    spans = [span_of(*choice) for choice in choices]
    behind, ahead = reaches(spans)[1:], reaches(spans[::-1])[::-1][1:]
    steps = [
        Step(*choice, max(past[0], rest - future[1]), min(past[1], rest - future[0]))
        for choice, past, future in zip(choices, behind, ahead, strict=True)
    ]
    return None if any(step.low > step.high for step in steps) else steps


def span_of(
    maker: Maker, ends: list[tuple[int, int]], between: tuple[int, int] | None
) -> tuple[int, int, int, int]:
    """Smallest and largest shift to an end, and how far a maker in between can go beyond these."""
    low, high = min(ends)[0], max(ends)[0]
    first, last = between or (maker.base + low, maker.base + low)
    return low, high, min(0, first - maker.base - low), max(0, last - maker.base - high)


def reaches(spans: list[tuple[int, int, int, int]]) -> list[tuple[int, int]]:
    """Smallest and largest sum after none, one, two, … of ``spans``, with at most one in between."""
    low = high = below = above = 0
    result = [(0, 0)]
    for least, greatest, under, over in spans:
        low, high, below, above = low + least, high + greatest, min(below, under), max(above, over)
        result.append((low + below, high + above))
    return result


def infinite_for(steps: list[Step]) -> int:
    """A cost above every real one: within 64 bits if all sums fit there."""
    dearest = sum(max(abs(cost) for _, cost in step.ends or [(0, 0)]) for step in steps)
    for step in steps:
        edge = max(abs(step.low), abs(step.high)) + step.maker.most + abs(step.maker.base)
        dearest += abs(step.maker.gain) * edge + abs(step.maker.entry) + abs(step.maker.floor)
    return NARROW if dearest < NARROW // 4 else WIDE


def run(steps: list[Step], infinite: int) -> Iterator[Layers]:
    """The layers before the first and after each step."""
    kind: Any = np.int64 if infinite == NARROW else object
    start = np.zeros(1, dtype=kind)
    state = Layers(0, start, np.full(1, infinite, dtype=kind))
    yield state
    for step in steps:
        state = advance(state, step, infinite)
        yield state


def advance(state: Layers, step: Step, infinite: int) -> Layers:
    """The layers after ``step``."""
    before = np.full(step.high - step.low + 1, infinite, dtype=state.before.dtype)
    after = before.copy()
    for shift, cost in step.ends:
        place_shifted(state.before, state.low + shift - step.low, cost, before)
        place_shifted(state.after, state.low + shift - step.low, cost, after)
    if step.between:
        np.minimum(after, in_between(state, step, step.between, infinite), out=after)
    np.minimum(before, infinite, out=before)
    np.minimum(after, infinite, out=after)
    return Layers(step.low, before, after)


def place_shifted(source: Costs, offset: int, cost: int, target: Costs) -> None:
    """Lower ``target`` to ``source`` moved by ``offset`` and raised by ``cost``."""
    first, last = max(0, offset), min(target.size, offset + source.size)
    if first < last:
        view = target[first:last]
        np.minimum(view, source[first - offset : last - offset] + cost, out=view)


def in_between(state: Layers, step: Step, amounts: tuple[int, int], infinite: int) -> Costs:
    """For every sum of the window the least cost when this maker takes one of ``amounts``.

    With u the sum before, the maker takes x = s − u + base, so the cost is (before[u] − gain·u) plus
    something that depends on s alone: a minimum over a sliding window of u.
    """
    maker, source = step.maker, state.before
    sums = np.arange(state.low, state.low + source.size).astype(source.dtype)
    tilted = np.where(source < infinite, source - maker.gain * sums, 2 * infinite)
    width = amounts[1] - amounts[0] + 1
    first = step.low + maker.base - amounts[1] - state.low
    lowest = sliding_minimum(tilted, first, width, step.high - step.low + 1, 2 * infinite)
    targets = np.arange(step.low, step.high + 1).astype(source.dtype)
    total = lowest + (maker.gain * (targets + maker.base) + maker.entry - maker.floor)
    return np.where(lowest < 2 * infinite, total, infinite)


def sliding_minimum(values: Costs, first: int, width: int, count: int, infinite: int) -> Costs:
    """Minimum of ``values[k : k + width]`` for k = first, first + 1, … (``count`` of them); what lies outside
    is ``infinite``. Two running minima per block of ``width`` give every window."""
    starts = np.arange(first, first + count)
    size = values.size
    result = np.full(count, infinite, dtype=values.dtype)
    meets = (starts < size) & (starts + width > 0)
    if not meets.any():
        return result
    width_used = min(width, size)
    blocks = -(-size // width_used)
    padded = np.full(blocks * width_used, infinite, dtype=values.dtype)
    padded[:size] = values
    grid = padded.reshape(blocks, width_used)
    rising = np.minimum.accumulate(grid, axis=1).ravel()
    falling = np.minimum.accumulate(grid[:, ::-1], axis=1)[:, ::-1].ravel()
    low = np.maximum(starts[meets], 0)
    high = np.minimum(starts[meets] + width - 1, size - 1)
    result[meets] = window_minima(falling, rising, low, high, width_used)
    return result


def window_minima(falling: Costs, rising: Costs, low: Costs, high: Costs, width: int) -> Costs:
    """Minimum over low..high where a window spans at most two blocks."""
    alone = np.where(low % width == 0, rising[high], falling[low])
    return np.where(low // width == high // width, alone, np.minimum(falling[low], rising[high]))


def trace(steps: list[Step], layers: list[Layers], best: int) -> list[int]:
    """The amounts behind ``best``, found by walking back."""
    last = layers[-1]
    total, cost = last.low, best
    late = int(last.before[0]) != best
    amounts = []
    for step, state in zip(reversed(steps), reversed(layers[:-1]), strict=True):
        amount, late = step_back(step, state, total, cost, late)
        amounts.append(amount)
        total -= amount - step.maker.base
        cost -= step.maker.cost(amount)
    return amounts[::-1]


def step_back(step: Step, state: Layers, total: int, cost: int, late: bool) -> tuple[int, bool]:
    """What the maker of ``step`` took to reach ``total`` at ``cost``, and which layer it came from."""
    source = state.after if late else state.before
    for shift, price in step.ends:
        place = total - shift - state.low
        if 0 <= place < source.size and int(source[place]) + price == cost:
            return step.maker.base + shift, late
    if not late or step.between is None:
        raise AssertionError("the way back is lost")
    return amount_between(step, step.between, state, total, cost), False


def amount_between(step: Step, between: tuple[int, int], state: Layers, total: int, cost: int) -> int:
    """The least amount strictly between lot and most that leads to ``total`` at ``cost``."""
    maker, source = step.maker, state.before
    start = total + maker.base - state.low
    first, last = max(between[0], start - source.size + 1), min(between[1], start)
    amounts = np.arange(first, last + 1)
    costs = maker.gain * amounts.astype(source.dtype) + (maker.entry - maker.floor)
    hits = np.flatnonzero(source[start - amounts] + costs == cost)
    return int(amounts[hits[0]])
