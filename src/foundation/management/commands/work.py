"""`lumbung work`: does the long work that waits in the queue, one after another.

The process that waits is small and lives long; each work runs in a child of its own, so that its memory is
given back, and a child that the system kills takes nothing with it: its work is queued again at once.
"""

import logging
import os
import signal
import sys
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from foundation.work.progress import BEAT_SECONDS, beat
from foundation.work.running import forget_old, take_up_lost, worker_name

PAUSE_SECONDS = 0.25
LOOK_AFTER_SECONDS = 15
PATIENCE_SECONDS = 10


class Command(BaseCommand):
    help = "Do the long work that waits in the queue. Ctrl-C stops; a work in the middle is queued again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--beside", type=int, default=0, help="end when this process is gone")
        parser.add_argument("--until-empty", action="store_true", help="end when nothing waits any more")

    def handle(self, *args: Any, **options: Any) -> None:
        Waiter(beside=options["beside"], until_empty=options["until_empty"]).wait_and_work()


class Waiter:
    """Looks into the queue and gives what waits to a child."""

    def __init__(self, *, beside: int = 0, until_empty: bool = False) -> None:
        self.beside, self.until_empty = beside, until_empty
        self.child = 0
        self.stopped = False
        self._next = {"beat": 0.0, "look": 0.0}

    def wait_and_work(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        _gently(forget_old)
        while not self._is_over():
            if self._due("beat", BEAT_SECONDS):
                beat()
            if self._due("look", LOOK_AFTER_SECONDS):
                _gently(take_up_lost)
            if self.child:
                self._look_after_child()
            elif _gently(_something_waits):
                self.child = _start_child()
                continue
            elif self.until_empty:
                break
            time.sleep(PAUSE_SECONDS)
        self._end_child()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopped = True

    def _is_over(self) -> bool:
        return self.stopped or bool(self.beside and os.getppid() != self.beside)

    def _due(self, what: str, seconds: int) -> bool:
        now = time.monotonic()
        if now < self._next[what]:
            return False
        self._next[what] = now + seconds
        return True

    def _look_after_child(self) -> None:
        ended, status = os.waitpid(self.child, os.WNOHANG)
        if ended:
            self.child = 0
            if status:
                _gently(lambda: take_up_lost(worker=worker_name(ended)))

    def _end_child(self) -> None:
        """Its work goes back into the queue; who does not listen is killed."""
        if not self.child:
            return
        os.kill(self.child, signal.SIGTERM)
        until = time.monotonic() + PATIENCE_SECONDS
        while self.child and time.monotonic() < until:
            time.sleep(0.05)
            self._look_after_child()
        if self.child:
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
            _gently(lambda: take_up_lost(worker=worker_name(self.child)))


def _gently(look: Any) -> Any:
    """A database that is busy or away is asked again later."""
    close_old_connections()
    try:
        return look()
    except Error as fault:
        sys.stderr.write(f"The queue cannot be read just now: {fault}\n")
        return None


def _something_waits() -> bool:
    """Only read: looking must not take the lock that writers need."""
    return DBTaskResult.objects.ready().exists()


def _start_child() -> int:
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
    child = os.fork()
    if not child:
        _work_one()
    return child


def _work_one() -> None:
    """The child: one entry of the queue, then the end."""
    logging.getLogger("django_tasks").setLevel(logging.CRITICAL)  # the work itself logs its faults
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group: the parent passes it on
    signal.signal(signal.SIGTERM, _leave)
    status = 1
    try:
        worker = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=worker_name(),
            excluded_queue_names=[],
        )
        worker.run()
        status = 0
    finally:
        sys.stderr.flush()
        os._exit(status)


def _leave(number: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(1)
