from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from foundation import clock
from foundation.errors import Refused
from lumbung.makers import actions, rules
from lumbung.makers.choices import MakerKind, MakerState, Unit
from lumbung.makers.models import BusyWeek, DuplicateReview, Good, GoodsKind, Household, Maker
from lumbung.makers.rules import NewGood, NewMaker
from lumbung.makers.tests.factories import busy, good, group, household, kind, maker, village
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.queries import roles_of
from lumbung.people.choices import Captain, MakerRole, Salutation
from lumbung.people.models import Person
from lumbung.people.tests.factories import person
from lumbung.records.actions import read_content
from lumbung.records.models import Record
from lumbung.records.queries import faults, records_about

pytestmark = pytest.mark.django_db
OFFICER = "person:1"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def register(**fields) -> Maker:
    values = {"name": "Jahit Sahnim", "owner": None, "village": village(), "by": OFFICER} | fields
    values["owner"] = values["owner"] or person("Sahnim")
    return actions.register_maker(**values)


def deeds_about(subject: Maker) -> list[str]:
    return [record.deed for record in records_about(subject.key).order_by("position")]


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


# Goods and weeks


def test_a_good_is_set_and_set_anew():
    of = maker()
    first = actions.set_good(
        maker=of, kind=kind(), price_rupiah=3_000, weekly_capacity=700, minimum_lot=1, by=OFFICER
    )
    again = actions.set_good(
        maker=of, kind=kind(), price_rupiah=3_000, weekly_capacity=700, minimum_lot=1, by=OFFICER
    )
    other = actions.set_good(
        maker=of, kind=kind(), price_rupiah=3_200, weekly_capacity=600, minimum_lot=9, by=OFFICER
    )
    assert first.pk == again.pk == other.pk
    assert Good.objects.get().price_rupiah == 3_200
    assert deeds_about(of) == ["makers.good_set", "makers.good_set"]


def test_a_good_that_cannot_be_right_is_refused():
    with pytest.raises(Refused) as refused:
        actions.set_good(
            maker=maker(), kind=kind(), price_rupiah=1, weekly_capacity=1, minimum_lot=53, by=OFFICER
        )
    assert refused.value.field == "minimum_lot"


def test_a_stopped_good_may_begin_again():
    of = good()
    actions.stop_good(good=of, by=OFFICER)
    actions.stop_good(good=of, by=OFFICER)
    assert Good.objects.get().stopped_on == clock.today()
    assert deeds_about(of.maker) == ["makers.good_stopped"]
    actions.set_good(
        maker=of.maker, kind=of.kind, price_rupiah=3_000, weekly_capacity=700, minimum_lot=1, by=OFFICER
    )
    assert Good.objects.get().stopped_on is None


def test_weeks_are_marked_busy_once_and_freed():
    of = maker()
    first, second, third = rules.mondays_from(clock.today(), 3)
    actions.mark_busy_week(maker=of, monday=first, reason="Panen", by=OFFICER)
    actions.mark_busy_weeks(maker=of, mondays=[first, second, third], by=OFFICER)
    actions.mark_busy_weeks(maker=of, mondays=[first], by=OFFICER)
    assert list(BusyWeek.objects.order_by("monday").values_list("monday", "reason")) == [
        (first, "Panen"),
        (second, ""),
        (third, ""),
    ]
    assert actions.free_week(maker=of, monday=second, by=OFFICER) is True
    assert actions.free_week(maker=of, monday=second, by=OFFICER) is False
    assert deeds_about(of) == ["makers.weeks_busy", "makers.weeks_busy", "makers.week_freed"]
    assert "Panen" not in "".join(records_about(of.key).values_list("content", flat=True))


def test_a_week_that_is_over_is_not_marked():
    with pytest.raises(Refused, match="This week is over"):
        actions.mark_busy_week(
            maker=maker(), monday=rules.monday_of(clock.today()) - timedelta(weeks=1), by=OFFICER
        )


def test_a_kind_of_goods_is_added_once():
    new = actions.add_kind(name="Tas ketak", name_en="Ketak bag", unit=Unit.PIECE, by=OFFICER)
    assert (new.code, new.words) == ("tas-ketak", "Ketak bag")
    with translation.override("id"):
        assert new.words == "Tas ketak"
    with pytest.raises(Refused, match="stands in the list already"):
        actions.add_kind(name="TAS ketak", name_en="Bag", unit=Unit.PIECE, by=OFFICER)
    with pytest.raises(Refused, match="name in both languages"):
        actions.add_kind(name="Tas", name_en=" ", unit=Unit.PIECE, by=OFFICER)
    assert GoodsKind.objects.count() == 1


# Standing


