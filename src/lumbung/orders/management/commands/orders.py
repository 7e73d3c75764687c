import json
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from foundation.management.speaking import SpeakingCommand
from lumbung.orders.models import Order
from lumbung.orders.rules.order import order_state


class Command(SpeakingCommand):
    help = "List the orders with their state."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one list, for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        orders = Order.objects.prefetch_related("lines").order_by("code")
        found = [(order, order_state(order, order.lines.all())) for order in orders]
        if options["json"]:
            rows = [{"code": o.code, "title": o.title, "state": str(state)} for o, state in found]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for order, state in found:
            self.stdout.write(f"{order.code}  {state.label:<16}  {order.title}")
        if not found:
            self.stdout.write(_("There is no order yet."))
