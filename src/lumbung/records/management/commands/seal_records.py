from typing import Any

from django.core.management.base import BaseCommand

from lumbung.records import actions


class Command(BaseCommand):
    help = "Seal all chains of records under one hash; run it once a day and keep the line it prints."

    def handle(self, *args: Any, **options: Any) -> None:
        seal = actions.seal_all(by="command:seal-records")
        if seal is None:
            self.stdout.write("Nothing happened since the last seal.")
        else:
            self.stdout.write(f"{seal.sealed_at.isoformat()} {seal.chains} chains {seal.hash}")
