"""How an order came about and what became of its plan, as everybody reads it."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from foundation import clock
from lumbung.orders.actions.answering import accept_share, decline_share
from lumbung.orders.actions.ordering import cancel_order
from lumbung.orders.actions.resplitting import resplit
from lumbung.orders.actions.sending import mark_sent
from lumbung.orders.actions.splitting import compute_split, decide_split, propose_split
from lumbung.orders.choices import Reason, SentBy, ShareState
from lumbung.orders.models import Order, OrderLine, PriorityVillage, Share, Split
from lumbung.orders.queries import course
from lumbung.orders.rules.grouping import PlaceSum, regency_groups
from lumbung.orders.tests import factories as make
from lumbung.organisations.tests.factories import member, party
from lumbung.people.choices import Decider, Officer

pytestmark = pytest.mark.django_db
BY = "person:1"


def words(address: str) -> str:
    html = Client(headers={"accept-language": "en"}).get(address).content.decode()
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).replace("\xa0", " ").split())


def why(line: OrderLine) -> str:
    return words(f"/kuota/{line.order.code}/mengapa/")


def decided_line(makers: int = 12, *, spare: int = 6) -> OrderLine:
    """A line of 1,000 over `makers` alike, offers sent; then `spare` more come into the register."""
    for _ in range(makers):
        make.tailor(weekly=70)
    line = make.line(quantity=1_000)
    split = compute_split(line=line, by=member(Officer, party()).key, budget_bp=200)
    split = propose_split(split=split, by=split.computed_by)
    decide_split(split=split, by=member(Decider, party()).key)
    mark_sent(
        order=line.order, shares=Share.objects.values_list("pk", flat=True), through=SentBy.WHATSAPP, by=BY
    )
    for _ in range(spare):
        make.tailor(weekly=70)
    return line


def test_before_the_split_everybody_reads_the_rule_that_was_published() -> None:
    line = make.line(quantity=1_000)
    Order.objects.update(
        turn_credit_bp=200, newcomer_quota_bp=1_000, newcomer_credit_bp=300, draw_seal="c" * 64,
        draw_sealed_at=clock.now(), budget_decree="Keputusan 12/2026",
    )  # fmt: skip
    told = why(line)
    for wanted in ("How will it be shared out?", "2%", "Keputusan 12/2026", "10% of the order", "c" * 64):
        assert wanted in told
    assert line.order.collection_points.get().village.name in told


def test_who_published_proposed_and_decided_is_told_and_how_often_it_was_computed() -> None:
    line = decided_line()
    split = Split.objects.get()
    told = why(line)
    assert "Officer Contoh" in told
    assert "Decider Contoh" in told
    assert "Computed 1 time" in told
    make.decided_split(make.line(), {})
    assert course.decisions_of([split])[split.pk].computed == 1


def test_what_came_back_and_who_holds_what_now_is_told() -> None:
    line = decided_line()
    assert "Nothing has come back so far." in why(line)
    offers = list(Share.objects.filter(state=ShareState.OFFERED).order_by("pk"))
    for share in offers[1:]:
        accept_share(share=share, by=BY)
    gone = decline_share(share=offers[0], by=BY).quantity
    course.cache.clear()
    split = resplit(line=line, by=BY)
    assert split
    for share in split.shares.all():
        accept_share(share=share, by=BY)
    course.cache.clear()
    since = course.came_back(Split.objects.get(parent__isnull=True))
    assert (since.units, since.makers, since.resplits, since.held) == (gone, 1, 1, 1_000)
    assert since.largest_house == max(Share.objects.values_list("confirmed_quantity", flat=True))
    told = why(line)
    assert f"{gone} sheets came back" in told
    assert "next makers, once" in told
    assert "is the most that one house holds now" in told


def test_a_house_that_holds_more_than_the_limit_is_told_with_the_reason() -> None:
    line = make.line(quantity=1_000)
    makers = {make.tailor(): 100 for _ in range(6)}
    split = make.decided_split(line, makers, common_cap=100)
    shares = list(Share.objects.order_by("pk"))
    Share.objects.update(
        state=ShareState.ACCEPTED, confirmed_quantity=100, answered_at=clock.now(), answered_by=BY
    )
    make.share(
        line, shares[0].maker, 50, split=split, state=ShareState.ACCEPTED, confirmed_quantity=50,
        answered_at=clock.now(), answered_by=BY,
    )  # fmt: skip
    make.share(
        line,
        make.tailor(),
        50,
        split=split,
        state=ShareState.DECLINED,
        answered_at=clock.now(),
        answered_by=BY,
    )
    told = why(line)
    assert "150 sheets is the most" in told
    assert "More than the limit of the plan, 100" in told


def test_offers_not_sent_are_told_apart_from_those_that_wait_with_their_last_day() -> None:
    line = decided_line()
    held = Share.objects.filter(state=ShareState.OFFERED).order_by("pk").first()
    assert held
    Share.objects.filter(pk=held.pk).update(sent_at=None, sent_by="", sent_through="", answer_until=None)
    told = words(f"/kuota/{line.order.code}/")
    assert f"Offers not sent yet {held.quantity}" in told
    assert f"Waiting for an answer {1_000 - held.quantity}" in told
    assert "The last answer is due" in told


def test_the_threshold_stands_beside_those_who_lie_above_it() -> None:
    line = make.line(quantity=1_000)
    split = make.decided_split(line, {make.tailor(): 100 for _ in range(6)})
    for _ in range(5):
        make.split_row(split, make.tailor(), 0, reason=Reason.COST, numbers={"own": 3_581, "limit": 3_558})
    split.waiting = {"cost": 5}
    split.save()
    assert "above the threshold of this split, Rp3,558" in why(line)


def test_credits_that_changed_nothing_say_so() -> None:
    line = make.line(quantity=1_000)
    Order.objects.update(turn_credit_bp=200)
    line.order.refresh_from_db()
    make.decided_split(line, {make.tailor(): 100 for _ in range(6)})
    told = why(line)
    assert "it changed nothing here" in told
    assert "without them the plan would be the same" in told


def test_priority_villages_tell_what_they_got_and_never_of_fewer_than_five() -> None:
    place = make.village("52.03.05.2009", "Desa Utama")
    PriorityVillage.objects.create(
        village=place, basis="SK", starts_on=clock.today() - timedelta(days=9), added_by=BY,
        added_at=clock.now() - timedelta(days=9),
    )  # fmt: skip
    line = make.line(quantity=1_000)
    Order.objects.update(priority_credit_bp=150)
    line.order.refresh_from_db()
    split = make.decided_split(line, {make.tailor(village=place): 100 for _ in range(6)})
    assert (course.preferred_in(split).chosen, course.preferred_in(split).units) == (6, 600)
    assert "6 eligible makers 6 have a share here, 600 sheets" in why(line)
    split.village_sums.update(makers=3, chosen_makers=3)
    assert "their numbers are not told" in why(line)


def test_a_cancelled_order_says_so_above_its_plan() -> None:
    line = decided_line()
    cancel_order(order=line.order, reason="Pembeli menunda acara.", by=BY)
    told = why(line)
    assert told.index("This order is cancelled.") < told.index("The rule")
    assert "Pembeli menunda acara." in told
    assert "mengapa" in Client().get(f"/kuota/{line.order.code}/").content.decode()


def test_places_without_a_share_are_told_once_with_how_far_they_are() -> None:
    line = make.line(quantity=1_000)
    near, far = make.village("52.03.05.2001", "Dekat"), make.village("52.06.05.2001", "Jauh")
    idle = make.village("52.03.05.2002", "Sepi")
    split = make.decided_split(line, {make.tailor(village=near): 100 for _ in range(6)})
    for place in (far, idle):
        for _ in range(7):
            make.split_row(
                split,
                make.tailor(village=place),
                0,
                reason=Reason.COST,
                numbers={"own": 3_700, "limit": 3_558},
            )
    split.nearest_misses = {"52.06": 142}
    split.save()
    told = why(line)
    assert "The nearest lies Rp142 above the threshold" in told
    villages = words(f"/kuota/{line.order.code}/mengapa/{line.pk}/desa/")
    assert "1 village without a share" in villages
    assert "Sepi" not in villages


def test_a_regency_too_small_is_hidden_behind_the_same_one_on_every_page() -> None:
    rows = [PlaceSum("52.01.01.2001", 6, 6, 40, 5, 5), PlaceSum("52.04.01.2001", 4, 4, 4, 5, 5)]
    rows.append(PlaceSum("52.08.01.2001", 16, 16, 16, 5, 5))
    assert [group.code for group in regency_groups(rows)] == ["52.08", ""]
