"""What a room shows on the pages of the rooms below it, which do not know it.

A page offers places by name (`orders.detail`) and says in its template where they are:
`{% panels "orders.detail" order %}`. A room above registers, in its own `panels.py`, a function that gives a
template and what it needs, or None when there is nothing to show. The template finds that as `panel`, besides all
that the page itself knows.

A way is the address of a whole page of a room above: `{% ways "orders.detail" order as found %}`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Panel:
    """A part of a page: a template of the room above, and what it needs (there as `panel`)."""

    template: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Way:
    """A page of a room above, and who may open it.

    `address` is the name of a url, or a function that gives the address from the page's subject: an empty one where
    there is nothing to go to.
    """

    words: str | Promise
    address: str | Callable[[Any], str]
    may: Callable[[Any], bool]

    def address_from(self, subject: object) -> str:
        return reverse(self.address) if isinstance(self.address, str) else self.address(subject)


Shown = Callable[[Any, Any], Panel | None]
"""From what the page is about and who looks (None where nobody has signed in)."""

_panels: dict[str, list[Shown]] = {}
_ways: dict[str, list[Way]] = {}


def register_panel(place: str, function: Shown) -> None:
    """A room above shows something at this place; again does no harm."""
    if function not in _panels.setdefault(place, []):
        _panels[place].append(function)


def panels_at(place: str, subject: object, person: object) -> list[Panel]:
    """What the rooms above show to this person, in the order in which they have registered."""
    found = (function(subject, person) for function in _panels.get(place, ()))
    return [panel for panel in found if panel]


def register_way(place: str, way: Way) -> None:
    """A room above has a page to be reached from this place; again does no harm."""
    if way not in _ways.setdefault(place, []):
        _ways[place].append(way)


def ways_at(place: str, subject: object, person: object) -> list[tuple[str, str]]:
    """Words and address of the pages that this person may open from here."""
    open_to = [(str(way.words), way.address_from(subject)) for way in _ways.get(place, ()) if way.may(person)]
    return [(words, address) for words, address in open_to if address]
