"""Every address, as whoever may open it sees it: nothing too heavy, too small, cut off or left in English."""

import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import DESK, PHONE, ROOT, Site, Visitor
from tests.browser.crawl import PEOPLE, Finds, Found
from tests.browser.english import english_in
from tests.browser.looking import Scales, barriers, measured, unseen_focus, words_of

HEAVIEST = 50_000
DEMO_MARKS = {"id": "data contoh", "en": "demo data"}
NO_PAGE = {
    "healthz": "for machines",
    "robots.txt": "for machines",
}
"""Addresses without a page to look at, and why."""


@pytest.fixture(scope="session")
def finds(site: Site) -> Finds:
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.crawl"],
        env=site.environment | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    return Finds([Found(**page) for page in told["pages"]], told["routes"], told["sessions"])


def test_every_address_is_found_or_says_why_not(finds: Finds) -> None:
    missing = {route for route, kind in finds.routes.items() if kind == "missing"}
    assert missing == set(NO_PAGE)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(("size", "language"), [(PHONE, "id"), (DESK, "en")], ids=["phone-id", "desk-en"])
def test_every_page(
    who: str, size: dict[str, int], language: str, finds: Finds, site: Site, browser: Browser
) -> None:
    context = signed_in(browser, site, finds, who, size, language)
    faults: dict[str, list[str]] = {}
    for found in finds.pages:
        if found.who == who and (wrong := wrong_with(context, site, found, language)):
            faults[found.path] = wrong
    context.close()
    assert faults == {}, "\n".join(f"{path}\n  " + "\n  ".join(wrong) for path, wrong in faults.items())


def signed_in(
    browser: Browser, site: Site, finds: Finds, who: str, size: dict[str, int], language: str
) -> BrowserContext:
    context = browser.new_context(viewport=size, locale=language)  # type: ignore[arg-type]
    context.set_default_timeout(30_000)
    cookies = {"django_language": language} | (
        {"sessionid": finds.sessions[who]} if who in finds.sessions else {}
    )
    context.add_cookies([{"name": n, "value": v, "url": site.address} for n, v in cookies.items()])
    return context


def wrong_with(context: BrowserContext, site: Site, found: Found, language: str) -> list[str]:
    """Open one page as new and look at it from all sides."""
    visitor = Visitor(context.new_page(), site.address)
    visitor.listen()
    scales = Scales(visitor.page)
    try:
        answer = visitor.page.goto(site.address + found.path)
        gone = answer is not None and answer.status == 410
        wrong = [] if answer is not None and (answer.ok or gone) else [f"does not open: {answer}"]
        if scales.weight >= HEAVIEST:
            wrong.append(f"weighs {scales.weight} bytes")
        words = words_of(visitor.page)
        if DEMO_MARKS[language] not in words.lower():
            wrong.append("does not say that it is a demo")
        if language == "id":
            wrong += [f"English: {piece}" for piece in english_in(words)]
        elif visitor.page.get_attribute("html", "lang") != "en":
            wrong.append("is not in English")
        wrong += measured(visitor.page) + barriers(visitor.page) + unseen_focus(visitor.page)
        return wrong + [c for c in visitor.complaints if not (gone and "410" in c)]
    finally:
        visitor.page.close()


Visit = Callable[..., Visitor]
