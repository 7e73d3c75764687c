from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.formats import number
from foundation.management.speaking import SpeakingCommand
from lumbung.records import queries
from lumbung.records.models import Record, Seal


class Command(SpeakingCommand):
    help = "Find a changed, removed or inserted record; exit status 1 when there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(queries.faults())
        for fault in faults:
            self.stderr.write(f"{queries.called(fault.subject)}: {fault.sentence}")
        told = {"records": number(Record.objects.count()), "seals": number(Seal.objects.count())}
        if faults:
            counted = ngettext(
                "%(records)s records, %(seals)s seals: %(faults)s fault.",
                "%(records)s records, %(seals)s seals: %(faults)s faults.",
                len(faults),
            )
            self.stderr.write(counted % {**told, "faults": number(len(faults))})
            raise SystemExit(1)
        self.stdout.write(_("%(records)s records, %(seals)s seals: all in order.") % told)
