"""A plain map for a province that nobody has drawn: frames and names computed from the points of its villages.

It shows no coast, because none is known: where villages lie is shaded, in squares of a fixed part of the panel.
Names stand at the two sides, with a leader to a village of the regency.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from lumbung.places.rules.drawing import round_down
from lumbung.places.rules.marks import regency_of
from lumbung.places.rules.plates import METRES_PER_DEGREE, Anchor, Frame, LabelPlace, Place, Plate

Regencies = Mapping[str, Sequence[Place]]
"""The points of each regency's villages."""

MOST_LABELS = 10
"""More regencies than this are parted over several panels: five names fit at each side of a phone."""
LONGEST_SIDE_PERCENT = 240
"""A panel longer than this, compared with its other side, is cut once more."""
MOST_CUTS = 2
CELLS = 80
SIDE_PERCENT, FOOT_PERCENT = 45, 12
"""Room for names at each side and for the scale below, in percent of the width of the points."""
LABEL_HEIGHT_PERCENT = 13
"""Two lines of a name and its number, in percent of the width of a panel on a phone."""
LEADER_PERCENTS = 17, 31
"""How far inside a leader begins, at desk width and on a phone: behind the name."""
SMALLEST_WIDTH = 40_000


@lru_cache(maxsize=8)
def compute_plates(villages: tuple[tuple[str, Place], ...]) -> tuple[Plate, ...]:
    """Panels for these villages (code, longitude and latitude); none where no point is known."""
    regencies: dict[str, list[Place]] = defaultdict(list)
    for code, point in villages:
        regencies[regency_of(code)].append(point)
    parts = _parts(dict(regencies), MOST_CUTS) if regencies else []
    return tuple(_plate(part) for part in parts)


def _parts(regencies: Regencies, cuts: int) -> list[Regencies]:
    """Regencies that are drawn together: cut across the longer side, at the widest gap near the middle."""
    width, height = _sides(regencies)
    long = max(width, height) * 100 > min(width, height) * LONGEST_SIDE_PERCENT
    if len(regencies) < 2 or (len(regencies) <= MOST_LABELS and not (long and cuts)):
        return [regencies]
    axis = 0 if width >= height else 1
    order = sorted(regencies, key=lambda code: (_middle(regencies[code])[axis], code))
    middles = [_middle(regencies[code])[axis] for code in order]
    gaps = [after - before for before, after in pairwise(middles)]
    quarter = len(order) // 4
    at = max(range(quarter, len(gaps) - quarter), key=lambda place: gaps[place], default=len(order) // 2) + 1
    halves = (order[:at], order[at:])
    return [part for half in halves for part in _parts({code: regencies[code] for code in half}, cuts - 1)]


def _plate(regencies: Regencies) -> Plate:
    frame = _frame(regencies)
    km = max(1, round_down(frame.width_metres // 5_000))
    bar = km * 1_000_000_000 // frame.metres_per_degree_east
    at = ((frame.west + frame.east - bar) // 2, frame.south + (frame.north - frame.south) // 40)
    return Plate(
        name="",
        frame=frame,
        scale_km=km,
        scale_at=at,
        labels=tuple(_labels(regencies, frame)),
        rings=tuple(_shades(regencies, frame)),
        is_computed=True,
    )


def _sides(regencies: Regencies) -> tuple[int, int]:
    """Width and height of the points in metres, as far as a comparison needs them."""
    points = [point for many in regencies.values() for point in many]
    box = _box(points)
    return max(1, box.width_metres), max(1, box.height_metres)


def _box(points: Sequence[Place]) -> Frame:
    east_west, north_south = [x for x, _ in points], [y for _, y in points]
    return Frame(min(east_west), max(east_west), max(north_south), min(north_south))


def _frame(regencies: Regencies) -> Frame:
    """The points, with room for names at both sides and as high as the names need."""
    box = _box([point for many in regencies.values() for point in many])
    points_wide = max(SMALLEST_WIDTH, box.east - box.west)
    side = points_wide * SIDE_PERCENT // 100 + (points_wide - (box.east - box.west)) // 2
    west, east = box.west - side, box.east + side
    foot = points_wide * FOOT_PERCENT // 100
    rows = (len(regencies) + 1) // 2
    needed = (
        (east - west) * box.metres_per_degree_east // METRES_PER_DEGREE * rows * LABEL_HEIGHT_PERCENT // 100
    )
    missing = max(0, needed - (box.north - box.south) - foot)
    return Frame(west, east, box.north + missing // 2 + foot // 3, box.south - missing // 2 - foot)


def _labels(regencies: Regencies, frame: Frame) -> Iterator[LabelPlace]:
    by_west = sorted(regencies, key=lambda code: (_middle(regencies[code])[0], code))
    half = (len(by_west) + 1) // 2
    for codes, side in ((by_west[:half], "west edge"), (by_west[half:], "east edge")):
        by_north = sorted(codes, key=lambda code: (-_middle(regencies[code])[1], code))
        for place, code in enumerate(by_north):
            y = frame.north - (frame.north - frame.south) * (2 * place + 1) // (2 * len(by_north) + 1)
            wide, narrow = (
                Anchor((frame.west + inward if side == "west edge" else frame.east - inward, y), side)
                for inward in ((frame.east - frame.west) * percent // 100 for percent in LEADER_PERCENTS)
            )
            yield LabelPlace(code, "", _nearest(regencies[code], _middle(regencies[code])), wide, narrow)


def _middle(points: Sequence[Place]) -> Place:
    return sum(x for x, _ in points) // len(points), sum(y for _, y in points) // len(points)


def _nearest(points: Sequence[Place], to: Place) -> Place:
    return min(points, key=lambda point: ((point[0] - to[0]) ** 2 + (point[1] - to[1]) ** 2, point))


def _shades(regencies: Regencies, frame: Frame) -> Iterator[tuple[Place, ...]]:
    """Squares in which a village lies, side by side ones joined to one ring."""
    wide = max(1, (frame.east - frame.west) // CELLS)
    high = max(1, wide * frame.metres_per_degree_east // METRES_PER_DEGREE)
    rows: dict[int, set[int]] = defaultdict(set)
    for points in regencies.values():
        for x, y in points:
            rows[(frame.north - y) // high].add((x - frame.west) // wide)
    for row, columns in sorted(rows.items()):
        for first, last in _runs(sorted(columns)):
            west, east = frame.west + first * wide, frame.west + (last + 1) * wide
            north, south = frame.north - row * high, frame.north - (row + 1) * high
            yield (west, north), (east, north), (east, south), (west, south)


def _runs(columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = columns[0]
    for before, column in pairwise(columns):
        if column != before + 1:
            yield first, before
            first = column
    yield first, columns[-1]
