from typing import Any

from django.utils.translation import gettext as _

from foundation.management.speaking import SpeakingCommand
from lumbung.orders.actions.resplitting import expire_and_resplit


class Command(SpeakingCommand):
    help = "Take back offers whose answer term is over and split them again; run it every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        lapsed, offered = expire_and_resplit(by="command:expire")
        told = {"lapsed": lapsed, "offered": offered}
        self.stdout.write(_("%(lapsed)s offers lapsed, %(offered)s offered anew.") % told)
