from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from foundation import clock
from lumbung.makers import actions, queries, rules
from lumbung.makers.choices import DuplicateSign, MakerKind, MakerState
from lumbung.makers.forms.goods import SORTS
from lumbung.makers.models import Maker
from lumbung.makers.queries import Wanted
from lumbung.makers.tests.factories import busy, good, group, household, kind, maker, village
from lumbung.organisations.tests.factories import cast
from lumbung.people.tests.factories import person

pytestmark = pytest.mark.django_db
KUTA = ("52.02.01.2001", "Kuta")


# Who sees whom


@pytest.fixture
def troupe():
    """Three makers: in the regency officer's regency, elsewhere, and of the cast's own group."""
    village()
    people = cast()
    people.here = maker("Sahnim")
    people.elsewhere = maker("Rohani", village=village(*KUTA))
    people.own = maker(party=people.group, village=village(*KUTA), kind=MakerKind.GROUP)
    return people


def names(makers) -> set[str]:
    return {found.party.name for found in makers}


EVERY = {"Sahnim", "Rohani", "Kelompok Tenun Contoh"}
SEEN = {
    "officer": EVERY,
    "decider": EVERY,
    "auditor": EVERY,
    "data_protection_officer": EVERY,
    "treasurer": EVERY,
    "inspector": EVERY,
    "regency_officer": {"Sahnim"},
    "maker": {"Kelompok Tenun Contoh"},
    "captain": {"Kelompok Tenun Contoh"},
}
KEPT = {"officer": EVERY, "regency_officer": {"Sahnim"}}
PLANNED = {**KEPT, "maker": SEEN["maker"], "captain": SEEN["captain"]}


def test_everybody_sees_just_the_makers_of_their_role(troupe):
    for role, who in troupe.everybody():
        assert names(queries.makers_seen_by(who)) == SEEN.get(role, set()), role
    assert names(queries.makers_seen_by(AnonymousUser())) == set()


def test_only_officers_keep_entries_and_only_where_they_may(troupe):
    for role, who in troupe.everybody():
        assert names(queries.makers_kept_by(who)) == KEPT.get(role, set()), role
        assert queries.may_keep_register(who) == (role in KEPT), role
        assert names(queries.makers_planned_by(who)) == PLANNED.get(role, set()), role
    assert names(queries.makers_kept_by(AnonymousUser())) == set()
    assert names(queries.makers_planned_by(AnonymousUser())) == set()


def test_an_owner_sees_the_own_workshop_without_a_role(troupe):
    owner = troupe.here.owner
    assert names(queries.makers_seen_by(owner)) == names(queries.makers_of(owner)) == {"Sahnim"}
    owner.is_active = False
    assert names(queries.makers_seen_by(owner)) == set()
    assert names(queries.makers_of(AnonymousUser())) == set()


def test_the_register_is_open_to_the_office(troupe):
    allowed = {role for role, who in troupe.everybody() if queries.may_see_register(who)}
    assert allowed == {role for role, makers in SEEN.items() if makers == EVERY} | {"regency_officer"}
    assert [role for role, who in troupe.everybody() if queries.may_set_lists(who)] == ["officer"]


def test_a_regency_officer_registers_in_the_own_regency(troupe):
    assert queries.regencies_kept_by(troupe.officer) is None
    assert queries.regencies_kept_by(troupe.regency_officer) == {"52.03"}
    assert queries.regencies_kept_by(troupe.auditor) == set()
    assert queries.regencies_kept_by(AnonymousUser()) == set()


# Goods for eligibility


