"""Works that only tests know."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import caches

from foundation.errors import Refused
from foundation.work import work
from foundation.work.progress import Progress
from foundation.work.registry import _functions


@contextmanager
def known_works() -> Iterator[None]:
    """One that counts, one that is refused, one that breaks; afterwards nobody knows them."""
    caches["work"].clear()
    before = dict(_functions)

    @work("test.count")
    def count(progress: Progress, *, to: int) -> str:
        for number in range(1, to + 1):
            progress.say(number, to, "Menghitung")
        return f"/hitung/{progress.by}/{to}/"

    @work("test.refuse")
    def refused(progress: Progress) -> str:
        raise Refused("Pesanan ini sudah dibatalkan.")

    @work("test.break")
    def broken(progress: Progress) -> str:
        raise ZeroDivisionError

    yield
    _functions.clear()
    _functions.update(before)
