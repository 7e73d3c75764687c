"""Every address, as whoever may open it sees it: nothing too heavy, too small, cut off or left in English."""

import json
import subprocess
import sys

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import DESK, PHONE, ROOT, Site, Visitor
from tests.browser.crawl import PEOPLE, Finds, Found
from tests.browser.english import english_in
from tests.browser.looking import (
    Scales,
    barriers,
    measured,
    measured_in_wide_letters,
    unseen_focus,
    words_of,
)

HEAVIEST = 50_000
DEMO_MARKS = {"id": "data contoh", "en": "demo data"}
NO_PAGE = {
    "healthz": "for machines",
    "penyerahan/foto/<int:photo>/": "a photo within a page",
    "b/<str:secret>/penyerahan/foto/<int:photo>/": "a photo within a page",
    "k/<str:secret>/penyerahan/foto/<int:photo>/": "a photo within a page",
    "robots.txt": "for machines",
    "ulangan/<slug:name>/gambar-<int:width>.svg": "a picture within a page",
    "berkas/<int:pk>/<str:name>": "a photo within a page",
    "k/<str:secret>/<int:share>/halangan/": "drawn as the one under b/",
    "k/<str:secret>/<int:share>/surat/<int:letter>/": "a file, as the one under b/",
    "b/<str:secret>/standar/foto/<int:photo>/": "a photo within a page",
    "k/<str:secret>/<int:share>/standar/foto/<int:photo>/": "a photo within a page",
    "a/<str:secret>/standar/foto/<int:photo>/": "a photo within a page",
    "k/<str:secret>/<int:share>/rekam-jejak/": "drawn as the one under b/",
    "k/<str:secret>/<int:share>/rekam-jejak/baca/": "drawn as the one under b/",
    "k/<str:secret>/<int:share>/rekam-jejak/keterangan/": "drawn as the one under b/",
    "akun/sandi/baru/": "follows a signing in with a handed password",
    "akun/^sandi/atur/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "leads on to a page",
    "pesanan/<slug:code>/terbitkan/": "a button of a draft that is ready",
    "pesanan/<slug:code>/berkas/<int:file>/hapus/": "a button beside a photo",
    "pesanan/<slug:code>/<int:line>/bagi-lagi/": "a button where something came back",
    "pesanan/<slug:code>/bagian/<int:share>/kembali/": "a button of a share that was promised",
    "pelaku/impor/<int:pk>/periksa/": "a button of a sheet that is not checked",
    "pelaku/impor/<int:pk>/tarik/": "a button of a sheet that was taken in",
    "pelaku/<int:pk>/minggu/kosong/": "a button beside a busy week",
}
"""Addresses without a page of their own in the demo, and why."""


NOT_LOOKED_AT = (
    "penyerahan/",
    "b/<str:secret>/penyerahan/",
    "k/<str:secret>/penyerahan/",
    "k/<str:secret>/<int:share>/penyerahan/",
)
"""What begins like this is found and opened, but not looked at by the walk. A line goes when its pages are clean."""


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
    assert sorted(missing - set(NO_PAGE)) == []


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_on_a_phone_in_indonesian(who: str, finds: Finds, site: Site, browser: Browser) -> None:
    pages = [found for found in finds.pages if found.who == who]
    look_at(pages, signed_in(browser, site, finds, who, PHONE, "id"), site, "id")


@pytest.mark.parametrize("who", PEOPLE)
def test_every_address_at_a_desk_in_english(who: str, finds: Finds, site: Site, browser: Browser) -> None:
    """One page for each address: what differs within an address is seen on the phone."""
    first = {found.route: found for found in reversed(finds.pages)}.values()
    pages = [found for found in first if found.who == who]
    look_at(pages, signed_in(browser, site, finds, who, DESK, "en"), site, "en")


def look_at(pages: list[Found], context: BrowserContext, site: Site, language: str) -> None:
    pages = [found for found in pages if not found.route.startswith(NOT_LOOKED_AT)]
    faults = {found.path: wrong for found in pages if (wrong := wrong_with(context, site, found, language))}
    context.close()
    assert faults == {}, "\n".join(f"{path}\n  " + "\n  ".join(wrong) for path, wrong in faults.items())


def signed_in(
    browser: Browser, site: Site, finds: Finds, who: str, size: dict[str, int], language: str
) -> BrowserContext:
    context = browser.new_context(viewport=size, locale=language)  # type: ignore[arg-type]
    context.set_default_timeout(60_000)
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
        if language == "id":
            wrong += [f"in wide letters: {fault}" for fault in measured_in_wide_letters(visitor.page)]
        return wrong + [c for c in visitor.complaints if not (gone and "410" in c)]
    finally:
        visitor.page.close()
