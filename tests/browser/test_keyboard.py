"""The main paths by keyboard only, and what holds the keyboard is always seen."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PASSWORD, PHONE, Site, Visitor
from tests.browser.test_job import OFFICER, phone_digits, sent_message

Visit = Callable[..., Visitor]
FOCUS = """() => { const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
  return [e.tagName, (e.innerText || e.name || '').trim(),
    s.outlineStyle === 'solid' && parseFloat(s.outlineWidth) >= 2 &&
    box.bottom > 0 && box.top < innerHeight && box.width > 1] }"""


def tab_to(page: Page, words: str, *, most: int = 60) -> None:
    """Press Tab until what begins with these words, or a field of this name, has the focus; each stop is seen."""
    stops: list[str] = []
    for _stop in range(most):
        page.keyboard.press("Tab")
        tag, said, seen = page.evaluate(FOCUS)
        assert seen, f"{page.url}: the focus on {tag} “{said}” is not seen"
        if said.startswith(words):
            return
        stops.append(said)
    raise AssertionError(f"{page.url}: no “{words}” by Tab, only {stops}")


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_first_tab_leads_past_the_menu(visit: Visit) -> None:
    page = visit().go("/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS) == ["A", "Langsung ke isi", True]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_signing_in_searching_and_opening_a_maker(visit: Visit) -> None:
    page = visit().go("/")
    tab_to(page, "Masuk")
    enter(page)
    tab_to(page, "login")
    page.keyboard.type(OFFICER)
    tab_to(page, "password")
    page.keyboard.type(PASSWORD)
    enter(page)
    expect(page).to_have_url(f"{page.url.split('/meja')[0]}/meja/")
    tab_to(page, "Pelaku")
    enter(page)
    tab_to(page, "text")
    page.keyboard.type("Wanasaba")
    enter(page)
    assert "text=Wanasaba" in page.url
    first = page.locator("main table .who a").first.inner_text()
    tab_to(page, first)
    enter(page)
    assert page.locator("h1").inner_text() == first


def test_the_menu_of_a_phone_opens_and_leads_on(visit: Visit) -> None:
    page = visit(PHONE).go("/")
    tab_to(page, "Menu")
    page.keyboard.press("Enter")
    assert page.locator(".menu-phone").get_attribute("open") is not None
    tab_to(page, "Cara kerja")
    enter(page)
    assert page.url.endswith("/cara-kerja/")


def test_a_disclosure_opens_and_closes(visit: Visit) -> None:
    page = visit(DESK).go("/giliran/")
    tab_to(page, "Desa demi desa")
    villages = page.locator("table.villages")
    expect(villages).to_be_hidden()
    page.keyboard.press("Enter")
    expect(villages).to_be_visible()
    page.keyboard.press("Space")
    expect(villages).to_be_hidden()


def test_the_other_language(visit: Visit) -> None:
    page = visit().go("/pesanan/")
    tab_to(page, "English", most=120)
    enter(page)
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").inner_text() == "Orders"


def test_answering_an_offer(site: Site, visit: Visit) -> None:
    officer = visit().sign_in(OFFICER)
    officer.go("/pesanan/")
    order = officer.page.get_by_role("link", name="Kain tenun seragam").first.get_attribute("href")
    _text, link = sent_message(officer, f"{order}kirim/", 0)
    page = visit(PHONE).go(link)
    tab_to(page, "Sanggup sebagian")
    page.keyboard.press("Shift+Tab")
    enter(page)
    tab_to(page, "digits")
    page.keyboard.type("12")
    enter(page)
    assert page.locator("[aria-invalid=true]").count() == 1
    tab_to(page, "digits")
    page.keyboard.press("Control+A")
    page.keyboard.type(phone_digits(site, link.rstrip("/").split("/")[-1]))
    enter(page)
    assert page.url == link
    assert page.locator("a[href$='/sanggup/']").count() == 0
