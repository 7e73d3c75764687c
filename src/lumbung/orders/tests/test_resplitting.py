"""What comes back goes to the next makers; what is confirmed never falls."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command

from foundation import clock
from lumbung.orders.actions import resplitting
from lumbung.orders.actions.answering import accept_share, decline_share, release_share
from lumbung.orders.actions.ordering import cancel_order
from lumbung.orders.actions.resplitting import expire_and_resplit, resplit
from lumbung.orders.actions.sending import mark_sent
from lumbung.orders.actions.splitting import compute_split, decide_split, propose_split
from lumbung.orders.choices import SentBy, ShareState
from lumbung.orders.models import OrderLine, Share, Split
from lumbung.orders.tests import factories as make
from lumbung.records.models import Pending

pytestmark = pytest.mark.django_db
OFFICER, HEAD, ME = "person:1", "person:2", "link:1"


def offered_line(makers: int = 12, quantity: int = 1_000) -> OrderLine:
    """A decided line over tailors of 280 pieces each; offers sent."""
    for _ in range(makers):
        make.tailor(weekly=70)
    line = make.line(quantity=quantity)
    split = propose_split(split=compute_split(line=line, by=OFFICER, budget_bp=0), by=OFFICER)
    decide_split(split=split, by=HEAD)
    mark_sent(
        order=line.order,
        shares=Share.objects.values_list("pk", flat=True),
        through=SentBy.WHATSAPP,
        by=OFFICER,
    )
    return fresh(line)


def fresh(line: OrderLine) -> OrderLine:
    return OrderLine.objects.select_related("order").get(pk=line.pk)


def first_offer() -> Share:
    share = Share.objects.filter(state=ShareState.OFFERED).order_by("pk").first()
    assert share
    return share


@pytest.mark.django_db(transaction=True)
def test_a_declined_share_moves_to_others_at_once() -> None:
    line = offered_line()
    declined = decline_share(share=first_offer(), by=ME)
    moved = Share.objects.filter(line=line, split__parent__isnull=False)
    assert sum(share.quantity for share in moved) == declined.quantity
    assert declined.maker_id not in {share.maker_id for share in moved}
    assert fresh(line).offered_quantity == 1_000
    assert Pending.objects.filter(delivered_at__isnull=True).count() == 0


@pytest.mark.django_db(transaction=True)
def test_what_was_not_taken_of_a_share_moves_on() -> None:
    line = offered_line()
    share = first_offer()
    accept_share(share=share, by=ME, quantity=share.quantity - 50)
    assert fresh(line).unplaced_quantity == 0
    assert sum(s.quantity for s in Share.objects.filter(split__parent__isnull=False)) == 50


@pytest.mark.django_db(transaction=True)
def test_what_is_given_back_moves_on_and_not_to_the_same_maker() -> None:
    offered_line()
    share = accept_share(share=first_offer(), by=ME)
    release_share(share=share, quantity=30, by=ME)
    moved = Share.objects.get(split__parent__isnull=False)
    assert (moved.quantity, moved.maker_id == share.maker_id) == (30, False)


def test_confirmed_shares_never_fall_when_others_decline() -> None:
    line = offered_line()
    kept = accept_share(share=first_offer(), by=ME)
    decline_share(share=first_offer(), by=ME)
    resplit(line=line, by=OFFICER)
    kept.refresh_from_db()
    assert kept.confirmed_quantity == kept.quantity


def test_offers_past_their_term_are_taken_back_and_offered_anew() -> None:
    line = offered_line()
    with clock.set_to(clock.now() + timedelta(hours=49)):
        lapsed, offered = expire_and_resplit(by="command:expire")
    assert lapsed == 4
    assert offered > 0
    assert fresh(line).offered_quantity == 1_000
    assert Share.objects.filter(state=ShareState.LAPSED).count() == 4


def test_a_second_round_of_the_clock_finds_nothing_to_do() -> None:
    offered_line()
    with clock.set_to(clock.now() + timedelta(hours=49)):
        expire_and_resplit(by="command:expire")
        assert expire_and_resplit(by="command:expire") == (0, 0)


def test_nothing_is_split_again_while_everything_is_with_somebody() -> None:
    assert resplit(line=offered_line(), by=OFFICER) is None


def test_when_too_few_makers_are_left_the_shortage_is_told() -> None:
    line = offered_line(makers=4)
    share = first_offer()
    decline_share(share=share, by=ME)
    resplit(line=line, by=OFFICER)
    line = fresh(line)
    assert line.unplaced_quantity == share.quantity
    assert line.offered_quantity + line.confirmed_quantity + line.unplaced_quantity == 1_000


def test_who_took_a_share_whole_gets_more_only_when_nobody_else_is_left() -> None:
    line = offered_line(makers=5, quantity=1_000)
    for share in list(Share.objects.filter(state=ShareState.OFFERED).order_by("-quantity")[:3]):
        accept_share(share=share, by=ME)
    last = first_offer()
    decline_share(share=last, by=ME)
    split = resplit(line=line, by=OFFICER)
    assert split
    assert sum(s.quantity for s in split.shares.all()) == split.quantity
    assert fresh(line).unplaced_quantity == last.quantity - split.quantity


def test_a_resplit_stands_under_the_decision_of_its_parent() -> None:
    line = offered_line()
    decline_share(share=first_offer(), by=ME)
    split = resplit(line=line, by=OFFICER)
    assert split
    assert split.parent
    assert split.decided_by == split.parent.decided_by == HEAD


def between(monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object]) -> None:
    """Do something of somebody else once, after the plan is computed and before it is laid down."""
    compute, waiting = resplitting._computed_rest, [deed]

    def computed_then_overtaken(*arguments: Any) -> Any:
        computed = compute(*arguments)
        if waiting:
            waiting.pop()()
        return computed

    monkeypatch.setattr(resplitting, "_computed_rest", computed_then_overtaken)


def test_an_order_cancelled_while_it_is_split_again_offers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    line = offered_line()
    decline_share(share=first_offer(), by=ME)
    between(monkeypatch, lambda: cancel_order(order=line.order, reason="No money", by=OFFICER))
    assert resplit(line=line, by=OFFICER) is None
    assert not Share.objects.filter(state=ShareState.OFFERED).exists()
    assert fresh(line).offered_quantity == 0


def test_who_gave_back_while_it_is_split_again_gets_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    line = offered_line(makers=4)
    for share in list(Share.objects.filter(state=ShareState.OFFERED).order_by("quantity")[:3]):
        accept_share(share=share, by=ME)
    decline_share(share=first_offer(), by=ME)
    small = Share.objects.filter(state=ShareState.ACCEPTED).order_by("quantity", "pk")[0]
    between(monkeypatch, lambda: release_share(share=small, quantity=1, by=ME))
    resplit(line=line, by=OFFICER)
    assert not Share.objects.filter(maker=small.maker, state=ShareState.OFFERED).exists()


def test_who_was_offered_and_took_a_share_meanwhile_is_not_counted_as_free(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = offered_line(makers=8)
    for share in list(Share.objects.filter(state=ShareState.OFFERED).order_by("pk")[:2]):
        decline_share(share=share, by=ME)
    taken: list[int] = []

    def another_split_is_quicker_and_taken() -> None:
        split = resplit(line=line, by=OFFICER)
        assert split
        taken.extend(accept_share(share=share, by=ME).maker_id for share in split.shares.all())
        for _ in range(2):
            decline_share(share=first_offer(), by=ME)

    between(monkeypatch, another_split_is_quicker_and_taken)
    resplit(line=line, by=OFFICER)
    for maker in taken:
        held = Share.objects.filter(line=line, maker_id=maker)
        assert sum(share.quantity for share in held) <= 280


def test_what_comes_back_goes_to_few_who_each_get_what_the_first_ones_could_get() -> None:
    line = offered_line(makers=40)
    most = max(Share.objects.values_list("quantity", flat=True))
    declined = decline_share(share=first_offer(), by=ME)
    split = resplit(line=line, by=OFFICER)
    assert split
    amounts = list(split.shares.values_list("quantity", flat=True))
    assert sum(amounts) == declined.quantity
    assert max(amounts) <= most
    assert len(amounts) == -(-declined.quantity // most)
    call_command("recompute", line.order.code)


def test_where_that_is_too_little_what_comes_back_is_spread_beyond_it() -> None:
    line = offered_line(makers=5, quantity=1_000)
    Split.objects.filter(line=line).update(household_amounts=[[10, 100]])
    declined = decline_share(share=first_offer(), by=ME)
    split = resplit(line=line, by=OFFICER)
    assert split
    assert split.quantity == declined.quantity
    assert split.cost_budget_bp == 0 == split.parent.cost_budget_bp  # type: ignore[union-attr]


def test_what_lies_with_nobody_is_offered_when_somebody_new_can_make_it() -> None:
    line = offered_line(makers=4)
    decline_share(share=first_offer(), by=ME)
    resplit(line=line, by=OFFICER)
    assert fresh(line).unplaced_quantity
    make.tailor(weekly=140)
    assert expire_and_resplit(by=OFFICER) == (0, 1)
    assert fresh(line).unplaced_quantity == 0


def test_the_clock_moves_nothing_where_the_office_wants_to_do_it_itself() -> None:
    line = offered_line(makers=40)
    line.order.resplits_itself = False
    line.order.save(update_fields=["resplits_itself"])
    share = first_offer()
    Share.objects.filter(pk=share.pk).update(answer_until=clock.now())
    assert expire_and_resplit(by=OFFICER) == (1, 0)
    assert fresh(line).unplaced_quantity == share.quantity


def test_nobody_gets_past_what_the_first_ones_could_get_while_that_suffices() -> None:
    line = offered_line(makers=5, quantity=1_000)
    for share in list(Share.objects.filter(state=ShareState.OFFERED).order_by("quantity")[:3]):
        accept_share(share=share, by=ME)
    most = Split.objects.get().household_amounts[0][0]
    declined = decline_share(share=first_offer(), by=ME)
    make.tailor(weekly=100)
    split = resplit(line=line, by=OFFICER)
    assert split
    assert split.quantity == declined.quantity
    assert all(held <= most for held in held_by_maker(line).values())


def held_by_maker(line: OrderLine) -> dict[int, int]:
    """What each maker was offered or has confirmed."""
    held: dict[int, int] = {}
    for share in Share.objects.filter(line=line).exclude(state=ShareState.DECLINED):
        held[share.maker_id] = held.get(share.maker_id, 0) + share.quantity
    return held
