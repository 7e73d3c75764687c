import shutil
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from foundation.formats import number
from foundation.management.speaking import SpeakingCommand
from lumbung.dossier.actions import export_dossier
from lumbung.dossier.queries import path_of
from lumbung.orders.models import Order


class Command(SpeakingCommand):
    help = "Write everything of one order into a file that proves itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("order", help="the order's number, such as PSN-2026-0001")
        parser.add_argument("-o", "--output", type=Path, required=True, help="where to write the zip file")

    def handle(self, *args: Any, **options: Any) -> None:
        order = Order.objects.filter(code=options["order"]).first()
        if order is None:
            raise CommandError(_("There is no order %(order)s.") % {"order": options["order"]})
        target: Path = options["output"]
        if not target.parent.is_dir():
            raise CommandError(_("There is no folder %(folder)s.") % {"folder": target.parent})
        export = export_dossier(order=order, by="command:dossier")
        shutil.copyfile(path_of(export), target)
        told = {"file": target, "bytes": number(export.size_bytes), "hash": export.sha256}
        self.stdout.write(_("%(file)s: %(bytes)s bytes, SHA-256 %(hash)s") % told)
