from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lumbung.makers import rules
from lumbung.makers.choices import DuplicateSign, MakerKind, MakerState
from lumbung.makers.rules import Rank, Signs

MONDAY = date(2026, 5, 4)
WEDNESDAY = date(2026, 5, 6)

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
mondays = st.sets(days.map(rules.monday_of), max_size=12)
weekly = st.integers(1, rules.LARGEST_CAPACITY)
quantities = st.integers(0, 10_000_000)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


# Days


def test_the_first_free_day_is_tomorrow_and_the_due_date_still_counts():
    assert rules.free_days(start=WEDNESDAY, due=WEDNESDAY + timedelta(days=1)) == 1
    assert rules.free_days(start=WEDNESDAY, due=WEDNESDAY) == 0
    assert rules.free_days(start=WEDNESDAY, due=date(2026, 5, 1)) == 0


def test_a_busy_week_takes_only_its_days_between_tomorrow_and_the_due_date():
    due = WEDNESDAY + timedelta(days=14)
    assert rules.free_days(start=WEDNESDAY, due=due) == 14
    assert (
        rules.free_days(start=WEDNESDAY, due=due, busy_mondays=[MONDAY]) == 10
    )  # Thursday to Sunday are gone
    assert rules.free_days(start=WEDNESDAY, due=due, busy_mondays=[MONDAY + timedelta(weeks=1)]) == 7
    assert rules.free_days(start=WEDNESDAY, due=due, busy_mondays=[MONDAY + timedelta(weeks=2)]) == 11
    assert rules.free_days(start=WEDNESDAY, due=due, busy_mondays=[MONDAY + timedelta(weeks=9)]) == 14


@given(days, days, mondays)
def test_free_days_are_the_days_that_lie_in_no_busy_week(start, due, busy):
    one_by_one = [start + timedelta(days=n) for n in range(1, (due - start).days + 1)]
    expected = sum(rules.monday_of(day) not in busy for day in one_by_one)
    assert rules.free_days(start=start, due=due, busy_mondays=busy) == expected
    assert rules.free_days(start=start, due=due, busy_mondays=[*busy, *busy]) == expected


def test_weeks_are_named_by_their_mondays():
    assert rules.monday_of(WEDNESDAY) == MONDAY
    assert rules.mondays_from(WEDNESDAY, 3) == [MONDAY, date(2026, 5, 11), date(2026, 5, 18)]


# Capacity


def test_capacity_is_the_weekly_one_by_the_day_rounded_down():
    assert rules.capacity_until(700, 7) == 700
    assert rules.capacity_until(10, 4) == 5
    assert rules.capacity_until(10, -3) == 0


def test_a_commitment_of_the_same_good_takes_exactly_its_quantity():
    assert rules.available(700, 14, [(300, 700)]) == 1_100
    assert rules.available(7, 10, [(3, 7)]) == 7


def test_goods_share_hands():
    # half of the time goes into bags, so half of the masks remain
    assert rules.available(700, 14, [(10, 10)]) == 700
    assert rules.available(700, 14, [(20, 10), (1, 10)]) == 0


def test_a_part_of_a_piece_is_not_promised():
    assert rules.available(10, 7, [(1, 3)]) == 6  # a third of the week is gone: 6⅔ pieces


@given(weekly, st.integers(0, 1_000), st.lists(st.tuples(quantities, weekly), max_size=6))
def test_hands_are_never_promised_twice(own, free, committed):
    left = rules.available(own, free, committed)
    time = Fraction(left, own) + sum(Fraction(quantity, other) for quantity, other in committed)
    assert left == 0 or time <= Fraction(free, 7)


@given(weekly, st.integers(0, 1_000), st.lists(st.tuples(quantities, weekly), max_size=6))
def test_rounding_costs_at_most_a_piece_a_commitment(own, free, committed):
    exact = own * (Fraction(free, 7) - sum(Fraction(quantity, other) for quantity, other in committed))
    assert rules.available(own, free, committed) >= exact - len(committed) - 1


rows_of_goods = st.lists(
    st.builds(
        SimpleNamespace, maker=st.integers(1, 9), weekly_capacity=weekly, busy_mondays=mondays.map(tuple)
    ),
    max_size=20,
)
promises = st.dictionaries(st.integers(1, 9), st.lists(st.tuples(quantities, weekly), max_size=3))


