"""`lumbung load_places [FOLDER]`: bring the official places in; run again it changes nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lumbung.places import queries, rules
from lumbung.places.actions import load_places


class Command(BaseCommand):
    help = "Load provinces down to villages from a folder of places (without one: from all that are shipped)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path)

    def handle(self, *args: Any, folder: Path | None = None, **options: Any) -> None:
        folders = (
            [folder]
            if folder
            else sorted(path.parent for path in queries.places_root().glob("*/source.toml"))
        )
        for each in folders:
            try:
                loaded = load_places(each, by="command:load-places", progress=self.say)
            except rules.WrongFolder as wrong:
                raise CommandError(str(wrong)) from wrong
            gone = f" No longer in the folder, kept: {', '.join(loaded.gone)}." if loaded.gone else ""
            self.stdout.write(
                f"{each.name}: {loaded.villages} villages, {loaded.written} rows written.{gone}"
            )

    def say(self, table: str, written: int, rows: int) -> None:
        self.stdout.write(f"  {table}: {written} of {rows} new or changed")
