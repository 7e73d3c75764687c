"""An order ends when nothing of it is open any more; what will not come is closed with a reason."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.errors import Refused
from lumbung.deliveries import actions, queries
from lumbung.deliveries.models import Closing, Move
from lumbung.deliveries.tests import factories as make
from lumbung.deliveries.tests.browsing import browser, text
from lumbung.money.queries import totals_of
from lumbung.money.tests import factories as money
from lumbung.orders.actions.answering import release_share
from lumbung.orders.actions.finishing import finish_order, reopen_order
from lumbung.orders.actions.ordering import cancel_order
from lumbung.orders.choices import OrderState
from lumbung.orders.models import Order, OrderLine
from lumbung.orders.queries.order_list import in_state
from lumbung.orders.queries.stages import stages_of
from lumbung.orders.rules.order import order_state
from lumbung.orders.tests import factories as orders
from lumbung.organisations.tests.factories import Cast
from lumbung.records.models import Record

pytestmark = pytest.mark.django_db


def held(quantity: int = 1_000, **fields):
    """A share of a line that is full by it."""
    share = make.share(quantity, **fields)
    OrderLine.objects.filter(pk=share.line_id).update(confirmed_quantity=quantity)
    return share


def whole(share, quantity: int | None = None):
    """All of it handed over, inspected and passed."""
    made = make.delivery(quantity or share.held_quantity, of=share)
    actions.close_inspection(delivery=made, accepted=made.open_quantity, by=make.RAHMAT)
    return made


def refused(call, **given) -> str:
    with pytest.raises(Refused) as found:
        call(by=make.SITI, **given)
    return found.value.sentence


def told(deed: str):
    return json.loads(Record.objects.get(deed=deed).content)


def again(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def test_an_order_ends_when_everything_was_handed_over_and_passed():
    share = held(1_000)
    order = share.line.order
    assert "1 share has still 1,000 to hand over" in refused(finish_order, order=order)
    made = make.delivery(1_000, of=share)
    assert refused(finish_order, order=order) == "1,000 are not inspected yet."
    actions.close_inspection(delivery=made, accepted=880, findings=[make.rework(120)], by=make.RAHMAT)
    assert refused(finish_order, order=order) == "120 are in rework."
    actions.second_inspection(delivery=made, accepted=120, by=make.RAHMAT)
    finish_order(order=order, by=make.SITI)
    order = again(order)
    assert order_state(order, order.lines.all()) == OrderState.FINISHED
    assert list(in_state(Order.objects.all(), "finished")) == [order]
    assert not in_state(Order.objects.all(), "full").exists()
    assert told("orders.order_finished") == {"missing": 0, "note": ""}


def test_pieces_that_never_passed_need_a_word_about_them():
    share = held(1_000)
    made = make.delivery(1_000, of=share)
    actions.close_inspection(delivery=made, accepted=932, findings=[make.reject(68)], by=make.RAHMAT)
    order = share.line.order
    assert refused(finish_order, order=order).startswith("68 of the order did not come, or did not pass.")
    finish_order(order=order, note="Pembeli menerima 932.", by=make.SITI)
    assert again(order).finished_note == "Pembeli menerima 932."


def test_what_will_not_come_is_closed_with_a_reason_and_then_nothing_is_waited_for():
    share = held(1_000)
    order = share.line.order
    whole(share, 900)
    assert "Write why" in refused(actions.close_share, share=share, reason=" ")
    actions.close_share(share=share, reason="Penjahit sakit.", by=make.SITI)
    assert "Penjahit sakit." in refused(make.delivery, quantity=1, of=share)
    assert "closed already" in refused(actions.close_share, share=share, reason="Sekali lagi")
    finish_order(order=order, note="Seratus tidak jadi.", by=make.SITI)
    assert again(order).finished_at


def test_a_closing_is_taken_back_by_an_entry_that_points_at_it():
    share = held(1_000)
    closing = actions.close_share(share=share, reason="Penjahit sakit.", by=make.SITI)
    actions.reopen_share(share=share, reason="Sudah sembuh.", by=make.SITI)
    assert Closing.objects.get(corrects=closing).reason == "Sudah sembuh."
    assert queries.closing_of(share) is None
    whole(share)
    assert "still to come" in refused(actions.close_share, share=share, reason="Tidak perlu")
    actions_left = refused(actions.reopen_share, share=share, reason="Lagi")
    assert actions_left == "The rest of this share is not closed."


def test_nothing_moves_in_a_finished_order_until_it_is_opened_again():
    share = held(1_000)
    made = whole(share, 900)
    actions.close_share(share=share, reason="Tidak cukup bahan.", by=make.SITI)
    order = share.line.order
    finish_order(order=order, note="Seratus tidak jadi.", by=make.SITI)
    closed = "This order is finished. Open it again first."
    move = Move.objects.get(to_place="accepted")
    share = type(share).objects.get(pk=share.pk)
    assert refused(make.delivery, quantity=1, of=share) == closed
    assert refused(actions.correct_delivery, delivery=made, quantity=899, reason="Salah") == closed
    assert refused(actions.correct_move, move=move, quantity=1, instead="rejected", reason="Salah") == closed
    assert refused(actions.reopen_share, share=share, reason="Salah") == closed
    assert refused(cancel_order, order=order, reason="Salah") == closed
    assert refused(release_share, share=share, quantity=1) == closed
    assert refused(finish_order, order=order) == closed
    assert "Write the reason" in refused(reopen_order, order=order, reason="")
    reopen_order(order=order, reason="Salah hitung.", by=make.SITI)
    actions.correct_move(move=move, quantity=1, instead="rejected", reason="Salah", by=make.SITI)
    assert told("orders.order_reopened") == {"reason": "Salah hitung."}


def test_an_order_with_open_offers_or_without_a_share_is_not_over():
    line = orders.line(quantity=100)
    assert "No maker holds a share" in refused(finish_order, order=line.order)
    OrderLine.objects.filter(pk=line.pk).update(offered_quantity=40)
    assert refused(finish_order, order=line.order).startswith("40 are still with makers")


# Pages


def test_an_officer_closes_the_rest_and_finishes_by_the_pages(people: Cast):
    share = held(1_000)
    whole(share, 900)
    order = share.line.order
    officer = browser(people.officer)
    page = text(officer.get(f"{order.get_absolute_url()}selesai/"))
    assert "1 share has still 100 to hand over" in page
    assert (
        f"/penyerahan/bagian/{share.pk}/tutup/"
        in officer.get(f"{order.get_absolute_url()}selesai/").content.decode()
    )
    officer.post(f"/penyerahan/bagian/{share.pk}/tutup/", {"reason": "Tidak cukup bahan."})
    assert "100 will not come: Tidak cukup bahan." in text(
        officer.get(f"{order.get_absolute_url()}bagian/{share.pk}/")
    )
    detail = text(officer.get(order.get_absolute_url()))
    assert "Everything was handed over and inspected." in detail
    officer.post(f"{order.get_absolute_url()}selesai/", {"note": "Seratus tidak jadi."})
    detail = text(officer.get(order.get_absolute_url()))
    assert "Finished" in detail
    assert "Seratus tidak jadi." in detail
    assert "This order is finished" in text(
        Client(headers={"accept-language": "en"}).get(f"/kuota/{order.code}/")
    )
    officer.post(f"{order.get_absolute_url()}buka-lagi/", {"reason": "Salah hitung."})
    assert again(order).finished_at is None


@pytest.mark.parametrize("role", ["decider", "treasurer", "auditor", "buyer", "maker"])
def test_only_an_officer_finishes_and_closes(people: Cast, role: str):
    share = held(100)
    client = browser(people.by_role[role])
    for address in (
        f"{share.line.order.get_absolute_url()}selesai/",
        f"{share.line.order.get_absolute_url()}buka-lagi/",
        f"/penyerahan/bagian/{share.pk}/tutup/",
    ):
        assert client.get(address).status_code in (302, 403, 404)
        assert client.post(address, {"note": "x", "reason": "x"}).status_code in (302, 403, 404)
    assert not again(share.line.order).finished_at
    assert not Closing.objects.exists()


# How far a share is


def stage(share) -> str:
    found = type(share).objects.get(pk=share.pk)
    return stages_of([found]).get(found.pk, "")


def test_a_share_goes_from_delivered_over_inspected_to_paid():
    share = held(1_000)
    money.price(f"line:{share.line_id}")
    assert stage(share) == ""
    made = make.delivery(600, of=share)
    actions.close_inspection(delivery=made, accepted=600, by=make.RAHMAT)
    assert stage(share) == "delivered"
    made = make.delivery(400, of=share)
    assert stage(share) == "delivered"
    actions.close_inspection(delivery=made, accepted=390, findings=[make.rework(10)], by=make.RAHMAT)
    assert stage(share) == "delivered"
    actions.second_inspection(delivery=made, accepted=10, by=make.RAHMAT)
    assert stage(share) == "inspected"
    owed = totals_of([share.key])[share.key].due
    money.paid(owed - 1, share=share.key)
    assert stage(share) == "inspected"
    money.paid(1, share=share.key)
    assert stage(share) == "paid"


def test_a_closed_rest_is_not_waited_for():
    share = held(1_000)
    whole(share, 900)
    assert stage(share) == "delivered"
    actions.close_share(share=share, reason="Tidak cukup bahan.", by=make.SITI)
    assert stage(share) == "inspected"


def test_the_stage_stands_on_the_list_of_shares_and_on_the_makers_page_in_three_queries(people: Cast):
    shares = [held(100, name=f"Penjahit {letter}") for letter in "ABC"]
    whole(shares[0])
    make.delivery(10, of=shares[1])
    found = list(type(shares[0]).objects.filter(pk__in=[share.pk for share in shares]))
    with CaptureQueriesContext(connection) as asked:
        told = stages_of(found)
    assert told == {shares[0].pk: "inspected", shares[1].pk: "delivered"}
    assert len(asked) == 3
    order = shares[0].line.order
    assert "Inspected" in text(browser(people.officer).get(f"{order.get_absolute_url()}bagian/"))
    _link, secret = orders.link_to(shares[0])
    assert "Inspected" in text(Client(headers={"accept-language": "en"}).get(f"/b/{secret}/"))
