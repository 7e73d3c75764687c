"""What is asked about places: distances, spelling, whether a folder is right, what a map shows."""

from lumbung.places.rules.distances import (
    great_circle_metres,
    great_circle_metres_to_points,
    on_the_road,
    road_metres,
    road_metres_to_points,
)
from lumbung.places.rules.drawing import Drawing, draw
from lumbung.places.rules.folder import PlacesFolder, Row, WrongFolder, read_folder
from lumbung.places.rules.marks import MapPoint, Marked, Marks, gather, merge_small
from lumbung.places.rules.plates import Plate, read_plates
from lumbung.places.rules.spelling import nearest_spellings, search_key

__all__ = [
    "Drawing",
    "MapPoint",
    "Marked",
    "Marks",
    "PlacesFolder",
    "Plate",
    "Row",
    "WrongFolder",
    "draw",
    "gather",
    "great_circle_metres",
    "great_circle_metres_to_points",
    "merge_small",
    "nearest_spellings",
    "on_the_road",
    "read_folder",
    "read_plates",
    "road_metres",
    "road_metres_to_points",
    "search_key",
]
