from typing import Any

from django.utils.translation import gettext as _

from foundation.management.speaking import SpeakingCommand
from lumbung.records import actions


class Command(SpeakingCommand):
    help = "Deliver what rooms are still waiting to hear of; run it every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        heard, failed = actions.deliver_open()
        self.stdout.write(_("%(heard)s delivered, %(failed)s failed.") % {"heard": heard, "failed": failed})
        if failed:
            raise SystemExit(1)
