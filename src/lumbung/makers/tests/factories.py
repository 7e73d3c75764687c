"""Makers for the tests of all rooms: quick to build, straight into the tables."""

from itertools import count
from typing import Any

from lumbung.makers import rules
from lumbung.makers.choices import MakerKind, Unit
from lumbung.makers.models import BusyWeek, Good, GoodsKind, Household, Maker
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Party
from lumbung.people.models import Person
from lumbung.people.tests.factories import person
from lumbung.places.models import Village
from lumbung.places.tests import factories as places

_numbers = count(1)


def village(code: str = "52.03.14.2002", name: str = "Mamben Lauk") -> Village:
    """The same village for the same code, within its district and regency."""
    return Village.objects.filter(code=code).first() or places.village(code, name)


def kind(code: str = "masker-kain", name: str = "Masker kain", **fields: Any) -> GoodsKind:
    values = {"name": name, "name_en": f"{name} (en)", "unit": Unit.SHEET, **fields}
    found, _new = GoodsKind.objects.get_or_create(code=code, defaults=values)
    return found


def maker(name: str = "", *, owner: Person | None = None, party: Party | None = None, **fields: Any) -> Maker:
    """A workshop of one house; nothing of it is like any other's."""
    number = next(_numbers)
    place = fields.pop("village", None) or village()
    name = name or (party.name if party else f"Penjahit {number}")
    is_group = fields.get("kind") == MakerKind.GROUP
    party = party or Party.objects.create(name=name, kind=PartyKind.GROUP if is_group else PartyKind.MAKER)
    return Maker.objects.create(
        party=party,
        owner=owner or person(name),
        village=place,
        sort_name=rules.sort_name(name),
        search_text=rules.search_text_of(name, place),
        **fields,
    )


def group(name: str = "Kelompok Beriuk Maju", **fields: Any) -> Maker:
    return maker(name, kind=MakerKind.GROUP, **fields)


def good(
    of: Maker | None = None, *, weekly: int = 700, price: int = 3_000, lot: int = 1, **fields: Any
) -> Good:
    """What a maker makes; masks unless another kind is given."""
    return Good.objects.create(
        maker=of or maker(),
        kind=fields.pop("kind", None) or kind(),
        price_rupiah=price,
        weekly_capacity=weekly,
        minimum_lot=lot,
        **fields,
    )


def household(of: Maker, who: Person | None = None, **fields: Any) -> Household:
    """A house of a group, without keeping the group's count."""
    return Household.objects.create(maker=of, person=who or person("Rohani"), **fields)


def busy(of: Maker, monday: Any, reason: str = "") -> BusyWeek:
    return BusyWeek.objects.create(maker=of, monday=monday, reason=reason)
