from typing import Any

from django.core.management.base import BaseCommand

from lumbung.orders.actions.resplitting import expire_and_resplit


class Command(BaseCommand):
    help = "Take back offers whose answer term is over and split them again; run it every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        lapsed, offered = expire_and_resplit(by="command:expire")
        self.stdout.write(f"{lapsed} offers lapsed, {offered} offered anew.")