def test_goods_of_a_kind_come_with_all_that_eligibility_asks(django_assert_num_queries):
    of = good(maker("Sahnim"), weekly=700, price=3_000, lot=50)
    monday = rules.monday_of(clock.today())
    busy(of.maker, monday)
    busy(of.maker, monday - timedelta(weeks=1))
    busy(of.maker, monday + timedelta(weeks=2))
    good(kind=kind("tas", "Tas"))
    good(stopped_on=clock.today())
    other = good(maker("Rohani", state=MakerState.PAUSED))
    with django_assert_num_queries(2):
        rows = queries.goods_of_kind("masker-kain")
    assert [row.name for row in rows] == ["Sahnim", "Rohani"]
    first = rows[0]
    assert (first.good, first.maker, first.owner, first.kind) == (
        of.pk,
        of.maker_id,
        of.maker.owner_id,
        "workshop",
    )
    assert (first.village, first.latitude_e6, first.longitude_e6) == (
        "52.03.14.2002",
        -8_576_000,
        116_560_000,
    )
    assert (first.price_rupiah, first.weekly_capacity, first.minimum_lot, first.households) == (
        3_000,
        700,
        50,
        1,
    )
    assert first.registered_at == of.maker.registered_at
    assert first.busy_mondays == (monday, monday + timedelta(weeks=2))
    assert (rows[1].state, rows[1].busy_mondays, rows[1].maker) == ("paused", (), other.maker_id)


def test_the_number_of_queries_does_not_grow(django_assert_num_queries):
    for _ in range(20):
        good()
    with django_assert_num_queries(2):
        assert len(queries.goods_of_kind("masker-kain")) == 20
    with django_assert_num_queries(6):
        queries.duplicate_clusters()
    with django_assert_num_queries(2):
        queries.duplicate_clusters()
    for one in list(Maker.objects.all()[:9]):
        maker(owner=one.owner)
    with django_assert_num_queries(7):
        assert len(queries.duplicate_clusters()) == 18


def test_kinds_of_goods_are_listed_by_name():
    kind("tas", "Tas")
    kind()
    assert [found.name for found in queries.goods_kinds()] == ["Masker kain", "Tas"]


# Duplicates


def test_makers_that_seem_to_be_one_count_as_the_first():
    one = maker(bank_account="123", house="RT 2 / 14")
    other = maker(bank_account="123")
    third = maker(house="rt 02 no 14")
    house = maker(house="RT 02/14")
    closed = maker(bank_account="123", state=MakerState.CLOSED)
    found = queries.duplicate_clusters()
    assert {number: twin.representative for number, twin in found.items()} == {
        one.pk: one.pk,
        other.pk: one.pk,
        house.pk: one.pk,
    }
    assert (found[other.pk].sign, found[house.pk].sign) == (DuplicateSign.ACCOUNT, DuplicateSign.HOUSE)
    assert third.pk not in found
    assert closed.pk not in found
    assert queries.duplicate_clusters([other.pk, house.pk, third.pk])[house.pk].representative == other.pk


def test_a_reviewed_pair_counts_as_two():
    one = maker()
    other = maker(owner=one.owner)
    assert set(queries.duplicate_clusters()) == {one.pk, other.pk}
    actions.review_duplicates(first=one, second=other, reason="dua rumah", by="person:1")
    assert queries.duplicate_clusters() == {}
    assert queries.cleared_pairs() == {(one.pk, other.pk)}


def test_a_makers_likenesses_are_told_with_their_signs(django_assert_num_queries):
    one = maker("Sahnim", bank_account="123", house="RT 2/14")
    twin = maker("Jahit Sahnim", owner=one.owner, bank_account="123")
    looked_at = maker("Rohani", house="rt 2 14")
    maker("Other house", house="RT 3")
    maker("Closed", bank_account="123", state=MakerState.CLOSED)
    actions.review_duplicates(first=looked_at, second=one, reason="dua dapur", by="person:1")
    with django_assert_num_queries(5):
        found = queries.likenesses_of(one)
    assert [(each.maker, each.signs) for each in found] == [
        (twin, (DuplicateSign.OWNER, DuplicateSign.ACCOUNT)),
        (looked_at, (DuplicateSign.HOUSE,)),
    ]
    assert found[0].review is None
    assert found[1].review
    assert found[1].review.reason == "dua dapur"
    assert [each.maker for each in queries.likenesses_of(looked_at)] == [one]
    assert queries.likenesses_of(maker("Alone")) == []


def test_a_register_full_of_suspects_is_read_at_once(monkeypatch):
    first, second = maker(), maker(house="RT 1")
    pairs = [(each, maker(owner=each.owner)) for each in (first, second)]
    alone = maker(house="RT 2")
    monkeypatch.setattr("lumbung.makers.queries.duplicates.MANY", 1)
    found = queries.duplicate_clusters()
    assert set(found) == {each.pk for pair in pairs for each in pair}
    assert alone.pk not in found


