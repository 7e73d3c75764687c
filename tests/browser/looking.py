"""What is measured on a page that a browser has drawn; each check returns what is wrong, in words."""

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {rule: {"enabled": True} for rule in ("heading-order", "page-has-heading-one", "region")},
}
TARGET, TEXT_TARGET = 44, 24
"""CSS pixels: a target of its own, and a link within text or a table."""


SCRIPT = Path(__file__).with_name("looking.js").read_text()


def barriers(page: Page) -> list[str]:
    """What axe finds: WCAG 2.2 AA, the order of headings, landmarks."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in found]


def measured(page: Page) -> list[str]:
    """Sideways scroll, small targets, text cut off or off the page, words of drawings that collide."""
    return list(dict.fromkeys(page.evaluate(f"{SCRIPT}.measure({TARGET}, {TEXT_TARGET})")))


def measured_in_wide_letters(page: Page) -> list[str]:
    """The same where the system's own letters are wide, as on a machine without Roboto."""
    page.evaluate("document.documentElement.style.setProperty('--text', 'DejaVu Sans')")
    return measured(page)


def unseen_focus(page: Page) -> list[str]:
    """What shows no outline when the keyboard reaches it."""
    page.keyboard.press("Tab")
    return list(dict.fromkeys(page.evaluate(f"{SCRIPT}.focus()")))


def words_of(page: Page) -> str:
    """All that a reader sees or hears of a page, but for what is marked as another language."""
    return " ".join(str(page.evaluate(f"{SCRIPT}.words()")).split())


class Scales:
    """What came over the wire with one page, as the browser counts it."""

    def __init__(self, page: Page) -> None:
        self.weight = 0
        self.session = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        self.session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.session.on("Network.loadingFinished", self._add)

    def _add(self, event: dict[str, Any]) -> None:
        self.weight += int(event["encodedDataLength"])
