import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from lumbung.desk.management.replay import keeping, telling
from lumbung.desk.management.replay.drawing import draw
from lumbung.desk.management.replay.result import run
from lumbung.desk.management.replay.scenario import Scenario, names, read_scenario

PICTURES = Path(settings.ROOT) / "docs" / "pictures"
DRAWINGS = {"": 960, "-phone": 360}
"""Ending of the file → width, of the pictures in the documents."""


class Command(BaseCommand):
    help = (
        "Let a real order of the past happen again with Lumbung, in a database that is thrown away, and set "
        "beside it what the papers said. Your own database is not touched."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=[*names(), "all"], help="which order; all of them with --keep")
        parser.add_argument("--seed", type=int, help="another course of the same order")
        parser.add_argument(
            "--scale",
            type=int,
            default=100,
            metavar="PERCENT",
            help="a smaller order over fewer makers, for a quick look",
        )
        parser.add_argument("--json", action="store_true", help="print the whole result as JSON")
        parser.add_argument("--draw", type=Path, metavar="FILE.svg", help="draw the picture")
        parser.add_argument("--width", type=int, default=960, help="of the picture: 960, or 360 for a phone")
        parser.add_argument(
            "--lang", choices=["id", "en"], default="id", help="language of table and picture"
        )
        parser.add_argument(
            "--keep", action="store_true", help="keep the result in data/replays/, where the page reads it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = names() if options["name"] == "all" else [options["name"]]
        if len(chosen) > 1 and not options["keep"]:
            raise CommandError("All at once only with --keep; else name one.")
        if options["keep"] and (options["seed"] is not None or options["scale"] != 100):
            raise CommandError("Only the whole course of the scenario's own seed is kept.")
        if not 1 <= options["scale"] <= 100:
            raise CommandError("--scale is a percentage: 1 to 100.")
        for name in chosen:
            self._replay(read_scenario(name), options)

    def _replay(self, scenario: Scenario, options: dict[str, Any]) -> None:
        found = run(scenario, seed=options["seed"], scale=options["scale"])
        with translation.override(options["lang"]):
            if options["json"]:
                self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
            else:
                self.stdout.write(telling.as_table(scenario, found))
            if options["draw"]:
                options["draw"].write_text(draw(scenario, found, width=options["width"]), encoding="utf-8")
        if options["keep"]:
            self.stderr.write(f"kept in {keeping.keep(found)}")
            self._draw_for_the_documents(scenario, found)
        if not telling.holds(found):
            self.stderr.write("A rule did not hold: see the lines above.")
            sys.exit(1)

    def _draw_for_the_documents(self, scenario: Scenario, found: dict[str, Any]) -> None:
        """README and docs/replays.md speak English; a phone gets its own drawing."""
        if not PICTURES.is_dir():
            return
        with translation.override("en"):
            for ending, width in DRAWINGS.items():
                path = PICTURES / f"replay-{scenario.name}{ending}.svg"
                path.write_text(draw(scenario, found, width=width), encoding="utf-8")
