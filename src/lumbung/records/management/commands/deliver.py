from typing import Any

from django.core.management.base import BaseCommand

from lumbung.records import actions


class Command(BaseCommand):
    help = "Deliver what rooms are still waiting to hear of; run it every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        heard, failed = actions.deliver_open()
        self.stdout.write(f"{heard} delivered, {failed} failed.")
        if failed:
            raise SystemExit(1)
