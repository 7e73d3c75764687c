"""Reading a folder of places: three tables and where they come from. All faults are told in one pass."""

import csv
import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from lumbung.places.choices import LocationSource, RegencyKind, VillageKind

Row = dict[str, str]

TABLES = {
    "regencies": ("code", "name", "short_name", "kind"),
    "districts": ("code", "regency_code", "name"),
    "villages": (
        "code",
        "district_code",
        "name",
        "kind",
        "postal_code",
        "bps_code",
        "latitude_e6",
        "longitude_e6",
        "location_source",
    ),
}
PARENT = {"regencies": "", "districts": "regency_code", "villages": "district_code"}
SHAPE = {
    "regencies": re.compile(r"\d\d\.\d\d"),
    "districts": re.compile(r"\d\d\.\d\d\.\d\d"),
    "villages": re.compile(r"\d\d\.\d\d\.\d\d\.\d{4}"),
}
MOST_FAULTS_TOLD = 12


class WrongFolder(Exception):
    """The folder does not hold places, or holds them wrongly; the message says what to repair."""


@dataclass(frozen=True)
class ProvinceRows:
    """A province as a folder or the package has it: rows of text, checked."""

    province: dict[str, Any]
    regencies: list[Row]
    districts: list[Row]
    villages: list[Row]
    sha256: str

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(row["code"] for row in [*self.regencies, *self.districts, *self.villages])


def code_of_folder(folder: Path) -> str:
    """The province whose words lie in `folder`."""
    return str(tomllib.loads((folder / "province.toml").read_text(encoding="utf-8"))["code"])


def read_folder(folder: Path) -> ProvinceRows:
    """The places in `folder`, or WrongFolder with every fault found."""
    files = [folder / "source.toml", *(folder / f"{table}.csv" for table in TABLES)]
    if missing := [file.name for file in files if not file.is_file()]:
        told = {"folder": folder, "files": ", ".join(missing)}
        raise WrongFolder(_("%(folder)s is not a folder of places: it lacks %(files)s.") % told)
    province = _province(folder / "source.toml")
    tables = {table: _rows(folder / f"{table}.csv", table) for table in TABLES}
    if faults := list(_faults(province, tables)):
        raise WrongFolder("\n".join(some_of(faults)))
    return ProvinceRows(province=province, sha256=_sha256(files), **tables)


def _province(path: Path) -> dict[str, Any]:
    try:
        province = tomllib.loads(path.read_text(encoding="utf-8")).get("province", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongFolder(_("%(file)s cannot be read: %(error)s") % {"file": path, "error": error}) from error
    lacking = [
        key for key in ("code", "name", "decree", "decree_on", "source", *TABLES) if key not in province
    ]
    if lacking or not isinstance(province["decree_on"], date):
        told = {"file": path, "keys": ", ".join(lacking) or "decree_on"}
        raise WrongFolder(_("%(file)s lacks in [province]: %(keys)s.") % told)
    return dict(province)


def _rows(path: Path, table: str) -> list[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            rows = list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise WrongFolder(_("%(file)s cannot be read: %(error)s") % {"file": path, "error": error}) from error
    if lacking := set(TABLES[table]) - set(reader.fieldnames or ()):
        told = {"file": path, "keys": ", ".join(sorted(lacking))}
        raise WrongFolder(_("%(file)s lacks the columns: %(keys)s.") % told)
    return [{key: (row[key] or "").strip() for key in TABLES[table]} for row in rows]


def _faults(province: dict[str, Any], tables: dict[str, list[Row]]) -> Iterator[str]:
    parents = {str(province["code"])}
    for table, rows in tables.items():
        if len(rows) != province[table]:
            told = {"table": table, "found": len(rows), "told": province[table]}
            yield _("%(table)s.csv holds %(found)s rows; source.toml promises %(told)s.") % told
        for code, times in Counter(row["code"] for row in rows).items():
            if times > 1:
                yield _("%(table)s.csv: %(code)s stands there %(times)s times.") % {
                    "table": table,
                    "code": code,
                    "times": times,
                }
        for line, row in enumerate(rows, start=2):
            if reason := _why_wrong(table, row, parents):
                yield _("%(table)s.csv, line %(line)s: %(reason)s") % {
                    "table": table,
                    "line": line,
                    "reason": reason,
                }
        parents = {row["code"] for row in rows}


def _why_wrong(table: str, row: Row, parents: set[str]) -> str | None:
    code = row["code"]
    if not SHAPE[table].fullmatch(code):
        return _("“%(code)s” is not a code of this kind.") % {"code": code}
    parent = row.get(PARENT[table], code.rsplit(".", 1)[0])
    if parent not in parents or not code.startswith(f"{parent}."):
        return _("%(code)s lies in “%(parent)s”, which is not there.") % {"code": code, "parent": parent}
    if not row["name"]:
        return _("%(code)s has no name.") % {"code": code}
    kinds = {"regencies": RegencyKind.values, "villages": VillageKind.values}.get(table)
    if kinds and row["kind"] not in kinds:
        return _("“%(kind)s” is not one of: %(kinds)s.") % {"kind": row["kind"], "kinds": ", ".join(kinds)}
    return _why_point_wrong(row) if table == "villages" else None


def _why_point_wrong(row: Row) -> str | None:
    source, point = row["location_source"], (row["latitude_e6"], row["longitude_e6"])
    if source not in LocationSource.values:
        return _("“%(kind)s” is not one of: %(kinds)s.") % {
            "kind": source,
            "kinds": ", ".join(LocationSource.values),
        }
    if source == LocationSource.NONE:
        return _("a point without its source.") if any(point) else None
    for text, limit in zip(point, (90_000_000, 180_000_000), strict=True):
        if not re.fullmatch(r"-?\d{1,9}", text) or abs(int(text)) > limit:
            return _("“%(text)s” is not in millionths of a degree.") % {"text": text}
    return None


def some_of(faults: list[str]) -> list[str]:
    """The first faults, and how many more there are."""
    if len(faults) <= MOST_FAULTS_TOLD:
        return faults
    more = len(faults) - MOST_FAULTS_TOLD
    return [*faults[:MOST_FAULTS_TOLD], _("… and %(more)s more.") % {"more": more}]


def _sha256(files: list[Path]) -> str:
    content = hashlib.sha256()
    for file in files:
        content.update(hashlib.sha256(file.read_bytes()).digest())
    return content.hexdigest()
