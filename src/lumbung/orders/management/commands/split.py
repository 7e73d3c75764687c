"""`lumbung split makers.xlsx order.xlsx -o plan.xlsx`: an order split without a database."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from foundation.formats import number, rupiah
from foundation.management.speaking import SpeakingCommand
from foundation.sheets import Table, UnreadableFile
from lumbung.orders.management.two_sheets.reading import Maker, Order, read_makers, read_order
from lumbung.orders.management.two_sheets.splitting import Plan, Shortfall, split
from lumbung.orders.management.two_sheets.writing import gap_percent, write_plan

BAD_INPUT = 1
CANNOT_BE_FILLED = 2
Found = TypeVar("Found")


class Command(SpeakingCommand):
    help = (
        "Split one order over many makers. MAKERS has the columns Nama, Desa, Kapasitas, Minimum, Harga and "
        "optionally Ongkos angkut, Biaya kunjungan, Sertifikat, Prioritas; ORDER has Jumlah and optionally "
        "Harga maksimum, Sertifikat, Toleransi biaya, Batas per pelaku. "
        "Columns may stand in any order; English headings and usual synonyms are understood. "
        "Exit status: 0 done, 1 a fault in the files, 2 the order cannot be filled."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "makers", type=Path, metavar="MAKERS", help="workbook (.xlsx, .xls, .ods) or .csv"
        )
        parser.add_argument("order", type=Path, metavar="ORDER", help="workbook or .csv with one row")
        parser.add_argument(
            "-o", "--output", type=Path, metavar="PLAN", help="where to write the plan, an .xlsx file"
        )
        parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
        parser.add_argument(
            "--seed", default="", metavar="TEXT", help="seed of the draw between equal makers"
        )

    def run_from_argv(self, argv: list[str]) -> None:
        """A misspelt command is bad input; status 2 is kept for an order that cannot be filled."""
        self.began = False
        try:
            super().run_from_argv(argv)
        except SystemExit as end:
            raise SystemExit(BAD_INPUT if end.code == 2 and not self.began else end.code) from None

    def handle(self, *args: Any, **options: Any) -> None:
        self.began = True
        self._split(options["makers"], options["order"], options["output"], options["seed"], options["json"])

    def _split(
        self, makers_path: Path, order_path: Path, output: Path | None, seed: str, as_json: bool
    ) -> None:
        started = time.perf_counter()
        why_not = why_not_write(output, [makers_path, order_path]) if output else None
        if why_not:
            self.stderr.write(why_not)
        makers, order = self._read(makers_path, order_path)
        if why_not or makers is None or order is None:
            raise SystemExit(BAD_INPUT)
        result = split(makers, order, seed=seed)
        if isinstance(result, Shortfall):
            self._tell_shortfall(result, as_json)
            raise SystemExit(CANNOT_BE_FILLED)
        if output:
            self._write(result, output)
        self._tell(result, output, as_json, time.perf_counter() - started)

    def _read(self, makers_path: Path, order_path: Path) -> tuple[list[Maker] | None, Order | None]:
        """Both files, with every fault of both told at once; None for a file with a fault."""
        makers, makers_sound = self._read_one(makers_path, read_makers)
        order, order_sound = self._read_one(order_path, read_order)
        return (makers if makers_sound else None), (order if order_sound else None)

    def _read_one(self, path: Path, read: Callable[[Path], tuple[Found, Table]]) -> tuple[Found | None, bool]:
        try:
            found, table = read(path)
        except (UnreadableFile, OSError) as refusal:
            self.stderr.write(f"{path.name}: {_sentence(refusal)}")
            return None, False
        for fault in table.faults:
            self.stderr.write(f"{path.name} {fault}")
        if table.unknown:
            self.stderr.write(
                f"{path.name}: " + _("columns not used: %(names)s") % {"names": ", ".join(table.unknown)}
            )
        return found, not table.faults

    def _write(self, plan: Plan, output: Path) -> None:
        try:
            write_plan(plan, output)
        except OSError as fault:
            self.stderr.write(f"{output}: {_sentence(fault)}")
            raise SystemExit(BAD_INPUT) from None

    def _tell(self, plan: Plan, output: Path | None, as_json: bool, seconds: float) -> None:
        if as_json:
            self.stdout.write(json.dumps(figures(plan, seconds)))
            return
        for line in summary(plan, output):
            self.stdout.write(line)

    def _tell_shortfall(self, short: Shortfall, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"deliverable": short.deliverable, "binding": list(short.binding)}))
        self.stderr.write(
            _("The order of %(ordered)s cannot be filled: at most %(most)s can be delivered.")
            % {"ordered": number(short.order.quantity), "most": number(short.deliverable)}
        )
        for sentence in short.sentences:
            self.stderr.write(sentence)


def why_not_write(output: Path, inputs: Sequence[Path]) -> str | None:
    """Why the plan cannot be written there, before any work is done."""
    if output.suffix.lower() != ".xlsx":
        return _("The plan is a workbook with three sheets: give it a name that ends in .xlsx.")
    if output.is_dir() or not output.parent.is_dir():
        return _("There is no folder %(folder)s to write the plan into.") % {"folder": output.parent}
    if output.resolve() in [path.resolve() for path in inputs]:
        return _("The plan would overwrite %(file)s. Give it another name.") % {"file": output.name}
    return None


def figures(plan: Plan, seconds: float) -> dict[str, int | float]:
    found = plan.allocation
    return {
        "quantity": plan.order.quantity,
        "makers": found.makers,
        "cost": found.cost,
        "ranked_cost": found.ranked_cost,
        "cheapest_cost": found.cheapest_cost,
        "lower_bound": found.lower_bound,
        "gap": found.gap,
        "largest_share": found.largest_share,
        "seconds": round(seconds, 3),
    }


def summary(plan: Plan, output: Path | None) -> list[str]:
    found = plan.allocation
    lines = [
        _("%(quantity)s split over %(makers)s makers; the largest share is %(largest)s.")
        % {
            "quantity": number(plan.order.quantity),
            "makers": number(found.makers),
            "largest": number(found.largest_share),
        },
        _("Cost %(cost)s; the cheapest plan costs %(cheapest)s.")
        % {"cost": rupiah(found.cost), "cheapest": rupiah(found.cheapest_cost)},
        _("Proof: no such plan costs less than %(bound)s (gap %(gap)s).")
        % {"bound": rupiah(found.lower_bound), "gap": gap_percent(found.gap_ppb)},
    ]
    return [*lines, _("The plan is in %(file)s.") % {"file": output}] if output else lines


def _sentence(fault: UnreadableFile | OSError) -> str:
    if isinstance(fault, FileNotFoundError):
        return _("There is no such file.")
    if isinstance(fault, IsADirectoryError):
        return _("This is a folder, not a file.")
    if isinstance(fault, PermissionError):
        return _("This file may not be opened.")
    if isinstance(fault, OSError):
        return _("This file cannot be read or written: %(why)s.") % {"why": fault.strerror}
    return str(fault)
