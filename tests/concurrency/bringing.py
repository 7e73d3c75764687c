"""Sets the stage in the database of the environment: one share of a hundred pieces; `told` tells how it stands."""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from lumbung.deliveries import queries
from lumbung.deliveries.models import Delivery, OverShare
from lumbung.deliveries.tests import factories as make
from lumbung.orders.models import Share
from lumbung.records.queries import faults

if sys.argv[1:] == ["told"]:
    share = Share.objects.get()
    told = {
        "held": share.held_quantity,
        "delivered": queries.delivered_of(share.pk),
        "codes": Delivery.objects.values("code").distinct().count() - Delivery.objects.count(),
        "attempts": OverShare.objects.count(),
        "faults": [fault.sentence for fault in faults()],
    }
    json.dump(told, sys.stdout)
else:
    make.share(100)
