"""A line is split, proposed, decided; from then on its shares stand offered."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from foundation import clock
from foundation.errors import Refused
from lumbung.certification.models import HeldCertificate, Scheme
from lumbung.orders.actions.ordering import cancel_order
from lumbung.orders.actions.splitting import compute_split, decide_split, propose_split, return_split
from lumbung.orders.choices import Reason, ShareState, SplitState
from lumbung.orders.models import Order, OrderLine, RequiredScheme, Share, Split
from lumbung.orders.rules import deciding
from lumbung.orders.rules.plan import by_household
from lumbung.orders.rules.reasons import change_sentence, reason_sentence
from lumbung.orders.rules.sums import unpaired
from lumbung.orders.tests import factories as make
from lumbung.people.models import Link
from lumbung.records.models import Record

pytestmark = pytest.mark.django_db
OFFICER, HEAD = "person:1", "person:2"


def line_over(count: int, *, quantity: int = 1_000, weekly: int = 70) -> OrderLine:
    """A published line that `count` tailors could make, each 280 pieces until the due date."""
    for _ in range(count):
        make.tailor(weekly=weekly)
    return make.line(quantity=quantity)


def decided(line: OrderLine) -> Split:
    split = propose_split(split=compute_split(line=line, by=OFFICER), by=OFFICER)
    return decide_split(split=split, by=HEAD)


def test_the_shares_of_a_split_add_up_to_the_order() -> None:
    split = compute_split(line=line_over(6), by=OFFICER)
    assert sum(split.rows.values_list("quantity", flat=True)) == 1_000
    assert split.quantity == 1_000


def test_every_maker_of_the_goods_has_one_row_with_one_reason() -> None:
    split = compute_split(line=line_over(30), by=OFFICER)
    assert split.rows.count() == 30
    assert {row.reason for row in split.rows.all()} <= set(Reason.values)


def test_the_cost_is_amount_times_price_and_transport_plus_visits() -> None:
    split = compute_split(line=line_over(6), by=OFFICER)
    rows = split.rows.filter(quantity__gt=0)
    total = sum(r.quantity * (r.price_rupiah + r.transport_rupiah) + r.visit_rupiah for r in rows)
    assert split.cost_rupiah == total
    assert split.lower_bound_rupiah <= split.cost_rupiah


def test_the_frontier_has_ten_budgets_and_the_largest_share_never_grows() -> None:
    split = compute_split(line=line_over(30), by=OFFICER)
    shares = [point["largest_share"] for point in split.frontier]
    assert len(shares) == 10
    assert shares == sorted(shares, reverse=True)


def test_an_order_beyond_all_capacity_is_refused_with_the_most_that_can_be_delivered() -> None:
    line = line_over(3)
    with pytest.raises(Refused, match="840"):
        compute_split(line=line, by=OFFICER)
    assert Split.objects.count() == 0


def test_an_order_that_nobody_makes_is_refused() -> None:
    with pytest.raises(Refused):
        compute_split(line=make.line(), by=OFFICER)


def test_an_unpublished_order_is_not_split() -> None:
    line = make.line(make.order(published=False))
    with pytest.raises(Refused):
        compute_split(line=line, by=OFFICER)


def test_a_new_draft_takes_the_place_of_the_old_one() -> None:
    line = line_over(6)
    first = compute_split(line=line, by=OFFICER)
    compute_split(line=line, by=OFFICER, budget_bp=0)
    first.refresh_from_db()
    assert first.state == SplitState.SUPERSEDED
    assert line.splits.filter(state=SplitState.DRAFTED).count() == 1


def test_a_budget_beyond_the_programme_can_be_looked_at_and_not_proposed() -> None:
    split = compute_split(line=line_over(6), by=OFFICER, budget_bp=500)
    with pytest.raises(Refused):
        propose_split(split=split, by=OFFICER)


def test_whoever_proposed_cannot_decide() -> None:
    split = propose_split(split=compute_split(line=line_over(6), by=OFFICER), by=OFFICER)
    with pytest.raises(Refused):
        decide_split(split=split, by=OFFICER)
    assert Share.objects.count() == 0


def test_the_database_itself_refuses_a_split_decided_by_its_proposer() -> None:
    split = propose_split(split=compute_split(line=line_over(6), by=OFFICER), by=OFFICER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Split.objects.filter(pk=split.pk).update(
            state="decided", decided_at=split.proposed_at, decided_by=OFFICER
        )


def test_a_decision_offers_a_share_and_a_link_to_every_chosen_maker() -> None:
    split = decided(line_over(6))
    shares = Share.objects.all()
    assert sum(share.quantity for share in shares) == 1_000
    assert {share.state for share in shares} == {ShareState.OFFERED}
    assert set(Link.objects.values_list("subject", flat=True)) == {share.key for share in shares}
    assert OrderLine.objects.get().offered_quantity == 1_000
    assert split.decided_by == HEAD


def test_a_decided_line_is_not_split_anew() -> None:
    line = line_over(6)
    decided(line)
    with pytest.raises(Refused):
        compute_split(line=line, by=OFFICER)


def test_a_returned_split_keeps_its_reason_and_offers_nothing() -> None:
    split = propose_split(split=compute_split(line=line_over(6), by=OFFICER), by=OFFICER)
    split = return_split(split=split, reason="Sumbawa Barat tidak mendapat bagian", by=HEAD)
    assert split.state == SplitState.RETURNED
    assert Share.objects.count() == 0


def test_a_split_is_not_returned_without_a_reason() -> None:
    split = propose_split(split=compute_split(line=line_over(6), by=OFFICER), by=OFFICER)
    with pytest.raises(Refused):
        return_split(split=split, reason=" ", by=HEAD)


def test_a_cancelled_order_is_not_decided() -> None:
    split = propose_split(split=compute_split(line=line_over(6), by=OFFICER), by=OFFICER)
    cancel_order(order=split.line.order, reason="Batal", by=OFFICER)
    with pytest.raises(Refused):
        decide_split(split=split, by=HEAD)


def test_who_lacks_a_required_certificate_is_refused_for_that_reason() -> None:
    line = line_over(6)
    scheme = Scheme.objects.create(code="jahit", name="Penjahit", name_en="Tailor", covers="skill")
    RequiredScheme.objects.create(order=line.order, scheme=scheme)
    for number, row in enumerate(compute_split_owners(line)[:5]):
        HeldCertificate.objects.create(
            scheme=scheme, person=row, number=f"J-{number}", valid_from="2025-01-01"
        )
    split = compute_split(line=line, by=OFFICER)
    refused = split.rows.get(eligible=False)
    assert (refused.reason, refused.quantity) == (Reason.CERTIFICATE, 0)


def compute_split_owners(line: OrderLine) -> list[object]:
    from lumbung.makers.models import Maker

    return [maker.owner for maker in Maker.objects.order_by("pk")]


def test_two_makers_with_one_bank_account_count_as_one() -> None:
    make.tailor(bank_account="0011223344", weekly=700)
    make.tailor(bank_account="0011223344", weekly=700)
    split = compute_split(line=make.line(quantity=100), by=OFFICER)
    assert split.eligible == 1
    assert split.rows.get(eligible=False).reason == Reason.DUPLICATE


def test_own_prices_above_the_ceiling_are_refused() -> None:
    order = make.order(price_mode="own")
    make.tailor(price=3_900)
    cheap = make.tailor(price=3_100)
    split = compute_split(line=make.line(order, quantity=100, price=3_400), by=OFFICER)
    assert split.rows.get(eligible=False).reason == Reason.PRICE_ABOVE_CEILING
    assert split.rows.get(maker=cheap).price_rupiah == 3_100


def test_with_one_price_for_all_nobody_is_paid_another() -> None:
    make.tailor(price=9_900)
    split = compute_split(line=make.line(quantity=100, price=3_400), by=OFFICER)
    assert split.rows.get().price_rupiah == 3_400


def test_what_is_promised_elsewhere_is_no_longer_free() -> None:
    maker = make.tailor(weekly=70)
    other = make.line(quantity=200)
    make.share(other, maker, 200)
    with pytest.raises(Refused, match="80"):
        compute_split(line=make.line(quantity=100), by=OFFICER)


def test_a_decided_split_can_be_computed_again_from_its_inputs(capsys: pytest.CaptureFixture[str]) -> None:
    split = decided(line_over(30))
    call_command("recompute", split.line.order.code)
    assert "cocok" in capsys.readouterr().out


def test_splitting_leaves_its_records_in_order() -> None:
    split = decided(line_over(6))
    deeds = (
        Record.objects.filter(subject=split.line.order.key)
        .order_by("position")
        .values_list("deed", flat=True)
    )
    assert list(deeds) == ["orders.split_computed", "orders.split_proposed", "orders.split_decided"]


def test_without_a_common_limit_one_maker_may_make_the_whole_order_and_is_told_so() -> None:
    make.tailor(weekly=700)
    make.tailor(weekly=700, lot=2_000)
    split = compute_split(line=make.line(quantity=100), by=OFFICER, budget_bp=0)
    assert sorted(split.rows.values_list("reason", "quantity")) == [
        (Reason.LOT_ABOVE_ORDER, 0),
        (Reason.WHOLE_ORDER, 100),
    ]
    left = split.rows.get(quantity=0)
    assert "2.000" in reason_sentence(left.reason, left.numbers)
    assert change_sentence(left.reason, left.numbers) == "Ikut bila minimum 100 atau kurang"


def test_the_cheapest_plan_is_kept_as_amounts_that_add_up_to_the_order() -> None:
    split = compute_split(line=line_over(30), by=OFFICER)
    amounts = unpaired(split.cheapest_amounts)
    assert sum(amounts) == sum(unpaired(split.household_amounts)) == 1_000
    assert amounts == sorted(amounts, reverse=True)


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 20)), max_size=20))
def test_a_groups_share_is_drawn_by_its_houses_and_loses_no_piece(amounts: list[tuple[int, int]]) -> None:
    shares = by_household(amounts)
    assert sum(shares) == sum(quantity for quantity, _houses in amounts)
    assert shares == sorted(shares, reverse=True)
    assert all(shares)


def test_the_seed_of_the_draw_has_room_for_a_published_seal() -> None:
    line = line_over(6)
    line.order.draw_seal = "ab" * 32
    split = compute_split(line=line, by=OFFICER)
    assert split.seed.endswith("|" + "ab" * 32)
    assert len(split.seed) <= (Split._meta.get_field("seed").max_length or 0)


def test_two_orders_never_promise_the_same_hours_twice() -> None:
    first, second = line_over(4), make.line(quantity=1_000)
    splits = [
        propose_split(split=compute_split(line=line, by=OFFICER), by=OFFICER) for line in (first, second)
    ]
    decide_split(split=splits[0], by=HEAD)
    with pytest.raises(Refused):
        decide_split(split=splits[1], by=HEAD)
    assert Share.objects.filter(line=second).count() == 0


def test_who_paused_since_the_plan_was_computed_is_not_offered_a_share() -> None:
    split = propose_split(split=compute_split(line=line_over(6), by=OFFICER), by=OFFICER)
    row = split.rows.filter(quantity__gt=0).first()
    assert row
    type(row.maker).objects.filter(pk=row.maker_id).update(state="paused")
    with pytest.raises(Refused):
        decide_split(split=split, by=HEAD)
    assert Share.objects.count() == 0


def test_a_split_that_takes_everybodys_time_can_be_decided_some_days_later() -> None:
    split = propose_split(split=compute_split(line=line_over(4, quantity=1_120), by=OFFICER), by=OFFICER)
    assert {row.quantity for row in split.rows.all()} == {280}
    with clock.set_to(split.computed_at + timedelta(days=3)):
        decide_split(split=split, by=HEAD)
    assert sum(share.quantity for share in Share.objects.all()) == 1_120


def test_a_split_that_waited_too_long_is_only_given_back() -> None:
    split = propose_split(split=compute_split(line=line_over(6), by=OFFICER), by=OFFICER)
    with clock.set_to(split.computed_at + deciding.STANDS + timedelta(days=1)):
        with pytest.raises(Refused, match="7"):
            decide_split(split=split, by=HEAD)
        assert return_split(split=split, reason="Hitung ulang", by=HEAD).state == SplitState.RETURNED


def test_a_split_is_not_decided_on_its_due_date() -> None:
    line = line_over(6)
    split = propose_split(split=compute_split(line=line, by=OFFICER), by=OFFICER)
    Order.objects.update(due_on=clock.today())
    with pytest.raises(Refused):
        decide_split(split=split, by=HEAD)
