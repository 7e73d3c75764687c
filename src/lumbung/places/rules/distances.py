"""Distances in whole metres between points in millionths of a degree."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from django.conf import settings

EARTH_RADIUS_METRES = 6_371_009
"""Mean radius of the Earth (IUGG)."""

Whole = npt.NDArray[np.int64]


def great_circle_metres(lat1_e6: int, lon1_e6: int, lat2_e6: int, lon2_e6: int) -> int:
    """The shortest way over the globe, as the crow flies (haversine)."""
    lat1, lon1, lat2, lon2 = (math.radians(e6 / 1e6) for e6 in (lat1_e6, lon1_e6, lat2_e6, lon2_e6))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return round(2 * EARTH_RADIUS_METRES * math.asin(math.sqrt(min(1.0, half))))


def road_metres(lat1_e6: int, lon1_e6: int, lat2_e6: int, lon2_e6: int) -> int:
    """An estimate of the way by road: the great circle times the agency's road factor."""
    return on_the_road(great_circle_metres(lat1_e6, lon1_e6, lat2_e6, lon2_e6))


def on_the_road(metres: int) -> int:
    return (metres * _factor_percent() + 50) // 100


def great_circle_metres_to_points(
    lat_e6: npt.ArrayLike, lon_e6: npt.ArrayLike, points: Sequence[tuple[int, int]]
) -> Whole:
    """From many places (rows) to a few points (columns), each point a pair (latitude_e6, longitude_e6)."""
    lat, lon = (np.radians(np.asarray(e6, dtype=np.int64) / 1e6)[:, np.newaxis] for e6 in (lat_e6, lon_e6))
    to = np.radians(np.asarray(points, dtype=np.int64).reshape(-1, 2) / 1e6)
    half = np.sin((to[:, 0] - lat) / 2) ** 2
    half += np.cos(lat) * np.cos(to[:, 0]) * np.sin((to[:, 1] - lon) / 2) ** 2
    metres = 2 * EARTH_RADIUS_METRES * np.arcsin(np.sqrt(np.minimum(1.0, half)))
    whole: Whole = np.rint(metres).astype(np.int64)
    return whole


def road_metres_to_points(
    lat_e6: npt.ArrayLike, lon_e6: npt.ArrayLike, points: Sequence[tuple[int, int]]
) -> Whole:
    metres = great_circle_metres_to_points(lat_e6, lon_e6, points)
    return (metres * _factor_percent() + 50) // 100


def _factor_percent() -> int:
    return int(settings.ROAD_FACTOR_PERCENT)