def test_clusters_to_look_at_are_those_with_a_maker_one_sees(django_assert_num_queries):
    one = maker("Sahnim", bank_account="123")
    other = maker("Rohani", bank_account="123", village=village(*KUTA))
    far = maker("Far", village=village(*KUTA))
    maker("Far 2", village=village(*KUTA), owner=far.owner)
    with django_assert_num_queries(9):
        found, total = queries.clusters_to_look_at(Maker.objects.all())
    assert total == 2
    assert found[0].pairs == [(one, other)]
    assert (found[0].sign, found[1].sign) == (DuplicateSign.ACCOUNT, DuplicateSign.OWNER)
    here = Maker.objects.filter(village__district__regency="52.03")
    found, total = queries.clusters_to_look_at(here)
    assert (total, [each.makers for each in found]) == (1, [[one, other]])
    assert queries.clusters_to_look_at(Maker.objects.all(), most=1)[1] == 2


# The register as a list


def found(**wanted) -> list[str]:
    return [each.party.name for each in queries.found_among(Maker.objects.all(), Wanted(**wanted))]


@pytest.fixture
def register():
    good(maker("Sahnim Jaya"))
    good(maker("Élok Rohani", village=village(*KUTA)), kind=kind("tas", "Tas"))
    good(maker("Beriuk", state=MakerState.PAUSED), stopped_on=clock.today())


def test_the_register_is_ordered_by_name_and_filtered(register):
    assert found() == ["Beriuk", "Élok Rohani", "Sahnim Jaya"]
    assert found(regency="52.02") == ["Élok Rohani"]
    assert found(kind="masker-kain") == ["Sahnim Jaya"]
    assert found(state="paused") == ["Beriuk"]
    assert found(regency="52.02", kind="masker-kain") == []


def test_a_kind_that_many_make_is_filtered_just_so(register, monkeypatch):
    monkeypatch.setattr("lumbung.makers.queries.register.FEW_GOODS", 0)
    assert found(kind="masker-kain", regency="52.03") == found(kind="masker-kain") == ["Sahnim Jaya"]
    assert found(kind="masker-kain", regency="52.02") == []
    assert found(kind="tas", regency="52.02", state="active") == ["Élok Rohani"]


def test_a_search_finds_names_and_villages_as_they_sound(register):
    assert found(text="sahnim") == ["Sahnim Jaya"]
    assert found(text="JAYA mamben lauq") == ["Sahnim Jaya"]
    assert found(text="mamben") == ["Beriuk", "Sahnim Jaya"]
    assert found(text="kuta elok") == ["Élok Rohani"]
    assert found(text="kuta sahnim") == []
    assert len(found(text="  ")) == 3


def test_pages_follow_each_other_both_ways_and_miss_nobody():
    for number in range(7):
        maker(f"P {number % 3}", pk=100 + number)
    everybody = queries.found_among(Maker.objects.all(), Wanted())
    names = [each.pk for each in everybody]
    first = queries.page_of(everybody, size=3)
    second = queries.page_of(everybody, after=first.after or 0, first=4, size=3)
    third = queries.page_of(everybody, after=second.after or 0, first=7, size=3)
    assert [each.pk for page in (first, second, third) for each in page.makers] == names
    assert (first.before, third.after, first.total) == (None, None, 7)
    assert [(page.first, page.last) for page in (first, second, third)] == [(1, 3), (4, 6), (7, 7)]
    back = queries.page_of(everybody, before=third.before or 0, first=4, size=3)
    assert back.makers == second.makers
    assert queries.page_of(everybody, before=back.before or 0, size=3).makers == first.makers
    assert queries.page_of(everybody, before=back.before or 0, size=3).before is None
    assert first.total is not None


IN_ORDER = {
    "name": lambda each: (each.sort_name, each.pk),
    "place": lambda each: (each.village_id, each.sort_name, each.pk),
    "households": lambda each: (-each.households, each.sort_name, each.pk),
    "newest": lambda each: (-each.registered_at.timestamp(), -each.pk),
}


