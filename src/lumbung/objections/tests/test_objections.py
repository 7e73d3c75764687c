"""Objections: taken in, answered in time by somebody who had no part in the split, followed by link."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from foundation import clock
from foundation.errors import Refused
from lumbung.objections.actions import objecting as actions
from lumbung.objections.choices import ObjectionAbout, ObjectionOutcome, ObjectionState
from lumbung.objections.models import Objection
from lumbung.objections.queries import objections as queries
from lumbung.objections.rules import objections as rules
from lumbung.objections.tests.objecting import ANSWER, filed, line_decided_by
from lumbung.orders.models import Order
from lumbung.orders.tests import factories as make
from lumbung.organisations.tests.factories import member, party
from lumbung.people.choices import Decider, LinkPurpose, Officer
from lumbung.people.models import Link, Person
from lumbung.people.tests.factories import person
from lumbung.records.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> None:
    translation.activate("en")


MONDAY_TO_FRIDAY = frozenset({1, 2, 3, 4, 5})


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 23), 5, date(2026, 11, 30)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 2, date(2026, 12, 1)),
    ],
)
def test_a_term_counts_working_days_from_the_next_one(start: date, days: int, last: date) -> None:
    assert rules.last_day(start, days, office_days=MONDAY_TO_FRIDAY) == last


def test_an_office_open_on_saturday_counts_it() -> None:
    assert rules.last_day(date(2026, 11, 27), 1, office_days=frozenset({1, 2, 3, 4, 5, 6})) == date(
        2026, 11, 28
    )


def test_a_listed_holiday_is_no_working_day() -> None:
    christmas = date(2026, 12, 25)
    for holidays, last in (((), christmas), ((christmas,), date(2026, 12, 28))):
        assert rules.last_day(date(2026, 12, 24), 1, office_days=MONDAY_TO_FRIDAY, holidays=holidays) == last


def test_the_office_reads_which_holidays_are_listed_or_that_none_is() -> None:
    past, coming = date(2026, 8, 17), date(2026, 12, 25)
    today = date(2026, 11, 24)
    assert "25\xa0December\xa02026" in rules.holidays_sentence([coming, past], today=today)
    assert "August" not in rules.holidays_sentence([coming, past], today=today)
    assert rules.holidays_sentence([past], today=today).startswith("No coming public holiday is listed")


def test_numbers_go_on_and_begin_again_each_year() -> None:
    assert rules.next_code(year=2026, last=None) == "KBR-2026-0001"
    assert rules.next_code(year=2026, last="KBR-2026-0009") == "KBR-2026-0010"
    assert rules.next_code(year=2027, last="KBR-2026-0009") == "KBR-2027-0001"


# Filing


def test_an_objection_gets_number_last_day_and_link_and_no_name_stands_in_its_record() -> None:
    line = line_decided_by("person:1", "person:2")
    with clock.set_to(datetime(2026, 11, 23, 2, tzinfo=UTC)):
        objection = filed(line.order, words="Tetangga saya Zaenab dapat 300, saya tidak.")
    assert objection.code == "KBR-2026-0001"
    assert objection.due_on == date(2026, 11, 30)
    assert objection.state == ObjectionState.FILED
    link = Link.objects.get(subject=objection.key)
    assert (link.purpose, link.person) == (LinkPurpose.OBJECTION, objection.person)
    record = Record.objects.get(deed="objections.filed")
    assert record.subject == line.order.key
    for private in ("Zaenab", "Sahnim", objection.person.phone):
        assert private not in record.content


def test_before_the_order_is_public_nobody_objects() -> None:
    draft = make.order(published=False)
    with pytest.raises(Refused, match="not public yet"):
        filed(draft)
    assert Person.objects.filter(full_name="Sahnim").count() == 0


def test_a_sentence_is_asked_and_a_novel_refused() -> None:
    line = line_decided_by()
    for words, field in (("tidak", "words"), ("a" * 3_001, "words")):
        with pytest.raises(Refused) as refused:
            filed(line.order, words=words)
        assert refused.value.field == field


def test_a_wrong_or_missing_phone_is_told_at_its_field() -> None:
    line = line_decided_by()
    for phone in ("", "12"):
        with pytest.raises(Refused) as refused:
            filed(line.order, phone=phone)
        assert refused.value.field == "phone"


def test_a_fourth_open_objection_with_one_phone_is_refused() -> None:
    line = line_decided_by()
    for _ in range(3):
        filed(line.order)
    with pytest.raises(Refused, match="Three objections"):
        filed(line.order)
    filed(line.order, phone="081233334444")
    assert Objection.objects.count() == 4


def test_an_objection_after_the_window_is_taken_and_said_to_be_late() -> None:
    line = line_decided_by()
    in_time = clock.now() + timedelta(days=14)
    with clock.set_to(in_time):
        assert not filed(line.order).is_late
    with clock.set_to(in_time + timedelta(days=1)):
        late = filed(line.order)
    assert late.is_late
    assert "14" in rules.late_sentence(late)


def test_a_visitor_is_joined_to_nobodys_entry() -> None:
    known = person("Sahnim", phone="+6281233334444")
    objection = filed(line_decided_by().order, full_name="Sahnim", phone="081233334444")
    assert objection.person != known


# Answering


def people() -> dict[str, Person]:
    office = party()
    return {
        "proposer": member(Officer, office),
        "decider": member(Decider, office),
        "other": member(Officer, office),
    }


def answer(objection: Objection, by: str, **changes: Any) -> Any:
    return actions.answer_objection(objection=objection, by=by, **(ANSWER | changes))


def test_nobody_judges_the_own_split() -> None:
    cast = people()
    line = line_decided_by(cast["proposer"].key, cast["decider"].key)
    objection = filed(line.order)
    for role in ("proposer", "decider"):
        with pytest.raises(Refused) as refused:
            answer(objection, cast[role].key)
        assert cast["other"].full_name in refused.value.sentence
    assert answer(objection, cast["other"].key).round == 1


def test_where_nobody_else_may_answer_the_sentence_says_whom_to_ask() -> None:
    office = party()
    one, two = member(Officer, office), member(Decider, office)
    objection = filed(line_decided_by(one.key, two.key).order)
    with pytest.raises(Refused) as refused:
        answer(objection, one.key)
    assert "auditor" in refused.value.sentence


def test_the_second_answer_comes_from_somebody_else() -> None:
    office = party()
    first, second = member(Officer, office), member(Officer, office)
    objection = filed(line_decided_by("person:801", "person:802").order)
    answer(objection, first.key)
    actions.reply_to_objection(objection=objection, words="Saya belum puas dengan jawaban ini.", by="link:1")
    with pytest.raises(Refused, match="first answer"):
        answer(objection, first.key)
    assert answer(objection, second.key).round == 2
    objection.refresh_from_db()
    assert objection.state == ObjectionState.CLOSED


def test_a_reply_begins_a_new_term_and_comes_once() -> None:
    officer = member(Officer, party())
    with clock.set_to(datetime(2026, 11, 23, 2, tzinfo=UTC)):
        objection = filed(line_decided_by().order)
        with pytest.raises(Refused, match="not answered yet"):
            actions.reply_to_objection(objection=objection, words="Terlalu lama menunggu.", by="link:1")
    with clock.set_to(datetime(2026, 11, 25, 2, tzinfo=UTC)):
        answer(objection, officer.key)
    with clock.set_to(datetime(2026, 11, 27, 2, tzinfo=UTC)):
        replied = actions.reply_to_objection(
            objection=objection, words="Angkanya masih salah menurut saya.", by="link:1"
        )
        assert replied.due_on == date(2026, 12, 4)
        with pytest.raises(Refused, match="has reached"):
            actions.reply_to_objection(objection=objection, words="Sekali lagi saya menulis.", by="link:1")


def test_an_answer_needs_a_reason_that_can_be_followed() -> None:
    officer = member(Officer, party())
    objection = filed(line_decided_by().order)
    for changes, field in (
        ({"reason": "Sudah sesuai aturan."}, "reason"),
        ({"public_words": "  "}, "public_words"),
        ({"record": 10**9}, "record"),
    ):
        with pytest.raises(Refused) as refused:
            answer(objection, officer.key, **changes)
        assert refused.value.field == field
    assert not objection.answers.exists()


@pytest.mark.parametrize(
    "words",
    [
        "Keberatan Ibu SAHNIM tidak dikabulkan karena batas bersama.",
        "Kelompok Beriuk Tinjal sudah dihitung sebagai dua belas rumah.",
        "Silakan hubungi nomor 0812 3456 7890 untuk penjelasan.",
    ],
)
def test_words_for_everybody_that_tell_who_is_meant_are_warned_of(words: str) -> None:
    officer = member(Officer, party())
    line = line_decided_by()
    split = line.splits.get()
    make.split_row(split, make.tailor("Beriuk Tinjal"), 0)
    objection = filed(line.order)
    with pytest.raises(Refused) as refused:
        answer(objection, officer.key, public_words=words)
    assert refused.value.field == "public_words"
    assert answer(objection, officer.key, public_words=words, looked=True).round == 1


def test_a_name_within_another_word_is_no_name() -> None:
    assert rules.found_in("Batas bersama berlaku.", names=["Sama", "Ber"], phone="") == []
    assert rules.found_in("Batas, sama untuk semua.", names=["Sama"], phone="") == ["Sama"]


def test_an_answer_stands_in_the_record_without_words() -> None:
    officer = member(Officer, party())
    objection = filed(line_decided_by().order)
    answer(objection, officer.key, outcome=ObjectionOutcome.UPHELD_IN_PART)
    record = Record.objects.get(deed="objections.answered")
    assert '"outcome":"upheld_in_part"' in record.content
    assert ANSWER["reason"] not in record.content
    with pytest.raises(Refused, match="answered already"):
        answer(objection, officer.key)


def test_only_an_open_objection_is_taken_back() -> None:
    officer = member(Officer, party())
    objection = filed(line_decided_by().order)
    assert actions.withdraw_objection(objection=objection, by="link:1").state == ObjectionState.WITHDRAWN
    with pytest.raises(Refused):
        actions.withdraw_objection(objection=objection, by="link:1")
    with pytest.raises(Refused):
        answer(objection, officer.key)
    other = filed(objection.order)
    answer(other, officer.key)
    with pytest.raises(Refused, match="answered already"):
        actions.withdraw_objection(objection=other, by="link:1")


def test_the_answer_is_noted_as_sent_once() -> None:
    officer = member(Officer, party())
    objection = filed(line_decided_by().order)
    with pytest.raises(Refused):
        actions.tell_answer(objection=objection, by=officer.key)
    answer(objection, officer.key)
    _objection, first = actions.tell_answer(objection=objection, by=officer.key)
    _objection, again = actions.tell_answer(objection=objection, by=officer.key)
    assert first == again
    assert Record.objects.filter(deed="objections.told").count() == 1


@pytest.mark.parametrize(
    "broken",
    [
        {"replied_at": clock.now()},
        {"withdrawn_at": clock.now(), "withdrawn_by": "link:1"},
        {"state": ObjectionState.WITHDRAWN},
    ],
)
def test_half_a_deed_is_refused_by_the_database(broken: dict[str, Any]) -> None:
    objection = filed(line_decided_by().order)
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=objection.pk).update(**broken)


# Counting


def totals(order: Order) -> dict[str, int]:
    return vars(queries.totals_of(order))


def test_totals_tell_how_the_office_kept_its_term() -> None:
    officer = member(Officer, party())
    order = line_decided_by().order
    start = datetime(2026, 11, 23, 2, tzinfo=UTC)
    with clock.set_to(start):
        prompt, slow, _open, gone = (filed(order, phone=f"08123333444{n}") for n in range(4))
        actions.withdraw_objection(objection=gone, by="link:1")
        answer(prompt, officer.key, outcome=ObjectionOutcome.UPHELD)
    with clock.set_to(start + timedelta(days=8)):
        answer(slow, officer.key)
        expected = {
            "filed": 4,
            "answered": 2,
            "in_time": 1,
            "open": 1,
            "late": 1,
            "withdrawn": 1,
            "upheld": 1,
        }
        assert totals(order) == expected
    assert totals(make.order())["filed"] == 0


def test_an_objection_is_late_only_after_its_last_day_at_the_place() -> None:
    with clock.set_to(datetime(2026, 11, 23, 2, tzinfo=UTC)):
        objection = filed(line_decided_by().order)
    with clock.set_to(datetime(2026, 11, 30, 15, 59, tzinfo=UTC)):
        assert not objection.is_overdue()
    with clock.set_to(datetime(2026, 11, 30, 16, 1, tzinfo=UTC)):
        assert objection.is_overdue()


def test_what_an_officer_may_answer_leaves_out_the_own_splits_and_answers() -> None:
    cast = people()
    objection = filed(line_decided_by(cast["proposer"].key, cast["decider"].key).order)

    def able() -> list[str]:
        return [role for role, who in cast.items() if queries.open_for(who)[1].exists()]

    assert able() == ["other"]
    answer(objection, cast["other"].key)
    actions.reply_to_objection(objection=objection, words="Belum puas dengan alasannya.", by="link:1")
    assert able() == []


def test_filters_find_by_order_state_and_subject() -> None:
    line = line_decided_by()
    late = filed(line.order, about=ObjectionAbout.RULE)
    Objection.objects.filter(pk=late.pk).update(due_on=clock.today() - timedelta(days=1))
    other = filed(line_decided_by().order)
    every = Objection.objects.all()

    def found(**wanted: str) -> list[Objection]:
        return list(queries.found_among(every, queries.Wanted(**wanted)).order_by("pk"))

    assert found(state=queries.LATE) == [late]
    assert found(state=queries.OPEN) == [late, other]
    assert found(about="rule") == [late]
    assert found(order=other.order.code) == [other]
    assert found(order=late.code) == [late]
    assert found(state="closed") == []
