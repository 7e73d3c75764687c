"""On paper: no menu and no button, nothing cut off at the side, few pages."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, Site, Visitor
from tests.browser.test_job import OFFICER

Visit = Callable[..., Visitor]
A4_AT_96_DPI = {"upright": 680, "across": 1040}
"""CSS pixels between the margins."""
NOT_ON_PAPER = ".top, nav, .button, button, input, select, summary, .skip, .no-print"


def pages_of(page: Page) -> int:
    """How many sheets of A4 the page takes, as Chromium prints it."""
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", printed))


def fits_on_paper(page: Page, way: str, most: int) -> None:
    assert 1 <= pages_of(page) <= most
    page.set_viewport_size({"width": A4_AT_96_DPI[way], "height": 900})
    page.emulate_media(media="print")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide for its paper"
    for left in page.locator(NOT_ON_PAPER).all():
        assert not left.is_visible(), f"{page.url} prints {left.evaluate('e => e.outerHTML')[:120]}"
    ink = page.locator("main").evaluate(
        "main => [...main.querySelectorAll('h1, b, td')].map(e => getComputedStyle(e).color)"
    )
    assert set(ink) == {"rgb(0, 0, 0)"}


def code_of(visitor: Visitor, title: str) -> str:
    visitor.go("/pesanan/")
    return (visitor.page.get_by_role("link", name=title).first.get_attribute("href") or "").split("/")[-2]


def test_the_public_page_of_an_order_is_one_sheet(visit: Visit) -> None:
    code = code_of(visit(), "Masker kain anak, tahap kedua")
    fits_on_paper(visit(PHONE).go(f"/kuota/{code}/"), "upright", most=1)


def test_why_an_order_is_shared_out_like_this_takes_eight_sheets_at_most(visit: Visit) -> None:
    code = code_of(visit(), "Masker kain anak, tahap kedua")
    visitor = visit(DESK)
    fits_on_paper(visitor.go(f"/kuota/{code}/mengapa/"), "upright", most=8)
    assert "Sidik masukan" in visitor.page.locator("p.print-only").last.inner_text()


def test_a_split_is_one_sheet_for_a_meeting(visit: Visit) -> None:
    officer = visit(DESK).sign_in(OFFICER)
    code = code_of(officer, "Masker kain anak, tahap kedua")
    officer.go(f"/pesanan/{code}/")
    officer.press("main a[href$='/pembagian/']")
    fits_on_paper(officer.page, "across", most=1)
    assert officer.page.locator(".map").is_visible()
    assert officer.page.locator(".budgets").is_visible()
    assert officer.page.locator(".proof").is_visible()


@pytest.mark.parametrize("what", ["kirim", "alasan"])
def test_slips_are_whole_on_their_sheet(what: str, visit: Visit) -> None:
    officer = visit(DESK).sign_in(OFFICER)
    code = code_of(officer, "Kain tenun seragam")
    officer.go(f"/pesanan/{code}/{what}/?daftar=lembar")
    officer.press(f"main a[href*='/{what}/desa/']")
    officer.go(officer.page.url.split("?")[0] + "?semua=1")
    if officer.page.locator("main button[value=links]").count():
        officer.press("main button[value=links]")
    slips = officer.page.locator(".slip")
    assert slips.count() >= 1
    fits_on_paper(officer.page, "upright", most=slips.count())
    assert slips.first.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
    assert slips.first.locator(".qr").bounding_box()["width"] >= 120  # type: ignore[index]


def test_a_record_is_one_sheet(site: Site, visit: Visit) -> None:
    officer = visit(DESK).sign_in(OFFICER)
    officer.go("/catatan/")
    officer.press("main a[href^='/catatan/'][href$='/']:not([href='/catatan/periksa/'])")
    assert re.search(r"/catatan/\d+/$", officer.page.url)
    fits_on_paper(officer.page, "upright", most=1)
