import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from foundation import clock
from foundation.formats import number
from foundation.management.speaking import SpeakingCommand
from lumbung.desk.management.demo import course, province
from lumbung.orders.models import Order
from lumbung.organisations.models import Party
from lumbung.people.choices import DEMO_PASSWORD
from lumbung.people.queries import demo_accounts


class Command(SpeakingCommand):
    help = "Fill the database with a province's demo makers and orders over the real villages; twice does no harm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--file", type=Path, help="what the demo assumes; default: data/demo of the province"
        )
        parser.add_argument(
            "--makers", type=int, help="about how many makers; fewer make the orders smaller too"
        )
        parser.add_argument(
            "--anew", action="store_true", help="empty the database first, when it holds nothing but a demo"
        )

    def handle(
        self, *args: Any, file: Path | None, makers: int | None, anew: bool = False, **options: Any
    ) -> None:
        if not settings.DEMO:
            raise CommandError(_("This is no demo (LUMBUNG_DEMO=0): demo data stays out."))
        if anew:
            self._empty()
        if course.is_finished():
            self.stdout.write(_("The demo stands already; nothing was changed."))
        elif Party.objects.filter(is_demo=True).exists():
            raise CommandError(
                _("A demo was begun here and not finished. Run `lumbung demo --anew` to begin again.")
            )
        else:
            self._build(file, makers)
        self._tell_accounts()

    def _empty(self) -> None:
        """Every row of every table; what is no demo is left alone, and the demo with it."""
        if Party.objects.filter(is_demo=False).exists() or Order.objects.filter(is_demo=False).exists():
            raise CommandError(
                _(
                    "This database also holds what is no demo; nothing was changed. Choose another LUMBUNG_VAR."
                )
            )
        call_command("flush", interactive=False, verbosity=0)
        cache.clear()
        self.stdout.write(_("The database is empty again."))

    def _build(self, file: Path | None, makers: int | None) -> None:
        started = time.monotonic()
        try:
            demo = province.read(file or province.shipped())
            with clock.set_to(course.founded_at(demo)):
                call_command("load_places", stdout=self.stdout)
            made, orders = course.build(demo, makers=makers, say=self.stdout.write)
        except province.WrongFile as wrong:
            raise CommandError(str(wrong)) from wrong
        told = {
            "makers": number(made),
            "orders": number(orders),
            "seconds": round(time.monotonic() - started),
        }
        self.stdout.write(
            _("%(makers)s makers, %(orders)s orders in their states (%(seconds)s s). All of it is invented.")
            % told
        )

    def _tell_accounts(self) -> None:
        self.stdout.write(_("Demo accounts (password %(password)s):") % {"password": DEMO_PASSWORD})
        for person in demo_accounts():
            self.stdout.write(f"  {person.email or person.phone:<28} {person.full_name}")
