"""What waits, for whom, and in how many queries."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from foundation import clock, formats
from lumbung.certification.tests import factories as certificates
from lumbung.desk import queries
from lumbung.desk.rules import Task, due_words
from lumbung.desk.tests import factories as desk
from lumbung.makers.actions import pause_maker
from lumbung.makers.choices import MakerKind
from lumbung.makers.models import GoodsKind, Maker
from lumbung.orders.actions.answering import accept_share
from lumbung.orders.choices import SplitState
from lumbung.orders.queries.offers import bundle_subject
from lumbung.orders.tests import factories as make
from lumbung.organisations.tests.factories import Cast, cast, member, party
from lumbung.people import choices
from lumbung.people.actions import issue_link
from lumbung.people.choices import LinkPurpose
from lumbung.people.models import Link, Person
from lumbung.people.rules import secret_of
from lumbung.people.tests.factories import person
from lumbung.records.actions import leave_record
from lumbung.records.models import Pending

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def people() -> Cast:
    return cast()


def words(tasks: list[Task]) -> list[tuple[int, str]]:
    return [(task.number, task.words) for task in tasks]


def one(tasks: list[Task]) -> Task:
    assert len(tasks) == 1, words(tasks)
    return tasks[0]


def waiting(person: Person) -> list[Task]:
    person.__dict__.pop("_roles_today", None)
    return queries.tasks_of(person)


def test_nothing_waits_on_an_empty_desk(people: Cast) -> None:
    assert {role: waiting(who) for role, who in people.everybody()} == {
        role: [] for role, _who in people.everybody()
    }


# Officers


def test_lapsed_shares_wait_to_be_split_again(people: Cast) -> None:
    line = desk.line(quantity=300)
    shares = desk.lapsed(line, makers=3)
    task = one(waiting(people.officer))
    assert (task.number, task.words) == (3, "makers did not answer in time")
    assert task.sentence == "Masker kain. 300 sheets have to be split again."
    assert (task.is_late, task.posts, task.since) == (True, True, min(s.answer_until for s in shares))
    assert task.url == f"/pesanan/{line.order.code}/{line.pk}/bagi-lagi/"


def test_offers_whose_term_still_runs_do_not_wait(people: Cast) -> None:
    line = desk.line(quantity=100)
    make.sent(desk.offered(line)[0])
    assert waiting(people.officer) == []


def test_messages_not_sent_wait_with_the_day_of_their_order(people: Cast) -> None:
    line = desk.line(quantity=200)
    there = make.village("52.03.14.2002", "Kilang")
    make.decided_split(line, {make.tailor(): 100, make.tailor(village=there): 100})
    task = one(waiting(people.officer))
    assert (task.number, task.words) == (2, "messages not sent yet")
    assert (
        task.sentence
        == f"Masker kain, {due_words(line.order.due_on)}. The time to answer runs from the sending."
    )


def test_each_order_has_its_own_row_of_messages(people: Cast) -> None:
    for title in ("Masker kain", "Tas ketak"):
        desk.offered(desk.line(title, quantity=100))
    assert [task.sentence.partition(",")[0] for task in waiting(people.officer)] == [
        "Masker kain",
        "Tas ketak",
    ]


def test_a_returned_split_waits_with_its_reason(people: Cast) -> None:
    desk.plan(desk.line(), SplitState.RETURNED, returned_reason="Bima mendapat terlalu sedikit.")
    task = one(waiting(people.officer))
    assert (task.number, task.words) == (1, "split returned")
    assert task.sentence == "Masker kain: “Bima mendapat terlalu sedikit.”"


def test_a_returned_split_no_longer_waits_once_a_newer_plan_stands(people: Cast) -> None:
    line = desk.line()
    desk.plan(line, SplitState.RETURNED, returned_reason="Belum.")
    desk.plan(line, SplitState.PROPOSED)
    assert waiting(people.officer) == []


def test_published_orders_without_a_plan_wait_to_be_split(people: Cast) -> None:
    line = desk.line(quantity=4_000)
    desk.plan(line, SplitState.DRAFTED)
    desk.line("Tas ketak")
    task = one(waiting(people.officer))
    assert (task.number, task.words) == (2, "orders not split yet")
    assert task.sentence == (
        f"Masker kain, 4,000 sheets, due {formats.day_month(line.order.due_on)}. And 1 more."
    )


def test_drafts_wait_to_be_published(people: Cast) -> None:
    desk.line(published=False)
    task = one(waiting(people.officer))
    assert (task.number, task.words) == (1, "draft not published")
    assert task.sentence == "Masker kain, for Dinas Sosial Contoh."


@pytest.mark.parametrize("by_itself", [True, False])
def test_pieces_that_nobody_makes_come_first_and_say_why(people: Cast, by_itself: bool) -> None:
    desk.line("Konsep", published=False)
    line = desk.line(quantity=500, resplits_itself=by_itself)
    desk.accepted(desk.offered(line, quantity=100)[0])
    task = waiting(people.officer)[0]
    assert (task.number, task.words, task.is_late) == (400, "sheets that nobody makes", True)
    assert ("No eligible maker is left" in task.sentence) is by_itself


def test_a_cancelled_order_waits_for_nobody(people: Cast) -> None:
    line = desk.line(
        quantity=300, cancelled_at=clock.now(), cancelled_by="person:1", cancelled_reason="Batal."
    )
    desk.lapsed(line, makers=2)
    desk.plan(
        desk.line(cancelled_at=clock.now(), cancelled_by="x", cancelled_reason="x"), SplitState.PROPOSED
    )
    assert waiting(people.officer) == []
    assert waiting(people.decider) == []


# The head of the office


def test_a_proposed_split_waits_for_the_head(people: Cast) -> None:
    line = desk.line("Tas ketak", quantity=4_000)
    split = desk.plan(line, SplitState.PROPOSED, proposed_by=people.officer.key)
    task = one(waiting(people.decider))
    assert (task.number, task.words) == (1, "split waits for a decision")
    assert task.sentence == (
        f"Tas ketak, 4,000 sheets, Proposed by Officer Contoh, {formats.day(split.proposed_at)}."
    ).replace("sheets, P", "sheets. P")
    assert task.url == f"/pesanan/{line.order.code}/{line.pk}/pembagian/{split.number}/"


@pytest.mark.parametrize("hand", ["proposed_by", "computed_by"])
def test_nobody_is_asked_to_decide_what_they_made(people: Cast, hand: str) -> None:
    desk.plan(desk.line(), SplitState.PROPOSED, **{hand: people.decider.key})
    assert waiting(people.decider) == []


def test_decisions_wait_in_the_order_in_which_they_were_proposed(people: Cast) -> None:
    desk.plan(desk.line("Kedua"), SplitState.PROPOSED, proposed_at=desk.past(1))
    desk.plan(desk.line("Pertama"), SplitState.PROPOSED, proposed_at=desk.past(3))
    task = one(waiting(people.decider))
    assert task.number == 2
    assert task.sentence.startswith("Pertama")
    assert task.sentence.endswith("And 1 more.")


# Who keeps the register


def twins() -> None:
    for name in ("Kalianyar", "Kilang"):
        place = make.village(f"52.03.14.20{len(name):02d}", name)
        make.tailor(village=place, bank_account="1234567")


def test_makers_who_may_be_one_wait_for_the_keepers_of_the_register(people: Cast) -> None:
    twins()
    for keeper in (people.officer, people.regency_officer):
        task = one(waiting(keeper))
        assert (task.number, task.words) == (1, "group of makers who may be one")
        assert task.sentence == (
            "The same bank account: Kalianyar and Kilang. Until somebody looks they count as one."
        )


def test_the_register_is_searched_for_twins_again_only_after_it_changed(people: Cast) -> None:
    twins()
    with CaptureQueriesContext(connection) as first:
        waiting(people.officer)
    with CaptureQueriesContext(connection) as second:
        assert one(waiting(people.officer)).number == 1
    assert len(second) < len(first)
    make.tailor(bank_account="999")
    other = make.tailor()
    assert one(waiting(people.officer)).number == 1
    Maker.objects.filter(pk=other.pk).update(bank_account="999")
    assert one(waiting(people.officer)).number == 1
    pause_maker(maker=other, reason="Sakit.", by="person:1")
    assert one(waiting(people.officer)).number == 2


def test_certificates_that_end_soon_wait_in_the_own_regency(people: Cast) -> None:
    here, far = make.tailor(), make.tailor(village=make.village("52.06.01.2001", "Sape"))
    halal = certificates.scheme()
    first = certificates.certificate(here.goods.get(), under=halal, days=30)
    certificates.certificate(here.owner, days=60)
    certificates.certificate(far.goods.get(), under=halal, days=20)
    certificates.certificate(here.goods.get(), under=halal, days=200)
    assert one(waiting(people.officer)).number == 3
    task = one(waiting(people.regency_officer))
    assert (task.number, task.words) == (2, "certificates end soon")
    assert task.sentence == (
        f"Halal (en) and Menjahit pakaian jadi (en); the first ends on {formats.day_full(first.valid_until)}."
    )


def test_messages_between_rooms_that_failed_wait_for_the_readers_of_records(people: Cast) -> None:
    with transaction.atomic():
        record = leave_record(subject="order:X", deed="tests.done", by="person:1", content={})
    Pending.objects.create(record=record, receiver="orders.move_on", failure="ValueError: x", attempts=1)
    for who in (people.officer, people.decider, people.auditor, people.data_protection_officer):
        task = one(waiting(who))
        assert (task.number, task.words, task.is_late) == (1, "message between rooms failed", True)
        assert task.url == f"/catatan/{record.pk}/"
    assert waiting(people.regency_officer) == []


# Makers and captains


def account_of(maker: Any, role: Any = choices.MakerRole) -> Person:
    return member(role, maker.party, who=maker.owner)


def test_an_offer_waits_for_the_maker_with_its_own_link() -> None:
    share = make.sent(make.share(desk.line(quantity=693), make.tailor("Sahnim"), 693))
    _link, secret = make.link_to(share)
    task = one(waiting(account_of(share.maker)))
    assert (task.number, task.words, task.action) == (693, "sheets offered to Sahnim", "Answer now")
    assert task.url == f"/b/{secret}/"
    assert task.sentence == (
        f"Masker kain, {formats.rupiah(693 * 3_400)}, to be ready on "
        f"{formats.day_month(share.line.order.due_on)}. Answer before {formats.moment(share.answer_until)}."
    )


def test_an_offer_not_sent_yet_can_already_be_answered() -> None:
    share = make.share(desk.line(), make.tailor())
    make.link_to(share)
    task = one(waiting(account_of(share.maker)))
    assert "Answer before" not in task.sentence


def test_a_maker_sees_neither_lapsed_nor_other_makers_offers() -> None:
    line = desk.line(quantity=300)
    mine = desk.lapsed(line, makers=2)[0]
    assert waiting(account_of(mine.maker)) == []


def test_a_captain_answers_through_the_bundle() -> None:
    group = make.tailor("Kelompok Beriuk Maju", kind=MakerKind.GROUP, households=12)
    captain = member(choices.Captain, group.party)
    share = make.share(desk.line(), group, 120)
    make.link_to(share)
    assert one(waiting(captain)).url == ""
    bundle = issue_link(
        purpose=LinkPurpose.CAPTAIN_BUNDLE,
        subject=bundle_subject(captain, share.line.order),
        person=captain,
        by="person:1",
    )
    assert one(waiting(captain)).url == f"/k/{secret_of(bundle)}/"


def test_a_link_under_a_lost_key_leaves_the_row_without_a_button() -> None:
    share = make.share(desk.line(), make.tailor())
    make.link_to(share)
    Link.objects.update(secret_hash="0" * 64)
    assert one(waiting(account_of(share.maker))).url == ""


def test_confirmed_shares_stand_below_until_the_due_date_has_passed() -> None:
    maker = make.tailor()
    share = desk.accepted(make.share(desk.line(), maker, 100))
    late = desk.line("Lama", due_on=clock.today() - timedelta(days=1))
    desk.accepted(make.share(late, maker, 50))
    me = account_of(maker)
    assert [(row.pk, stage) for row, stage in queries.beside_tasks(me)["shares"]] == [(share.pk, "")]


def test_the_late_come_first_whatever_the_role(people: Cast) -> None:
    desk.plan(desk.line("Tas ketak"), SplitState.PROPOSED)
    desk.lapsed(desk.line(quantity=100))
    both = member(choices.Officer, people.office, who=people.decider)
    assert [task.is_late for task in waiting(both)] == [True, False]


# Budgets


def fill(times: int) -> None:
    """Something in every row of an officer's desk, so many times."""
    for number in range(times):
        desk.lapsed(desk.line(f"Lewat {number}", quantity=200), makers=2)
        desk.offered(desk.line(f"Belum {number}", quantity=200), makers=2)
        desk.accepted(desk.offered(desk.line(f"Kurang {number}"))[0])
        desk.plan(desk.line(f"Kembali {number}"), SplitState.RETURNED, returned_reason="Belum.")
        desk.plan(desk.line(f"Usul {number}"), SplitState.PROPOSED)
        desk.line(f"Baru {number}")
        desk.line(f"Konsep {number}", published=False)
        maker = make.tailor(bank_account=f"77{number}")
        make.tailor(bank_account=f"77{number}")
        certificates.certificate(maker.goods.get(), days=30)
        with transaction.atomic():
            record = leave_record(subject=f"order:X{number}", deed="tests.done", by="person:1", content={})
        Pending.objects.create(record=record, receiver="orders.move_on", failure="ValueError", attempts=1)


