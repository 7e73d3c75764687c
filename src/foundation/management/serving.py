"""How gunicorn behaves for `lumbung serve`.

Ctrl-C lets requests that have begun come to their end. A worker for long work stands beside it and ends with it.
"""

import gc
import os
import signal
import subprocess
import sys
from typing import Any

from django.conf import settings

_beside: list[subprocess.Popen[bytes]] = []


def when_ready(server: Any) -> None:
    signal.signal(signal.SIGINT, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    command = [sys.executable, str(settings.ROOT / "manage.py"), "work", "--beside", str(os.getpid())]
    _beside.append(subprocess.Popen(command))  # noqa: S603 - our own command


def on_exit(server: Any) -> None:
    for worker in _beside:
        worker.terminate()
        worker.wait(timeout=20)


def post_worker_init(worker: Any) -> None:
    """What was loaded at the start lives as long as the process: the collector need not walk it in a request."""
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
