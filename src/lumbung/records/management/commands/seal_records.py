from typing import Any

from django.utils.translation import gettext as _

from foundation.management.speaking import SpeakingCommand
from lumbung.records import actions


class Command(SpeakingCommand):
    help = "Seal all chains of records under one hash; run it once a day and keep the line it prints."

    def handle(self, *args: Any, **options: Any) -> None:
        seal = actions.seal_all(by="command:seal-records")
        if seal is None:
            self.stdout.write(_("Nothing happened since the last seal."))
        else:
            told = {"at": seal.sealed_at.isoformat(), "chains": seal.chains, "hash": seal.hash}
            self.stdout.write(_("%(at)s %(chains)s chains %(hash)s") % told)
