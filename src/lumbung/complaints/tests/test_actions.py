from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation import clock
from foundation.errors import Refused
from lumbung.complaints import actions, queries, rules
from lumbung.complaints.actions import About
from lumbung.complaints.models import Complaint, Remedy
from lumbung.complaints.tests import factories as make
from lumbung.deliveries.tests import factories as brought
from lumbung.lots.actions import material
from lumbung.lots.models import Lot, LotUse
from lumbung.lots.tests import factories as lots
from lumbung.money.models import Due
from lumbung.money.tests import factories as money
from lumbung.orders.tests.factories import tailor
from lumbung.records.models import Record
from lumbung.records.queries import told

pytestmark = pytest.mark.django_db
WHY = "Diganti dari stok baru."


def settle(complaint: Complaint, quantity: int, kind: str = "replaced", **given) -> Remedy:
    fields = {"reason": WHY, "by": make.OFFICER} | given
    return actions.settle_pieces(complaint=complaint, kind=kind, quantity=quantity, **fields)


def now(complaint: Complaint) -> Complaint:
    return Complaint.objects.get(pk=complaint.pk)


def test_a_complaint_gets_a_number_and_a_day_within_two_working_days():
    with clock.set_to(clock.start_of(date(2026, 5, 8)) + timedelta(hours=9)):  # a Friday
        complaint = make.complaint()
    assert complaint.code == "KLH-2026-0001"
    assert complaint.due_on == date(2026, 5, 12)


def test_156_bottles_are_replaced_and_somebody_else_closes_it():
    complaint = make.complaint(156)
    with pytest.raises(Refused, match="156 pieces are still open"):
        actions.close_complaint(complaint=complaint, reason="Selesai semua.", by=make.HEAD)
    settle(complaint, 156)
    with pytest.raises(Refused, match="first answer"):
        actions.close_complaint(complaint=complaint, reason="Selesai semua.", by=make.HEAD)
    actions.answer_complaint(complaint=complaint, answer="Diganti hari ini juga.", by=make.OFFICER)
    with pytest.raises(Refused, match="Somebody else"):
        actions.close_complaint(complaint=complaint, reason="Selesai semua.", by=make.OFFICER)
    closed = actions.close_complaint(complaint=complaint, reason="Semua botol diganti.", by=make.HEAD)
    assert (closed.open_quantity, closed.is_open, rules.state_of(closed)[1]) == (0, False, "Closed")
    with pytest.raises(Refused, match="closed"):
        settle(complaint, 1)


def test_never_more_is_settled_than_is_open():
    complaint = make.complaint(10)
    settle(complaint, 4)
    with pytest.raises(Refused, match="Of 10 pieces 6 are still open"):
        settle(complaint, 7)
    assert now(complaint).open_quantity == 6


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["replaced", "refunded", "dismissed"]), st.integers(-2, 60)), max_size=8
    )
)
def test_complained_is_replaced_and_refunded_and_dismissed_and_open(steps):
    with transaction.atomic():
        complaint = make.complaint(100)
        for kind, quantity in steps:
            with suppress(Refused):
                settle(complaint, quantity, kind, refund_rupiah=1_000 if kind == "refunded" else 0)
            found = now(complaint)
            parts = found.replaced_quantity, found.refunded_quantity, found.dismissed_quantity
            assert found.quantity == sum(parts) + found.open_quantity
            assert found.open_quantity >= 0
            assert sum(parts) == sum(
                Remedy.objects.filter(complaint=found).values_list("quantity", flat=True)
            )
        transaction.set_rollback(True)


def test_the_table_refuses_more_than_was_complained_of():
    complaint = make.complaint(10)
    with pytest.raises(IntegrityError, match="complaint_adds_up"), transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).update(replaced_quantity=11)


def test_a_refund_names_its_money_and_nothing_else_does():
    complaint = make.complaint(10)
    with pytest.raises(Refused, match="money"):
        settle(complaint, 4, "refunded")
    with pytest.raises(Refused, match="money"):
        settle(complaint, 4, "replaced", refund_rupiah=5_000)
    assert settle(complaint, 4, "refunded", refund_rupiah=60_000).refund_rupiah == 60_000


