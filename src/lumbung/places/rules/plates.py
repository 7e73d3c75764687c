"""The drawn side of a province: panels, coasts, where names stand, from `map.toml` and `coast.csv`."""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import Any

Place = tuple[int, int]
"""Longitude and latitude in millionths of a degree: x first, as drawn."""

METRES_PER_DEGREE = 111_195


@dataclass(frozen=True)
class Frame:
    """The rectangle of the globe that a panel shows."""

    west: int
    east: int
    north: int
    south: int

    @property
    def width_metres(self) -> int:
        return (self.east - self.west) * self.metres_per_degree_east // 1_000_000

    @property
    def height_metres(self) -> int:
        return (self.north - self.south) * METRES_PER_DEGREE // 1_000_000

    @property
    def metres_per_degree_east(self) -> int:
        """A degree eastwards shrinks with the cosine of the latitude."""
        return round(METRES_PER_DEGREE * cos(radians((self.north + self.south) / 2e6)))


@dataclass(frozen=True)
class Anchor:
    """Where a leader ends in the sea, and on which side of that end the name stands."""

    at: Place
    side: str


@dataclass(frozen=True)
class LabelPlace:
    regency_code: str
    name: str
    to: Place
    wide: Anchor
    narrow: Anchor


@dataclass(frozen=True)
class Plate:
    """One panel of the map before anything is drawn on it."""

    name: str
    frame: Frame
    scale_km: int
    scale_at: Place
    labels: tuple[LabelPlace, ...]
    rings: tuple[tuple[Place, ...], ...]
    is_computed: bool = False
    """Whether nobody drew it: the rings are then squares in which villages lie, and no coast."""

    @property
    def regency_codes(self) -> frozenset[str]:
        return frozenset(label.regency_code for label in self.labels)


@cache
def read_plates(folder: Path) -> tuple[Plate, ...]:
    """The panels of a folder of places; a province without a drawn map has none."""
    drawn = folder / "map.toml"
    if not drawn.is_file():
        return ()
    rings = _rings(folder / "coast.csv")
    panels = tomllib.loads(drawn.read_text(encoding="utf-8"))["panels"]
    return tuple(_plate(panel, rings.get(panel["name"], ())) for panel in panels)


def _plate(panel: dict[str, Any], rings: tuple[tuple[Place, ...], ...]) -> Plate:
    return Plate(
        name=panel["name"],
        frame=Frame(**panel["frame"]),
        scale_km=panel["scale"]["km"],
        scale_at=_place(panel["scale"]["at"]),
        labels=tuple(_label(label) for label in panel["labels"]),
        rings=rings,
    )


def _label(label: dict[str, Any]) -> LabelPlace:
    wide, narrow = (Anchor(_place(label[key]["at"]), label[key]["side"]) for key in ("wide", "narrow"))
    return LabelPlace(label["regency"], label.get("name", ""), _place(label["to"]), wide, narrow)


def _place(pair: list[int]) -> Place:
    return (pair[0], pair[1])


def _rings(path: Path) -> dict[str, tuple[tuple[Place, ...], ...]]:
    rings: dict[str, list[tuple[Place, ...]]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            numbers = [int(number) for number in row["ring_longitude_latitude_e6"].split()]
            ring = tuple(zip(numbers[::2], numbers[1::2], strict=True))
            rings.setdefault(row["panel"], []).append(ring)
    return {panel: tuple(found) for panel, found in rings.items()}
