"""Fails when branch coverage over rules, actions, queries or the libraries falls below the floor."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

FLOOR_PERCENT = 90
PARTS = {
    "rules": "src/lumbung/*/rules.py,src/lumbung/*/rules/*",
    "actions": "src/lumbung/*/actions.py,src/lumbung/*/actions/*",
    "queries": "src/lumbung/*/queries.py,src/lumbung/*/queries/*",
    "ordersplit": "src/ordersplit/*",
    "orderdossier": "src/orderdossier/*",
    "foundation": "src/foundation/*",
}


def covered(include: str, folder: Path) -> float:
    """Per cent of lines and branches walked in these files."""
    told = folder / "coverage.json"
    command = [sys.executable, "-m", "coverage", "json", "-q", "--include", include, "-o", str(told)]
    subprocess.run(command, check=True)
    return float(json.loads(told.read_text())["totals"]["percent_covered"])


def main() -> int:
    low = []
    with tempfile.TemporaryDirectory() as folder:
        for name, include in PARTS.items():
            percent = covered(include, Path(folder))
            print(f"{name:<12} {percent:5.1f} %")
            if percent < FLOOR_PERCENT:
                low.append(name)
    if low:
        print(f"Below {FLOOR_PERCENT} %: {', '.join(low)}")
    return 1 if low else 0


if __name__ == "__main__":
    raise SystemExit(main())
