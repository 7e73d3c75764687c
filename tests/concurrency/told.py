"""Prints how the order stands in the database of the environment."""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from lumbung.orders.models import OrderLine, Share
from lumbung.orders.queries.orders import quantities_of
from lumbung.records.models import Pending
from lumbung.records.queries import faults

line = OrderLine.objects.get()
confirmed, offered = quantities_of(line)
told = {
    "ordered": line.quantity,
    "confirmed": confirmed,
    "offered": offered,
    "kept_confirmed": line.confirmed_quantity,
    "kept_offered": line.offered_quantity,
    "answers": Share.objects.filter(answered_at__isnull=False).count(),
    "late_confirmed": Share.objects.filter(state="lapsed", confirmed_quantity__gt=0).count(),
    "resplit": Share.objects.filter(split__parent__isnull=False).count(),
    "faults": [fault.sentence for fault in faults()],
    "undelivered": list(Pending.objects.filter(delivered_at__isnull=True).values_list("failure", flat=True)),
}
json.dump(told, sys.stdout)
