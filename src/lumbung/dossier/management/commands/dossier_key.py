from typing import Any

from django.core.management.base import BaseCommand

from lumbung.dossier.queries import signer


class Command(BaseCommand):
    help = "Print the key with which whoever holds a dossier proves that it came from here; publish it."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(signer().public))