def test_a_complaint_is_traced_from_the_buyer_to_the_houses_and_the_material():
    kain, maker = lots.material(tracks_lots=True), tailor("Jahit Sahnim")
    store = lots.store()
    material.receive(material=kain, quantity=1_000_000, store=store, origin="Toko Contoh", by=lots.BY)
    cloth = Lot.objects.get(material=kain)
    lot = lots.lot(maker, 100)
    LotUse.objects.create(lot=lot, parent=cloth, quantity=120_000)
    delivery = brought.delivery(100, of=brought.share(100, maker=maker), lot_key=lot.key)
    trace = queries.trace_of(make.complaint(10, about=About(lot=lot)))
    assert [each.code for each in trace.deliveries] == [delivery.code]
    assert [(each.maker, each.quantity) for each in trace.made_by] == [(maker, 100)]
    assert [each.pk for each in trace.material] == [cloth.pk]
    by_delivery = queries.trace_of(make.complaint(10, about=About(delivery=delivery)))
    assert [each.pk for each in by_delivery.lots] == [lot.pk]
    by_order = queries.trace_of(make.complaint(10, about=About(order=delivery.share.line.order)))
    assert [each.pk for each in by_order.lots] == [lot.pk]


def test_lots_are_recalled_for_a_complaint():
    lot = lots.lot(tailor(), 100)
    complaint = make.complaint(10, about=About(lot=lot))
    remedy = actions.recall_for(
        complaint=complaint, lots=[lot], reason="Berbau tengik.", advice="Jangan dipakai.", by=make.OFFICER
    )
    assert (Lot.objects.get(pk=lot.pk).recall, remedy.quantity) == (remedy.recall, 0)
    assert now(complaint).open_quantity == 10


def test_a_due_is_corrected_only_by_a_person_with_a_reason_and_only_behind_the_complaint():
    delivery = brought.delivery(100)
    share = delivery.share
    due = money.due(share=share.key, of=share.maker.party, amount=300_000)
    other = money.due(share="share:999999", amount=300_000)
    complaint = make.complaint(10, about=About(delivery=delivery))
    given = {"complaint": complaint, "right_rupiah": 270_000, "by": make.OFFICER}
    with pytest.raises(Refused, match="reason"):
        actions.correct_due_for(due=due, reason=" ", **given)
    with pytest.raises(Refused, match="behind this complaint"):
        actions.correct_due_for(due=other, reason="Sepuluh buah rusak.", **given)
    remedy = actions.correct_due_for(due=due, reason="Sepuluh buah rusak.", **given)
    entry = Due.objects.get(pk=remedy.due_entry)
    assert (entry.amount_rupiah, entry.corrects) == (-30_000, due)


def test_settling_alone_takes_nothing_from_a_maker():
    delivery = brought.delivery(100)
    money.due(share=delivery.share.key, of=delivery.share.maker.party, amount=300_000)
    complaint = make.complaint(10, about=About(delivery=delivery))
    settle(complaint, 10, "refunded", refund_rupiah=50_000)
    assert Due.objects.filter(share=delivery.share.key).count() == 1


def test_what_is_about_nothing_or_says_nothing_is_refused():
    with pytest.raises(Refused, match="code of the lot"):
        make.complaint(about=About())
    with pytest.raises(Refused, match="sentence"):
        make.complaint(words="Bau")
    with pytest.raises(Refused, match="number from 1"):
        make.complaint(0, about=About(delivery=brought.delivery(5)))


def test_one_phone_has_three_open_complaints_at_most():
    delivery = brought.delivery(10)
    for _number in range(3):
        make.complaint(1, about=About(delivery=delivery), phone="081234567890")
    with pytest.raises(Refused, match="Three complaints"):
        make.complaint(1, about=About(delivery=delivery), phone="081234567890")


def test_the_clock_tells_when_nobody_has_answered():
    complaint = make.complaint()
    assert not rules.is_late(complaint)
    with clock.set_to(clock.now() + timedelta(days=7)):
        assert rules.is_late(complaint)
        assert rules.state_of(complaint)[1] == "Past its day"
        actions.answer_complaint(complaint=complaint, answer="Segera kami ganti.", by=make.OFFICER)
        assert not rules.is_late(now(complaint))
        with pytest.raises(Refused, match="already"):
            actions.answer_complaint(complaint=complaint, answer="Sekali lagi.", by=make.OFFICER)


def test_every_deed_is_told_in_a_sentence_and_keeps_no_words():
    complaint = make.complaint()
    settle(complaint, 156)
    actions.answer_complaint(complaint=complaint, answer="Diganti hari ini juga.", by=make.OFFICER)
    actions.close_complaint(complaint=complaint, reason="Semua botol diganti.", by=make.HEAD)
    records = Record.objects.filter(deed__startswith="complaints.")
    said = [row.sentence for row in told(records)]
    assert len(said) == 4
    assert all(complaint.code in sentence for sentence in said), said
    assert not any("tengik" in record.content or "botol" in record.content for record in records)
