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
    from django.test import Client  # the program sets Django up first

    finds = Finds()
    seen: dict[str, set[str]] = defaultdict(set)
    for who, name in PEOPLE.items():
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
    """What no list shows on its first page: a group, twins, a maker with a certificate, a long work."""
    from foundation.models import Work
    from lumbung.certification.models import HeldCertificate
    from lumbung.makers.models import Household
    from lumbung.makers.queries import duplicate_clusters

    group = Household.objects.order_by("pk").values_list("maker_id", flat=True)[0]
    certified = HeldCertificate.objects.filter(good__isnull=False).values_list("good__maker_id", flat=True)[0]
    makers = [group, certified, min(duplicate_clusters())]
    works = [work.get_absolute_url() for work in Work.objects.order_by("-pk")[:1]]
    return [*works, *(f"/pelaku/{maker}/" for maker in makers)]


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
    return ["/b/ABCDEFGHJKMNPQRS/", *paths.values()]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from tests.browser.fill import fill

    fill()
    json.dump(asdict(crawl()), sys.stdout)
