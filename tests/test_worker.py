"""The worker as a process of its own, on a database of its own: it works, dies, is stopped, and nothing is lost."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.slow

SLOW = """
import os, time
from pathlib import Path
from foundation.work import work

@work("slow.once")
def slow(progress, *, folder, seconds):
    tries = Path(folder) / "tries"
    tries.write_text(tries.read_text() + "x" if tries.exists() else "x")
    progress.say(1, 2, "Separuh")
    (Path(folder) / "child").write_text(str(os.getpid()))
    if len(tries.read_text()) == 1:
        time.sleep(seconds)
    return "/selesai/"
"""


@pytest.fixture
def place(tmp_path):
    """A folder with a database, and a module with a work."""
    (tmp_path / "slow_work.py").write_text(SLOW)
    django(tmp_path, "migrate", "--verbosity", "0")
    return tmp_path


def environment(folder):
    path = os.pathsep.join([str(ROOT / "src"), str(folder)])
    return {**os.environ, "LUMBUNG_VAR": str(folder), "PYTHONPATH": path, "DATABASE_URL": ""}


def django(folder, *arguments):
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    done = subprocess.run(command, env=environment(folder), capture_output=True, text=True, check=True)
    return done.stdout.strip()


def shell(folder, code):
    return django(folder, "shell", "--no-imports", "-c", textwrap.dedent(code))


def begin(folder, *, seconds):
    shell(
        folder,
        f"""
        import slow_work
        from foundation.work import start
        start("slow.once", by="person:1", about="Lama", folder={str(folder)!r}, seconds={seconds})
        """,
    )


def told(folder):
    return shell(
        folder,
        """
        from foundation.models import Work
        work = Work.objects.get()
        print(work.state, work.attempts, work.address)
        """,
    )


def worker(folder, *arguments):
    command = [sys.executable, str(ROOT / "manage.py"), "work", *arguments]
    return subprocess.Popen(command, env=environment(folder), stderr=subprocess.DEVNULL)


def until(there: Path):
    for _ in range(200):
        if there.exists() and there.read_text():
            return there.read_text()
        time.sleep(0.1)
    raise AssertionError(f"{there.name} never came")


def test_a_work_is_done_in_a_child_and_the_worker_ends_when_nothing_waits(place):
    begin(place, seconds=0)
    running = worker(place, "--until-empty")
    assert running.wait(timeout=60) == 0
    assert told(place) == "done 1 /selesai/"
    assert int((place / "child").read_text()) != running.pid


def test_a_child_that_is_killed_loses_nothing(place):
    begin(place, seconds=60)
    running = worker(place, "--until-empty")
    try:
        os.kill(int(until(place / "child")), signal.SIGKILL)
        assert running.wait(timeout=60) == 0
    finally:
        running.kill()
    assert told(place) == "done 2 /selesai/"


def test_a_worker_that_is_stopped_puts_its_work_back(place):
    begin(place, seconds=60)
    running = worker(place)
    try:
        until(place / "child")
        running.terminate()
        assert running.wait(timeout=30) == 0
    finally:
        running.kill()
    assert told(place) == "waiting 1"
    assert worker(place, "--until-empty").wait(timeout=60) == 0
    assert told(place) == "done 2 /selesai/"


def test_a_worker_ends_with_the_process_that_it_stands_beside(place):
    assert worker(place, "--beside", "1").wait(timeout=30) == 0
