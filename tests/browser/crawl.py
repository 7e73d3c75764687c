"""Every address, as each role finds it: run as a program beside the demo, it prints what it found as JSON.

Pages are asked for inside one process, without a server, so that hundreds cost seconds. What comes of it is
the list that the browser then looks at: one page for each address and each shape that somebody sees there.
"""

import json
import os
import re
import sys
from collections import defaultdict, deque
from dataclasses import asdict, dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

PEOPLE = {
    "officer": "rohani@contoh.test",
    "head": "suherman@contoh.test",
    "inspector": "rahmat@contoh.test",
    "treasurer": "zaini@contoh.test",
    "auditor": "nuraini@contoh.test",
    "protection": "taufik@contoh.test",
    "regency": "halimah@contoh.test",
    "buyer": "sudarma@contoh.test",
    "maker": "0800-0000-0001",
    "nobody": "",
}
MOST_OF_A_KIND = 3
"""Pages of one address that a role opens while looking for other shapes of it."""

MOST_OF_ORDERS = 24
"""Orders differ most: every state of theirs has a page of its own."""
ORDERS = ("pesanan/<slug:code>/", "kuota/<slug:code>/", "b/<str:secret>/")
HREF = re.compile(r'<a\b[^>]*?\shref="([^"]+)"')
ACTION = re.compile(r'<form\b[^>]*?\saction="([^"]+)"')
MAIN = re.compile(r"<main.*</main>", re.DOTALL)
TAG = re.compile(r'<(\w+)(?:[^>]*?\sclass="([^"]*)")?')


@dataclass(frozen=True)
class Found:
    """A page that somebody may open, and that shows something new at its address."""

    who: str
    path: str
    route: str


@dataclass
class Finds:
    pages: list[Found] = field(default_factory=list)
    routes: dict[str, str] = field(default_factory=dict)
    """Every route of the project: page, file, form, or missing."""
    sessions: dict[str, str] = field(default_factory=dict)


def crawl() -> Finds:
    from django.core.cache import cache  # the program sets Django up first
    from django.test import Client

    finds = Finds()
    seen: dict[str, set[str]] = defaultdict(set)
    for who, name in PEOPLE.items():
        cache.clear()  # the next one comes later than within the same minute
        client = Client(HTTP_HOST="127.0.0.1", HTTP_ACCEPT_LANGUAGE="id")
        if name:
            finds.sessions[who] = sign_in(client, name)
        walk(client, who, finds, seen)
    for route in routes_of_the_project():
        finds.routes.setdefault(route, "missing")
    return finds


def sign_in(client: Any, name: str) -> str:
    from django.conf import settings

    from foundation.reading import read_phone
    from lumbung.people import queries

    person = queries.account_by_email(name) if "@" in name else queries.account_by_phone(read_phone(name))
    assert person, f"The demo has no account {name}"
    client.force_login(person)
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def walk(client: Any, who: str, finds: Finds, seen: dict[str, set[str]]) -> None:
    """Follow links from the first page on; keep what shows something that nobody saw at this address."""
    plain = [f"/{route}" for route in routes_of_the_project() if not set(route) & set("<^(")]
    waiting = deque([*plain, *(links_by_secret() if who == "nobody" else beyond_first_pages())])
    asked: set[str] = set()
    opened: dict[str, int] = defaultdict(int)
    while waiting:
        path = waiting.popleft()
        route = route_of(path)
        most = MOST_OF_ORDERS if route in ORDERS else MOST_OF_A_KIND
        if path in asked or route is None or opened[route] >= most or finds.routes.get(route) == "file":
            continue
        asked.add(path)
        opened[route] += 1
        answer = client.get(path)
        if answer.status_code == 302 and answer["Location"].startswith("/"):
            waiting.append(answer["Location"])
        if answer.status_code not in {200, 410}:
            continue
        if not answer["Content-Type"].startswith("text/html"):
            finds.routes.setdefault(route, "file")
            continue
        page = answer.content.decode()
        finds.routes[route] = "page"
        shape = shape_of(page)
        if shape - seen[route]:
            seen[route] |= shape
            finds.pages.append(Found(who, path, route))
        waiting += [urljoin(path, unescape(link).split("#")[0]) for link in HREF.findall(page)]
        for action in ACTION.findall(page):
            taken = route_of(urljoin(path, unescape(action)))
            if taken is not None:
                finds.routes.setdefault(taken, "form")


def shape_of(page: str) -> set[str]:
    """Which elements of which classes stand in the page, however often."""
    found = MAIN.search(page)
    return {f"{tag}.{kind}" for tag, kind in TAG.findall(found.group() if found else page)}


def route_of(path: str) -> str | None:
    from django.urls import Resolver404, resolve

    parts = urlsplit(path)
    if parts.scheme or parts.netloc:
        return None
    try:
        return str(resolve(parts.path).route)
    except Resolver404:
        return None


def routes_of_the_project() -> list[str]:
    from django.urls import URLPattern, get_resolver

    def under(resolver: Any, before: str) -> list[str]:
        found: list[str] = []
        for entry in resolver.url_patterns:
            route = before + str(entry.pattern)
            found += [route] if isinstance(entry, URLPattern) else under(entry, route)
        return found

    return under(get_resolver(), "")