def test_every_order_in_which_the_register_can_be_read_has_its_rule():
    assert set(IN_ORDER) == set(queries.SORTS) == {key for key, _words in SORTS}


@pytest.mark.parametrize("filtered", [True, False])
@pytest.mark.parametrize("most_counted", [4_000, 5])
@pytest.mark.parametrize("sort", IN_ORDER)
def test_in_every_order_the_pages_give_everybody_once_forth_and_back(
    sort, most_counted, filtered, monkeypatch
):
    monkeypatch.setattr("lumbung.makers.queries.register.MOST_COUNTED", most_counted)
    monkeypatch.setattr("foundation.paging.MOST_COUNTED", most_counted)
    places, today = [village(), village(*KUTA)], clock.now()
    for number in range(20):
        maker(
            f"P {number * 7 % 5}",
            village=places[number % 2],
            households=1 + number * 11 % 4,
            registered_at=today - timedelta(days=number * 13 % 6),
        )
    everybody = queries.found_among(
        Maker.objects.all(), Wanted(state="active" if filtered else "", sort=sort)
    )
    wanted = sorted(Maker.objects.all(), key=IN_ORDER[sort])
    pages = [queries.page_of(everybody, sort=sort, size=3)]
    while pages[-1].after:
        pages.append(
            queries.page_of(everybody, sort=sort, size=3, after=pages[-1].after, first=pages[-1].last + 1)
        )
    assert [each for page in pages for each in page.makers] == wanted
    assert [page.first for page in pages] == [1, 4, 7, 10, 13, 16, 19]
    back = pages[-1]
    for page in reversed(pages[:-1]):
        back = queries.page_of(everybody, sort=sort, size=3, before=back.before, first=page.first)
        assert (back.makers, back.first, back.before, back.after) == (
            page.makers, page.first, page.before, page.after,
        )  # fmt: skip


def test_the_export_keeps_the_order_wanted():
    few, many = maker("A", households=1), maker("B", households=9)
    found = queries.found_among(Maker.objects.all(), Wanted(sort="households"))
    assert [row.maker["pk"] for row in queries.exported_rows(found)] == [many.pk, few.pk]


def test_an_empty_page_has_no_neighbours():
    page = queries.page_of(Maker.objects.all())
    assert (page.makers, page.before, page.after, page.total, page.last) == ([], None, None, 0, 0)


def test_the_export_has_a_row_a_good_and_one_for_who_has_none(register):
    rows = list(queries.exported_rows(queries.found_among(Maker.objects.all(), Wanted())))
    told = [(row.maker["party__name"], *row.good) for row in rows if row.good[0]]
    assert told == [
        ("Élok Rohani", "Tas", "Tas (en)", "sheet", 3_000, 700, 1),
        ("Sahnim Jaya", "Masker kain", "Masker kain (en)", "sheet", 3_000, 700, 1),
    ]
    assert len(rows) == Maker.objects.count()


# One maker's page


def test_goods_that_are_no_longer_made_stand_at_the_end():
    of = maker()
    old = good(of, kind=kind("abon", "Abon"), stopped_on=clock.today())
    new = good(of, kind=kind("tas", "Tas"))
    assert queries.goods_of(of) == [new, old]


def test_busy_weeks_are_told_from_this_week_on():
    of = maker()
    monday = rules.monday_of(clock.today())
    week = busy(of, monday)
    busy(of, monday - timedelta(weeks=1))
    busy(of, monday + timedelta(weeks=12))
    assert queries.busy_weeks_of(of) == {monday: week}


def test_households_that_left_stand_at_the_end():
    of = group()
    gone = household(of, person("Aminah"), left_on=clock.today())
    here = household(of, person("Rohani"))
    assert list(queries.houses_of(of)) == [here, gone]


def test_a_person_is_known_by_name_and_number_together():
    who = person("Sahnim", phone="+628111")
    assert queries.known_person(full_name="SAHNIM", phone="+628111") == who
    assert queries.known_person(full_name="Rohani", phone="+628111") is None
    assert queries.known_person(full_name="Sahnim", phone="") is None