@given(rows_of_goods, promises, days, st.integers(0, 400))
def test_many_at_once_are_the_same_as_one_by_one(rows, committed, start, length):
    due = start + timedelta(days=length)
    free = rules.free_days_each(rows, start=start, due=due)
    expected = [rules.free_days(start=start, due=due, busy_mondays=row.busy_mondays) for row in rows]
    assert free.tolist() == expected
    left = rules.available_each(rows, free, committed)
    assert left.dtype == np.int64
    assert left.tolist() == [
        rules.available(row.weekly_capacity, days, committed.get(row.maker, ()))
        for row, days in zip(rows, expected, strict=True)
    ]


# Why not


def test_a_good_needs_a_price_a_capacity_and_a_lot():
    faults = rules.faults_of_good(price_rupiah=0, weekly_capacity=0, minimum_lot=0)
    assert set(faults) == {"price_rupiah", "weekly_capacity", "minimum_lot"}
    assert rules.why_not_good(0, 1, 1) == "Write a number of 1 or more."
    assert rules.why_not_good(3_000, 700, 100) is None


def test_a_lot_above_a_years_capacity_is_refused():
    assert rules.why_not_good(3_000, 10, 520) is None
    assert rules.why_not_good(3_000, 10, 521) == (
        "The smallest lot is more than a whole year's capacity (520). You wrote 521."
    )


def test_numbers_that_are_slips_of_the_finger_are_refused():
    assert "At most" in (rules.why_not_good(rules.LARGEST_PRICE + 1, 1, 1) or "")
    assert "At most" in (rules.why_not_good(1, rules.LARGEST_CAPACITY + 1, 1) or "")


def test_a_maker_needs_a_name_of_bearable_length():
    assert rules.why_not_name("  ") == "Write the name of the workshop or group."
    assert rules.why_not_name("x" * 201) == "The name is too long: at most 200 letters."
    assert rules.why_not_name("Sahnim") is None


def test_nobody_has_made_anything_tomorrow():
    assert (
        rules.why_not_last_made(WEDNESDAY, today=MONDAY)
        == "The last real production cannot lie in the future."
    )
    assert rules.why_not_last_made(MONDAY, today=MONDAY) is None
    assert rules.why_not_last_made(None, today=MONDAY) is None


def test_a_change_of_state_has_a_reason():
    assert rules.why_not_state(MakerState.ACTIVE, MakerState.PAUSED, " ") == (
        "Write the reason: whoever looks later must understand it."
    )
    assert rules.why_not_state(MakerState.ACTIVE, MakerState.PAUSED, "Panen") is None


def test_a_closed_maker_is_not_paused():
    reason = rules.why_not_state(MakerState.CLOSED, MakerState.PAUSED, "Panen")
    assert reason == "A closed maker cannot be paused. Take it up again first."


def test_only_weeks_that_are_not_over_and_within_a_year_can_be_busy():
    assert rules.why_not_week(MONDAY, today=WEDNESDAY) is None
    assert rules.why_not_week(WEDNESDAY, today=WEDNESDAY) == "A week is named by its Monday."
    assert rules.why_not_week(MONDAY - timedelta(weeks=1), today=WEDNESDAY) == "This week is over."
    assert rules.why_not_week(MONDAY + timedelta(weeks=53), today=WEDNESDAY) == "At most one year ahead."


def test_a_household_counts_once():
    def why(**known):
        return rules.why_not_household(**{"kind": MakerKind.GROUP, "belongs_to": None, "owns": None} | known)

    assert why() is None
    assert why(kind=MakerKind.WORKSHOP) == "Only a group under a captain has several households."
    assert why(belongs_to="Beriuk Maju") == (
        "This person's house already counts in Beriuk Maju. A household counts once."
    )
    assert why(owns="Sahnim") == (
        "This person is registered with an own workshop, Sahnim. A household counts once."
    )
    assert rules.why_not_workshop(None) is None
    assert rules.why_not_workshop("Beriuk Maju") == (
        "This person's house already counts in Beriuk Maju. A household counts once."
    )


def test_a_review_compares_two_entries_and_says_why():
    assert rules.why_not_review(1, 1, "beda orang") == "These are one and the same entry."
    assert rules.why_not_review(1, 2, " ") == "Write how you know that these are two makers."
    assert rules.why_not_review(1, 2, "beda orang") is None


# Duplicates

EARLY = datetime(2026, 1, 1, tzinfo=UTC)


def signs(maker: int, *, owner: int = 0, account: str = "", house: str = "", village: str = "a") -> Signs:
    return Signs(maker, owner or 100 + maker, account, village, house)


def cluster(rows, cleared=(), among=None, paused=()):
    """As the register does it: join all, elect among those asked for; makers are registered in order."""
    asked = [row.maker for row in rows if among is None or row.maker in among]
    ranks = [Rank(maker in paused, EARLY + timedelta(days=maker), maker) for maker in asked]
    return rules.elect(rules.join(rows, cleared), ranks)