def queries_for(who: Person) -> int:
    """How many queries a desk needs when nothing is known from before."""
    cache.clear()
    who.__dict__.pop("_roles_today", None)
    with CaptureQueriesContext(connection) as asked:
        queries.tasks_of(who)
        queries.beside_tasks(who)
    return len(asked)


@pytest.mark.parametrize("role", ["officer", "decider", "regency_officer", "auditor", "buyer"])
def test_the_desk_asks_as_often_for_many_rows_as_for_one(people: Cast, role: str) -> None:
    who = people.by_role[role]
    fill(1)
    once = queries_for(who)
    fill(5)
    assert queries_for(who) == once
    assert once <= 45


def test_a_makers_desk_asks_as_often_for_many_offers_as_for_one() -> None:
    maker = make.tailor()
    me = account_of(maker)
    counted = []
    for times in (1, 6):
        for number in range(times):
            make.link_to(make.share(desk.line(f"Pesanan {times} {number}"), maker, 10))
            desk.accepted(make.share(desk.line(f"Lama {times} {number}"), maker, 10))
        counted.append(queries_for(me))
    assert counted[0] == counted[1]
    assert counted[0] <= 20


def test_the_kind_of_goods_speaks_the_language_of_the_page(people: Cast) -> None:
    desk.lapsed(desk.line(quantity=100))
    GoodsKind.objects.update(unit="bottle")
    with translation.override("id"):
        assert "100" in one(waiting(people.officer)).sentence


def test_who_only_confirmed_by_action_is_no_longer_asked() -> None:
    share = make.share(desk.line(quantity=100), make.tailor(), 100)
    make.link_to(share)
    me = account_of(share.maker)
    accept_share(share=share, by=me.key)
    assert waiting(me) == []


def test_a_guest_has_a_desk_without_rows() -> None:
    guest = person("Tamu", account=True)
    desk.lapsed(desk.line(quantity=100))
    assert waiting(guest) == []
    assert party("Lain").pk
