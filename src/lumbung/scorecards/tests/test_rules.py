from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lumbung.scorecards import rules
from lumbung.scorecards.choices import NEWCOMER_BP, FlagKind
from lumbung.scorecards.rules import Facts, Flow, Pace, ShareFacts, TrackRecord

DUE, NOON = date(2026, 5, 20), datetime(2026, 5, 10, 4, tzinfo=UTC)


def facts(*flows: Flow, held: int = 100, due: date = DUE, until: datetime | None = None) -> Facts:
    return Facts([ShareFacts(1, 7, "masker", held, due)], flows, {7: until} if until else {})


def flow(from_place: str, to_place: str, quantity: int, *, day: int = 10, at: datetime = NOON) -> Flow:
    return Flow(1, date(2026, 5, day), from_place, to_place, quantity, at)


def only(found: dict) -> TrackRecord:
    return found[7, "masker"]


def test_a_share_counts_as_on_time_when_all_of_it_came_by_the_due_date():
    brought = facts(flow("maker", "open", 60), flow("maker", "open", 40, day=20))
    assert (only(rules.records_from(brought, today=DUE)).finished, 1) == (1, 1)
    assert only(rules.records_from(brought, today=DUE)).on_time == 1


def test_a_share_whose_last_pieces_came_later_is_late():
    brought = facts(flow("maker", "open", 60), flow("maker", "open", 40, day=21))
    record = only(rules.records_from(brought, today=date(2026, 5, 22)))
    assert (record.finished, record.on_time, record.delivered) == (1, 0, 100)


def test_a_share_of_which_nothing_came_counts_once_its_day_is_past():
    assert rules.records_from(facts(), today=DUE) == {}
    record = only(rules.records_from(facts(), today=DUE + timedelta(days=1)))
    assert (record.finished, record.on_time, record.delivered) == (1, 0, 0)


def test_a_share_that_still_runs_is_not_finished():
    record = only(rules.records_from(facts(flow("maker", "open", 60)), today=DUE))
    assert (record.finished, record.delivered) == (0, 60)


def test_first_inspection_counts_once_and_rework_that_passes_later_changes_nothing_of_it():
    flows = [
        flow("maker", "open", 100),
        flow("open", "accepted", 70),
        flow("open", "by_sample", 10),
        flow("open", "rework", 15),
        flow("open", "rejected", 5),
        flow("rework", "accepted", 12),
        flow("rework", "rejected", 3),
    ]
    record = only(rules.records_from(facts(*flows), today=DUE))
    assert (record.looked, record.passed_first, record.rework_first, record.rejected) == (100, 80, 15, 8)


def test_a_correction_takes_back_what_it_corrects():
    flows = [flow("maker", "open", 100), flow("open", "maker", 40), flow("open", "rejected", 9)]
    record = only(rules.records_from(facts(*flows, flow("rejected", "open", 9)), today=DUE))
    assert (record.delivered, record.looked, record.rejected) == (60, 0, 0)


def test_what_came_after_the_moment_is_not_counted():
    later = flow("maker", "open", 40, at=NOON + timedelta(days=1))
    record = only(rules.records_from(facts(flow("maker", "open", 60), later, until=NOON), today=DUE))
    assert record.delivered == 60


@given(
    st.lists(
        st.tuples(st.sampled_from(["accepted", "by_sample", "rework", "rejected"]), st.integers(0, 10**6))
    )
)
def test_looked_is_passed_and_rework_and_rejected_at_first(found):
    flows = [flow("maker", "open", 10**9), *(flow("open", to, quantity) for to, quantity in found)]
    record = only(rules.records_from(facts(*flows), today=DUE))
    assert record.looked == record.passed_first + record.rework_first + record.rejected


def test_the_office_counts_what_was_read_or_is_a_week_old():
    week_old = NOON - timedelta(days=7)
    assert rules.seen_until(None, now=NOON, days=7) == week_old
    assert rules.seen_until(NOON - timedelta(days=1), now=NOON, days=7) == NOON - timedelta(days=1)
    assert rules.seen_until(NOON - timedelta(days=30), now=NOON, days=7) == week_old


