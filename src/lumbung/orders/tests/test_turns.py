"""The ledger of turns, and the credits of an order: they rank, they never pay, and everybody can see them before."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from foundation import clock
from lumbung.makers.models import GoodsKind, Maker
from lumbung.orders.actions.answering import accept_share, decline_share, release_share
from lumbung.orders.actions.ordering import publish_order
from lumbung.orders.actions.splitting import compute_split, decide_split, propose_split
from lumbung.orders.choices import Reason
from lumbung.orders.models import OrderLine, PriorityVillage, Share, Split
from lumbung.orders.queries.ledger import turns_of, turns_of_kinds
from lumbung.orders.rules import turns
from lumbung.orders.rules.reasons import reason_sentence
from lumbung.orders.rules.turns import Turn
from lumbung.orders.tests import factories as make
from lumbung.records.actions import leave_record, seal_all

pytestmark = pytest.mark.django_db
OFFICER, HEAD = "person:1", "person:2"
ENOUGH = 1_000_000


def decided(line: OrderLine) -> Split:
    split = propose_split(split=compute_split(line=line, by=OFFICER), by=OFFICER)
    return decide_split(split=split, by=HEAD)


def near_and_far(near: int = 2, far: int = 1, *, quantity: int = 400, **terms: int) -> OrderLine:
    """Makers beside the collection point and makers some way off; all can make 280."""
    away = make.village("52.03.14.2001", "Sembalun", (-8_400_000, 116_560_000))
    for _ in range(near):
        make.tailor(weekly=70)
    for _ in range(far):
        make.tailor(weekly=70, village=away)
    return make.line(make.order(cost_budget_bp=0, visit_rupiah=0, **terms), quantity=quantity)


def far_maker() -> Maker:
    return Maker.objects.get(village__name="Sembalun")


# sums


@given(st.integers(1, 10**7), st.lists(st.integers(0, 10**6), min_size=1, max_size=40))
def test_entitlements_add_up_to_the_order_to_the_piece_and_follow_capacity(
    quantity: int, capacities: list[int]
):
    amounts = turns.entitled_amounts(quantity, capacities)
    assert sum(amounts) == (quantity if sum(capacities) else 0)
    for amount, capacity in zip(amounts, capacities, strict=True):
        assert abs(amount * sum(capacities) - quantity * capacity) < max(1, sum(capacities))


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10_000))
def test_a_credit_is_never_above_the_published_one_and_whoever_had_the_own_part_has_none(had, due, highest):
    credit = turns.turn_credit(Turn(entitled=due, received=had), highest=highest)
    assert 0 <= credit <= highest
    assert credit == 0 or had < due
    assert not (due and had == 0) or credit == highest


def test_a_refusal_costs_no_turn_and_earns_none() -> None:
    assert turns.counted_after_passing(100, held=0) == 0
    assert turns.counted_after_passing(100, held=30) == 30
    assert turns.counted_after_passing(100, held=130) == 100


# the ledger


def test_who_waited_has_a_credit_in_the_next_order() -> None:
    first = near_and_far()
    decided(first)
    turn = turns_of("masker-kain")[far_maker().pk]
    assert turn.received < turn.entitled
    second = make.line(make.order(cost_budget_bp=0, visit_rupiah=0, turn_credit_bp=500), quantity=100)
    split = compute_split(line=second, by=OFFICER)
    row = split.rows.get(maker=far_maker())
    assert row.credits == {"turn": row.credit_rupiah, "entitled": turn.entitled, "received": turn.received}
    assert row.credit_rupiah == 170 * turn.behind_bp // 10_000 > 0
    assert row.quantity > 0
    assert row.price_rupiah == second.price_rupiah


def test_without_the_credit_the_same_maker_waits_again() -> None:
    decided(near_and_far())
    second = make.line(make.order(cost_budget_bp=0, visit_rupiah=0, turn_credit_bp=0), quantity=100)
    assert compute_split(line=second, by=OFFICER).rows.get(maker=far_maker()).quantity == 0


def test_the_ledger_forgets_what_is_older_than_a_year_and_orders_that_were_cancelled() -> None:
    with clock.set_to(clock.now() - timedelta(days=400)):
        line = near_and_far()
        decided(line)
        assert turns_of("masker-kain")
    assert turns_of("masker-kain") == {}
    recent = make.line(quantity=100)
    decided(recent)
    assert turns_of("masker-kain")
    type(recent.order).objects.update(cancelled_at=clock.now(), cancelled_by=HEAD, cancelled_reason="Batal")
    assert turns_of("masker-kain") == {}


def test_the_ledger_counts_what_is_held_and_what_is_still_offered() -> None:
    line = near_and_far(near=1, far=1, quantity=400)
    decided(line)
    big = Share.objects.order_by("-quantity").first()
    assert big is not None
    assert turns_of("masker-kain")[big.maker_id].received == big.quantity
    kept = accept_share(share=big, by="link:1", quantity=big.quantity - 30)
    turn = turns_of("masker-kain")[big.maker_id]
    assert turn.received == kept.confirmed_quantity
    assert turn.behind == 0, "whoever took less than was offered is owed no more"
    release_share(share=kept, quantity=50, by="link:1")
    assert turns_of("masker-kain")[big.maker_id].behind == 0


def test_who_declines_neither_loses_nor_gains_a_turn() -> None:
    line = near_and_far(near=1, far=1, quantity=400)
    decided(line)
    share = Share.objects.first()
    assert share is not None
    before = turns_of("masker-kain")[share.maker_id]
    decline_share(share=share, by="link:1")
    after = turns_of("masker-kain")[share.maker_id]
    assert before.entitled > after.entitled == 0
    assert after.behind_bp == 0


def test_the_turns_of_several_kinds_are_asked_at_once_and_kept_apart(
    django_assert_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    decided(near_and_far())
    of_bags = near_and_far()
    decided(of_bags)
    of_bags.kind = GoodsKind.objects.create(code="tas", name="Tas", unit="piece")
    of_bags.save()
    makers = list(Maker.objects.values_list("pk", flat=True))
    with django_assert_num_queries(4):
        both = turns_of_kinds(["masker-kain", "tas"], makers=makers)
    alone = {(kind, maker): turn for kind in ("masker-kain", "tas") for maker, turn in turns_of(kind).items()}
    assert both == alone
    assert {kind for kind, _maker in both} == {"masker-kain", "tas"}


def test_a_line_does_not_count_for_its_own_split() -> None:
    line = near_and_far(turn_credit_bp=500)
    split = decided(line)
    assert not split.rows.exclude(credit_rupiah=0).exists()
    assert turns_of("masker-kain", except_line=line) == {}


# newcomers and priority villages


def test_newcomers_get_their_part_by_the_least_credit_that_does_it() -> None:
    decided_before = near_and_far(near=3, far=0, quantity=800)
    decided(decided_before)
    for share in Share.objects.all():
        accept_share(share=share, by="link:1")
    away = make.village("52.03.14.2001", "Sembalun", (-8_400_000, 116_560_000))
    for maker in Maker.objects.all():
        maker.goods.update(weekly_capacity=700)
    make.tailor(weekly=700, village=away)
    line = make.line(
        make.order(cost_budget_bp=0, visit_rupiah=0, newcomer_quota_bp=1_000, newcomer_credit_bp=1_000),
        quantity=1_000,
    )
    split = compute_split(line=line, by=OFFICER)
    assert split.newcomer_least == 100
    assert split.newcomer_quantity >= 100
    assert split.newcomer_credit_rupiah > 0
    row = split.rows.get(maker=far_maker())
    assert row.credits["newcomer"] == split.newcomer_credit_rupiah
    line.order.newcomer_credit_bp = 0
    line.order.save()
    assert compute_split(line=line, by=OFFICER).newcomer_quantity == 0


def test_a_priority_village_is_ranked_cheaper_only_while_it_is_on_the_list_at_publication() -> None:
    line = near_and_far(priority_credit_bp=1_000)
    village = far_maker().village
    listed = PriorityVillage.objects.create(
        village=village, basis="SK contoh", starts_on=clock.today() - timedelta(days=9), added_by=HEAD
    )
    PriorityVillage.objects.update(added_at=clock.now() - timedelta(days=9))
    row = compute_split(line=line, by=OFFICER).rows.get(maker=far_maker())
    assert row.credits == {"priority": 340}
    assert row.quantity > 0
    PriorityVillage.objects.update(added_at=clock.now() + timedelta(days=1))
    row = compute_split(line=line, by=OFFICER).rows.get(maker=far_maker())
    assert (row.credit_rupiah, row.quantity) == (0, 0), "what is added after publication does not count"
    listed.delete()


# proof


def test_credits_stand_in_the_reason_the_sums_and_the_proof(capsys: pytest.CaptureFixture[str]) -> None:
    line = near_and_far(near=2, far=2, quantity=400, priority_credit_bp=100)
    maker = Maker.objects.filter(village__name="Sembalun").first()
    assert maker
    PriorityVillage.objects.create(
        village=maker.village, basis="SK contoh", starts_on=clock.today() - timedelta(days=1), added_by=HEAD
    )
    PriorityVillage.objects.update(added_at=clock.now() - timedelta(days=1))
    split = decided(line)
    chosen = split.rows.filter(quantity__gt=0)
    assert split.credits_rupiah == sum(row.credit_rupiah * row.quantity for row in chosen)
    assert split.ranked_cost_rupiah == split.cost_rupiah - split.credits_rupiah
    assert split.gap_rupiah >= 0
    assert split.uncredited_cost_rupiah <= split.cost_rupiah
    for row in split.rows.filter(reason=Reason.COST).exclude(credit_rupiah=0):
        assert "Rp34" in reason_sentence(row.reason, row.numbers)
    call_command("recompute", line.order.code)


def test_the_seal_of_the_draw_is_fixed_at_publication_and_no_later_seal_changes_it() -> None:
    from django.db import transaction

    order = make.order(published=False)
    make.line(order, quantity=100)
    make.tailor()
    with transaction.atomic():
        leave_record(subject="x:1", deed="tes", by=OFFICER, content={})
    first = seal_all(by="command:seal-records")
    order = publish_order(order=order, by=OFFICER)
    assert first
    assert order.draw_seal == first.hash
    line = order.lines.get()
    seed = compute_split(line=line, by=OFFICER).seed
    assert seal_all(by="command:seal-records") is not None
    assert compute_split(line=line, by=OFFICER).seed == seed
    assert seed.endswith(first.hash)


def test_where_nothing_was_sealed_yet_publishing_seals_the_records() -> None:
    order = make.order(published=False)
    make.line(order, quantity=100)
    with_record = publish_order(order=order, by=OFFICER)
    assert with_record.draw_seal == "" or len(with_record.draw_seal) == 64
