"""Draws the pictures of README and walkthrough from a real walk through the demo: `make pictures`."""

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from tests.browser.conftest import DESK, PHONE, Site, Visitor
from tests.browser.test_job import HEAD, OFFICER, accept, decline, masks_of, phone_digits, sent_message

Visit = Callable[..., Visitor]
FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
TALLEST = 2400


def draw(visitor: Visitor, name: str, *, whole: bool = True) -> None:
    """One screenshot as WebP; what is taller than a reader would scroll is cut."""
    visitor.page.mouse.move(0, 0)
    shot = Image.open(io.BytesIO(visitor.page.screenshot(full_page=whole)))
    shot = shot.crop((0, 0, shot.width, min(shot.height, TALLEST)))
    shot.save(FOLDER / f"{name}.webp", quality=82, method=6)


def test_draw_the_pictures(site: Site, visit: Visit) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    anybody = visit(DESK)
    anybody.go("/")
    draw(anybody, "front-desk")
    officer = visit(DESK).sign_in(OFFICER)
    draw(officer, "desk-desk")
    officer.go("/pesanan/")
    order = masks_of(officer.page)
    code = order.rstrip("/").split("/")[-1]
    officer.go(order)
    officer.press("a[href$='/kelayakan/']")
    draw(officer, "eligibility-desk")
    officer.go(order)
    officer.press("a[href$='/pembagian/']")
    officer.press("main form button.main")
    draw(officer, "split-desk")
    officer.press("form[action$='/ajukan/'] button")
    head = visit(DESK).sign_in(HEAD)
    head.go(officer.page.url)
    head.page.locator("form[action$='/putuskan/']").scroll_into_view_if_needed()
    draw(head, "decide-desk", whole=False)
    head.press("form[action$='/putuskan/'] button")
    queue = f"/pesanan/{code}/kirim/"
    officer.go(queue)
    draw(officer, "sending-desk")
    _text, link = sent_message(officer, queue, 0)
    maker = visit(PHONE)
    maker.go(link)
    draw(maker, "offer-phone")
    digits = phone_digits(site, link.rstrip("/").split("/")[-1])
    maker.go(link + "sebagian/")
    draw(maker, "partly-phone")
    accept(maker, link, digits)
    draw_at(maker, link, "kept-phone")
    _text, other = sent_message(officer, queue, 1)
    decline(visit(PHONE), other, phone_digits(site, other.rstrip("/").split("/")[-1]))
    officer.go(f"{order}bagian/")
    draw(officer, "shares-desk")
    public = visit(PHONE)
    draw_at(public, f"/kuota/{code}/", "quota-open-phone")
    public.go("/pesanan/")
    full = public.page.get_by_role("link", name="Minyak kelapa botol").first.get_attribute("href")
    draw_at(public, f"{full}", "quota-full-phone")
    wide = visit(DESK)
    draw_at(wide, f"/kuota/{code}/mengapa/", "why-desk")


def draw_at(visitor: Visitor, path: str, name: str) -> None:
    visitor.go(path)
    draw(visitor, name)
