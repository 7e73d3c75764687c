"""What the desk says: a row a thing that waits, each a number, a sentence and one action."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import formats
from lumbung.orders.rules.public import counted, counted_beside
from lumbung.places.rules.marks import SMALLEST_GROUP


@dataclass(frozen=True)
class Task:
    """One thing that waits for somebody."""

    number: int
    words: str
    sentence: str
    action: str
    url: str
    since: datetime | None = None
    is_late: bool = False
    posts: bool = False
    """Whether the action changes something at once, so that it is a button and no link."""

    @property
    def since_words(self) -> str:
        """Sejak Rabu (6/5) 17.00."""
        if self.since is None:
            return ""
        return _("Since %(day)s %(time)s") % {
            "day": formats.day(self.since),
            "time": formats.clock_time(self.since),
        }


class Desk(StrEnum):
    """What somebody's desk is for."""

    OFFICE = "office"
    WATCH = "watch"
    MAKER = "maker"
    BUYER = "buyer"
    GUEST = "guest"


def heading(count: int) -> str:
    """Lima hal menunggu Anda."""
    if not count:
        return _("Nothing waits for you")
    return ngettext("%(count)s thing waits for you", "%(count)s things wait for you", count) % {
        "count": formats.count_words(count)
    }


def nothing_waits(desk: Desk) -> str:
    """What comes next when nothing waits."""
    return {
        Desk.OFFICE: _("The next thing comes with the next answer, or with a new order."),
        Desk.WATCH: _("Orders, splits and records are open to you below."),
        Desk.MAKER: _("The next offer comes by WhatsApp, and stands here too."),
        Desk.BUYER: _("Below you follow your orders while makers answer."),
        Desk.GUEST: _("The office gives you your part. Until then you can look at the running orders."),
    }[desk]


def oldest_first(told: str, count: int) -> str:
    """The oldest of several things, and how many more there are."""
    if count < 2:
        return told
    more = ngettext("And %(more)s more.", "And %(more)s more.", count - 1) % {
        "more": formats.number(count - 1)
    }
    return f"{told} {more}"


def amount(quantity: int, unit: str) -> str:
    """4.000 buah."""
    return f"{formats.number(quantity)} {unit}"


def together(names: Sequence[str], *, most: int = 3) -> str:
    """A dan B; A, B, C dan 4 lagi."""
    shown = list(names[:most])
    if len(names) > most:
        shown.append(_("%(count)s more") % {"count": formats.number(len(names) - most)})
    if len(shown) < 2:
        return "".join(shown)
    return _("%(first)s and %(last)s") % {"first": ", ".join(shown[:-1]), "last": shown[-1]}


def makers_in_public(count: int) -> str:
    """How many makers, without pointing at the few."""
    return _("%(count)s makers") % {"count": counted(count)} if count else _("no maker yet")


def told_in_public(count: int, *, beside: int = 0) -> int | None:
    """A number of makers where it may be told: nobody is left who could be guessed."""
    return count if count >= SMALLEST_GROUP and counted_beside(count, beside) else None


def due_words(due_on: date) -> str:
    return _("due %(day)s") % {"day": formats.day_month(due_on)}


def what_a_house_gets(pieces: str, village: str, houses: int, days: int) -> str:
    """What stands behind the rupiah that each of several houses receives."""
    words = {"village": village, "houses": formats.number(houses), "pieces": pieces}
    place = (
        _("for each of %(houses)s houses in %(village)s that are offered %(pieces)s.")
        if village
        else _("for each of %(houses)s houses that are offered %(pieces)s.")
    )
    return f"{place % words} {_promised(days)}"


def _promised(days: int) -> str:
    return ngettext(
        "Payment is promised %(days)s day after the goods are inspected.",
        "Payment is promised %(days)s days after the goods are inspected.",
        days,
    ) % {"days": formats.number(days)}
