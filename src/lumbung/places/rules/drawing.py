"""From marks to a drawing.

Places are tenths of a percent of the panel, so that words and circles keep their size in pixels whatever the
width of the page; only the coast is scaled.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import isqrt

from lumbung.places.rules.marks import MapPoint, Marks
from lumbung.places.rules.plates import Anchor, Frame, LabelPlace, Place, Plate

LARGEST_RADIUS = 16
"""In pixels at desk width; the stylesheet draws all circles at three quarters of it on a phone."""
OPEN_RADIUS = "2"
COAST_WIDTH = 640
"""Units of the coast's own view box, about a pixel each: finer is not seen."""
SHORTEST_STEP = 4
SMALLEST_RADIUS_TENTHS = 20
ROUND_STEPS = (10, 15, 20, 30, 50)
WEST, EAST = "0", "100"
TEXT_PLACES = {
    "left": (None, "end", -6, -3, 17),
    "right": (None, "start", 6, -3, 17),
    "above": (None, "middle", 0, -25, -6),
    "below": (None, "middle", 0, 16, 36),
    "west edge": (WEST, "start", 0, -3, 17),
    "east edge": (EAST, "end", 0, -3, 17),
    "west edge above": (WEST, "start", 0, -25, -6),
    "east edge below": (EAST, "end", 0, 16, 36),
}
"""By side: the edge where the text stands (None: at the leader's end), its anchor, its shift to the right,
and the shifts down of name and number."""


@dataclass(frozen=True)
class Circle:
    x: str
    y: str
    r: str


@dataclass(frozen=True)
class Label:
    """A regency's name and number in the sea, and the leader to it."""

    name: str
    quantity: int | None
    from_x: str
    x: str
    y: str
    to_x: str
    to_y: str
    anchor: str
    shift: int
    name_down: int
    number_down: int


@dataclass(frozen=True)
class ScaleBar:
    km: int
    x: str
    y: str
    width: str


@dataclass(frozen=True)
class Panel:
    name: str
    width: int
    height: int
    coast: str
    circles: tuple[Circle, ...]
    open_circles: tuple[Circle, ...]
    wide_labels: tuple[Label, ...]
    narrow_labels: tuple[Label, ...]
    scale: ScaleBar
    is_computed: bool = False


@dataclass(frozen=True)
class LegendCircle:
    quantity: int
    r: str
    size: int


@dataclass(frozen=True)
class Drawing:
    """Everything the template writes down; it computes nothing itself."""

    panels: tuple[Panel, ...]
    legend: tuple[LegendCircle, ...]
    has_open: bool
    merged: bool
    withheld: bool

    @property
    def is_computed(self) -> bool:
        """Whether any panel is without a coast."""
        return any(panel.is_computed for panel in self.panels)


def draw(
    marks: Marks, plates: tuple[Plate, ...], points: Mapping[str, Place], names: Mapping[str, str]
) -> Drawing:
    """Draw marks on the plates; `points` places villages, `names` names regencies."""
    largest = max((mark.quantity for mark in marks.points), default=0)
    return Drawing(
        panels=tuple(_panel(plate, marks, points, names, largest) for plate in plates),
        legend=tuple(_legend_circle(quantity, largest) for quantity in legend_quantities(largest)),
        has_open=any(not mark.quantity for mark in marks.points),
        merged=marks.merged,
        withheld=bool(marks.withheld),
    )


