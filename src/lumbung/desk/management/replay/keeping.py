"""The result of a replay, kept beside its data file: the command writes it, the page reads it."""

import json
from pathlib import Path
from typing import Any

from lumbung.desk.management.replay.scenario import folder


def path_of(name: str) -> Path:
    """Where a replay's result is kept."""
    return folder() / f"{name}.json"


def keep(result: dict[str, Any]) -> Path:
    path = path_of(result["replay"])
    path.write_text(as_text(result), encoding="utf-8")
    return path


def as_text(result: dict[str, Any]) -> str:
    return json.dumps(result, ensure_ascii=False, indent=1) + "\n"


def kept(name: str) -> dict[str, Any] | None:
    """The result that was kept last, or None."""
    path = path_of(name)
    if not path.exists():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
