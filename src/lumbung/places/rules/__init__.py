"""What is asked about places: distances, spelling, whether a folder is right, what a map shows."""

from lumbung.places.rules.computed import compute_plates
from lumbung.places.rules.distances import (
    great_circle_metres,
    great_circle_metres_to_points,
    on_the_road,
    road_metres,
    road_metres_to_points,
)
from lumbung.places.rules.drawing import Drawing, draw
from lumbung.places.rules.folder import ProvinceRows, Row, WrongFolder, code_of_folder, read_folder
from lumbung.places.rules.marks import MapPoint, Marked, Marks, gather, merge_small
from lumbung.places.rules.package import province_code, province_names, read_package
from lumbung.places.rules.plates import Place, Plate, read_plates
from lumbung.places.rules.points import Point, read_points, with_points
from lumbung.places.rules.spelling import nearest_spellings, search_key

__all__ = [
    "Drawing",
    "MapPoint",
    "Marked",
    "Marks",
    "Place",
    "Plate",
    "Point",
    "ProvinceRows",
    "Row",
    "WrongFolder",
    "code_of_folder",
    "compute_plates",
    "draw",
    "gather",
    "great_circle_metres",
    "great_circle_metres_to_points",
    "merge_small",
    "nearest_spellings",
    "on_the_road",
    "province_code",
    "province_names",
    "read_folder",
    "read_package",
    "read_plates",
    "read_points",
    "road_metres",
    "road_metres_to_points",
    "search_key",
    "with_points",
]
