"""Objections for tests, and the answers to them."""

from typing import Any

from lumbung.objections.actions.objecting import file_by_visitor
from lumbung.objections.choices import ObjectionAbout, ObjectionOutcome
from lumbung.objections.models import Objection
from lumbung.orders.models import Order, OrderLine
from lumbung.orders.tests import factories as make
from lumbung.orders.tests.offering import quiet_line
from lumbung.people.choices import LinkPurpose
from lumbung.people.queries import open_links
from lumbung.people.rules import secret_of

PHONE = "0812-3456-7890"
ANSWER: dict[str, Any] = {
    "outcome": ObjectionOutcome.DISMISSED,
    "reason": "Ongkos sampai titik kumpul Rp181 per lembar, ambangnya Rp158. Dengan Rp158 Anda masuk.",
    "public_words": "Ongkos sampai titik kumpul di atas ambang yang sama untuk semua.",
}


def line_decided_by(proposer: str = "person:801", decider: str = "person:802") -> OrderLine:
    """A line whose split was computed and proposed by one and decided by another."""
    line = quiet_line(quantity=5_000)
    make.decided_split(
        line,
        {make.tailor(): 100 for _ in range(6)},
        computed_by=proposer,
        proposed_by=proposer,
        decided_by=decider,
    )
    return line


def filed(order: Order, **typed: Any) -> Objection:
    """Ibu Sahnim objects on the public page."""
    values: dict[str, Any] = {
        "about": ObjectionAbout.NOT_CHOSEN,
        "words": "Saya tidak mendapat bagian, padahal kapasitas saya cukup.",
        "full_name": "Sahnim",
        "phone": PHONE,
    }
    return file_by_visitor(order=order, **(values | typed))


def link_address(objection: Objection) -> str:
    link = open_links([objection.key], LinkPurpose.OBJECTION).get()
    return f"/h/{secret_of(link)}/"
