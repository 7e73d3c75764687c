"""How gunicorn behaves for `lumbung serve`: Ctrl-C lets requests that have begun come to their end."""

import os
import signal
from typing import Any


def when_ready(server: Any) -> None:
    signal.signal(signal.SIGINT, lambda *_: os.kill(os.getpid(), signal.SIGTERM))


def post_worker_init(worker: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
