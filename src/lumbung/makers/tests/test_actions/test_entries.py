from datetime import date

import pytest

from foundation.errors import Refused
from lumbung.makers import actions, rules
from lumbung.makers.choices import MakerKind
from lumbung.makers.models import Maker
from lumbung.makers.rules import NewGood
from lumbung.makers.tests.factories import group, household, kind, maker, village
from lumbung.makers.tests.test_actions.deeds import deeds_about
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.queries import roles_of
from lumbung.people.choices import Captain, MakerRole, Salutation
from lumbung.people.models import Person
from lumbung.people.tests.factories import person
from lumbung.records.actions import read_content
from lumbung.records.queries import records_about

pytestmark = pytest.mark.django_db
OFFICER = "person:1"


def register(**fields) -> Maker:
    values = {"name": "Jahit Sahnim", "owner": None, "village": village(), "by": OFFICER} | fields
    values["owner"] = values["owner"] or person("Sahnim")
    return actions.register_maker(**values)


# Registering


def test_a_registered_maker_is_a_party_whose_owner_answers_for_it():
    owner = person("Sahnim")
    new = register(owner=owner, goods=[NewGood("masker-kain", 3_000, 700, 50)] if kind() else [])
    assert (new.party.kind, new.party.name, new.households) == (PartyKind.MAKER, "Jahit Sahnim", 1)
    assert roles_of(owner) == {MakerRole.key}
    assert list(new.goods.values_list("kind", "price_rupiah", "weekly_capacity", "minimum_lot")) == [
        ("masker-kain", 3_000, 700, 50)
    ]
    assert deeds_about(new) == ["makers.registered"]


def test_a_registered_group_has_a_captain_and_counts_its_households():
    captain, neighbour = person("Rohani"), person("Sahnim")
    new = register(name="Beriuk Maju", owner=captain, kind=MakerKind.GROUP, households=[captain, neighbour])
    assert (new.party.kind, new.households) == (PartyKind.GROUP, 2)
    assert roles_of(captain) == {Captain.key}
    assert set(new.houses.values_list("person", flat=True)) == {captain.pk, neighbour.pk}


def test_a_record_of_a_maker_holds_no_personal_word():
    new = register(house="RT 02 No. 14", bank_name="BRI", bank_account="0123-4567", hamlet="Dasan Baru")
    told = records_about(new.key).get().content
    for word in ("Sahnim", "RT 02", "01234567", "Dasan"):
        assert word not in told
    assert new.bank_account == "01234567"


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"name": " "}, "name", "Write the name of the workshop or group."),
        (
            {"last_made_on": date(2999, 1, 1)},
            "last_made_on",
            "The last real production cannot lie in the future.",
        ),
        ({"goods": [NewGood("x", 0, 1)]}, "price_rupiah", "Write a number of 1 or more."),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(fields, field, sentence):
    with pytest.raises(Refused) as refused:
        register(**fields)
    assert (refused.value.field, refused.value.sentence) == (field, sentence)
    assert Maker.objects.count() == 0


def test_a_workshop_cannot_have_households():
    with pytest.raises(Refused, match="Only a group under a captain"):
        register(households=[person()])


def test_whose_house_counts_in_a_group_gets_no_own_workshop():
    house = household(group("Beriuk Maju"))
    with pytest.raises(Refused, match="already counts in Beriuk Maju") as refused:
        register(owner=house.person)
    assert refused.value.field == "owner"


def test_the_same_maker_is_not_registered_twice():
    first = register()
    with pytest.raises(Refused, match="stands in the register already"):
        register(name="jahit  SAHNIM", owner=first.owner)
    assert Maker.objects.count() == 1


def test_an_owner_whom_the_office_knows_is_not_written_down_twice():
    known = person("Sahnim", phone="+6281234567890")
    new = actions.register_with_owner(
        full_name="sahnim",
        phone="0812 3456 7890",
        salutation=Salutation.IBU,
        name="Jahit Sahnim",
        village=village(),
        by=OFFICER,
    )
    assert new.owner == known
    other = actions.register_with_owner(
        full_name="Rohani",
        phone="0812 3456 7890",
        salutation=Salutation.IBU,
        name="Jahit Rohani",
        village=village(),
        by=OFFICER,
    )
    assert other.owner.full_name == "Rohani"
    assert Person.objects.filter(phone="+6281234567890").count() == 2


def test_an_owner_is_not_written_down_when_the_maker_is_refused():
    with pytest.raises(Refused):
        actions.register_with_owner(
            full_name="Rohani", phone="", salutation=Salutation.IBU, name="", village=village(), by=OFFICER
        )
    assert Person.objects.count() == 0


def test_a_phone_that_is_none_is_refused_at_its_field():
    with pytest.raises(Refused) as refused:
        actions.register_with_owner(
            full_name="Rohani", phone="12", salutation=Salutation.IBU, name="A", village=village(), by=OFFICER
        )
    assert refused.value.field == "phone"


# Changing


def change(of: Maker, **fields) -> Maker:
    values = {
        "name": of.party.name,
        "village": of.village,
        "hamlet": of.hamlet,
        "house": of.house,
        "bank_name": of.bank_name,
        "bank_account": None,
        "last_made_on": of.last_made_on,
        "by": OFFICER,
    }
    return actions.change_maker(maker=of, **values | fields)


def test_a_changed_maker_is_found_under_its_new_name_and_place():
    old = maker("Sahnim")
    kuta = village("52.02.01.2001", "Kuta")
    change(old, name="Rohani", village=kuta, last_made_on=date(2026, 1, 2))
    new = Maker.objects.get()
    assert (new.party.name, new.village, new.sort_name) == ("Rohani", kuta, "rohani")
    assert all(word in new.search_text for word in rules.search_words("rohani kuta"))
    told = read_content(records_about(new.key).get())
    assert set(told) == {"name", "village", "last_made_on"}
    assert told["village"] == "52.02.01.2001"
    assert "Rohani" not in told["name"]


def test_an_account_stays_unless_another_is_given():
    old = maker(bank_account="123")
    assert change(old, house="RT 1").bank_account == "123"
    assert change(old, bank_account="45-6").bank_account == "456"
    assert change(old, bank_account="-").bank_account == ""


def test_a_change_without_news_leaves_no_record():
    old = maker()
    change(old)
    assert deeds_about(old) == []


def test_a_change_that_cannot_be_right_is_refused():
    with pytest.raises(Refused, match="name of the workshop"):
        change(maker(), name="")
    with pytest.raises(Refused, match="in the future"):
        change(maker(), last_made_on=date(2999, 1, 1))
