import time
from random import Random
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from lumbung.desk.management.demo import accounts, makers, orders
from lumbung.orders.models import Order
from lumbung.people.choices import DEMO_PASSWORD
from lumbung.people.queries import demo_accounts
from lumbung.records.actions import seal_all

SEED = 2022_12_27


class Command(BaseCommand):
    help = "Fill the database with demo makers and orders over the real villages; twice does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is no demo (LUMBUNG_DEMO=0): demo data stays out.")
        if Order.objects.filter(is_demo=True).exists():
            self.stdout.write("The demo stands already; nothing was changed.")
        else:
            self._build()
        self._tell_accounts()

    def _build(self) -> None:
        started = time.monotonic()
        call_command("load_places", stdout=self.stdout)
        chance = Random(SEED)  # noqa: S311 - the demo is the same everywhere; nothing secret hangs on it
        with transaction.atomic():
            cast = accounts.build()
            made = makers.build(chance)
            self.stdout.write(f"{len(made)} makers registered ({time.monotonic() - started:.0f} s)")
            accounts.open_makers_accounts()
            seal_all(by="command:demo")
        built = orders.build(cast, chance)
        self.stdout.write(f"{len(built)} orders brought to their states ({time.monotonic() - started:.0f} s)")

    def _tell_accounts(self) -> None:
        self.stdout.write(f"Demo accounts (password {DEMO_PASSWORD}):")
        for person in demo_accounts():
            self.stdout.write(f"  {person.email or person.phone:<28} {person.full_name}")
