"""Several people take in pieces of one share at once: never more than the share, and nothing lost."""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.concurrency.test_last_pieces import HERE, ROOT, Stage, fresh_database, spawn

CARRIERS = 6

pytestmark = pytest.mark.slow


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    address, drop = fresh_database(tmp_path)
    environment = os.environ | {
        "DATABASE_URL": address,
        "LUMBUNG_VAR": str(tmp_path),
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "LUMBUNG_DEMO": "1",
        "SECRET_KEY": "concurrency-test-key-that-is-long-enough-to-be-allowed-here",
    }
    environment.pop("TEST_DATABASE_URL", None)
    made = Stage(environment, [])
    made.run("manage.py", "migrate", "--verbosity", "0")
    made.run(str(HERE / "bringing.py"))
    yield made
    drop()


def crowd(stage: Stage, lock: str) -> tuple[dict[str, int], dict]:
    """Everybody brings pieces from the same moment on; what they say came of it, and how it stands."""
    begin = time.time() + 4
    carriers: list[subprocess.Popen] = [
        spawn(stage, [str(HERE / "carriers.py"), str(begin), lock]) for _ in range(CARRIERS)
    ]
    said = {"taken": 0, "refused": 0, "broken": 0}
    for carrier in carriers:
        out, problem = carrier.communicate(timeout=120)
        assert carrier.returncode == 0, problem
        said = {word: said[word] + count for word, count in json.loads(out).items()}
    return said, json.loads(stage.run(str(HERE / "bringing.py"), "told"))


def test_never_more_is_taken_in_than_the_share_however_many_bring_at_once(stage: Stage) -> None:
    said, told = crowd(stage, "locked")
    assert (said["broken"], told["codes"], told["faults"]) == (0, 0, [])
    assert said["taken"] == told["delivered"] == 98
    assert said["refused"] == told["attempts"] == CARRIERS * 10 - 14


def test_without_the_lock_more_is_taken_in_or_deeds_are_lost(stage: Stage) -> None:
    said, told = crowd(stage, "unlocked")
    assert told["delivered"] > told["held"] or said["broken"]
