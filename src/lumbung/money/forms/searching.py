"""Names that somebody types, and the party or line that is meant."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.searching import Meant, Search
from lumbung.money import queries
from lumbung.organisations.models import Party

MOST = 12


def _parties(text: str) -> Meant:
    exact = list(Party.objects.filter(name__iexact=text, ends_on__isnull=True).order_by("pk")[:MOST])
    near = Party.objects.filter(name__icontains=text, ends_on__isnull=True).order_by("name", "pk")
    return Meant(exact, [] if exact else list(near[:MOST]))


PARTY_SEARCH = Search(
    find=_parties,
    by_key=lambda key: Party.objects.filter(pk=int(key)).first() if key.isdecimal() else None,
    write=lambda party: str(party.name),
    none=_("No party is called “%(text)s”."),
    several=_("Several are called “%(text)s”. Choose one."),
    near=_("Nobody is called exactly “%(text)s”. Choose who is meant."),
    choose=_("Who is meant?"),
)


def _lines(text: str) -> Meant:
    named = queries.named(queries.keys_called(text, "line")[:MOST])
    found = list(named.values())
    return Meant(found if len(found) == 1 else [], found)


def _line(key: str) -> Any:
    return queries.subject_of(key)


LINE_SEARCH = Search(
    find=_lines,
    by_key=_line,
    write=lambda line: str(line.words),
    none=_("No line of an order is called “%(text)s”. Write the order's number or name."),
    several=_("Several lines are called “%(text)s”. Choose one."),
    near=_("Several lines fit “%(text)s”. Choose one."),
    choose=_("Which line is meant?"),
)


def _shares(text: str) -> Meant:
    named = queries.named(queries.keys_called(text, "share")[:MOST])
    found = list(named.values())
    return Meant(found if len(found) == 1 else [], found)


SHARE_SEARCH = Search(
    find=_shares,
    by_key=queries.subject_of,
    write=lambda share: str(share.words),
    none=_("No maker called “%(text)s” has a share. Write the workshop's name."),
    several=_("Several shares fit “%(text)s”. Choose one."),
    near=_("Several shares fit “%(text)s”. Choose one."),
    choose=_("Which share is meant?"),
)
