"""Drawing makers by chance around what the demo's file says: no database but the villages, the same for the same seed.

`draw` gives any number of makers, so that a measure with a hundred thousand of them has the same villages, trades
and prices as the demo: `register(draw(read(shipped()), makers=100_000), by=…)`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from foundation import clock
from lumbung.desk.management.demo.names import People
from lumbung.desk.management.demo.places import Places
from lumbung.desk.management.demo.province import DemoProvince, Trade, Ware
from lumbung.makers.actions import register_makers
from lumbung.makers.choices import MakerKind
from lumbung.makers.models import Maker
from lumbung.makers.rules import NewGood, NewMaker
from lumbung.people.actions import register_persons
from lumbung.people.models import Person
from lumbung.people.rules import NewPerson
from lumbung.places.models import Village

WITH_PHONE = 0.93
"""Most owners have a phone; captains all do. Assumption."""
LONGEST_AGO = 400
"""Days since the last real production when a maker is written down, at most. Assumption."""


class Draft:
    """One maker before it is registered: its persons are written down first."""

    def __init__(self, trade: Trade, village: Village, people: People) -> None:
        self.trade, self.village, self.chance, self.people = trade, village, people.chance, people
        self.is_group = self.chance.random() * 100 < trade.groups.percent
        houses = self.chance.randint(trade.groups.fewest, trade.groups.most) if self.is_group else 1
        regency = village.district.regency.short_name
        owner = people.somebody(regency, phone=self.is_group or self.chance.random() < WITH_PHONE)
        self.persons = [owner] + [people.somebody(regency, phone=False) for _ in range(houses - 1)]
        self.bank, self.account = people.bank(), people.account()
        self.hamlet, self.house = people.hamlet(), people.house()
        self.goods = self._goods()

    def _goods(self) -> list[NewGood]:
        more = [ware for ware in self.trade.also if self.chance.random() * 100 < ware.percent]
        return [self._good(ware) for ware in (self.trade.ware, *more)]

    def _good(self, ware: Ware) -> NewGood:
        weekly = ware.weekly.draw(self.chance) * len(self.persons)
        lot = self.chance.choices(ware.lots, ware.weights)[0]
        return NewGood(ware.kind, ware.price.draw(self.chance), weekly, min(lot, weekly * 2))

    def known_by(self, phone: str, village: Village) -> None:
        """Let the owner be somebody whom the demo knows: with this number, in this village."""
        self.persons[0] = replace(self.persons[0], phone=phone)
        self.village = village

    def shares_account_with(self, other: "Draft") -> None:
        self.bank, self.account = other.bank, other.account

    def shares_house_with(self, other: "Draft") -> None:
        self.village, self.hamlet, self.house = other.village, other.hamlet, other.house

    def maker(self, persons: Sequence[Person]) -> NewMaker:
        """The register's entry, now that its persons are known."""
        owner = persons[0]
        return NewMaker(
            name=f"Kelompok {self.people.group()} {self.village.name}" if self.is_group else owner.full_name,
            owner=owner,
            village=self.village,
            kind=MakerKind.GROUP if self.is_group else MakerKind.WORKSHOP,
            hamlet=self.hamlet,
            house=self.house,
            bank_name=self.bank,
            bank_account=self.account,
            goods=self.goods,
            households=persons if self.is_group else (),
            last_made_on=clock.today() - timedelta(days=self.chance.randint(3, LONGEST_AGO)),
        )


def draw(demo: DemoProvince, *, makers: int | None = None, chance: Random | None = None) -> list[Draft]:
    """Makers of all trades in no particular order; as many as the file says, or about `makers` in all."""
    chance = chance or Random(demo.seed)  # noqa: S311 - the demo is the same everywhere; nothing secret hangs on it
    known = {table["phone"] for table in demo.makers_with_account}
    people, places = People(demo.names, chance, reserved=known), Places(demo.province)
    drafts = []
    for trade in demo.trades:
        count = trade.makers if makers is None else max(2, round(trade.makers * makers / demo.makers))
        villages = places.places_of(trade, makers=count, chance=chance)
        drafts += [Draft(trade, village, people) for village in villages]
    chance.shuffle(drafts)
    _make_known(drafts, demo, places)
    _make_alike(drafts, demo, chance)
    return drafts


def _make_known(drafts: list[Draft], demo: DemoProvince, places: Places) -> None:
    """The makers who may sign in stand first, so that they are in the register from its first day."""
    for table in demo.makers_with_account:
        fits = (
            draft
            for draft in drafts
            if draft.trade.ware.kind == table["trade"] and draft.is_group == table["group"]
        )
        draft = next(fits)
        draft.known_by(table["phone"], places.village(table["village"]))
        drafts.remove(draft)
        drafts.insert(0, draft)


def _make_alike(drafts: list[Draft], demo: DemoProvince, chance: Random) -> None:
    """A few makers share an account or a house, so that somebody has to look."""
    first = len(demo.makers_with_account)
    accounts, houses = demo.register["shared_accounts"], demo.register["shared_houses"]
    chosen = chance.sample(drafts[first:], min(2 * (accounts + houses), (len(drafts) - first) // 2 * 2))
    for number, (one, other) in enumerate(zip(chosen[::2], chosen[1::2], strict=True)):
        if number < accounts:
            other.shares_account_with(one)
        else:
            other.shares_house_with(one)


def register(drafts: Sequence[Draft], *, by: str) -> list[Maker]:
    """Write the persons and then the makers down, by the bulk deeds of their rooms."""
    new: list[NewPerson] = [person for draft in drafts for person in draft.persons]
    persons = register_persons(new, by=by, is_demo=True)
    rows, at = [], 0
    for draft in drafts:
        rows.append(draft.maker(persons[at : at + len(draft.persons)]))
        at += len(draft.persons)
    return register_makers(rows, by=by, is_demo=True)
