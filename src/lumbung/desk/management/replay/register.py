"""The people, makers and places of a replay, written down through the rooms' own actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from lumbung.desk.management.replay.scenario import Scenario
from lumbung.makers.actions import add_kind, pause_maker, register_makers
from lumbung.makers.choices import MakerKind, Unit
from lumbung.makers.models import GoodsKind, Maker
from lumbung.makers.rules import NewGood, NewMaker
from lumbung.organisations.actions import found_party, give_role
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Party
from lumbung.people.actions import register_person, register_persons
from lumbung.people.choices import Buyer, Decider, Officer
from lumbung.people.models import Person
from lumbung.people.rules import NewPerson
from lumbung.places.actions import load_places
from lumbung.places.models import Village
from lumbung.places.queries import places_root
from lumbung.records.actions import seal_all

BY = "command:replay"
NOBODYS = "+62800020"
"""Telephone numbers that begin like this are given to nobody."""


@dataclass(frozen=True)
class Cast:
    """Who acts for the office, and who buys. Nobody in a replay has a name."""

    officer: Person
    head: Person
    buyer: Party


@dataclass(frozen=True)
class House:
    """What one maker is before it is registered: its village, its houses, what they make in a week."""

    village: Village
    houses: int
    weekly: int
    lot: int

    @property
    def is_group(self) -> bool:
        return self.houses > 1


def build_cast(scenario: Scenario) -> Cast:
    """The draw of an order hangs on the newest seal: this one holds the places alone, and is the same each time."""
    load_places(places_root() / scenario.places, by=BY)
    seal_all(by=BY)
    office = found_party(kind=PartyKind.OFFICE, name="Dinas", by=BY, is_demo=True)
    buyer = found_party(kind=PartyKind.BUYER, name="Pemesan", by=BY, is_demo=True)
    officer = register_person(full_name="Petugas", phone=f"{NOBODYS}99001", by=BY, is_demo=True)
    head = register_person(full_name="Kepala dinas", phone=f"{NOBODYS}99002", by=BY, is_demo=True)
    orderer = register_person(full_name="Pemesan", phone=f"{NOBODYS}99003", by=BY, is_demo=True)
    give_role(person=officer, party=office, role=Officer, by=BY)
    give_role(person=head, party=office, role=Decider, by=BY)
    give_role(person=orderer, party=buyer, role=Buyer, by=BY)
    return Cast(officer, head, buyer)


def build_kind(scenario: Scenario) -> GoodsKind:
    goods = scenario.goods
    return add_kind(
        code=goods["code"], name=goods["name"], name_en=goods["name_en"], unit=Unit(goods["unit"]), by=BY
    )


def build_makers(scenario: Scenario, chance: Random, *, scale: int) -> list[Maker]:
    """As many houses as the scenario states (`scale` percent of them), over its villages."""
    drawn = _drawn(scenario, chance, scale=scale)
    persons = register_persons(_persons(drawn), by=BY, is_demo=True)
    rows, at = [], 0
    for number, house in enumerate(drawn, start=1):
        rows.append(_entry(scenario, number, house, persons[at : at + house.houses]))
        at += house.houses
    makers = register_makers(rows, by=BY, is_demo=True)
    for maker in chance.sample(makers, min(scenario.value("paused", 0), len(makers) // 4)):
        pause_maker(maker=maker, reason="Putar ulang: sedang tidak aktif", by=BY)
    return makers


def _drawn(scenario: Scenario, chance: Random, *, scale: int) -> list[House]:
    villages = villages_of(scenario.value("places"))
    left = max(8, scenario.value("makers") * scale // 100)
    groups = scenario.value("groups", 0) * scale // 100
    found = []
    while left:
        houses = min(left, chance.randint(*scenario.value("group_size"))) if groups else 1
        groups, left = max(0, groups - 1), left - houses
        weekly = sum(_weekly(scenario, chance) for _ in range(houses))
        lot = min(chance.choice(scenario.value("smallest_lots")), weekly)
        found.append(House(chance.choice(villages), houses, weekly, lot))
    return found


def _weekly(scenario: Scenario, chance: Random) -> int:
    """What one house makes in a week."""
    low, high = scenario.value("hands")
    hands = low if low == high else round(chance.triangular(low, high, low + (high - low) / 3))
    if "pieces_a_week" in scenario.assumptions:
        return hands * chance.randint(*scenario.value("pieces_a_week"))
    return int(hands * chance.randint(*scenario.value("pieces_a_day")) * scenario.value("days_a_week"))


def _persons(drawn: Sequence[House]) -> list[NewPerson]:
    """An owner for each maker, with a telephone; the other houses of a group have none."""
    return [
        NewPerson(f"Rumah {number}-{house}", phone=f"{NOBODYS}{number:05d}" if house == 1 else "")
        for number, drawn_house in enumerate(drawn, start=1)
        for house in range(1, drawn_house.houses + 1)
    ]


def _entry(scenario: Scenario, number: int, house: House, persons: Sequence[Person]) -> NewMaker:
    good = NewGood(scenario.goods["code"], scenario.value("price_rupiah"), house.weekly, house.lot)
    return NewMaker(
        name=f"Kelompok {number}" if house.is_group else f"Pelaku {number}",
        owner=persons[0],
        village=house.village,
        kind=MakerKind.GROUP if house.is_group else MakerKind.WORKSHOP,
        goods=[good],
        households=persons if house.is_group else (),
    )


def villages_of(places: Sequence[str]) -> list[Village]:
    """The code of a regency is every village of it that has a map point; with a name behind it, that one."""
    found: list[Village] = []
    for place in places:
        regency, _space, name = place.partition(" ")
        among = Village.objects.select_related("district__regency").order_by("code")
        among = among.filter(district__regency_id=regency, latitude_e6__isnull=False)
        those = list(among.filter(name=name)[:1] if name else among)
        if not those:
            raise LookupError(f"There is no village {place}.")
        found += those
    return found
