"""Whoever signs in: every page that a link leads to opens, fits the screen, weighs little, has no barrier."""

import re
from collections.abc import Callable

import pytest

from tests.browser.conftest import DESK, PHONE, Visitor

Visit = Callable[..., Visitor]
PEOPLE = {
    "nobody": None,
    "officer": "rohani@contoh.test",
    "head": "suherman@contoh.test",
    "auditor": "nuraini@contoh.test",
    "regency": "halimah@contoh.test",
    "protection": "taufik@contoh.test",
    "buyer": "sudarma@contoh.test",
    "maker": "0800-0000-0001",
}
DOWNLOAD = re.compile(r"excel|impor/contoh|masukan|unduh|xlsx|berkas/\d+/[^/]+$|keluar")
HEAVIEST = 50_000


def kind_of(address: str) -> str:
    """Addresses that differ only in numbers, codes and filters are one kind of page."""
    path = address.split("?")[0].split("#")[0]
    return re.sub(r"/(PSN-[\w-]+|[\d.]+|(?=[a-z0-9]*\d)[a-z0-9]{16})(?=/)", "/*", path)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_that_a_link_leads_to(who: str, size: dict[str, int], visit: Visit) -> None:
    visitor = visit(size)
    if name := PEOPLE[who]:
        visitor.sign_in(name)
    waiting, seen = ["/", "/meja/" if name else "/akun/masuk/"], set()
    while waiting:
        path = waiting.pop(0)
        if kind_of(path) in seen:
            continue
        seen.add(kind_of(path))
        weigh(visitor, path)
        visitor.looks_right()
        waiting += links_on(visitor)
    assert len(seen) >= 4


def weigh(visitor: Visitor, path: str) -> None:
    """Open a page; what came over the wire with it stays under the limit."""
    answer = visitor.page.goto(visitor.address + path)
    assert answer is not None
    assert answer.status == 200, f"{path}: {answer.status}"
    sizes = visitor.page.evaluate(
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        ".map(e => [e.name, e.encodedBodySize])"
    )
    weight = sum(size for _name, size in sizes)
    assert weight < HEAVIEST, f"{path} weighs {weight} bytes: {sizes}"


def links_on(visitor: Visitor) -> list[str]:
    found = visitor.page.eval_on_selector_all("a[href]", "links => links.map(l => l.href)")
    own = [link.removeprefix(visitor.address) for link in found if link.startswith(visitor.address)]
    return [link for link in own if not DOWNLOAD.search(link)]


@pytest.mark.parametrize("who", ["officer", "head", "maker"])
def test_in_english_every_menu_page_stands_in_english(who: str, visit: Visit) -> None:
    visitor = visit(DESK)
    visitor.sign_in(str(PEOPLE[who]))
    visitor.press("button[name=language][value=en]")
    for path in visitor.page.eval_on_selector_all(".menu-wide a", "links => links.map(l => l.pathname)"):
        visitor.go(path)
        assert visitor.page.get_attribute("html", "lang") == "en"
        visitor.looks_right()