def beyond_first_pages() -> list[str]:
    """What no list shows on its first page: a group, twins, a certificate, a long work, production."""
    from foundation import clock
    from foundation.models import Work
    from lumbung.certification.models import HeldCertificate
    from lumbung.makers.models import Household
    from lumbung.makers.queries import duplicate_clusters
    from lumbung.orders.models import Share
    from lumbung.production.queries.standards import drafts_to_approve

    group = Household.objects.order_by("pk").values_list("maker_id", flat=True)[0]
    certified = HeldCertificate.objects.filter(good__isnull=False).values_list("good__maker_id", flat=True)[0]
    makers = [group, certified, min(duplicate_clusters())]
    draft = drafts_to_approve()[0]
    production = [f"/pesanan/{draft.line.order.code}/{draft.line_id}/standar/"]
    production += [f"/pesanan/{code}/bagian/{share}/pembuatan/" for code, share in shares_in_production()]
    offered = Share.objects.filter(state="offered", answer_until__gt=clock.now()).select_related(
        "line__order"
    )
    waiting = offered.order_by("pk")[0]
    production.append(f"/pesanan/{waiting.line.order.code}/bagian/{waiting.pk}/")
    works = [work.get_absolute_url() for work in Work.objects.order_by("-pk")[:1]]
    makers_pages = [f"/pelaku/{maker}/" for maker in makers]
    return [*works, *production, *handed_over(), *makers_pages, *own_remarks()]


def handed_over() -> list[str]:
    """Pieces that wait to be looked at, pieces back for rework, a complaint about them, a lot that is held."""
    from lumbung.complaints.models import Complaint
    from lumbung.deliveries.models import Delivery
    from lumbung.lots.models import Lot

    deliveries = Delivery.objects.order_by("-pk")
    waiting = [deliveries.filter(**{f"{state}_quantity__gt": 0})[0] for state in ("open", "rework")]
    complaint = Complaint.objects.filter(delivery__isnull=False, closed_at=None).order_by("-pk")[0]
    held = Lot.objects.filter(state="held").order_by("pk")[:1]
    return [found.get_absolute_url() for found in (*waiting, complaint, *held)]


def own_remarks() -> list[str]:
    """Where makers who sign in say that a number is not right: linked once they have a record."""
    from lumbung.makers.models import Maker

    makers = Maker.objects.filter(owner__has_account=True).order_by("pk").values_list("pk", flat=True)
    return [f"/rekam-jejak/{maker}/keterangan/" for maker in makers[:MOST_OF_A_KIND]]


def links_by_secret() -> list[str]:
    """The addresses that makers get: offers in each state, a captain's bundle, an objection, own reasons."""
    from foundation import clock
    from lumbung.orders.models import Share
    from lumbung.orders.rules.answer import shown_state
    from lumbung.people.choices import LinkPurpose
    from lumbung.people.models import Link
    from lumbung.people.rules import current_secret

    letters = {
        LinkPurpose.ANSWER_SHARE: "b",
        LinkPurpose.CAPTAIN_BUNDLE: "k",
        LinkPurpose.OBJECTION: "h",
        LinkPurpose.OWN_REASON: "g",
        LinkPurpose.COMPLAINT: "c",
        LinkPurpose.OWN_PART: "a",
    }
    states = {share.key: shown_state(share, at=clock.now()) for share in Share.objects.all()}
    paths: dict[tuple[str, str, int], str] = {}
    for link in Link.objects.order_by("-pk"):
        letter = letters[LinkPurpose(link.purpose)]
        state = states.get(link.subject, "")
        at = sum(1 for kind in paths if kind[0] == letter)
        if state or at < MOST_OF_A_KIND:
            key = (letter, f"{state}{link.revoked_at is None}", 0 if state else at)
            paths.setdefault(key, f"/{letter}/{current_secret(link)}/")
    made = [
        f"/{letters[LinkPurpose(link.purpose)]}/{current_secret(link)}/" for link in links_in_production()
    ]
    return [*made, "/b/ABCDEFGHJKMNPQRS/", *paths.values(), *records_by_secret()]


def links_in_production() -> list[Any]:
    """The links to a share that was passed on, and to its parts: of the maker, the captain and the members."""
    from lumbung.people.models import Link
    from tests.browser.fill import share_with_parts

    share = share_with_parts()
    order = share.line.order.code
    own = Link.objects.filter(subject=share.key) | Link.objects.filter(
        subject__startswith=f"part:{share.pk}:"
    )
    captains = Link.objects.filter(subject__startswith="captain:", subject__endswith=f":{order}")
    return [*own.order_by("pk"), *captains.order_by("-pk")[:1]]


def shares_in_production() -> list[tuple[str, int]]:
    """A share that will be late, and one whose sheet is not confirmed."""
    from lumbung.production.choices import Standing
    from lumbung.production.queries.progress import held_shares, lines_with_standards, rows_of

    lines = {line.pk: line.order.code for line in lines_with_standards()}
    rows = rows_of(held_shares().filter(line__in=list(lines)))
    wanted = (Standing.LATE, Standing.UNCONFIRMED)
    chosen = [next(row for row in rows if row.standing == standing) for standing in wanted]
    return [(lines[row.line], row.pk) for row in chosen]


def records_by_secret() -> list[str]:
    """The own track record by the link of a share that was handed over: to be read, and to be disputed."""
    from lumbung.deliveries.models import Delivery
    from lumbung.people.choices import LinkPurpose
    from lumbung.people.queries import open_secrets

    shares = Delivery.objects.order_by("pk").values_list("share", flat=True)[:200]
    secrets = list(open_secrets([f"share:{pk}" for pk in shares], LinkPurpose.ANSWER_SHARE).values())
    return [f"/b/{secret}/rekam-jejak/" for secret in secrets[:MOST_OF_A_KIND]]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from tests.browser.fill import fill

    fill()
    json.dump(asdict(crawl()), sys.stdout)
