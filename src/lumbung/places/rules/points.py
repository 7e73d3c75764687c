"""Points of villages from a table that somebody has, read with all faults in one pass, and estimates from them."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.sheets import Column, Table, UnreadableFile, open_grids, read_table
from lumbung.places.choices import LocationSource
from lumbung.places.rules.folder import Row, WrongFolder, some_of

Point = tuple[int, int]
"""Latitude and longitude in millionths of a degree."""

SOUTH, NORTH, WEST, EAST = -11_500_000, 6_500_000, 94_500_000, 141_500_000
"""Indonesia lies within."""


def read_points(file: Path, codes: Collection[str]) -> dict[str, Point]:
    """Points by the code of a village, district or regency, all among `codes`; WrongFolder with every fault."""
    columns = [
        Column("code", gettext_lazy("Code"), ("kode", "kode desa", "kode wilayah"), _reader_of_codes(codes)),
        Column("latitude", gettext_lazy("Latitude"), ("lintang", "lat"), _read_degrees),
        Column("longitude", gettext_lazy("Longitude"), ("bujur", "lon", "lng", "long"), _read_degrees),
    ]
    try:
        table = read_table(open_grids(file), columns)
    except (UnreadableFile, OSError) as fault:
        raise WrongFolder(_("%(file)s cannot be read: %(error)s") % {"file": file, "error": fault}) from fault
    _add_faults_of_rows(table)
    if table.faults:
        told = some_of([str(fault) for fault in sorted(table.faults)])
        raise WrongFolder("\n".join([f"{file}:", *told]))
    return {row["code"]: (row["latitude"], row["longitude"]) for row in table.rows}


def _reader_of_codes(codes: Collection[str]) -> Callable[[Any], str]:
    def read(written: Any) -> str:
        code = str(written).strip()
        if code not in codes:
            raise ValueError(_("“%(code)s” is no code of this province.") % {"code": code})
        return code

    return read


def _read_degrees(written: Any) -> int:
    text = str(written).strip().replace("−", "-").replace(",", ".")
    if not re.fullmatch(r"-?\d{1,3}(\.\d+)?", text):
        raise ValueError(_("“%(text)s” is not in degrees, such as -8.583333.") % {"text": written})
    try:
        return round(Decimal(text) * 1_000_000)
    except InvalidOperation as fault:  # more digits than anybody measures
        raise ValueError(_("“%(text)s” is not in degrees, such as -8.583333.") % {"text": written}) from fault


def _add_faults_of_rows(table: Table) -> None:
    if table.faults and not all(column.key in row.places for row in table.rows for column in table.columns):
        return  # a column is missing altogether
    seen: set[str] = set()
    for row in table.rows:
        if not (SOUTH <= row["latitude"] <= NORTH and WEST <= row["longitude"] <= EAST):
            table.add_fault(
                row, "latitude", _("This point lies outside Indonesia. Are latitude and longitude swapped?")
            )
        if row["code"] in seen:
            table.add_fault(row, "code", _("“%(code)s” stands there twice.") % {"code": row["code"]})
        seen.add(row["code"])


def with_points(
    villages: Iterable[Row], known: Mapping[str, Row], points: Mapping[str, Point], *, estimate: bool
) -> list[Row]:
    """The villages with the best point there is: its own, one known before, or, if wanted, an estimate.

    `known` are rows as they stand now. An estimate is the point of the district or regency, given or the mean of
    the villages in it whose own point is known; where nothing is known there stays nothing.
    """
    own = [_with_own_point(village, known.get(village["code"]), points) for village in villages]
    if not estimate:
        return own
    given = {code: point for code, point in points.items() if code.count(".") < 3}
    around = {**_means(own), **given}
    return [_estimated(village, around) for village in own]


def _with_own_point(village: Row, known: Row | None, points: Mapping[str, Point]) -> Row:
    if point := points.get(village["code"]):
        return village | _written(point, LocationSource.VILLAGE)
    if known and known["location_source"] != LocationSource.NONE:
        return village | {key: known[key] for key in ("latitude_e6", "longitude_e6", "location_source")}
    return village


def _estimated(village: Row, around: Mapping[str, Point]) -> Row:
    if village["location_source"] == LocationSource.VILLAGE:
        return village
    district, regency = village["code"][:8], village["code"][:5]
    for code, source in ((district, LocationSource.DISTRICT), (regency, LocationSource.REGENCY)):
        if point := around.get(code):
            return village | _written(point, source)
    return village


def _means(villages: Iterable[Row]) -> dict[str, Point]:
    within: dict[str, list[Point]] = defaultdict(list)
    for village in villages:
        if village["location_source"] == LocationSource.VILLAGE:
            point = int(village["latitude_e6"]), int(village["longitude_e6"])
            within[village["code"][:8]].append(point)
            within[village["code"][:5]].append(point)
    return {code: (_mean(p[0] for p in many), _mean(p[1] for p in many)) for code, many in within.items()}


def _mean(numbers: Iterable[int]) -> int:
    many = list(numbers)
    return (2 * sum(many) + len(many)) // (2 * len(many))


def _written(point: Point, source: LocationSource) -> Row:
    return {"latitude_e6": str(point[0]), "longitude_e6": str(point[1]), "location_source": str(source)}
