"""One carrier who brings pieces of one share again and again, while others do the same. Prints what came of it.

The second word says whether the line's lock is kept. Without it, and on SQLite without the transaction that takes the
database at its beginning, the same deeds take in more than the share; a pause stands for a busy disk.
"""

import json
import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.db import DatabaseError, connections

from lumbung.deliveries import queries
from lumbung.deliveries.actions import OverShareRefused, receive_delivery, receiving
from lumbung.orders.models import Share

TIMES, PIECES = 10, 7

begin, locked = float(sys.argv[1]), sys.argv[2] == "locked"
if not locked:
    connections["default"].settings_dict["OPTIONS"].pop("transaction_mode", None)
    receiving.locked_line = lambda line_id: None
    counted = queries.delivered_of

    def slowly_counted(share_id: int) -> int:
        found = counted(share_id)
        time.sleep(0.02)
        return found

    queries.delivered_of = slowly_counted

told = {"taken": 0, "refused": 0, "broken": 0}
share = Share.objects.get()
time.sleep(max(0.0, begin - time.time()))
for _ in range(TIMES):
    try:
        receive_delivery(share=share, quantity=PIECES, by="person:1")
        told["taken"] += PIECES
    except OverShareRefused:
        told["refused"] += 1
    except DatabaseError:
        told["broken"] += 1
json.dump(told, sys.stdout)
