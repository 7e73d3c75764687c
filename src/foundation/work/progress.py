"""How far a work is, and which worker lives.

Both lie in files below VAR and not in rows: a work's own transaction may be open for long, and what it
wrote would be seen by nobody; on SQLite a second writer would even wait for it.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import caches
from django.utils.translation import gettext as _

from foundation import clock
from foundation.models import Work

KEPT_SECONDS = 7 * 24 * 3600
BEAT_SECONDS = 3
SILENT_AFTER = timedelta(seconds=30)
"""A worker, or a work, that gave no sign of life for so long counts as dead."""
LEAST_PAUSE = 0.25
"""Seconds between two notes of the same step."""
STEP = 1_000
WORKER = "worker"


@dataclass(frozen=True)
class Said:
    """What a work said last: `done` of `total`, in words; `beside` stands in the place of both numbers."""

    done: int = 0
    total: int = 0
    words: str = ""
    beside: str = ""


class Progress:
    """Given to a work, so that it can say how far it is."""

    def __init__(self, work: Work) -> None:
        self.by = work.asked_by
        self._key = _said_key(work.pk)
        self._last = Said()
        self._noted = 0.0

    def say(self, done: int, total: int, words: str) -> None:
        """`say(900, 2114, _("Writing rows"))`. Cheap enough to be said for every row."""
        self._note(Said(done, total, str(words)))

    def step(self, number: int, of: int, words: str, *, done: int = 0, total: int = 0) -> None:
        """Step `number` of several, of which so much is done; the bar shows the whole."""
        whole = (number - 1) * STEP + (STEP * done // total if total else 0)
        beside = _("Step %(number)s of %(of)s") % {"number": number, "of": of}
        self._note(Said(whole, of * STEP, str(words), beside))

    def _note(self, said: Said) -> None:
        now = time.monotonic()
        is_new_step = said.words != self._last.words
        if is_new_step or said.done >= said.total or now - self._noted >= LEAST_PAUSE:
            caches["work"].set(self._key, said, timeout=KEPT_SECONDS)
            self._last, self._noted = said, now


def said_of(work: Work) -> Said:
    said: Said = caches["work"].get(_said_key(work.pk)) or Said()
    return said


def forget_said(work_id: int) -> None:
    caches["work"].delete_many([_said_key(work_id), _beat_key(work_id)])


@contextmanager
def beating(work_id: int) -> Iterator[None]:
    """Give a sign of life every few seconds within the block, also while the work says nothing."""
    ended = threading.Event()

    def beat_on() -> None:
        while not ended.wait(BEAT_SECONDS):
            beat(_beat_key(work_id))

    beat(_beat_key(work_id))
    thread = threading.Thread(target=beat_on, name="beat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def beat(key: str = WORKER) -> None:
    caches["work"].set(key, clock.now(), timeout=KEPT_SECONDS)


def worker_is_alive() -> bool:
    """Whether some worker gave a sign of life just now."""
    return _is_recent(caches["work"].get(WORKER))


def is_silent(work: Work) -> bool:
    """Whether a running work gave no sign of life for a while: its worker is dead."""
    return not _is_recent(caches["work"].get(_beat_key(work.pk)) or work.begun_at)


def _is_recent(moment: datetime | None) -> bool:
    return moment is not None and clock.now() - moment < SILENT_AFTER


def _said_key(work_id: int) -> str:
    return f"said:{work_id}"


def _beat_key(work_id: int) -> str:
    return f"beat:{work_id}"