def test_a_maker_is_paused_closed_and_taken_up_again_with_reasons():
    of = maker()
    actions.pause_maker(maker=of, reason="Panen", by=OFFICER)
    actions.pause_maker(maker=of, reason="Panen lagi", by=OFFICER)
    paused = Maker.objects.get()
    assert (paused.state, paused.state_reason, paused.state_since) == (
        MakerState.PAUSED,
        "Panen",
        clock.today(),
    )
    actions.close_maker(maker=of, reason="Pindah ke Jawa", by=OFFICER)
    with pytest.raises(Refused, match="Take it up again first"):
        actions.pause_maker(maker=of, reason="Panen", by=OFFICER)
    actions.reactivate_maker(maker=of, reason="Kembali", by=OFFICER)
    assert Maker.objects.get().state == MakerState.ACTIVE
    assert deeds_about(of) == ["makers.state_changed"] * 3
    assert "Jawa" not in "".join(records_about(of.key).values_list("content", flat=True))


def test_nothing_is_paused_without_a_reason():
    with pytest.raises(Refused, match="Write the reason"):
        actions.pause_maker(maker=maker(), reason="", by=OFFICER)


def test_the_count_of_households_is_kept_true():
    of = group()
    houses = [actions.add_household(maker=of, person=person(f"P {n}"), by=OFFICER) for n in range(3)]
    assert Maker.objects.get().households == 3
    actions.household_leaves(household=houses[0], by=OFFICER)
    actions.household_leaves(household=houses[0], by=OFFICER)
    assert Maker.objects.get().households == 2
    back = actions.add_household(maker=of, person=houses[0].person, hamlet="Dasan", by=OFFICER)
    assert (back.pk, back.left_on, back.hamlet) == (houses[0].pk, None, "Dasan")
    assert Maker.objects.get().households == 3
    for house in houses:
        actions.household_leaves(household=house, by=OFFICER)
    assert Maker.objects.get().households == 1
    assert actions.add_household(maker=of, person=person(), by=OFFICER).left_on is None
    assert deeds_about(of).count("makers.household_joined") == 5
    assert deeds_about(of).count("makers.household_left") == 4


def test_a_household_that_is_there_already_is_not_added_twice():
    of, who = group(), person()
    first = actions.add_household(maker=of, person=who, by=OFFICER)
    assert actions.add_household(maker=of, person=who, by=OFFICER) == first
    assert deeds_about(of) == ["makers.household_joined"]


def test_a_household_counts_in_one_group_only():
    house = household(group("Beriuk Maju"))
    with pytest.raises(Refused, match="already counts in Beriuk Maju"):
        actions.add_household(maker=group("Harapan"), person=house.person, by=OFFICER)
    with pytest.raises(Refused, match="own workshop, Sahnim"):
        actions.add_household(maker=group("Harapan 2"), person=maker("Sahnim").owner, by=OFFICER)


def test_a_household_does_not_leave_tomorrow():
    with pytest.raises(Refused, match="cannot lie in the future"):
        actions.household_leaves(
            household=household(group()), on=clock.today() + timedelta(days=1), by=OFFICER
        )


def test_two_entries_that_were_looked_at_are_two():
    one = maker("Sahnim")
    other = maker("Rohani", owner=one.owner)
    first = actions.review_duplicates(first=other, second=one, reason="Ibu dan anak, dua rumah", by=OFFICER)
    again = actions.review_duplicates(first=one, second=other, reason="lagi", by=OFFICER)
    assert first == again == DuplicateReview.objects.get()
    assert (first.first, first.second, first.reviewed_by) == (one, other, OFFICER)
    assert deeds_about(one) == ["makers.duplicates_reviewed"]
    assert "Ibu dan anak" not in records_about(one.key).get().content


def test_two_entries_with_nothing_in_common_need_no_review():
    with pytest.raises(Refused, match="neither owner nor account nor house"):
        actions.review_duplicates(first=maker(), second=maker(), reason="beda", by=OFFICER)
    one = maker()
    with pytest.raises(Refused, match="one and the same entry"):
        actions.review_duplicates(first=one, second=one, reason="beda", by=OFFICER)


# Constraints that hold whoever writes


@pytest.mark.parametrize(
    "write",
    [
        lambda: maker(households=0),
        lambda: good(price=0),
        lambda: good(weekly=0),
        lambda: good(lot=0),
        lambda: busy_twice(),
        lambda: good_twice(),
        lambda: household_twice(),
        lambda: DuplicateReview.objects.create(
            first=maker(), second=maker(pk=1), reason="x", reviewed_by="x"
        ),
    ],
)
def test_the_tables_refuse_what_cannot_be(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


def busy_twice():
    of = maker()
    return [busy(of, date(2026, 5, 4)), busy(of, date(2026, 5, 4))]


def good_twice():
    of = maker()
    return [good(of), good(of)]


def household_twice():
    of, who = group(), person()
    return [household(of, who), household(of, who)]
