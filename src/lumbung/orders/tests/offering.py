"""Offers with their links, and answers as a phone sends them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.test import Client

from foundation import clock
from lumbung.makers.models import Maker
from lumbung.orders.actions.answering import accept_share, decline_share, release_share
from lumbung.orders.actions.ordering import cancel_order
from lumbung.orders.choices import ShareState
from lumbung.orders.models import Order, OrderLine, Share
from lumbung.orders.queries.offers import bundle_subject
from lumbung.orders.tests import factories as make
from lumbung.organisations.tests.factories import member
from lumbung.people.actions import issue_link
from lumbung.people.choices import Captain, LinkPurpose
from lumbung.people.models import Link, Person
from lumbung.people.rules import secret_of
from lumbung.people.tests.factories import person


@dataclass
class Offered:
    """An offered share, its link, and the address that a maker opens."""

    share: Share
    link: Link
    address: str

    @property
    def digits(self) -> str:
        return self.link.person.phone[-4:]

    def now(self) -> Share:
        return Share.objects.get(pk=self.share.pk)


def quiet_line(**fields: Any) -> OrderLine:
    """A line whose declined shares wait for an officer."""
    return make.line(make.order(resplits_itself=False), **fields)


def offered(quantity: int = 693, *, line: OrderLine | None = None, lot: int = 1, **owner: Any) -> Offered:
    """A share that was sent to Ibu Sahnim of Mamben Daya."""
    sahnim = person("Sahnim", **owner)
    line = line or quiet_line()
    share = make.sent(make.share(line, make.tailor("Sahnim", owner=sahnim), quantity, minimum_lot=lot))
    link, secret = make.link_to(share)
    return Offered(share, link, f"/b/{secret}/")


def captain_of(*makers: Maker) -> Person:
    """One captain for the groups of these makers."""
    captain = person("Lalu Wirawan")
    for maker in makers:
        member(Captain, maker.party, who=captain)
    return captain


def bundle_for(captain: Person, order: Order) -> tuple[Link, str]:
    """The captain's link, and its address."""
    subject = bundle_subject(captain, order)
    link = issue_link(purpose=LinkPurpose.CAPTAIN_BUNDLE, subject=subject, person=captain, by="person:1")
    return link, f"/k/{secret_of(link)}/"


def answer(client: Client, address: str, word: str, **fields: Any) -> Any:
    """Send a form as a browser does, and follow to the page it leads to."""
    return client.post(f"{address}{word}/", fields, follow=True)


def everything_kept() -> dict[str, Any]:
    """How many rows every table has, and every share and link to the letter."""
    counts: dict[str, Any] = {
        model._meta.label: model._default_manager.count() for model in apps.get_models()
    }
    counts["shares"] = list(Share.objects.order_by("pk").values())
    counts["links"] = list(Link.objects.order_by("pk").values())
    return counts


def phone(language: str = "en") -> Client:
    """A maker's phone that asks for this language."""
    return Client(headers={"accept-language": language})


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]


# What may have happened to an offer before it is opened


def declined(found: Offered) -> None:
    decline_share(share=found.share, by=found.link.key)


def lapsed(found: Offered) -> None:
    Share.objects.filter(pk=found.share.pk).update(answer_until=clock.now() - timedelta(minutes=1))


def noted_as_lapsed(found: Offered) -> None:
    lapsed(found)
    Share.objects.filter(pk=found.share.pk).update(state=ShareState.LAPSED, ended_at=clock.now())


def withdrawn(found: Offered) -> None:
    Share.objects.filter(pk=found.share.pk).update(state=ShareState.WITHDRAWN, ended_at=clock.now())


def cancelled(found: Offered) -> None:
    cancel_order(order=found.share.line.order, reason="Anggaran dicabut", by="person:1")


def given_back(found: Offered) -> None:
    accept_share(share=found.share, by=found.link.key)
    release_share(share=found.share, quantity=found.share.quantity, by=found.link.key)
