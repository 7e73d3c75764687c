"""`python -m orderdossier FILE.zip [--key KEY]`: verify a dossier on a machine that has nothing else of Lumbung."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from orderdossier import NotADossier, PublicKey, verify


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="orderdossier", description="Verify the dossier of an order.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--key", help="the office's published key: its line, or a file that holds it")
    told = parser.parse_args(arguments)
    try:
        report = verify(told.file, _key(told.key))
    except NotADossier as error:
        sys.stdout.write(f"{told.file}: {error}\n")
        return 1
    except (ValueError, OSError) as error:
        sys.stderr.write(f"{told.file}: {error}\n")
        return 2
    for fault in report.faults:
        sys.stdout.write(f"{fault}\n")
    if report.consistent:
        origin = "origin proved" if report.origin else "consistent, origin not proved"
        sys.stdout.write(f"{report.order}: {origin}\n")
    return 0 if report.consistent else 1


def _key(told: str | None) -> PublicKey | None:
    if told is None:
        return None
    path = Path(told)
    return PublicKey.read(path.read_text() if path.exists() else told)


if __name__ == "__main__":
    raise SystemExit(main())
