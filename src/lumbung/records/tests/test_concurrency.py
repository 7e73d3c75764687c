"""Separate processes add to one chain at once; nothing is lost and the chain holds."""

import os
import subprocess
import sys

import pytest
from django.db import connection, connections

from lumbung.records import actions, queries
from lumbung.records.models import Chain, Record

EACH = 25
PROGRAM = """
import sys
import django
django.setup()
from django.db import connection, transaction
connection.settings_dict["NAME"] = sys.argv[1]
from lumbung.records.actions import leave_record
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    with transaction.atomic():
        leave_record(subject="order:1", deed="tests.added", by=sys.argv[2], content={"number": number})
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_processes_that_write_to_one_chain_at_once_lose_nothing(tmp_path):
    name = str(connection.settings_dict["NAME"])
    copied = connection.vendor == "sqlite"
    if copied:
        name = str(tmp_path / "shared.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [name])
    writers = [_writer(name, f"person:{number}") for number in range(4)]
    for writer in writers:
        writer.stdin.write(b"go\n")
        writer.stdin.flush()
    ends = [(writer.wait(timeout=60), writer.stderr.read()) for writer in writers]
    for writer in writers:
        writer.stdin.close()
        writer.stderr.close()
    assert ends == [(0, b"")] * 4
    with _opened(name, copied):
        assert Record.objects.count() == 4 * EACH
        assert Chain.objects.get().length == 4 * EACH
        assert list(queries.faults()) == []
        assert actions.seal_all(by="command:seal-records").chains == 1


def _writer(name, who):
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    if connection.vendor == "postgresql":
        environment["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, name, who, str(EACH)],
        env=environment,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


class _opened:
    """This process's own connection, pointed at the shared database for a while."""

    def __init__(self, name, copied):
        self.name, self.copied = name, copied

    def __enter__(self):
        if self.copied:
            self.before = connections["default"]
            connections["default"] = self.before.copy()
            connections["default"].settings_dict = {**self.before.settings_dict, "NAME": self.name}

    def __exit__(self, *fault):
        if self.copied:
            connections["default"].close()
            connections["default"] = self.before
