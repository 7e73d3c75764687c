from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from foundation.formats import number
from foundation.management.speaking import SpeakingCommand
from lumbung.dossier.rules.wording import sentence_of
from orderdossier import NotADossier, PublicKey, Report, verify


class Command(SpeakingCommand):
    help = (
        "Verify the dossier of an order from the file alone; no database is asked. Exit status 1: not sound."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", help="the office's published key: its line, or a file that holds it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = verify(options["file"], _key(options["key"]))
        except NotADossier as fault:
            raise CommandError(
                _("%(file)s is not a dossier, or its list of files is broken: %(fault)s.")
                % {"file": options["file"], "fault": fault}
            ) from None
        except OSError as fault:
            raise CommandError(str(fault)) from None
        self._tell(report)

    def _tell(self, report: Report) -> None:
        for fault in report.faults:
            self.stdout.write(sentence_of(fault))
        if report.faults:
            raise CommandError(_("The dossier of %(order)s is not sound.") % {"order": report.order})
        told = {name: number(count) for name, count in report.counted.items()}
        self.stdout.write(
            _(
                "%(order)s: %(files)s files, %(records)s records, %(splits)s splits and %(shares)s shares checked."
            )
            % {"order": report.order, **told}
        )
        self.stdout.write(
            _("Origin proved: signed by %(office)s.") % {"office": report.office}
            if report.origin
            else _("Consistent, origin not proved: give the office's published key with --key.")
        )
        if report.seal:
            self.stdout.write(_("Seal: %(seal)s") % {"seal": report.seal})


def _key(told: str | None) -> PublicKey | None:
    if told is None:
        return None
    path = Path(told)
    try:
        return PublicKey.read(path.read_text() if path.is_file() else told)
    except (ValueError, OSError):
        raise CommandError(
            _("The key cannot be read: it is one line that begins with lumbung-ed25519.")
        ) from None
