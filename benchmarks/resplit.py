"""A decline among 10,000 makers: how long until the piece is with somebody else, on a real database.

Run by `make bench`. Prints seconds, and the ratio to the raw limit: reading the same makers' rows with a bare
cursor in the same run.
"""

import os
import platform
import sys
import tempfile
import time
from dataclasses import replace
from io import StringIO
from random import Random

MAKERS = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000

with tempfile.TemporaryDirectory() as folder:
    os.environ |= {"LUMBUNG_VAR": folder, "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "config.settings"}
    import django

    django.setup()

    from django.core.management import call_command
    from django.db import connection

    from lumbung.desk.management.demo import accounts, makers, orders
    from lumbung.orders.actions.answering import decline_share
    from lumbung.orders.actions.resplitting import resplit
    from lumbung.orders.actions.splitting import compute_split, decide_split, propose_split
    from lumbung.orders.models import Order, Share

    def timed(words: str, deed):
        started = time.perf_counter()
        result = deed()
        seconds = time.perf_counter() - started
        print(f"{words:<52} {seconds * 1000:9.0f} ms")
        return result, seconds

    call_command("migrate", verbosity=0)
    call_command("load_places", stdout=StringIO())
    masks = makers.TRADES[0]
    scale = MAKERS / sum(masks.makers.values())
    count = {regency: round(number * scale) for regency, number in masks.makers.items()}
    makers.TRADES = (replace(masks, makers=count),)
    cast = accounts.build()
    made = makers.build(Random(1))
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    print(f"{len(made)} makers registered")
    order: Order = orders._masks(cast)
    order.resplits_itself = False
    order.save()
    line = order.lines.get()
    by = cast.officer.key
    split, _ = timed(
        "compute the split with ten budgets and save it", lambda: compute_split(line=line, by=by)
    )
    split = propose_split(split=split, by=cast.officer.key)
    timed("decide it: shares and links", lambda: decide_split(split=split, by=cast.head.key))
    timed(
        "one maker declines", lambda: decline_share(share=Share.objects.order_by("-quantity")[0], by="link:1")
    )
    timed("split again (first, caches cold)", lambda: resplit(line=line, by="room:orders"))
    decline_share(share=Share.objects.filter(state="offered").order_by("-quantity")[0], by="link:1")
    again, seconds = timed("split again", lambda: resplit(line=line, by="room:orders"))
    with connection.cursor() as cursor:

        def raw() -> int:
            cursor.execute(
                "SELECT * FROM makers_good g JOIN makers_maker m ON m.id = g.maker_id "
                "JOIN places_village v ON v.code = m.village_id WHERE g.kind_id = %s",
                [masks.kind],
            )
            return len(cursor.fetchall())

        _, limit = timed("raw limit: read the makers' rows once", raw)
    print(f"split again / raw limit: {seconds / limit:.1f}; {again.quantity} pieces to {again.makers} makers")
    connection.close()
