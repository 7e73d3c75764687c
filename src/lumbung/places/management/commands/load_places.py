"""`lumbung load-places`: bring the official places of a province in; run again it changes nothing."""

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from foundation import formats
from foundation.management.speaking import SpeakingCommand
from lumbung.places import queries, rules
from lumbung.places.actions import Loaded, load_places, load_province

BY = "command:load-places"
TABLES = {
    "province": gettext_lazy("province"),
    "regencies": gettext_lazy("regencies and cities"),
    "districts": gettext_lazy("districts"),
    "villages": gettext_lazy("villages"),
}


def _pointless(count: int) -> str:
    return ngettext(
        "%(count)s village has no point on the map: its makers cannot take part in a split. "
        "Give points by --points FILE (code, latitude, longitude).",
        "%(count)s villages have no point on the map: their makers cannot take part in a split. "
        "Give points by --points FILE (code, latitude, longitude).",
        count,
    ) % {"count": formats.number(count)}


class Command(SpeakingCommand):
    help = "Load regencies, districts and villages of this office's province, of others, or of a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="a folder of places with tables of its own")
        parser.add_argument("--province", nargs="+", default=[], help="names or two-digit codes")
        parser.add_argument(
            "--points", type=Path, metavar="FILE", help="points on the map: code, latitude, longitude"
        )
        parser.add_argument(
            "--estimate",
            action="store_true",
            help="a village without a point takes that of its district or regency, where one is known",
        )
        parser.add_argument("--list", action="store_true", help="list the provinces and what is loaded")

    def handle(self, *args: Any, folder: Path | None = None, **options: Any) -> None:
        if options["list"]:
            return self._list()
        try:
            if folder:
                self._tell(load_places(folder, by=BY, progress=self.say))
            else:
                self._load(options["province"], options["points"], estimate=options["estimate"])
        except rules.WrongFolder as wrong:
            raise CommandError(str(wrong)) from wrong
        return None

    def _load(self, wanted: list[str], points: Path | None, *, estimate: bool) -> None:
        codes = [rules.province_code(text) for text in wanted] or [settings.PROVINCE_CODE]
        known = self._points(points, codes) if points else {}
        for code in codes:
            here = {place: point for place, point in known.items() if place.startswith(f"{code}.")}
            self._tell(load_province(code, points=here, estimate=estimate, by=BY, progress=self.say))

    def _points(self, file: Path, codes: list[str]) -> Mapping[str, rules.Point]:
        places = [queries.places_of(code).codes for code in codes]
        return rules.read_points(file, frozenset().union(*places))

    def _tell(self, loaded: Loaded) -> None:
        told = {"villages": formats.number(loaded.villages), "written": formats.number(loaded.written)}
        name = rules.province_names().get(loaded.province, loaded.province)
        self.stdout.write(
            _("%(province)s: %(villages)s villages, %(written)s rows written.") % {"province": name, **told}
        )
        if loaded.gone:
            kept = {"codes": ", ".join(loaded.gone)}
            self.stdout.write(_("No longer in the decree, kept: %(codes)s.") % kept)
        if loaded.without_point:
            self.stdout.write(_pointless(loaded.without_point))

    def _list(self) -> None:
        loaded = queries.villages_loaded()
        for code, name in rules.province_names().items():
            villages, pointless = loaded.get(code, (0, 0))
            told = {"villages": formats.number(villages), "pointless": formats.number(pointless)}
            standing = (
                _("%(villages)s villages loaded, %(pointless)s without a point") % told if villages else ""
            )
            self.stdout.write(f"{code}  {name:<28} {standing}".rstrip())

    def say(self, table: str, written: int, rows: int) -> None:
        told = {"table": TABLES[table], "written": formats.number(written), "rows": formats.number(rows)}
        self.stdout.write("  " + _("%(table)s: %(written)s of %(rows)s new or changed") % told)
