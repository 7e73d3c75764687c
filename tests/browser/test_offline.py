"""What is entered without a signal waits on the phone, and arrives exactly once."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import CHROMIUM, PHONE, QUIET, Site, Visitor, free_port, wait_for
from tests.browser.pieces import Telling, begin, told
from tests.browser.weak_signal import Signal, weak_signal

OFFICER = "rohani@contoh.test"
FORM = "form[data-entry=busy-weeks]"
BAR = "#entries"
COPY = "location.href, {ignoreVary: true}"


@pytest.fixture
def signal(site: Site) -> Iterator[Signal]:
    with weak_signal(site.address) as signal:
        yield signal


@pytest.fixture
def phone(signal: Signal, visit: Callable[..., Visitor]) -> Visitor:
    visitor = visit(PHONE)
    visitor.address = signal.address
    return visitor


def makers(site: Site, count: int) -> list[int]:
    """Makers without a busy week."""
    return json.loads(
        site.command(
            "shell", "--no-imports", "-c",
            "from lumbung.makers.models import Maker; "
            "found = Maker.objects.filter(busy_weeks=None).order_by('-pk'); "
            f"print(list(found.values_list('pk', flat=True)[:{count}]))",
        )
    )  # fmt: skip


def told_busy(site: Site, maker: int) -> int:
    """How often the maker's weeks were marked: the records count each deed."""
    said = site.command(
        "shell", "--no-imports", "-c",
        "from lumbung.records.models import Record; from lumbung.makers.models import Maker; "
        f"print(Record.objects.filter(subject=Maker(pk={maker}).key, deed='makers.weeks_busy').count())",
    )  # fmt: skip
    return int(said)


def ready(visitor: Visitor, path: str, form: str = FORM) -> Page:
    """A page that the worker has under its control, and a copy of which it keeps."""
    visitor.go(path)
    page = visitor.page
    page.locator(form).wait_for()
    until(page, "navigator.serviceWorker.controller !== null")
    visitor.go(path)
    until(
        page,
        "caches.open('pages').then(async (kept) => Boolean(await kept.match(location.href, {ignoreVary: true})))",
    )
    return page


