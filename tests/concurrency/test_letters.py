"""Numbers without a gap and without a twin, however many processes issue at once; without the lock they break."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.concurrency.test_last_pieces import HERE, ROOT, fresh_database

PROCESSES, LETTERS = 4, 8
pytestmark = pytest.mark.slow
BEGIN = """
import django; django.setup()
from lumbung.letters.tests.factories import head
from lumbung.organisations.tests.factories import party
head(party("Dinas Ramai"))
"""
TELL = """
import django; django.setup()
from lumbung.letters.models import Letter, Series
rows = Letter.objects.order_by("sequence").values_list("sequence", flat=True)
print(list(rows) == list(range(1, len(rows) + 1)), len(rows), Series.objects.get().last_number)
"""


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    address, drop = fresh_database(tmp_path)
    made = os.environ | {
        "DATABASE_URL": address,
        "LUMBUNG_VAR": str(tmp_path),
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LUMBUNG_DEMO": "1",
    }
    made.pop("TEST_DATABASE_URL", None)
    run(made, "manage.py", "migrate", "--verbosity", "0")
    run(made, "-c", BEGIN)
    yield made
    drop()


def run(environment: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], env=environment, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def issue_at_once(environment: dict[str, str], *words: str) -> tuple[bool, str]:
    """Whether every process ended well, and what the numbers look like afterwards."""
    command = [sys.executable, str(HERE / "letters.py"), str(LETTERS), *words]
    started = [
        subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
        for _ in range(PROCESSES)
    ]
    ended = [process.wait(120) for process in started]
    return not any(ended), run(environment, "-c", TELL).strip()


def test_numbers_have_no_gap_and_no_twin_whoever_issues_when(environment: dict[str, str]) -> None:
    issued = PROCESSES * LETTERS * 3 // 4
    assert issue_at_once(environment) == (True, f"True {issued} {issued}")


def test_without_the_lock_letters_are_lost_or_numbers_break(environment: dict[str, str]) -> None:
    issued = PROCESSES * LETTERS * 3 // 4
    assert issue_at_once(environment, "unlocked") != (True, f"True {issued} {issued}")
