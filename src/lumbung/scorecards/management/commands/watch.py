from typing import Any

from django.utils.translation import gettext as _

from foundation.management.speaking import SpeakingCommand
from lumbung.scorecards.actions import look_at, look_at_accounts
from lumbung.scorecards.queries.watch import makers_to_watch


class Command(SpeakingCommand):
    help = "Look at deliveries and bank accounts of the last weeks for what a person should see; run it once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        found = look_at(makers_to_watch(), by="command:watch")
        found += look_at_accounts(by="command:watch")
        self.stdout.write(_("%(count)s new flags.") % {"count": len(found)})