def until(page: Page, expression: str) -> None:
    """The content policy forbids waiting in the page, so it is asked from here."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never: {expression}")


def enter(page: Page, week: int, reason: str) -> None:
    page.locator(f"{FORM} [name=monday]").select_option(index=week)
    page.fill(f"{FORM} [name=reason]", reason)
    page.locator(f"{FORM} button.main").click()


def kept(page: Page, form: str = FORM) -> None:
    expect(page.locator(f"{form} > .notice")).to_contain_text("Disimpan di ponsel ini")


def test_with_a_signal_an_entry_is_sent_at_once(site: Site, phone: Visitor) -> None:
    maker = makers(site, 1)[0]
    page = ready(phone.sign_in(OFFICER), f"/pelaku/{maker}/minggu/")
    enter(page, 2, "Panen")
    expect(page.locator(".notice.good")).to_be_visible()
    expect(page.locator(".week-list")).to_contain_text("Panen")
    expect(page.locator(BAR)).to_be_hidden()
    phone.looks_right()
    assert told_busy(site, maker) == 1


def test_three_entries_without_a_signal_arrive_once_each(site: Site, phone: Visitor, signal: Signal) -> None:
    maker = makers(site, 1)[0]
    page = ready(phone.sign_in(OFFICER), f"/pelaku/{maker}/minggu/")
    page.context.set_offline(True)
    for week, reason in ((1, "Panen"), (3, "Pernikahan")):
        enter(page, week, reason)
        kept(page)
    page.reload()
    expect(page.get_by_text("Tidak ada sinyal. Begini halaman ini pada")).to_be_visible()
    expect(page.locator(BAR)).to_contain_text("2 isian menunggu sinyal.")
    enter(page, 5, "Bahan terlambat")
    kept(page)
    expect(page.locator(BAR)).to_contain_text("3 isian menunggu sinyal.")
    assert told_busy(site, maker) == 0
    page.context.set_offline(False)
    expect(page.locator(BAR)).to_be_hidden(timeout=45_000)
    assert told_busy(site, maker) == 3
    assert len(signal.entries) == 3
    page.reload()
    for reason in ("Panen", "Pernikahan", "Bahan terlambat"):
        expect(page.locator(".week-list")).to_contain_text(reason)


def test_an_answer_that_is_lost_on_the_way_back_does_nothing_twice(
    site: Site, phone: Visitor, signal: Signal
) -> None:
    maker = makers(site, 1)[0]
    page = ready(phone.sign_in(OFFICER), f"/pelaku/{maker}/minggu/")
    signal.losing = True
    enter(page, 2, "Panen")
    kept(page)
    assert told_busy(site, maker) == 1
    page.close()
    signal.losing = False
    phone.page = phone.page.context.new_page()
    phone.go("/meja/")
    expect(phone.page.locator(BAR)).to_be_hidden(timeout=45_000)
    until(phone.page, "queue.all().then((all) => all.length === 0)")
    assert len(signal.entries) >= 2
    assert told_busy(site, maker) == 1


def test_a_browser_that_is_killed_between_sending_and_answer_sends_again(
    site: Site, signal: Signal, browser: Browser, tmp_path: Path
) -> None:
    maker = makers(site, 1)[0]
    path = f"/pelaku/{maker}/minggu/"
    with own_browser(browser, tmp_path) as (context, kill):
        visitor = Visitor(context.pages[0], signal.address).sign_in(OFFICER)
        page = ready(visitor, path)
        signal.losing = True
        enter(page, 2, "Panen")
        for _ in range(100):
            if signal.entries:
                break
            page.wait_for_timeout(50)
        kill()
    assert told_busy(site, maker) == 1
    signal.losing = False
    with own_browser(browser, tmp_path) as (context, _kill):
        visitor = Visitor(context.pages[0], signal.address)
        visitor.page.goto(signal.address + "/")
        if "login" in visitor.page.content() or not visitor.page.locator(BAR).count():
            visitor.sign_in(OFFICER)
        until(visitor.page, "queue.all().then((all) => all.length === 0)")
    assert len(signal.entries) >= 2
    assert told_busy(site, maker) == 1


def test_what_was_refused_stays_with_its_sentence_and_is_put_right(site: Site, phone: Visitor) -> None:
    maker = makers(site, 1)[0]
    page = ready(phone.sign_in(OFFICER), f"/pelaku/{maker}/minggu/")
    page.context.set_offline(True)
    page.fill(f"{FORM} [name=weeks]", "99")
    enter(page, 2, "Panen raya")
    kept(page)
    page.context.set_offline(False)
    expect(page.locator(BAR)).to_contain_text("1 isian perlu diperbaiki.", timeout=45_000)
    phone.looks_right()
    page.locator(f"{BAR} a").click()
    row = page.locator("#waiting > li")
    expect(row).to_contain_text("Paling banyak 12. Anda menulis 99.")
    expect(row).to_contain_text("Alasan: Panen raya")
    assert told_busy(site, maker) == 0
    phone.looks_right()
    page.get_by_role("link", name="Perbaiki").click()
    expect(page.locator(f"{FORM} > .notice.stop")).to_contain_text("Paling banyak 12. Anda menulis 99.")
    expect(page.locator(f"{FORM} [name=reason]")).to_have_value("Panen raya")
    page.fill(f"{FORM} [name=weeks]", "2")
    page.locator(f"{FORM} button.main").click()
    expect(page.locator(".notice.good")).to_be_visible()
    expect(page.locator(BAR)).to_be_hidden()
    assert told_busy(site, maker) == 1


def test_a_refusal_on_the_spot_leaves_the_form_as_it_was_typed(site: Site, phone: Visitor) -> None:
    maker = makers(site, 1)[0]
    page = ready(phone.sign_in(OFFICER), f"/pelaku/{maker}/minggu/")
    page.fill(f"{FORM} [name=weeks]", "99")
    enter(page, 2, "Panen raya")
    expect(page.locator(f"{FORM} > .notice.stop")).to_contain_text("Anda menulis 99.")
    expect(page.locator(f"{FORM} [name=reason]")).to_have_value("Panen raya")
    page.fill(f"{FORM} [name=weeks]", "1")
    page.locator(f"{FORM} button.main").click()
    expect(page.locator(".notice.good")).to_be_visible()
    expect(page.locator(BAR)).to_be_hidden()
    assert told_busy(site, maker) == 1


def test_who_signs_out_leaves_no_page_behind_and_what_waits_is_kept_for_them(
    site: Site, phone: Visitor
) -> None:
    maker = makers(site, 1)[0]
    path = f"/pelaku/{maker}/minggu/"
    page = ready(phone.sign_in(OFFICER), path)
    page.context.set_offline(True)
    enter(page, 2, "Panen")
    kept(page)
    page.close()
    page = phone.page = phone.page.context.new_page()
    page.context.set_offline(False)
    page.context.clear_cookies()
    phone.go("/akun/masuk/")
    until(page, "caches.open('pages').then(async (kept) => (await kept.keys()).length === 0)")
    phone.go("/luring/")
    expect(page.get_by_text("Tidak ada isian Anda yang menunggu di ponsel ini.")).to_be_visible()
    phone.sign_in("suherman@contoh.test")
    phone.go("/luring/")
    expect(page.locator("#nothing")).to_be_visible()
    assert told_busy(site, maker) == 0
    page.context.clear_cookies()
    phone.sign_in(OFFICER)
    until(page, "queue.all().then((all) => all.length === 0)")
    assert told_busy(site, maker) == 1


def test_without_a_signal_a_page_without_a_copy_shows_what_waits(site: Site, phone: Visitor) -> None:
    maker = makers(site, 1)[0]
    page = ready(phone.sign_in(OFFICER), f"/pelaku/{maker}/minggu/")
    page.context.set_offline(True)
    enter(page, 2, "Panen")
    kept(page)
    page.goto(phone.address + "/pesanan/")
    expect(page.locator("h1")).to_have_text("Menunggu di ponsel ini")
    expect(page.locator("#waiting > li")).to_have_count(1)
    phone.complaints.clear()
    phone.looks_right()
    page.locator("#waiting summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#waiting > li")).to_have_count(0)
    expect(page.get_by_text("Tidak ada isian Anda yang menunggu di ponsel ini.")).to_be_visible()
    page.context.set_offline(False)
    assert told_busy(site, maker) == 0


# Without an account: the entries belong to the link


MADE = "form[data-entry=made]"


def tell(page: Page, telling: Telling, quantity: str) -> None:
    page.fill(f"{MADE} [name=quantity]", quantity)
    page.fill(f"{MADE} [name=digits]", telling.digits)
    page.locator(f"{MADE} button.main").click()


def test_a_maker_tells_three_days_without_a_signal_and_each_arrives_once(
    site: Site, phone: Visitor, signal: Signal
) -> None:
    telling = begin(site)
    page = ready(phone, telling.path, MADE)
    page.context.set_offline(True)
    for quantity in ("7", "8"):
        tell(page, telling, quantity)
        kept(page, MADE)
    page.reload()
    expect(page.locator(BAR)).to_contain_text("2 isian menunggu sinyal.")
    tell(page, telling, "9")
    kept(page, MADE)
    page.locator(f"{BAR} a").click()
    expect(page.locator("#waiting > li")).to_have_count(3)
    assert telling.digits not in page.locator("#waiting").inner_text()
    phone.complaints.clear()
    phone.looks_right()
    assert told(site, telling) == []
    page.context.set_offline(False)
    expect(page.locator("#nothing")).to_be_visible(timeout=45_000)
    assert told(site, telling) == [7, 8, 9]
    phone.go("/luring/")
    expect(page.locator("#nothing")).to_be_visible()


def test_pieces_whose_answer_was_lost_are_told_once_and_wrong_digits_are_put_right(
    site: Site, phone: Visitor, signal: Signal
) -> None:
    telling = begin(site)
    page = ready(phone, telling.path, MADE)
    signal.losing = True
    tell(page, telling, "12")
    kept(page, MADE)
    assert told(site, telling) == [12]
    page.close()
    signal.losing = False
    page = phone.page = phone.page.context.new_page()
    phone.go(telling.path)
    until(page, "queue.all().then((all) => all.length === 0)")
    assert told(site, telling) == [12]
    page.fill(f"{MADE} [name=digits]", "000x")
    page.fill(f"{MADE} [name=quantity]", "5")
    page.locator(f"{MADE} button.main").click()
    expect(page.locator(f"{MADE} > .notice.stop")).to_be_visible()
    phone.go(telling.path)
    expect(page.locator(BAR)).to_contain_text("1 isian perlu diperbaiki.")
    page.locator(f"{BAR} a").click()
    page.get_by_role("link", name="Perbaiki").click()
    expect(page.locator(f"{MADE} [name=quantity]")).to_have_value("5")
    page.fill(f"{MADE} [name=digits]", telling.digits)
    page.locator(f"{MADE} button.main").click()
    expect(page.locator(".notice.good")).to_be_visible()
    assert told(site, telling) == [12, 5]


def test_what_waits_for_one_link_is_not_shown_to_another(site: Site, phone: Visitor) -> None:
    mine, other = begin(site), begin(site)
    page = ready(phone, mine.path, MADE)
    page.context.set_offline(True)
    tell(page, mine, "7")
    kept(page, MADE)
    page.context.set_offline(False)
    page.close()
    page = phone.page = phone.page.context.new_page()
    phone.go("/luring/")
    expect(page.locator("#nothing")).to_be_visible()
    phone.go(other.path)
    expect(page.locator(BAR)).to_be_hidden()


def test_the_day_on_a_copy_from_yesterday_is_today(site: Site, phone: Visitor) -> None:
    telling = begin(site)
    page = ready(phone, telling.path, MADE)
    today = page.input_value(f"{MADE} [name=made_on]")
    page.context.set_offline(True)
    page.clock.install()
    page.clock.fast_forward(24 * 3_600_000)
    page.reload()
    day, month, year = map(int, today.split("/"))
    tomorrow = date(year, month, day) + timedelta(days=1)
    written = f"{tomorrow.day}/{tomorrow.month}/{tomorrow.year}"
    expect(page.locator(f"{MADE} [name=made_on]")).to_have_value(written)


@contextmanager
def own_browser(browser: Browser, folder: Path) -> Iterator[tuple[BrowserContext, Callable[[], None]]]:
    """A browser with a folder of its own, and a way to kill it at once."""
    port = free_port()
    program = subprocess.Popen(
        [CHROMIUM, *QUIET, "--headless", f"--user-data-dir={folder}", f"--remote-debugging-port={port}",
         "--window-size=360,740", "--lang=id", "about:blank"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(port)
        opened = browser.browser_type.connect_over_cdp(f"http://127.0.0.1:{port}")
        context = opened.contexts[0]
        context.set_default_timeout(60_000)
        yield context, program.kill
    finally:
        program.kill()
        program.wait(20)