def legend_quantities(largest: int) -> tuple[int, ...]:
    """Up to three round numbers, ascending: near the largest, a third and a fifteenth of it."""
    steps = (round_down(largest // part) for part in (15, 3, 1))
    return tuple(sorted({quantity for quantity in steps if quantity > 0}))


def round_down(quantity: int) -> int:
    """The largest of 1, 1.5, 2, 3 or 5 times a power of ten that is not above `quantity`."""
    if quantity < 10:
        return max(
            (step // 10 for step in ROUND_STEPS if step % 10 == 0 and step // 10 <= quantity), default=0
        )
    power = 10 ** (len(str(quantity)) - 2)
    return int(max(step * power for step in ROUND_STEPS if step * power <= quantity))


def radius(quantity: int, largest: int) -> str:
    """Area in proportion to the quantity, to half a pixel: the same for every panel."""
    tenths = isqrt(100 * LARGEST_RADIUS**2 * quantity // largest)
    halves = max(SMALLEST_RADIUS_TENTHS, tenths + 2) // 5
    return _point_five(halves)


def _point_five(halves: int) -> str:
    return f"{halves // 2}.5" if halves % 2 else str(halves // 2)


def _legend_circle(quantity: int, largest: int) -> LegendCircle:
    r = radius(quantity, largest)
    return LegendCircle(quantity, r, 2 * round(float(r)) + 2)


def _panel(
    plate: Plate, marks: Marks, points: Mapping[str, Place], names: Mapping[str, str], largest: int
) -> Panel:
    drawn = [m for m in marks.points if m.regency_code in plate.regency_codes and m.village_code in points]
    filled = [m for m in drawn if m.quantity]
    height = COAST_WIDTH * plate.frame.height_metres // plate.frame.width_metres
    return Panel(
        name=plate.name,
        width=COAST_WIDTH,
        height=height,
        coast=_coast(plate, height),
        circles=tuple(_circle(m, plate.frame, points, radius(m.quantity, largest)) for m in filled),
        open_circles=tuple(_circle(m, plate.frame, points, OPEN_RADIUS) for m in drawn if not m.quantity),
        wide_labels=tuple(_label(place, place.wide, plate.frame, marks, names) for place in plate.labels),
        narrow_labels=tuple(_label(place, place.narrow, plate.frame, marks, names) for place in plate.labels),
        scale=_scale_bar(plate),
        is_computed=plate.is_computed,
    )


def _circle(mark: MapPoint, frame: Frame, points: Mapping[str, Place], r: str) -> Circle:
    x, y = _percents(points[mark.village_code], frame)
    return Circle(x, y, r)


def _label(place: LabelPlace, anchor: Anchor, frame: Frame, marks: Marks, names: Mapping[str, str]) -> Label:
    code = place.regency_code
    x, y = _percents(anchor.at, frame)
    to_x, to_y = _percents(place.to, frame)
    edge, text_anchor, shift, name_down, number_down = TEXT_PLACES[anchor.side]
    return Label(
        name=place.name or names.get(code, code),
        quantity=None if code in marks.withheld else marks.quantities.get(code, 0),
        from_x=x,
        x=x if edge is None else edge,
        y=y,
        to_x=to_x,
        to_y=to_y,
        anchor=text_anchor,
        shift=shift,
        name_down=name_down,
        number_down=number_down,
    )


def _scale_bar(plate: Plate) -> ScaleBar:
    x, y = _percents(plate.scale_at, plate.frame)
    return ScaleBar(plate.scale_km, x, y, _tenths(plate.scale_km * 1_000_000 // plate.frame.width_metres))


def _percents(place: Place, frame: Frame) -> tuple[str, str]:
    x = 1000 * (place[0] - frame.west) // (frame.east - frame.west)
    y = 1000 * (frame.north - place[1]) // (frame.north - frame.south)
    return _tenths(x), _tenths(y)


def _tenths(tenths: int) -> str:
    sign, size = ("-" if tenths < 0 else ""), abs(tenths)
    return f"{sign}{size // 10}.{size % 10}" if size % 10 else f"{sign}{size // 10}"


@cache
def _coast(plate: Plate, height: int) -> str:
    """All rings as one path: whole units, relative steps, points that all but fall together left out."""
    return "".join(_ring(ring, plate.frame, height) for ring in plate.rings)


def _ring(ring: tuple[Place, ...], frame: Frame, height: int) -> str:
    corners: list[tuple[int, int]] = []
    for longitude, latitude in ring:
        x = round(COAST_WIDTH * (longitude - frame.west) / (frame.east - frame.west))
        y = round(height * (frame.north - latitude) / (frame.north - frame.south))
        if not corners or abs(corners[-1][0] - x) + abs(corners[-1][1] - y) >= SHORTEST_STEP:
            corners.append((x, y))
    if len(corners) < 3:
        return ""
    steps = [step for (from_x, from_y), (x, y) in pairwise(corners) for step in (x - from_x, y - from_y)]
    return f"M{corners[0][0]} {corners[0][1]}l{_run(steps)}z"


def _run(numbers: list[int]) -> str:
    """Numbers of a path: a minus sign parts them as well as a space does."""
    return "".join(f" {number}" if number >= 0 else str(number) for number in numbers).lstrip()
