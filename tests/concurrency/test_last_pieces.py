"""Never more confirmed than ordered, whoever presses when; and without the lock this test would fail."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
PROCESSES = 4

pytestmark = pytest.mark.slow


@dataclass
class Stage:
    """A database of its own, and the environment that leads to it."""

    environment: dict[str, str]
    makers: list[dict]

    def run(self, *command: str, given: str = "") -> str:
        done = subprocess.run(
            [sys.executable, *command],
            input=given,
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    address, drop = fresh_database(tmp_path)
    environment = os.environ | {
        "DATABASE_URL": address,
        "LUMBUNG_VAR": str(tmp_path),
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "PROXY_COUNT": "1",
        "LUMBUNG_DEMO": "1",
        "SECRET_KEY": "concurrency-test-key-that-is-long-enough-to-be-allowed-here",
    }
    environment.pop("TEST_DATABASE_URL", None)
    made = Stage(environment, [])
    made.run("manage.py", "migrate", "--verbosity", "0")
    made.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    made.makers = json.loads(made.run(str(HERE / "stage.py")))
    yield made
    drop()


def fresh_database(folder: Path):
    """A new SQLite file, or a new database on the PostgreSQL that the tests run on."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if not given:
        return f"sqlite:///{folder / 'crowd.sqlite3'}", lambda: None
    parts, name = urlsplit(given), f"lumbung_crowd_{os.getpid()}"
    admin = urlunsplit(parts._replace(path="/postgres"))

    def say(statement: str) -> None:
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(statement)

    say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    say(f"CREATE DATABASE {name}")
    return urlunsplit(parts._replace(path=f"/{name}")), lambda: say(f"DROP DATABASE {name} WITH (FORCE)")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def crowd(stage: Stage, application: str) -> tuple[dict[str, int], dict]:
    """Serve, let everybody press at once while the clock's command runs, and tell how it ended."""
    port = free_port()
    server = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "3",
            "--threads", "4", "--worker-class", "gthread", "--timeout", "120", "--backlog", "512",
            "--log-level", "error",
        ],
        env=stage.environment, cwd=ROOT, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(port)
        begin = time.time() + 4
        ended = Path(stage.environment["LUMBUNG_VAR"]) / "ended"
        watcher = spawn(stage, [str(HERE / "watcher.py"), str(ended)])
        parts = [stage.makers[at::PROCESSES] for at in range(PROCESSES)]
        clients = [client(stage, part, at, port, begin) for at, part in enumerate(parts)]
        time.sleep(max(0.0, begin - time.time()))
        clocks = [spawn(stage, ["manage.py", "expire"]) for _ in range(2)]
        statuses: dict[str, int] = {}
        for process in clients:
            out, problem = process.communicate(timeout=300)
            assert process.returncode == 0, problem
            for status, count in json.loads(out).items():
                statuses[status] = statuses.get(status, 0) + count
        for process in clocks:
            process.communicate(timeout=300)
        ended.touch()
        seen = json.loads(watcher.communicate(timeout=60)[0])
    finally:
        server.terminate()
        server.wait(30)
    return statuses, json.loads(stage.run(str(HERE / "told.py"))) | seen


def client(stage: Stage, makers: list[dict], at: int, port: int, begin: float) -> subprocess.Popen:
    numbered = [(at + PROCESSES * place, maker) for place, maker in enumerate(makers)]
    process = spawn(stage, [str(HERE / "makers.py"), str(port), str(begin)])
    assert process.stdin
    process.stdin.write(json.dumps(numbered))
    process.stdin.close()
    process.stdin = None
    return process


def spawn(stage: Stage, command: list[str]) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, *command], env=stage.environment, cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def wait_for(port: int) -> None:
    for _ in range(150):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("The server did not come up.")


def what_is_wrong(statuses: dict[str, int], told: dict) -> list[str]:
    """Everything that must not happen and did."""
    wrong = []
    if told["confirmed"] > told["ordered"]:
        wrong.append("more confirmed than ordered")
    if told["confirmed"] + told["offered"] > told["ordered"]:
        wrong.append("more promised than ordered")
    if (told["confirmed"], told["offered"]) != (told["kept_confirmed"], told["kept_offered"]):
        wrong.append("the counters differ from the shares")
    if told["torn"]:
        wrong.append(f"{told['torn']} of {told['looks']} looks found counters that differ from the shares")
    if told["late_confirmed"]:
        wrong.append("a late answer was confirmed")
    wrong += told["faults"]
    wrong += [
        f"{count} answers got {status}" for status, count in statuses.items() if status not in {"200", "302"}
    ]
    return wrong


def test_never_more_is_confirmed_than_ordered_however_many_press_at_once(stage: Stage) -> None:
    statuses, told = crowd(stage, "config.wsgi:application")
    assert what_is_wrong(statuses, told) == []
    assert told["answers"] == sum(not maker["late"] for maker in stage.makers)
    assert told["resplit"] > 0
    assert told["looks"] > 20
    assert told["undelivered"] == []


def test_without_the_lock_the_crowd_breaks_the_quota_or_its_counters(stage: Stage) -> None:
    statuses, told = crowd(stage, "tests.concurrency.without_lock:application")
    assert what_is_wrong(statuses, told) != []
