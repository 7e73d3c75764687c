import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "contoh-lumbung-ntb"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@dataclass
class Site:
    """A server with the demo, on a port and a folder of its own."""

    address: str
    folder: Path
    environment: dict[str, str]

    def command(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder, port = tmp_path_factory.mktemp("site"), free_port()
    environment = os.environ | {
        "LUMBUNG_VAR": str(folder),
        "DATABASE_URL": "",
        "PYTHONPATH": str(ROOT / "src"),
        "LUMBUNG_DEMO": "1",
    }
    made = Site(f"http://127.0.0.1:{port}", folder, environment)
    made.command("migrate", "--verbosity", "0")
    made.command("demo")
    made.command("collectstatic", "--noinput", "--verbosity", "0")
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        yield made
    finally:
        server.terminate()
        server.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("The server did not come up.")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@dataclass
class Visitor:
    """One person with one browser; what the browser complains of is kept."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> "Visitor":
        """Keep what the console says is wrong: scripts, and what the content policy refuses."""
        self.page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type == "error" else None
        )
        self.page.on("pageerror", lambda problem: self.complaints.append(str(problem)))
        return self

    def go(self, path: str) -> Page:
        answer = self.page.goto(path if path.startswith("http") else self.address + path)
        assert answer is not None
        return self.page

    def press(self, selector: str) -> None:
        """Press something that leads to another page, and wait for it."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def sign_in(self, name: str) -> "Visitor":
        self.go("/akun/masuk/")
        self.page.fill("[name=login]", name)
        self.page.fill("[name=password]", PASSWORD)
        self.press("main button.main")
        return self

    def looks_right(self) -> None:
        """No sideways scroll, no barrier (WCAG), nothing the browser complains of."""
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{self.page.url} scrolls {wide} px sideways"
        found = Axe().run(
            self.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
        )
        barriers = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found.response["violations"]]
        assert barriers == [], f"{self.page.url}: {barriers}"
        assert self.complaints == [], f"{self.page.url}: {self.complaints}"


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    contexts: list[BrowserContext] = []

    def opened(size: dict[str, int] = DESK, *, script: bool = True, language: str = "id") -> Visitor:
        context = browser.new_context(viewport=size, java_script_enabled=script, locale=language)  # type: ignore[arg-type]
        context.set_default_timeout(60_000)
        contexts.append(context)
        return Visitor(context.new_page(), site.address).listen()

    yield opened
    for context in contexts:
        context.close()
