from typing import Any

from django.core.management.base import BaseCommand

from lumbung.records import queries
from lumbung.records.models import Record, Seal


class Command(BaseCommand):
    help = "Find a changed, removed or inserted record; exit status 1 when there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(queries.faults())
        for fault in faults:
            self.stderr.write(f"{fault.subject}: {fault.sentence}")
        counted = f"{Record.objects.count()} records, {Seal.objects.count()} seals"
        if faults:
            self.stderr.write(f"{counted}: {len(faults)} faults.")
            raise SystemExit(1)
        self.stdout.write(f"{counted}: all in order.")
