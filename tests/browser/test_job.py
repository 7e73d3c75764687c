"""The main job: an order of a million masks is split, decided, sent, answered; what is declined moves on."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import DESK, PHONE, Site, Visitor

OFFICER, HEAD = "rohani@contoh.test", "suherman@contoh.test"
Visit = Callable[..., Visitor]


def masks_of(page: Page) -> str:
    """The address of the demo order of masks."""
    return page.get_by_role("link", name="Masker kain dua lapis").first.get_attribute("href") or ""


def number_in(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def sent_message(visitor: Visitor, queue: str, at: int) -> tuple[str, str]:
    """Press the send button of a row: the text that WhatsApp would open with, and the link in it."""
    opened: list[str] = []

    def catch(route: Route) -> None:
        opened.append(route.request.url)
        route.fulfill(status=200, content_type="text/html", body="<p>WhatsApp</p>")

    visitor.page.context.route("https://wa.me/**", catch)
    visitor.go(queue)
    button = visitor.page.locator("form[data-send] button").nth(at)
    with visitor.page.context.expect_page() as popup:
        button.click()
    popup.value.wait_for_url("https://wa.me/**")
    popup.value.close()
    text = parse_qs(urlsplit(opened[-1]).query)["text"][0]
    link = re.search(r"http://\S+", text)
    assert link
    return text, link.group()


def phone_digits(site: Site, secret: str) -> str:
    """The last four digits that the office knows, as the maker knows them by heart."""
    asked = (
        "from lumbung.people.queries import link_for;"
        f"print(link_for('{secret}', 'answer_share').person.phone[-4:])"
    )
    return site.command("shell", "--verbosity", "0", "-c", asked).strip()[-4:]


def test_the_whole_job_in_a_browser(site: Site, visit: Visit) -> None:
    officer = visit(DESK).sign_in(OFFICER)
    officer.looks_right()
    officer.go("/pesanan/")
    order = masks_of(officer.page)

    # split: who is eligible, ten budgets, the plan
    officer.go(order)
    officer.looks_right()
    officer.press("a[href$='/kelayakan/']")
    officer.looks_right()
    officer.go(order)
    officer.press("a[href$='/pembagian/']")
    officer.press("main form button.main")
    officer.page.wait_for_selector(".budgets")
    assert officer.page.locator(".budgets tbody tr").count() == 10
    assert number_in(officer.page.locator("#chosen tfoot .count").inner_text()) == 1_000_000
    officer.looks_right()
    officer.press("button[name=budget][value='50']")
    expect(officer.page.locator(".budgets tr.chosen .percent")).to_contain_text("0,5")

    # propose; the proposer cannot decide, the head does
    officer.press("form[action$='/ajukan/'] button")
    split = officer.page.url
    assert officer.page.locator("form[action$='/putuskan/']").count() == 0
    head = visit(DESK).sign_in(HEAD)
    head.looks_right()
    head.go(split)
    head.press("form[action$='/putuskan/'] button")
    head.looks_right()

    # the quota is open, nothing is confirmed
    code = order.rstrip("/").split("/")[-1]
    public = visit(PHONE)
    public.go(f"/kuota/{code}/")
    assert "1.000.000" in public.page.locator("main").inner_text()
    public.looks_right()
    public.go(f"/kuota/{code}/mengapa/")
    public.looks_right()

    # send, accept with three taps, decline, take less
    queue = f"/pesanan/{code}/kirim/"
    officer.go(queue)
    officer.looks_right()
    text, link = sent_message(officer, queue, 0)
    assert len(text.strip().splitlines()) <= 5
    maker = visit(PHONE)
    digits = phone_digits(site, link.rstrip("/").split("/")[-1])
    accepted = accept(maker, link, digits)
    _text, link = sent_message(officer, queue, 1)
    declined = decline(visit(PHONE), link, phone_digits(site, link.rstrip("/").split("/")[-1]))

    # the declined share has moved on: everything is still with somebody
    officer.go(f"{order}bagian/")
    officer.looks_right()
    stand = site.command(
        "shell", "--verbosity", "0", "-c",
        f"from lumbung.orders.models import *; l=OrderLine.objects.get(order__code='{code}');"
        "print(l.confirmed_quantity, l.offered_quantity, l.unplaced_quantity,"
        "sum(l.shares.filter(split__parent__isnull=False).values_list('quantity', flat=True)))",
    )  # fmt: skip
    confirmed, offered, unplaced, moved = map(int, stand.split()[-4:])
    assert (confirmed, unplaced, moved) == (accepted, 0, declined)
    assert confirmed + offered == 1_000_000

    # and the public page says so within a moment
    public.go(f"/kuota/{code}/")
    assert f"{1_000_000 - accepted:,}".replace(",", ".") in public.page.locator("main").inner_text()


def accept(maker: Visitor, link: str, digits: str) -> int:
    """Three taps: the link, the button, send."""
    maker.go(link)
    maker.looks_right()
    offered = number_in(maker.page.locator(".hero b").inner_text())
    for letters in ("Roboto", "DejaVu Sans"):
        maker.page.evaluate("font => document.documentElement.style.setProperty('--text', font)", letters)
        first = maker.page.locator(".actions a").first.bounding_box()
        assert first
        assert first["y"] < 480, f"in {letters}"
    maker.press("a[href$='/sanggup/']")
    maker.looks_right()
    maker.page.fill("[name=digits]", "0000" if digits != "0000" else "1111")
    maker.press("form.answer button")
    assert maker.page.locator(".error, [aria-invalid=true]").count() > 0
    maker.page.fill("[name=digits]", digits)
    maker.press("form.answer button")
    maker.page.wait_for_url(link)
    assert number_in(maker.page.locator(".hero b").inner_text()) == offered
    maker.looks_right()
    maker.go(link + "sanggup/")
    assert maker.page.locator("form.answer").count() == 0
    return offered


def decline(maker: Visitor, link: str, digits: str) -> int:
    maker.go(link)
    offered = number_in(maker.page.locator(".hero b").inner_text())
    maker.press("a[href$='/tidak/']")
    maker.looks_right()
    maker.page.fill("[name=digits]", digits)
    maker.press("form.answer button")
    maker.page.wait_for_url(link)
    maker.looks_right()
    return offered


def test_taking_less_without_any_script(site: Site, visit: Visit) -> None:
    officer = visit(DESK).sign_in(OFFICER)
    officer.go("/pesanan/")
    order = officer.page.get_by_role("link", name="Kain tenun").first.get_attribute("href") or ""
    _text, link = sent_message(officer, f"{order}kirim/", 0)
    maker = visit(PHONE, script=False)
    maker.go(link)
    offered = number_in(maker.page.locator(".hero b").inner_text())
    maker.press("a[href$='/sebagian/']")
    maker.page.fill("[name=quantity]", str(offered * 10))
    maker.page.fill("[name=digits]", phone_digits(site, link.rstrip("/").split("/")[-1]))
    maker.press("form.answer button")
    assert maker.page.locator("[name=quantity]").input_value() == str(offered * 10)
    maker.page.fill("[name=quantity]", str(offered))
    maker.page.fill("[name=digits]", phone_digits(site, link.rstrip("/").split("/")[-1]))
    maker.press("form.answer button")
    maker.page.wait_for_url(link)
    assert number_in(maker.page.locator(".hero b").inner_text()) == offered
