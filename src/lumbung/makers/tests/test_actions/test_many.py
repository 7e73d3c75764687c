import pytest

from foundation.errors import Refused
from lumbung.makers import actions
from lumbung.makers.choices import MakerKind
from lumbung.makers.models import Good, Household, Maker
from lumbung.makers.rules import NewGood, NewMaker
from lumbung.makers.tests.factories import group, household, kind, village
from lumbung.people.models import Person
from lumbung.people.tests.factories import person
from lumbung.records.actions import read_content
from lumbung.records.models import Record
from lumbung.records.queries import faults

pytestmark = pytest.mark.django_db
OFFICER = "person:1"


# Many at once


def test_many_are_registered_with_one_record():
    kind()
    rows = [
        NewMaker(
            f"Penjahit {n}", person(f"Penjahit {n}"), village(), goods=[NewGood("masker-kain", 3_000, 700)]
        )
        for n in range(30)
    ]
    captain = person("Rohani")
    rows.append(NewMaker("Beriuk", captain, village(), MakerKind.GROUP, households=[captain, person()]))
    made = actions.register_makers(rows, by=OFFICER, is_demo=True)
    assert [new.party.name for new in made] == [row.name for row in rows]
    assert (Maker.objects.filter(is_demo=True).count(), Good.objects.count(), Household.objects.count()) == (
        31,
        30,
        2,
    )
    assert made[-1].households == 2
    record = Record.objects.get(subject="makers")
    assert read_content(record)["count"] == 31
    assert len(read_content(record)["hash"]) == 64
    assert list(faults()) == []


def test_one_fault_among_many_refuses_all_and_says_which():
    rows = [
        NewMaker("Sahnim", person(), village()),
        NewMaker("", person(), village()),
        NewMaker("Rohani", person(), village(), goods=[NewGood("masker-kain", 0, 0)]),
    ]
    with pytest.raises(Refused) as refused:
        actions.register_makers(rows, by=OFFICER)
    assert refused.value.sentence == (
        "Row 2: Write the name of the workshop or group. There are 2 more faults."
    )
    assert Maker.objects.count() == 0


def test_a_single_fault_among_many_is_told_alone():
    with pytest.raises(Refused) as refused:
        actions.register_makers([NewMaker("", person(), village())], by=OFFICER)
    assert refused.value.sentence == "Row 1: Write the name of the workshop or group."


def test_households_are_looked_up_for_thousands_as_for_one():
    house = household(group("Beriuk Maju"))
    rows = [NewMaker(f"P {n}", Person(pk=10_000 + n, salt="x"), village()) for n in range(1_000)]
    rows.append(NewMaker("Jahit", house.person, village()))
    with pytest.raises(Refused, match=r"Row 1001: .*already counts in Beriuk Maju"):
        actions.register_makers(rows, by=OFFICER)
