"""The one console command: `lumbung`."""

import os
import sys

COMMANDS = {
    "split": "split an order from two spreadsheets; needs no database",
    "demo": "fill the database with demo makers and orders (twice does no harm)",
    "replay": "let a real order of the past happen again, beside what the papers said",
    "serve": "serve the pages on 127.0.0.1",
    "work": "do the long work that waits in the queue; `serve` starts one",
    "load-places": "load regencies, districts and villages of any province",
    "open-account": "open the first account of an office: its head, who opens the others",
    "check-records": "find a changed, removed or inserted record",
    "seal-records": "seal all chains of records, once a day",
    "deliver": "deliver what rooms are still waiting to hear",
    "orders": "list the orders with their state (`--json` for machines)",
    "dossier": "write everything of one order into a file that proves itself",
    "verify-dossier": "verify such a file; needs no database",
    "dossier-key": "print the key that proves where a dossier came from",
    "recompute": "compute a decided split again and compare it, piece by piece",
    "expire": "split again what was not answered in time",
    "watch": "look for deliveries and accounts that a person should look at",
    "words": "collect, check and compile the words of the screen",
    "migrate": "bring the database to this version",
}


def main() -> None:
    """Run a command of Lumbung, or one of Django's by its own name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        sys.stdout.write(overview() + "\n")
        return
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - help stays quick

    execute_from_command_line(
        [
            "lumbung",
            arguments[0].replace("-", "_") if arguments[0] in COMMANDS else arguments[0],
            *arguments[1:],
        ]
    )


def overview() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  lumbung {name:<{width}}   {what}" for name, what in COMMANDS.items()]
    return "\n".join(
        [
            "Lumbung: one large order, split over hundreds of small makers, with proof.",
            "",
            *lines,
            "",
            "`lumbung COMMAND --help` tells more. Django's own commands work too (`lumbung shell`).",
        ]
    )
