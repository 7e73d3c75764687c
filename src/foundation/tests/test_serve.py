import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from foundation.management.commands import serve


def test_a_port_that_is_taken_is_told_with_the_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is taken .* --port {port + 1}"):
            call_command("serve", "--port", str(port))


@pytest.mark.parametrize(
    ("host", "port", "why"),
    [
        ("127.0.0.1", 0, "no port 0"),
        ("127.0.0.1", 70_000, "no port 70000"),
        ("192.0.2.1", 8000, "no address"),
    ],
)
def test_an_impossible_address_is_told(host, port, why):
    assert why in serve.why_not_listen(host, port)


def test_no_workers_are_refused():
    with pytest.raises(CommandError, match="At least one worker"):
        call_command("serve", "--workers", "0")


def test_nothing_is_served_before_the_style_is_collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    with pytest.raises(CommandError, match="make prepare"):
        call_command("serve", "--port", str(free_port()))


def test_an_address_of_the_newer_kind_is_put_in_brackets():
    assert "[::1]:8000" in serve.server_command("::1", 8000, 2)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.mark.slow
def test_ctrl_c_lets_a_request_that_has_begun_come_to_its_end(tmp_path):
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "staticfiles.json").write_text('{"version": "1.1", "paths": {}, "hash": ""}')
    port = free_port()
    served = subprocess.Popen(
        [sys.executable, str(settings.ROOT / "manage.py"), "serve", "--port", str(port), "--workers", "1"],
        env={**os.environ, "LUMBUNG_VAR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert f"http://127.0.0.1:{port}/" in served.stdout.readline()
        visitor = connection(port, served)
        visitor.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n")
        time.sleep(1)
        os.killpg(served.pid, signal.SIGINT)
        time.sleep(0.3)
        visitor.sendall(b"\r\n")
        assert visitor.recv(12) == b"HTTP/1.1 200"
        visitor.close()
        assert served.wait(timeout=20) == 0
    finally:
        served.kill()
        served.stdout.close()


def connection(port, served):
    """A connection to the server, as soon as it listens and its worker answers."""
    for _ in range(150):
        assert served.poll() is None, "the server did not start"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return socket.create_connection(("127.0.0.1", port), timeout=20)
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not start")
