"""Looks at the order again and again while everybody presses: counters and shares must agree at every moment.

One statement sees one moment. Ends when the file named on the command line appears; prints looks and torn looks.
"""

import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.db import connection

LOOK = """
SELECT l.quantity, l.confirmed_quantity, l.offered_quantity,
  (SELECT COALESCE(SUM(confirmed_quantity - released_quantity), 0) FROM orders_share s WHERE s.line_id = l.id),
  (SELECT COALESCE(SUM(s.quantity), 0) FROM orders_share s WHERE s.line_id = l.id AND s.state = 'offered')
FROM orders_orderline l
"""

end, looks, torn = Path(sys.argv[1]), 0, 0
while not end.exists():
    with connection.cursor() as cursor:
        cursor.execute(LOOK)
        ordered, kept_confirmed, kept_offered, confirmed, offered = map(int, cursor.fetchone())
    looks += 1
    torn += (kept_confirmed, kept_offered) != (confirmed, offered) or confirmed + offered > ordered
    time.sleep(0.02)
json.dump({"looks": looks, "torn": torn}, sys.stdout)
