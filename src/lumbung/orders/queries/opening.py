"""The share that a link opens, for pages of this room and of the rooms above that stand below its address."""

from dataclasses import dataclass

from django.urls import reverse

from foundation import clock
from lumbung.orders.models import Share
from lumbung.orders.queries.offers import link_to_bundle, link_to_share, shares_of_bundle
from lumbung.orders.rules.offer import why_no_digits
from lumbung.people import rules
from lumbung.people.models import Link


@dataclass(frozen=True)
class Opened:
    """A share and the link that opened it."""

    link: Link
    share: Share
    address: str
    """Where the offer stands; its answers stand below."""
    language_url: str
    bundle: str = ""
    """The captain's list that it belongs to, if that was opened."""

    @property
    def whose(self) -> str:
        """Ibu, Bapak, Anda for the maker in person; the maker's name for a captain."""
        return str(self.share.maker) if self.bundle else self.link.person.you

    @property
    def why_closed(self) -> str | None:
        """The reason why the page does not open any more, or None."""
        return rules.why_not_open(self.link, clock.now())

    @property
    def why_not(self) -> str | None:
        """The reason why no answer can be given here now, or None."""
        return rules.why_not_answer(self.link, clock.now()) or why_no_digits(self.link.person)


def opened_by(secret: str, share: int | None = None) -> Opened | None:
    """The share of a maker's own link, or this one of a captain's list; None where the address leads nowhere."""
    return _alone(secret) if share is None else _of_bundle(secret, share)


def _alone(secret: str) -> Opened | None:
    link, share = link_to_share(secret)
    if link is None or share is None:
        return None
    language_url = reverse("orders:offer_language", args=[secret])
    return Opened(link, share, reverse("orders:offer", args=[secret]), language_url)


def _of_bundle(secret: str, share: int) -> Opened | None:
    link = link_to_bundle(secret)
    found = shares_of_bundle(link).filter(pk=share).first() if link else None
    if link is None or found is None:
        return None
    return Opened(
        link,
        found,
        address=reverse("orders:bundle_offer", args=[secret, share]),
        language_url=reverse("orders:bundle_language", args=[secret]),
        bundle=reverse("orders:bundle", args=[secret]),
    )
