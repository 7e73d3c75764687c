"""`lumbung serve`: the pages on this machine, by gunicorn."""

import errno
import os
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Serve the pages on 127.0.0.1, or on HOST of the environment. Ctrl-C lets requests end."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        host, port, workers = os.environ.get("HOST", "127.0.0.1"), options["port"], options["workers"]
        if workers < 1:
            raise CommandError("At least one worker is needed.")
        why_not = why_not_listen(host, port)
        if why_not:
            raise CommandError(why_not)
        if not (Path(str(settings.STATIC_ROOT)) / "staticfiles.json").exists():
            raise CommandError(
                "The style sheets are not collected yet. Run `make prepare`, then serve again."
            )
        self.stdout.write(f"{settings.SYSTEM_NAME} is at http://{host}:{port}/ (Ctrl-C stops it).")
        if settings.DEMO:
            self.stdout.write("This is the demo: its accounts stand on the page for signing in.")
        self.stdout.flush()
        os.execv(sys.executable, server_command(host, port, workers))  # noqa: S606 - no shell is wanted


def why_not_listen(host: str, port: int) -> str | None:
    """Why the address cannot be served, as a sentence."""
    if not 1 <= port <= 65_535:
        return f"There is no port {port}: choose one from 1 to 65535."
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as fault:
        return _sentence(fault, host, port)
    return None


def _sentence(fault: OSError, host: str, port: int) -> str:
    if fault.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program. Stop it, or choose another: --port {port + 1}"
    if fault.errno == errno.EACCES:
        return f"Port {port} is reserved for the system. Choose one from 1024: --port 8000"
    return f"This machine has no address {host}: set HOST to 127.0.0.1 or to one that it has."


def server_command(host: str, port: int, workers: int) -> list[str]:
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return [
        *(sys.executable, "-m", "gunicorn", "config.wsgi:application"),
        *("--config", "python:foundation.management.serving"),
        *("--pythonpath", str(settings.ROOT / "src")),
        *("--bind", address),
        *("--worker-class", "gthread", "--workers", str(workers), "--threads", "4"),
        *("--graceful-timeout", "20", "--log-level", "warning"),
    ]
