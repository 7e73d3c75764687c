import socket

import pytest
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
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(CommandError, match="make prepare"):
        call_command("serve", "--port", str(port))


def test_an_address_of_the_newer_kind_is_put_in_brackets():
    assert "[::1]:8000" in serve.server_command("::1", 8000, 2)
