"""The life of an order to its end: one in each state, and one finished whose sums hold to piece and rupiah."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import F, Sum

from foundation import clock
from lumbung.deliveries.models import Delivery, Finding, Inspection, Move
from lumbung.deliveries.queries import closing_of, open_in
from lumbung.dossier.models import Export
from lumbung.dossier.queries import signer
from lumbung.files.models import Attachment
from lumbung.letters.choices import LetterKind
from lumbung.money.models import Due, Payment
from lumbung.money.queries import standing_of
from lumbung.orders.choices import CONFIRMED_STATES, OrderState, SplitState
from lumbung.orders.models import Order, Share, Split
from lumbung.orders.rules.order import order_state
from lumbung.paperwork.queries import counts_of
from lumbung.production.models import Making
from orderdossier import verify

pytestmark = pytest.mark.usefixtures("demo")
LETTERS = [LetterKind.ORDER, LetterKind.DELIVERY, LetterKind.INSPECTION, LetterKind.RECEIPT]


def finished() -> Order:
    return Order.objects.get(finished_at__isnull=False)


def of(order: Order) -> list[Share]:
    shares = Share.objects.filter(line__order=order, state__in=CONFIRMED_STATES)
    return list(shares.order_by("-confirmed_quantity", "pk"))


def state(order: Order) -> OrderState:
    return order_state(order, order.lines.all())


def test_an_order_stands_in_each_state_of_its_life() -> None:
    orders = list(Order.objects.prefetch_related("lines"))
    assert {state(order) for order in orders} == set(OrderState)
    assert Split.objects.filter(state=SplitState.PROPOSED).exists()
    assert Making.objects.filter(made_quantity__gt=0, share__line__order__due_on__gt=clock.today()).exists()
    running = Order.objects.get(title="Kue kering untuk bazar")
    still = open_in(running)
    assert running.due_on > clock.today()
    assert min(still.to_come, still.unchecked, still.rework) > 0


def test_one_order_waits_for_its_payment_and_nothing_else() -> None:
    order = Order.objects.get(title="Kue kering untuk posyandu")
    still = open_in(order)
    assert (still.shares, still.unchecked, still.rework) == (0, 0, 0)
    for share in of(order):
        standing = standing_of(share.key)
        assert standing is not None
        assert standing.paid_rupiah == 0
        assert standing.open_rupiah == standing.due_rupiah == share.held_quantity * share.price_rupiah


def test_of_a_thousand_packs_812_passed_120_went_back_and_68_were_rejected() -> None:
    first = Inspection.objects.filter(delivery__share__line__order=finished()).order_by("pk")[0]
    assert (first.lot_quantity, first.looked_quantity, first.verdict) == (1_000, 1_000, "whole")
    moved = dict(first.moves.values_list("to_place", "quantity"))
    assert moved == {"accepted": 812, "rework": 120, "rejected": 68}
    reasons = {found.becomes: found for found in first.findings.all()}
    assert (reasons["rework"].quantity, reasons["rejected"].quantity) == (120, 68)
    assert all(found.words.startswith("DATA CONTOH") for found in reasons.values())


def test_every_finding_of_the_finished_order_has_a_photo_and_each_payment_its_proof() -> None:
    order = finished()
    keys = {found.key for found in Finding.objects.filter(inspection__delivery__share__line__order=order)}
    assert len(keys) == 4
    assert set(Attachment.objects.filter(subject__in=keys).values_list("subject", flat=True)) == keys
    shares = [share.key for share in of(order)]
    payments = Payment.objects.filter(allocations__due__share__in=shares).distinct()
    assert payments.count() == len(shares)
    assert all(payment.proof and payment.reference for payment in payments)


def test_one_lot_passed_by_sample_and_one_was_looked_at_again() -> None:
    inspections = Inspection.objects.filter(delivery__share__line__order=finished())
    assert [one.verdict for one in inspections.filter(looks="sample", verdict="passed")] == ["passed"]
    assert inspections.filter(round="again").count() == 1
    by_sample = Move.objects.filter(inspection__in=inspections, to_place="by_sample")
    assert by_sample.aggregate(sum=Sum("quantity"))["sum"] == 1_120


def test_the_finished_orders_pieces_add_up() -> None:
    order = finished()
    deliveries = Delivery.objects.filter(share__line__order=order)
    sums = deliveries.aggregate(
        delivered=Sum("delivered_quantity"),
        passed=Sum(F("accepted_quantity") + F("by_sample_quantity")),
        rejected=Sum("rejected_quantity"),
        open=Sum(F("open_quantity") + F("rework_quantity") + F("unpriced_quantity")),
    )
    held = sum(share.held_quantity for share in of(order))
    closed = [closing for share in of(order) if (closing := closing_of(share))]
    missing = sum(closing.missing_quantity for closing in closed)
    assert (held, missing, sums["open"]) == (4_500, 12, 0)
    assert sums["delivered"] == held - missing == sums["passed"] + sums["rejected"]
    assert sums["rejected"] == 68 + 8 + 2


def test_the_finished_order_is_paid_to_the_last_rupiah() -> None:
    for share in of(finished()):
        standing = standing_of(share.key)
        assert standing is not None
        passed = Delivery.objects.filter(share=share).aggregate(
            sum=Sum(F("accepted_quantity") + F("by_sample_quantity"))
        )["sum"]
        dues = Due.objects.filter(share=share.key).aggregate(sum=Sum("amount_rupiah"))["sum"]
        assert passed * share.price_rupiah == dues == standing.due_rupiah == standing.paid_rupiah > 0
        assert standing.open_rupiah == 0


def test_the_finished_order_lacks_no_letter() -> None:
    for kind, counted in counts_of(finished(), LETTERS).items():
        assert counted.missing == 0, kind


def test_the_dossier_of_the_finished_order_was_written_and_verifies(tmp_path: Path) -> None:
    order, target, said = finished(), tmp_path / "berkas.zip", StringIO()
    assert Export.objects.filter(order=order).count() == 1
    call_command("dossier", order.code, output=target, lang="en", stdout=StringIO())
    call_command("verify_dossier", target, key=str(signer().public), lang="en", stdout=said)
    assert verify(target, signer().public).faults == ()
    assert order.code in said.getvalue()
