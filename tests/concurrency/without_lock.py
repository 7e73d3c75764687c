"""The same server with the lock taken out: proves that the test would notice.

On PostgreSQL the line's row is read without FOR UPDATE; on SQLite transactions begin DEFERRED, as Django does
by itself. A pause between counting and writing stands for a busy disk, so that the race is met every time.
"""

import time

from django.db import connections

connections["default"].settings_dict["OPTIONS"].pop("transaction_mode", None)

from config.wsgi import application
from lumbung.orders.actions import answering, quota, resplitting
from lumbung.orders.models import OrderLine

counted = quota.quantities_of


def unlocked_line(line_id: int) -> OrderLine:
    return OrderLine.objects.get(pk=line_id)


def slowly_counted(line: OrderLine) -> tuple[int, int]:
    sums = counted(line)
    time.sleep(0.05)
    return sums


quota.quantities_of = slowly_counted
for module in (answering, resplitting):
    module.locked_line = unlocked_line

__all__ = ["application"]
