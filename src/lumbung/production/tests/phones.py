"""Links as makers, captains and members get them, and answers as their phones send them."""

from typing import Any

from django.test import Client

from lumbung.orders.models import Share
from lumbung.orders.tests import factories as orders
from lumbung.orders.tests.offering import bundle_for, captain_of, phone, text_of
from lumbung.people.models import Link, Person
from lumbung.production.actions.sending import reach_member
from lumbung.production.models import Part

__all__ = ["bundle_for", "captain_of", "own_link", "phone", "sent", "text_of", "to_share"]


def to_share(share: Share) -> tuple[Link, str]:
    """The maker's link, and the address that it opens."""
    link, secret = orders.link_to(share)
    return link, f"/b/{secret}/"


def own_link(part: Part) -> str:
    """The address that a member's link opens."""
    return f"/a/{reach_member(part=part, by='link:9001').secret}/"


def digits(of: Person) -> str:
    return of.phone[-4:]


def sent(address: str, who: Person, client: Client | None = None, **fields: Any) -> Any:
    """The form sent with the right digits; the page it leads to."""
    return (client or phone()).post(address, {"digits": digits(who)} | fields, follow=True)
