"""Offers in the queue, and what opens in WhatsApp."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import Client

from lumbung.orders.models import Order, OrderLine, Share
from lumbung.orders.tests import factories as make
from lumbung.people.tests.factories import person


def waiting(
    line: OrderLine, name: str = "Sahnim", quantity: int = 100, *, phone: str | None = None, **fields: Any
) -> Share:
    """An offer with its link that nobody has sent yet."""
    owner = person(name) if phone is None else person(name, phone=phone)
    share = make.share(line, make.tailor(name, owner=owner, **fields), quantity)
    make.link_to(share)
    return share


def sending(order: Order) -> str:
    return f"/pesanan/{order.code}/kirim/"


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def message(response: Any) -> tuple[str, list[str]]:
    """The phone and the lines that WhatsApp is opened with."""
    assert response.status_code == 303
    address = urlsplit(response.headers["Location"])
    assert address.netloc == "wa.me"
    return address.path, parse_qs(address.query)["text"][0].splitlines()
