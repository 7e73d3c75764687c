"""What stands behind a map: quantities by village, and small groups merged before the public sees."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

SMALLEST_GROUP = 5
"""Fewer makers than this never stand alone on a public page."""


class Marked(Protocol):
    """What the map is drawn from: rows by maker or by village."""

    @property
    def village_code(self) -> str: ...
    @property
    def quantity(self) -> int: ...
    @property
    def open(self) -> bool: ...


@dataclass(frozen=True)
class MapPoint:
    """A quantity in a village and how many makers stand behind it; open: eligible, without a share so far."""

    village_code: str
    quantity: int
    open: bool = False
    makers: int = 1

    @property
    def regency_code(self) -> str:
        return regency_of(self.village_code)


@dataclass(frozen=True)
class Marks:
    """All that the map says: points by village, numbers by regency, and what was merged for privacy."""

    points: tuple[MapPoint, ...]
    quantities: Mapping[str, int] = field(default_factory=dict)
    merged: bool = False
    withheld: frozenset[str] = frozenset()


def regency_of(village_code: str) -> str:
    """The regency within a village's official code."""
    return ".".join(village_code.split(".")[:2])


def gather(rows: Iterable[Marked]) -> Marks:
    """One point a village: quantities added; a village is open when nobody in it has a share yet."""
    quantity: dict[str, int] = defaultdict(int)
    sharing: dict[str, int] = defaultdict(int)
    waiting: dict[str, int] = defaultdict(int)
    for row in rows:
        makers = getattr(row, "makers", 1)
        if row.quantity > 0:
            quantity[row.village_code] += row.quantity
            sharing[row.village_code] += makers
        elif row.open:
            waiting[row.village_code] += makers
    shared = [MapPoint(code, quantity[code], makers=sharing[code]) for code in quantity]
    unshared = [
        MapPoint(code, 0, open=True, makers=waiting[code]) for code in waiting if code not in quantity
    ]
    return Marks(tuple(sorted(shared + unshared, key=_largest_first)), _by_regency(shared))


def merge_small(marks: Marks, at_least: int = SMALLEST_GROUP) -> Marks:
    """What the public may see: villages under `at_least` makers count in their regency's number.

    What was merged could be found by taking the shown villages from the regency's number, so the merged
    remainder must be large enough too: the smallest shown villages follow until it is. A regency too small to
    show its number takes another with it for the same reason.
    """
    shown: list[MapPoint] = []
    for points in _grouped(marks.points).values():
        with_share = [p for p in points if p.quantity]
        shown += _large_enough(with_share, at_least)
        shown += [p for p in points if not p.quantity and p.makers >= at_least]
    withheld = _too_small(marks.points, at_least)
    shown = [p for p in shown if p.regency_code not in withheld or not p.quantity]
    return Marks(
        points=tuple(sorted(shown, key=_largest_first)),
        quantities={code: number for code, number in marks.quantities.items() if code not in withheld},
        merged=len(shown) < len(marks.points),
        withheld=frozenset(withheld),
    )


def _large_enough(points: list[MapPoint], at_least: int) -> list[MapPoint]:
    by_size = sorted(points, key=lambda p: (p.makers, p.village_code))
    merged = 0
    while by_size and (by_size[0].makers < at_least or 0 < merged < at_least):
        merged += by_size.pop(0).makers
    return by_size


def _too_small(points: Iterable[MapPoint], at_least: int) -> set[str]:
    makers: dict[str, int] = defaultdict(int)
    for point in points:
        if point.quantity:
            makers[point.regency_code] += point.makers
    by_size = sorted(makers, key=lambda code: (makers[code], code))
    withheld: set[str] = set()
    hidden = 0
    while by_size and (makers[by_size[0]] < at_least or 0 < hidden < at_least):
        hidden += makers[by_size[0]]
        withheld.add(by_size.pop(0))
    return withheld


def _grouped(points: Iterable[MapPoint]) -> dict[str, list[MapPoint]]:
    groups: dict[str, list[MapPoint]] = defaultdict(list)
    for point in points:
        groups[point.regency_code].append(point)
    return groups


def _by_regency(points: Iterable[MapPoint]) -> dict[str, int]:
    quantities: dict[str, int] = defaultdict(int)
    for point in points:
        quantities[point.regency_code] += point.quantity
    return dict(quantities)


def _largest_first(point: MapPoint) -> tuple[int, str]:
    return (-point.quantity, point.village_code)
