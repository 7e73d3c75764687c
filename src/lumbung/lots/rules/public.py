"""What everybody may read of a lot: its village where that names no house, otherwise something larger."""

from collections.abc import Sequence
from dataclasses import dataclass

from lumbung.places.rules.marks import SMALLEST_GROUP


@dataclass(frozen=True)
class Place:
    """A village in which a part of a lot was made, and how many makers of such goods there are."""

    village: str
    regency: str
    province: str
    in_village: int
    in_regency: int


def places_told(places: Sequence[Place]) -> list[str]:
    """Each place as fine as five makers of the same goods allow, each once, in alphabetical order."""
    return sorted({_told(place) for place in places})


def _told(place: Place) -> str:
    if place.in_village >= SMALLEST_GROUP:
        return f"{place.village}, {place.regency}"
    return place.regency if place.in_regency >= SMALLEST_GROUP else place.province


def houses_told(count: int) -> int | None:
    """How many houses made it; None for fewer than five."""
    return count if count >= SMALLEST_GROUP else None
