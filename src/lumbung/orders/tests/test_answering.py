"""A maker answers an offered share."""

from datetime import timedelta

import pytest

from foundation import clock
from foundation.errors import Refused
from lumbung.orders.actions.answering import accept_share, decline_share, release_share
from lumbung.orders.actions.ordering import cancel_order
from lumbung.orders.choices import DeclineReason, ShareState
from lumbung.orders.models import OrderLine, Share
from lumbung.orders.tests import factories as make
from lumbung.records.models import Record

pytestmark = pytest.mark.django_db
ME = "link:1"


def quiet_line(**fields: object) -> OrderLine:
    """A line whose declined shares wait for an officer."""
    return make.line(make.order(resplits_itself=False), **fields)  # type: ignore[arg-type]


def offered(quantity: int = 693, of: OrderLine | None = None, lot: int = 1) -> Share:
    of = of or quiet_line()
    return make.sent(make.share(of, make.tailor(), quantity, minimum_lot=lot))


def test_an_accepted_share_is_confirmed_to_the_piece() -> None:
    share = accept_share(share=offered(), by=ME)
    line = OrderLine.objects.get()
    assert (share.state, share.confirmed_quantity) == (ShareState.ACCEPTED, 693)
    assert (line.confirmed_quantity, line.offered_quantity, line.remaining_quota) == (693, 0, 307)


def test_an_answer_leaves_a_record_with_the_numbers() -> None:
    share = accept_share(share=offered(), by=ME)
    record = Record.objects.get(deed="orders.share_accepted")
    assert record.subject == share.line.order.key
    assert record.actor == ME
    assert '"confirmed":693' in record.content


def test_taking_less_confirms_that_much_and_frees_the_rest() -> None:
    share = accept_share(share=offered(), by=ME, quantity=400)
    line = OrderLine.objects.get()
    assert (share.state, share.confirmed_quantity) == (ShareState.PARTLY, 400)
    assert (line.confirmed_quantity, line.unplaced_quantity) == (400, 600)


@pytest.mark.parametrize("quantity", [0, -5, 39, 694])
def test_a_part_outside_the_own_lot_and_the_share_is_refused_at_the_field(quantity: int) -> None:
    share = offered(lot=40)
    with pytest.raises(Refused) as refusal:
        accept_share(share=share, by=ME, quantity=quantity)
    assert refusal.value.field == "quantity"
    assert Share.objects.get().state == ShareState.OFFERED


def test_declining_keeps_the_reason_and_confirms_nothing() -> None:
    share = decline_share(share=offered(), by=ME, reason=DeclineReason.MATERIAL)
    line = OrderLine.objects.get()
    assert (share.state, share.decline_reason) == (ShareState.DECLINED, DeclineReason.MATERIAL)
    assert (line.confirmed_quantity, line.offered_quantity) == (0, 0)


def test_answering_twice_is_refused_and_changes_nothing() -> None:
    share = accept_share(share=offered(), by=ME)
    with pytest.raises(Refused):
        decline_share(share=share, by=ME)
    assert Share.objects.get().state == ShareState.ACCEPTED


def test_an_answer_after_the_term_is_refused_even_if_nobody_has_noted_it() -> None:
    share = offered()
    with clock.set_to(clock.now() + timedelta(hours=49)), pytest.raises(Refused):
        accept_share(share=share, by=ME)
    assert OrderLine.objects.get().confirmed_quantity == 0


def test_an_answer_in_the_last_minute_counts() -> None:
    share = offered()
    with clock.set_to(share.answer_until - timedelta(minutes=1)):  # type: ignore[operator]
        assert accept_share(share=share, by=ME).state == ShareState.ACCEPTED


def test_an_offer_of_a_cancelled_order_cannot_be_accepted() -> None:
    share = offered()
    cancel_order(order=share.line.order, reason="Anggaran dicabut", by="person:1")
    with pytest.raises(Refused):
        accept_share(share=share, by=ME)
    assert Share.objects.get().state == ShareState.WITHDRAWN


def test_the_last_acceptance_fills_the_quota_and_says_since_when() -> None:
    line = quiet_line(quantity=100)
    accept_share(share=offered(60, line), by=ME)
    line.refresh_from_db()
    assert line.full_since is None
    accept_share(share=offered(40, line), by=ME)
    line.refresh_from_db()
    assert line.full_since is not None
    assert Record.objects.filter(deed="orders.quota_full").count() == 1


def test_giving_back_frees_what_is_not_made_yet() -> None:
    share = accept_share(share=offered(), by=ME)
    share = release_share(share=share, quantity=93, by=ME)
    line = OrderLine.objects.get()
    assert share.held_quantity == 600
    assert (line.confirmed_quantity, line.unplaced_quantity) == (600, 400)


@pytest.mark.parametrize("quantity", [0, 694])
def test_nobody_gives_back_more_than_is_held(quantity: int) -> None:
    share = accept_share(share=offered(), by=ME)
    with pytest.raises(Refused):
        release_share(share=share, quantity=quantity, by=ME)
    assert OrderLine.objects.get().confirmed_quantity == 693


def test_a_share_that_was_never_confirmed_cannot_be_given_back() -> None:
    with pytest.raises(Refused):
        release_share(share=offered(), quantity=1, by=ME)
