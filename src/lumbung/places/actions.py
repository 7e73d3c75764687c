"""Bringing the official places in, from a folder or from the package of all provinces."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from django.db import models, transaction

from lumbung.places import queries, rules
from lumbung.places.choices import LocationSource
from lumbung.places.models import District, Province, Regency, Village
from lumbung.records.actions import leave_record

Place = TypeVar("Place", Province, Regency, District, Village)
Progress = Callable[[str, int, int], None]
"""Hears of each table: its name, how many rows were written, of how many."""

ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Loaded:
    """What a load found and did; `gone` villages stand in the database but no longer in the decree."""

    province: str
    villages: int
    written: int
    gone: tuple[str, ...]
    sha256: str
    without_point: int = 0


def load_places(folder: Path, *, by: str, progress: Progress = lambda *_: None) -> Loaded:
    """Write what is new or changed in `folder`; nothing new leaves no record. Places are never deleted."""
    return _load(rules.read_folder(folder), by=by, progress=progress)


def load_province(
    code: str,
    *,
    by: str,
    points: Mapping[str, rules.Point] | None = None,
    estimate: bool = False,
    progress: Progress = lambda *_: None,
) -> Loaded:
    """Any province by its code, from its shipped folder or the package; points that are known already stay."""
    places = queries.places_of(code)
    known = queries.village_rows(code) | {row["code"]: row for row in places.villages if row["latitude_e6"]}
    given = {**queries.shipped_points(places), **(points or {})}
    placed = rules.with_points(places.villages, known, given, estimate=estimate)
    return _load(replace(places, villages=placed), by=by, progress=progress)


@transaction.atomic
def _load(places: rules.ProvinceRows, *, by: str, progress: Progress) -> Loaded:
    code = places.province["code"]
    rows: list[tuple[str, Sequence[models.Model]]] = [
        ("province", [_province(places)]),
        ("regencies", [_regency(row, code) for row in places.regencies]),
        ("districts", [_district(row) for row in places.districts]),
        ("villages", [_village(row) for row in places.villages]),
    ]
    written = 0
    for table, wanted in rows:
        count = _write_changed(wanted)
        progress(table, count, len(wanted))
        written += count
    pointless = sum(row["location_source"] == LocationSource.NONE for row in places.villages)
    loaded = Loaded(code, len(places.villages), written, _gone(places), places.sha256, pointless)
    if written:
        _leave_record(loaded, places, by=by)
    return loaded


def _leave_record(loaded: Loaded, places: rules.ProvinceRows, *, by: str) -> None:
    content = {
        "regencies": len(places.regencies),
        "districts": len(places.districts),
        "villages": loaded.villages,
        "written": loaded.written,
        "gone": list(loaded.gone),
        "without_point": loaded.without_point,
        "decree": places.province["decree"],
        "sha256": loaded.sha256,
    }
    leave_record(subject=f"places:{loaded.province}", deed="places.loaded", by=by, content=content)


def _write_changed(wanted: Sequence[models.Model]) -> int:
    model = type(wanted[0])
    fields = [field.attname for field in model._meta.concrete_fields]
    kept = set(model._default_manager.values_list(*fields))
    changed = [place for place in wanted if tuple(getattr(place, name) for name in fields) not in kept]
    model._default_manager.bulk_create(
        changed,
        batch_size=ROWS_AT_ONCE,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[name for name in fields if name != "code"],
    )
    return len(changed)


def _gone(places: rules.ProvinceRows) -> tuple[str, ...]:
    here = {row["code"] for row in places.villages}
    known = Village.objects.filter(district__regency__province_id=places.province["code"])
    return tuple(code for code in known.values_list("code", flat=True) if code not in here)


def _province(places: rules.ProvinceRows) -> Province:
    return Province(
        **{key: places.province[key] for key in ("code", "name", "decree", "decree_on", "source")}
    )


def _regency(row: rules.Row, province: str) -> Regency:
    return Regency(province_id=province, **row)


def _district(row: rules.Row) -> District:
    return District(code=row["code"], name=row["name"], regency_id=row["regency_code"])


def _village(row: rules.Row) -> Village:
    known = {key: row[key] for key in ("code", "name", "kind", "postal_code", "bps_code", "location_source")}
    return Village(
        **known,
        district_id=row["district_code"],
        search_name=rules.search_key(row["name"]),
        latitude_e6=_whole(row["latitude_e6"]),
        longitude_e6=_whole(row["longitude_e6"]),
    )


def _whole(text: str) -> int | None:
    return int(text) if text else None
