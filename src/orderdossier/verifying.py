"""Everything a dossier claims, checked from the file alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from orderdossier import after, chains, dues, letters, life, shares, splits
from orderdossier.container import Opened, open_dossier
from orderdossier.findings import Finding, Report
from orderdossier.signing import PublicKey

HEADS = "data/heads.txt"
TABLES = (
    "order",
    "makers",
    "splits",
    "shares",
    "production",
    "deliveries",
    "money",
    "lots",
    "complaints",
    "letters",
    "records",
)


def verify(path: Path, key: PublicKey | None = None) -> Report:
    """Check the dossier at `path`; `key` is the published key of the office that should have signed it.

    Raises NotADossier when the file cannot be read as one; every other fault is in the report.
    """
    opened = open_dossier(path)
    faults = list(opened.faults)
    if key is not None and opened.key != key:
        faults.append(Finding("other_key", "manifest.json"))
    tables = _tables(opened, faults)
    if tables is not None and not opened.faults:
        faults += _checked(opened, tables)
    manifest = opened.manifest
    return Report(
        order=str(manifest.get("order", "")),
        made_at=str(manifest.get("made_at", "")),
        office=str(manifest.get("office", "")),
        counted=_counted(opened, tables or {}),
        faults=tuple(faults),
        origin=None if key is None else opened.key == key and not opened.faults,
        seal=_seal_of(tables or {}),
    )


def _tables(opened: Opened, faults: list[Finding]) -> dict[str, Any] | None:
    """The tables of data/ by name; None, with the faults told, when one cannot be read."""
    found: dict[str, Any] = {}
    for name in TABLES:
        path = f"data/{name}.json"
        try:
            found[name] = json.loads(opened.parts[path])
        except KeyError:
            faults.append(Finding("file_missing", path))
        except ValueError:
            faults.append(Finding("unreadable", path))
    return found if len(found) == len(TABLES) else None


def _checked(opened: Opened, tables: Mapping[str, Any]) -> Iterator[Finding]:
    own = [chain for chain in tables["records"]["chains"] if chain["subject"] == tables["order"]["key"]]
    recorded = [record for chain in own for record in chain["records"]]
    checks: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
        ("records", lambda: chains.check(tables["records"], opened.parts.get(HEADS, b""))),
        ("splits", lambda: splits.check(tables["splits"], tables["shares"], recorded)),
        ("shares", lambda: shares.check(tables["order"], tables["shares"], recorded)),
        ("deliveries", lambda: life.check(tables)),
        ("money", lambda: dues.check(tables)),
        ("lots", lambda: after.check_lots(tables)),
        ("complaints", lambda: after.check_complaints(tables)),
        ("letters", lambda: letters.check(tables["letters"], opened.parts)),
    )
    for name, check in checks:
        try:
            yield from list(check())
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            yield Finding("unreadable", f"data/{name}.json")


def _counted(opened: Opened, tables: Mapping[str, Any]) -> dict[str, int]:
    found = {"files": len(opened.parts)}
    if tables:
        found["records"] = sum(len(chain["records"]) for chain in tables["records"]["chains"])
        found |= {name: len(tables[name]) for name in ("splits", "shares", "letters")}
    return found


def _seal_of(tables: Mapping[str, Any]) -> str:
    seal = tables["records"].get("seal") if tables else None
    return str(seal["hash"]) if seal else ""
