"""One process that issues letters of one office as fast as it can, and now and then one whose PDF fails.

Run with DATABASE_URL set, and how many letters; `unlocked` as the second word takes the lock of the series out.
"""

import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.db import connections

from lumbung.letters import actions
from lumbung.letters.models import Series
from lumbung.letters.tests.factories import letter
from lumbung.organisations.models import Party

FAILS_EVERY = 4
set_pdf = actions.pdf_of


def unlocked_series(office, kind, year):
    """What two at once would do without the lock: read the same last number."""
    series, _new = Series.objects.get_or_create(office=office, kind=kind, year=year)
    time.sleep(0.05)
    return series


def broken(sheet):
    raise RuntimeError("paper jam")


def main() -> None:
    office = Party.objects.get(name="Dinas Ramai")
    if "unlocked" in sys.argv:
        connections["default"].settings_dict["OPTIONS"].pop("transaction_mode", None)
        connections["default"].close()
        actions._locked_series = unlocked_series
    for at in range(int(sys.argv[1])):
        actions.pdf_of = broken if at % FAILS_EVERY == 1 else set_pdf
        try:
            letter(office)
        except RuntimeError:
            continue


main()