def test_makers_with_nothing_in_common_stand_alone():
    assert cluster([signs(1), signs(2, account="12"), signs(3, house="RT 1")]) == {}


def test_two_makers_of_one_owner_count_as_the_earlier_one():
    found = cluster([signs(2, owner=7), signs(1, owner=7)])
    assert found == {1: (1, DuplicateSign.OWNER), 2: (1, DuplicateSign.OWNER)}


def test_makers_are_joined_through_others():
    found = cluster(
        [signs(1, account="12"), signs(2, account="12", house="RT 2/5"), signs(3, house="rt 02 no")]
    )
    assert set(found) == {1, 2}
    found = cluster(
        [signs(1, account="12"), signs(2, account="12", house="RT 2/5"), signs(3, house="rt 02 / 5")]
    )
    assert {maker: twin.representative for maker, twin in found.items()} == {1: 1, 2: 1, 3: 1}
    assert found[3].sign == DuplicateSign.HOUSE


def test_the_same_house_number_in_another_village_is_another_house():
    assert cluster([signs(1, house="RT 1", village="a"), signs(2, house="RT 1", village="b")]) == {}


def test_a_pair_that_was_looked_at_is_no_link():
    pair = [signs(1, owner=7), signs(2, owner=7)]
    assert cluster(pair, cleared=[(1, 2)]) == {}
    found = cluster([*pair, signs(3, owner=7)], cleared=[(1, 2)])
    assert set(found) == {1, 2, 3}


def test_a_paused_entry_does_not_take_the_turn_of_an_active_one():
    found = cluster([signs(1, owner=7), signs(2, owner=7)], paused={1})
    assert found[1].representative == 2


def test_only_those_asked_for_are_told_of_though_others_join_them():
    rows = [signs(1, account="12"), signs(2, account="12", owner=7), signs(3, owner=7)]
    found = cluster(rows, among={1, 3})
    assert {maker: twin.representative for maker, twin in found.items()} == {1: 1, 3: 1}
    assert cluster(rows, among={3}) == {}


many_signs = st.lists(
    st.builds(
        signs,
        maker=st.integers(1, 40),
        owner=st.integers(1, 25),
        account=st.sampled_from(["", "", "1", "2", "3"]),
        house=st.sampled_from(["", "", "RT 1", "rt 01", "RT 2"]),
        village=st.sampled_from("ab"),
    ),
    unique_by=lambda row: row.maker,
    max_size=25,
)


@given(
    many_signs,
    st.sets(st.tuples(st.integers(1, 40), st.integers(1, 40)).map(lambda p: rules.ordered(*p)), max_size=9),
)
def test_clusters_are_the_connected_parts_of_the_links(rows, cleared):
    alike = {row.maker: {row.maker} for row in rows}
    for one in rows:
        for other in rows:
            same = (
                one.owner == other.owner
                or (one.account and one.account == other.account)
                or (
                    one.house
                    and (one.village, rules.house_key(one.house))
                    == (other.village, rules.house_key(other.house))
                )
            )
            if same and rules.ordered(one.maker, other.maker) not in cleared:
                merged = alike[one.maker] | alike[other.maker]
                for maker in merged:
                    alike[maker] = merged
    expected = {maker: min(group) for maker, group in alike.items() if len(group) > 1}
    found = cluster(rows, cleared)
    assert {maker: twin.representative for maker, twin in found.items()} == expected
    assert all(twin.representative in found for twin in found.values())


# Spelling


def test_one_account_in_two_spellings_is_one_account():
    assert (
        rules.tidy_account("0123-01-000456-50.7")
        == rules.tidy_account("0123 01 000456 507")
        == "012301000456507"
    )


def test_one_house_in_two_spellings_is_one_house():
    assert rules.house_key("RT 02 / No. 14") == rules.house_key("rt.2 no 14") == "rt 2 no 14"
    assert rules.house_key(" - ") == ""


def test_names_are_ordered_without_case_and_signs():
    assert rules.sort_name("  “Élok” Jaya") == "elok jaya"
    assert rules.sort_name("工房") == "~"


def test_a_search_hears_what_is_written_in_several_ways():
    text = rules.search_text("Sahnim", "Mamben Lauq", "Wanasaba")
    assert all(word in text for word in rules.search_words("mamben LAUK"))
    assert rules.search_words("  ") == []


def test_a_masked_text_keeps_its_last_three_signs():
    assert rules.masked("012301000456507") == "•" * 12 + "507"
    assert rules.masked("") == ""
