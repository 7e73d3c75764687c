"""Everything that comes out of a demo says so, on screen, on paper, in a file, in a letter."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import quote, urljoin

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import marking
from foundation.sheets import Heading, Workbook, open_grids
from lumbung.orders.choices import ShareState
from lumbung.orders.models import Share
from lumbung.people.choices import LinkPurpose
from lumbung.people.models import Link, Person
from lumbung.people.rules import secret_of

pytestmark = pytest.mark.usefixtures("demo")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NUMBERS = re.compile(r"/(PSN-[\w-]+|KBR-[\w-]+|[\d.]+|(?=[a-z0-9]*\d)[a-z0-9]{16})(?=/|$)")
NO_PAGE = re.compile(r"^(https?:|mailto:|tel:|#|/static/|/akun/keluar/|/berkas/)|/foto/\d+/|/bukti/|^$")
"""Photos and proofs carry their mark drawn within the picture."""
MOST = 400


def kind_of(address: str) -> str:
    """Addresses that differ only in numbers, codes and filters are one kind of page; each list of a queue is one."""
    tab = re.search(r"[?&](daftar=\w+)", address)
    return NUMBERS.sub("/*", address.split("?")[0].split("#")[0]) + (f"?{tab[1]}" if tab else "")


def links_in(page: str, here: str) -> Iterator[str]:
    for link in re.findall(r'(?:href|action)="([^"]*)"', page):
        if not NO_PAGE.search(unescape(link)):
            yield urljoin(here, unescape(link)).split("#")[0]


def secrets() -> Iterator[str]:
    """One link of each kind that leads somewhere without an account."""
    places = {
        "b": LinkPurpose.ANSWER_SHARE,
        "k": LinkPurpose.CAPTAIN_BUNDLE,
        "h": LinkPurpose.OBJECTION,
        "g": LinkPurpose.OWN_REASON,
    }
    for prefix, purpose in places.items():
        if link := Link.objects.filter(purpose=purpose).order_by("-pk").first():
            yield f"/{prefix}/{secret_of(link)}/"


def walk(client: Client, starts: list[str], seen: set[str]) -> Iterator[tuple[str, Any]]:
    """Every page that a link leads to, one of each kind, with its answer."""
    waiting = list(starts)
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        if kind_of(address) in seen:
            continue
        seen.add(kind_of(address))
        answer = client.get(address)
        if answer.status_code == 302:
            waiting.append(answer.headers["Location"])
            continue
        if answer.status_code != 405:
            yield address, answer
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            waiting += links_in(whole(answer).decode(), address)


def whole(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def is_marked(answer: Any) -> bool:
    """Whether an answer carries the mark in its own way; what nobody can mark fails."""
    kind = answer.headers.get("Content-Type", "")
    if kind.startswith("text/html"):
        return f'class="demo">{marking.mark()}<' in whole(answer).decode()
    if kind == XLSX:
        rows = [row for grid in open_grids(io.BytesIO(whole(answer))) for row in grid.rows]
        return bool(rows) and all(marking.mark() in row for row in rows if any(row))
    if kind.startswith("application/json"):
        return json.loads(whole(answer))["mark"] == marking.mark()
    if kind == "application/pdf":
        return marking.mark().encode() in whole(answer)
    if kind == "application/zip":
        with zipfile.ZipFile(io.BytesIO(whole(answer))) as archive:
            return all(marking.mark().encode() in archive.read(name) for name in archive.namelist())
    return False


STARTS = ["/", "/meja/", "/pesanan/", "/akun/masuk/", "/not-here/", "/gaya/"]
PEOPLE = {
    "nobody": None,
    "officer": "rohani@contoh.test",
    "head": "suherman@contoh.test",
    "protection": "taufik@contoh.test",
}


def test_whatever_a_link_leads_to_is_marked() -> None:
    seen: set[str] = set()
    found: list[tuple[str, Any]] = []
    for mail_address in PEOPLE.values():
        client = Client()
        if mail_address:
            client.force_login(Person.objects.get(email=mail_address))
        offers = [] if mail_address else list(secrets())
        seen -= {"/", "/meja/", "/pesanan/"}
        found += [(address, is_marked(answer)) for address, answer in walk(client, STARTS + offers, seen)]
    assert [address for address, marked in found if not marked] == []
    kinds = {kind_of(address) for address, _marked in found}
    assert {"/kuota/*/", "/b/*/", "/pelaku/unduh/", "/catatan/excel/", "/pesanan/excel/"} <= kinds
    assert {"/h/*/", "/g/*/"} <= kinds
    assert any(kind.endswith("/masukan/") for kind in kinds)
    assert any("/kirim/desa/" in kind for kind in kinds)
    assert len(kinds) > 45


def test_a_page_that_is_not_marked_would_be_found() -> None:
    with override_settings(DEMO=False):
        answer = Client().get("/pesanan/")
    assert not is_marked(answer)


def test_every_slip_that_is_cut_off_a_sheet_is_marked(client: Client) -> None:
    client.force_login(Person.objects.get(email="rohani@contoh.test"))
    share = Share.objects.filter(state=ShareState.OFFERED).select_related("line__order", "maker").last()
    assert share
    code = share.line.order.code
    page = client.get(f"/pesanan/{code}/kirim/desa/{share.maker.village_id}/?semua=1").content.decode()
    slips = page.split('<article class="slip"')[1:]
    assert slips
    assert all(marking.mark() in slip.split("</article>")[0] for slip in slips)


def test_the_messages_of_the_queue_are_marked(client: Client) -> None:
    client.force_login(Person.objects.get(email="rohani@contoh.test"))
    share = Share.objects.filter(state=ShareState.OFFERED).exclude(maker__owner__phone="").last()
    assert share
    answer = client.post(f"/pesanan/{share.line.order.code}/kirim/{share.pk}/")
    assert quote(marking.mark()) in answer.headers["Location"]


def test_a_letter_for_a_new_password_is_marked(client: Client) -> None:
    client.post(reverse("account_reset_password"), {"email": "rohani@contoh.test"})
    (letter,) = mail.outbox
    assert marking.mark() in letter.subject
    assert marking.mark() in letter.body


def test_a_workbook_outside_a_demo_carries_no_mark() -> None:
    for demo, width in ((True, 2), (False, 1)):
        target = io.BytesIO()
        with override_settings(DEMO=demo), Workbook(target) as book:
            book.sheet("A", [Heading(_("Name"))]).row(["Aminah"])
        (grid,) = open_grids(io.BytesIO(target.getvalue()))
        assert {len(row) for row in grid.rows} == {width}
