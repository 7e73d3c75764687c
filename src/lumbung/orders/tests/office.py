"""What the tests of the office's pages share: somebody signed in, and an order on its way."""

import io
from dataclasses import dataclass
from typing import Any

import python_calamine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lumbung.orders.actions.splitting import compute_split, decide_split, propose_split
from lumbung.orders.models import Order, OrderLine, Share, Split
from lumbung.orders.tests import factories as make
from lumbung.people.models import Person

MAKERS = 6
MOST_PAGES = 50


def signed_in(person: Person | None) -> Client:
    """A browser of this person, in English; of a visitor when there is none."""
    client = Client(headers={"accept-language": "en"})
    if person:
        client.force_login(person)
    return client


def pages_of(client: Client, url: str, asked: dict[str, str], to: str = "next_url") -> list[Any]:
    """What the pages of a list show, one by one, as their own addresses lead on."""
    answer, found = client.get(url, asked), list[Any]()
    while len(found) < MOST_PAGES:
        found.append(answer.context)
        onward = getattr(answer.context["around"], to)
        if not onward:
            return found
        answer = client.get(f"{url}{onward}")
    raise AssertionError("The pages have no end.")


@dataclass
class OnItsWay:
    """A published order of 1,000 pieces that six tailors can make, split as far as asked."""

    order: Order
    line: OrderLine
    split: Split | None = None

    @property
    def shares(self) -> list[Share]:
        return list(Share.objects.filter(line=self.line).order_by("pk"))


def published(*, makers: int = MAKERS, quantity: int = 1_000, **fields: object) -> OnItsWay:
    for _ in range(makers):
        make.tailor(weekly=70)
    order = make.order(**fields)
    return OnItsWay(order, make.line(order, quantity=quantity))


def drafted(by: str = "person:1", **fields: object) -> OnItsWay:
    found = published(**fields)
    found.split = compute_split(line=found.line, by=by)
    return found


def proposed(by: str = "person:1", **fields: object) -> OnItsWay:
    found = drafted(by, **fields)
    assert found.split
    found.split = propose_split(split=found.split, by=by)
    return found


def offered(**fields: object) -> OnItsWay:
    found = proposed("person:1", **fields)
    assert found.split
    found.split = decide_split(split=found.split, by="person:2")
    found.line.refresh_from_db()
    return found


def path(found: OnItsWay, tail: str = "") -> str:
    """The address of a page of this order, such as `pembagian/1/`."""
    return f"/pesanan/{found.order.code}/{tail}"


def line_path(found: OnItsWay, tail: str) -> str:
    return path(found, f"{found.line.pk}/{tail}")


def queries_of(client: Client, url: str) -> int:
    """How often a page asks the database."""
    with CaptureQueriesContext(connection) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


def status_of(answer: Any) -> int:
    """How it was answered; a workbook is read to its end, so that its file is closed."""
    if answer.streaming:
        answer.getvalue()
    return int(answer.status_code)


def rows_of(content: bytes, sheet: int = 0) -> list[list[Any]]:
    """The rows of a workbook as a spreadsheet program reads them."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(sheet).to_python()