def test_few_shares_are_told_in_counts_and_have_no_rate():
    record = TrackRecord(7, "masker", finished=2, on_time=1, looked=10, passed_first=9)
    assert (record.on_time_words, record.on_time_bp, record.first_bp) == ("1 of 2", None, None)
    record.finished = 3
    assert (record.on_time_bp, record.first_bp) == (3_333, 9_000)
    assert record.on_time_words == "1 of 3 (33.33%)"


def test_a_newcomer_is_taken_to_yield_at_least_the_floor_and_everybody_else_the_own():
    assert rules.yield_from(None) == NEWCOMER_BP
    few = TrackRecord(7, "masker", finished=2, looked=10, passed_first=1)
    assert rules.yield_from(few) == NEWCOMER_BP
    assert rules.yield_from(TrackRecord(7, "masker", finished=2, looked=10, passed_first=10)) == 10_000
    assert rules.yield_from(TrackRecord(7, "masker", finished=3, looked=10, passed_first=1)) == 1_000


def pace(delivered: int, *, weekly: int = 100, made: int = 0, days: int = 14) -> Pace:
    since = date(2026, 5, 1)
    return Pace(7, "masker", delivered, since, since + timedelta(days=days - 1), weekly, made, [3, 1])


def test_above_a_tenth_more_than_the_declared_capacity_somebody_looks():
    assert rules.above_capacity(pace(220)) is None
    sign = rules.above_capacity(pace(221))
    assert sign is not None
    assert (sign.kind, sign.makers) == (FlagKind.ABOVE_CAPACITY, [7])
    assert (sign.numbers["most"], sign.numbers["declared"], sign.numbers["weeks"]) == (220, 200, 2)


def test_above_a_tenth_more_than_what_was_told_as_made_somebody_looks():
    assert rules.above_capacity(pace(110, made=100)) is None
    sign = rules.above_capacity(pace(111, made=100))
    assert sign is not None
    assert "100 were told as made" in rules.evidence_sentence(sign.kind, sign.numbers, goods="Masks")


def test_without_declared_capacity_and_without_pace_nothing_is_said():
    assert rules.above_capacity(pace(10**6, weekly=0)) is None


def test_the_same_shares_are_one_evidence_however_much_more_of_them_comes():
    first, second = rules.above_capacity(pace(221)), rules.above_capacity(pace(400, days=15))
    assert first is not None
    assert second is not None
    assert first.evidence == second.evidence


def weeks(*quantities: int) -> dict[date, int]:
    return {date(2026, 4, 6) + timedelta(weeks=at): quantity for at, quantity in enumerate(quantities)}


def test_a_week_of_three_times_the_usual_is_a_jump():
    assert rules.sudden_jump(7, "masker", weeks(100, 100, 100, 299)) is None
    sign = rules.sudden_jump(7, "masker", weeks(100, 100, 100, 300))
    assert sign is not None
    assert (sign.numbers["week"], sign.numbers["usual"], sign.numbers["weeks"]) == (300, 100, 3)


def test_with_fewer_than_three_weeks_before_there_is_no_usual():
    assert rules.sudden_jump(7, "masker", weeks(100, 100, 10_000)) is None


def test_one_photo_of_two_makers_is_a_sign_and_of_one_maker_is_none():
    assert rules.same_photo("ab" * 32, {"SRH-1": 7, "SRH-2": 7}) is None
    sign = rules.same_photo("ab" * 32, {"SRH-1": 7, "SRH-2": 9})
    assert sign is not None
    assert list(sign.makers) == [7, 9]


def test_a_lot_that_makers_made_together_is_no_sign():
    assert rules.same_lot("lot:1", {"SRH-1": 7, "SRH-2": 9}, {7, 9, 11}) is None
    assert rules.same_lot("lot:1", {"SRH-1": 7, "SRH-2": 9}, {7}) is not None


def test_an_account_of_one_maker_is_no_sign():
    assert rules.shared_account(1, [7]) is None
    assert rules.shared_account(1, [7, 9, 7]).numbers == {"account": 1, "count": 2}
