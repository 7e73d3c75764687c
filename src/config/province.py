"""The province this server is for: what its office is called and which time it has, read from `data/places/`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class OwnProvince:
    """What pages and messages say of the province; each of it can be set in the environment besides."""

    code: str
    key: str
    region: str
    office: str
    time_zone: str
    time_zone_name: str
    ends: tuple[str, ...] = ()
    lesson: Mapping[str, str] = field(default_factory=dict)


def read(root: Path, wanted: str) -> OwnProvince:
    """The province of this name, code or folder; without any, the only one that has a folder."""
    folders = {path.parent.name: _toml(path) for path in sorted(root.glob("*/province.toml"))}
    shared = _toml(root / "provinces.toml")
    rows = {row["code"]: row for row in shared["provinces"]["list"]}
    row = rows[_code(wanted.strip(), folders, rows)]
    key, own = next(
        ((key, own) for key, own in folders.items() if own["code"] == row["code"]), (_key(row["name"]), {})
    )
    zone = shared["times"]["zones"][row["time"]]
    return OwnProvince(
        code=row["code"],
        key=key,
        region=own.get("region", row["name"]),
        office=own.get("office", f"Pemerintah Provinsi {row['name']}"),
        time_zone=zone["zone"],
        time_zone_name=zone["name"],
        ends=tuple(own.get("ends", ())),
        lesson=own.get("lesson", {}),
    )


def _code(wanted: str, folders: Mapping[str, dict[str, Any]], rows: Mapping[str, dict[str, Any]]) -> str:
    if not wanted and len(folders) == 1:
        return str(next(iter(folders.values()))["code"])
    if not wanted:
        raise ImproperlyConfigured(
            f"Set PROVINCE in the environment to one of: {', '.join(folders) or 'a province or its code'}."
        )
    names = {_key(row["name"]): code for code, row in rows.items()}
    known = {**names, **{code: code for code in rows}, **{key: own["code"] for key, own in folders.items()}}
    if _key(wanted) not in known:
        raise ImproperlyConfigured(
            f"PROVINCE is '{wanted}': write a province's name or its two digits (lumbung load-places --list)."
        )
    return str(known[_key(wanted)])


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ImproperlyConfigured(f"{path} cannot be read: {fault}") from fault
