"""The geometry of the two charts that tell a split: what fairness costs, and whom it reaches.

Pure arithmetic in integers; the templates only write it down. Lengths are percents of the drawing or CSS
pixels, so that one drawing serves a phone and a desk.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

PLOT = 268
"""Height of the budget chart at a desk, from baseline to the top of the chosen column."""
TALLEST = 220
CUT_ROOM = 44
"""What a cut bar stands above the next one."""
LONGEST = 66
"""Percent of its cell that the longest bar fills on a phone; the number follows it."""
THREADS = 90
COLUMNS = 120
EARLY = 200
"""Thousandths of the axis before which a number under it has no room to its left."""
AXIS_CUT = 2
"""Where so many times more are eligible than any plan reaches, the axis is cut, so that both plans are seen."""


class Budget(Protocol):
    """One of the budgets a decider may choose; optional are `url`, `chosen`, `beyond_limit`."""

    budget_bp: int
    largest_share: int
    makers: int
    cost_rupiah: int
    gini_bp: int


@dataclass(frozen=True)
class Column:
    """One budget, ready to be drawn."""

    budget: Budget
    height: int
    width: int
    cut: bool
    chosen: bool
    beyond: bool
    first_beyond: bool
    url: str


@dataclass(frozen=True)
class GridLine:
    value: int
    y: int


@dataclass(frozen=True)
class BudgetChart:
    columns: list[Column]
    grid: list[GridLine]


def _is_cut(reaches: Sequence[int]) -> bool:
    return len(reaches) > 1 and reaches[1] > 0 and 10 * reaches[0] > 22 * reaches[1]


def _nice_step(top: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that needs at most three lines below `top`."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if top // (step * factor) <= 3:
                return step * factor
        step *= 10


def budget_chart(points: Iterable[Budget]) -> BudgetChart:
    """Columns in the order given; the first is cut when it is more than 2.2 times the second."""
    budgets = list(points)
    reaches = [point.largest_share for point in budgets]
    cut = _is_cut(reaches)
    highest = max(reaches[1:] if cut else reaches, default=0) or 1
    room = TALLEST - CUT_ROOM if cut else TALLEST
    columns: list[Column] = []
    for place, point in enumerate(budgets):
        is_cut = cut and place == 0
        height = TALLEST if is_cut else max(1, point.largest_share * room // highest)
        beyond = bool(getattr(point, "beyond_limit", False))
        columns.append(
            Column(
                budget=point,
                height=height,
                width=max(1, height * LONGEST // TALLEST),
                cut=is_cut,
                chosen=bool(getattr(point, "chosen", False)),
                beyond=beyond,
                first_beyond=beyond and not any(column.beyond for column in columns),
                url=getattr(point, "url", "") or "",
            )
        )
    step = _nice_step(highest)
    lines = range(step, highest + 1, step) if budgets else range(0)
    return BudgetChart(columns, [GridLine(value, PLOT - value * room // highest) for value in lines])


@dataclass(frozen=True)
class Tick:
    count: int
    x: str
    row: int
    anchor: str = "end"


@dataclass(frozen=True)
class FairnessChart:
    """Paths in a field of 1000 × 1000; labels in percent of the drawing."""

    sparse: str
    dense: str
    cloth: str
    largest_cheapest: int
    largest_chosen: int
    chosen_y: str
    label_x: str
    label_end: bool
    cheapest: Tick
    chosen: Tick
    eligible: int
    eligible_beside: bool
    axis_cut: bool
    raised: bool
    """Whether the words at the largest share stand above the drawing, because threads or cloth fill their place."""


def _beside(values: Sequence[int], across: int) -> int:
    """The value a fiftieth of the axis to the right of the first, where its words begin."""
    return values[across // 50] if across // 50 < len(values) else 0


def _percent(thousandths: int) -> str:
    return f"{thousandths / 10:g}%"


def _sampled(values: Sequence[int], most: int) -> list[tuple[int, int]]:
    """At most `most` (place, value) pairs, evenly spread, the first and the last among them."""
    if len(values) <= most:
        return list(enumerate(values))
    places = [number * (len(values) - 1) // (most - 1) for number in range(most)]
    return [(place, values[place]) for place in places]


def _threads(pairs: Iterable[tuple[int, int]], across: int, top: int) -> str:
    return "".join(f"M{place * 1000 // across} 1000V{1000 - value * 1000 // top}" for place, value in pairs)


def _cloth(values: Sequence[int], across: int, top: int) -> str:
    if not values:
        return ""
    path = "M0 1000"
    edge = -1
    for place, value in _sampled(values, COLUMNS):
        y = 1000 - value * 1000 // top
        if y != edge:
            path += f"H{place * 1000 // across}V{y}"
            edge = y
    return f"{path}H{len(values) * 1000 // across}V1000Z"


def fairness_chart(cheapest: Iterable[int], chosen: Iterable[int], eligible: int = 0) -> FairnessChart:
    """Makers from the largest share to the smallest: the cheapest plan as threads, the chosen one solid.

    `cheapest` and `chosen` hold one quantity per maker; makers without a share may be left out when
    `eligible` tells how many there are. Both areas are equal because both plans fill the same order.
    """
    before = sorted((value for value in cheapest if value), reverse=True)
    after = sorted((value for value in chosen if value), reverse=True)
    longest = max(len(before), len(after), 1)
    axis_cut = eligible > AXIS_CUT * longest
    across = longest * 3 // 2 + 1 if axis_cut else max(eligible, longest)
    top = max([*before[:1], *after[:1], 1])
    threads = _sampled(before, THREADS)
    ends = [len(before) * 1000 // across, len(after) * 1000 // across]
    near = abs(ends[0] - ends[1]) < (550 if min(ends) < EARLY else 300)
    late = ends[0] > 550
    return FairnessChart(
        sparse=_threads(threads[::4], across, top),
        dense=_threads((pair for number, pair in enumerate(threads) if number % 4), across, top),
        cloth=_cloth(after, across, top),
        largest_cheapest=top if not before else before[0],
        largest_chosen=after[0] if after else 0,
        chosen_y=_percent(850 - 850 * (after[0] if after else 0) // top),
        label_x=_percent(1000 if late else ends[0] + 10),
        label_end=late,
        cheapest=_tick(len(before), ends[0], row=1 if near else 0),
        chosen=_tick(len(after), ends[1]),
        eligible=max(eligible, longest),
        eligible_beside=1000 - max(ends) >= 150,
        axis_cut=axis_cut,
        raised=5 * max(after[0] if after else 0, _beside(before, across)) > 4 * top,
    )


def _tick(count: int, at: int, row: int = 0) -> Tick:
    """A number under the axis; what stands far left runs to the right, so that it stays in the drawing."""
    return Tick(count, _percent(at), row, "start" if at < EARLY else "end")
