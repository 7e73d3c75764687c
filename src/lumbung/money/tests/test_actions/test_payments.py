"""Claims and payments: by rank, with proof, corrected by entries."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation import clock
from foundation.errors import Refused
from lumbung.files.tests.factories import photo
from lumbung.money import actions, queries
from lumbung.money.choices import ClaimKind, DueKind
from lumbung.money.models import Allocation, Claim, Due, Payment, Standing
from lumbung.money.tests.factories import BY, account, due, paid, payee, payer
from lumbung.money.tests.test_actions.asking import claim, deeds, sums
from lumbung.organisations.tests.factories import party

pytestmark = pytest.mark.django_db


def test_claims_rank_in_the_order_in_which_they_are_registered():
    due(1000)
    first, second = claim(300, party("Koperasi")), claim(300, party("Toko"))
    assert (first.rank, second.rank) == (1, 2)


def test_nobody_has_a_claim_on_the_own_payment_or_without_a_basis():
    one = payee()
    due(1000, of=one)
    with pytest.raises(Refused, match="own payment"):
        claim(300, one)
    with pytest.raises(Refused, match="rests on"):
        actions.register_claim(
            share="share:1", kind=ClaimKind.LENDER, holder="party:9", confirmed_rupiah=1, basis="", by=BY
        )


def test_a_claim_is_paid_before_the_payee_and_before_lower_ranks():
    due(1000)
    shop, lender = party("Toko"), party("Koperasi")
    claim(300, shop), claim(500, lender)
    with pytest.raises(Refused, match=r"claims come first; Rp200 "):
        paid(201)
    paid(200)
    paid(500, to=lender.key)
    paid(300, to=shop.key)
    assert sums() == (1000, 1000, 0)
    assert queries.paid_by_claim(Claim.objects.all()) == {
        c.pk: c.confirmed_rupiah for c in Claim.objects.all()
    }


def test_a_lower_rank_gets_only_what_the_ranks_above_leave():
    due(1000)
    shop, lender = party("Toko"), party("Koperasi")
    claim(800, shop), claim(500, lender)
    with pytest.raises(Refused, match="Rp200"):
        paid(500, to=lender.key)
    with pytest.raises(Refused, match="Rp0"):
        paid(1)


def test_an_ended_claim_takes_nothing_and_says_why():
    due(1000)
    one = claim(800, party("Toko"))
    actions.end_claim(claim=one, reason="Dilunasi sendiri", by=BY)
    actions.end_claim(claim=one, reason="Lagi", by=BY)
    paid(1000)
    assert Claim.objects.get().ended_reason == "Dilunasi sendiri"
    assert deeds("share:1").count("money.claim_ended") == 1
    with pytest.raises(Refused, match="why it ends"):
        actions.end_claim(claim=claim(1, party("Lain")), reason="", by=BY)


def test_a_payment_sent_twice_is_one():
    due(1000)
    first, again = paid(400, entry_key="form:1"), paid(400, entry_key="form:1")
    assert first == again
    assert sums() == (1000, 400, 600)
    assert deeds(first.key) == ["money.payment_recorded"]


def test_a_payment_needs_a_proof_a_day_that_was_and_no_more_than_is_open():
    due(1000)
    with pytest.raises(Refused, match="proof"):
        paid(400, reference="")
    with pytest.raises(Refused, match="day to come"):
        paid(400, on=clock.today() + timedelta(days=1))
    with pytest.raises(Refused, match=r"only Rp1,000 is open"):
        paid(1001)
    with pytest.raises(Refused, match="how much"):
        paid(0)
    assert Payment.objects.count() == 0


def test_a_photo_is_proof_enough(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    due(1000)
    one = paid(400, reference="", proof=actions.Proof(photo(), "bukti.jpg"))
    assert one.proof.subject == "share:1"


def test_only_the_payer_of_a_share_pays_it():
    one = due(1000)
    with pytest.raises(Refused, match="Somebody else pays"):
        actions.record_payment(
            payer=payer("Lain").key,
            payee=one.payee,
            paid_on=clock.today(),
            shares={"share:1": 5},
            reference="x",
            by=BY,
        )


def test_money_goes_to_a_confirmed_account_of_the_payee_only():
    maker = payee()
    due(1000, of=maker)
    with pytest.raises(Refused, match="not confirmed"):
        paid(100, account=account(maker, confirmed=False))
    with pytest.raises(Refused, match="somebody else"):
        paid(100, account=account(payee()))
    one = paid(100, account=account(maker, "1234567890"))
    assert one.account_shown == "Bank Contoh ••••7890"


def test_one_payment_pays_several_shares_of_one_payee():
    maker, buyer = payee(), payer()
    due(1000, share="share:1", of=maker, pays=buyer)
    due(700, share="share:2", of=maker, pays=buyer)
    one = actions.record_payment(
        payer=buyer.key,
        payee=maker.key,
        paid_on=clock.today(),
        shares={"share:2": 700, "share:1": 600, "share:3": 0},
        reference="TRF 7",
        by=BY,
    )
    assert (one.amount_rupiah, sums("share:1"), sums("share:2")) == (1300, (1000, 600, 400), (700, 700, 0))


def test_all_or_nothing_when_one_of_several_shares_is_refused():
    maker, buyer = payee(), payer()
    due(1000, share="share:1", of=maker, pays=buyer)
    due(700, share="share:2", of=maker, pays=buyer)
    with pytest.raises(Refused, match="share:2"):
        actions.record_payment(
            payer=buyer.key,
            payee=maker.key,
            paid_on=clock.today(),
            shares={"share:1": 600, "share:2": 701},
            reference="TRF 7",
            by=BY,
        )
    assert Allocation.objects.count() == 0
    assert sums("share:1") == (1000, 0, 1000)


def test_a_payment_is_corrected_by_an_entry_that_points_at_it():
    due(1000)
    one = paid(400)
    less = actions.correct_payment(payment=one, shares={"share:1": 150}, reason="Salah ketik", by=BY)
    assert (less.corrects, less.amount_rupiah, sums()) == (one, -250, (1000, 150, 850))
    more = actions.correct_payment(payment=one, shares={"share:1": 900}, reason="Bukti kedua", by=BY)
    assert (more.amount_rupiah, sums()) == (750, (1000, 900, 100))
    gone = actions.correct_payment(payment=one, shares={}, reason="Transfer gagal", by=BY)
    assert (gone.amount_rupiah, sums()) == (-900, (1000, 0, 1000))
    assert Payment.objects.get(pk=one.pk).amount_rupiah == 400
    assert deeds(one.key) == ["money.payment_recorded", *["money.payment_corrected"] * 3]


def test_a_correction_is_refused_with_its_reason_and_changes_nothing():
    due(1000)
    one = paid(400)
    for shares, reason, told in (
        ({"share:1": 400}, "x", "already"),
        ({"share:1": 300}, "", "why"),
        ({"share:1": -1}, "x", "less than nothing"),
        ({"share:1": 1001}, "x", "is open"),
    ):
        with pytest.raises(Refused, match=told):
            actions.correct_payment(payment=one, shares=shares, reason=reason, by=BY)
    entry = actions.correct_payment(payment=one, shares={"share:1": 1}, reason="x", by=BY)
    with pytest.raises(Refused, match="the payment itself"):
        actions.correct_payment(payment=entry, shares={}, reason="x", by=BY)
    assert sums() == (1000, 1, 999)


def test_what_was_paid_too_much_after_a_correction_of_the_debt_can_still_be_taken_back():
    old = due(1000)
    one = paid(1000)
    actions.correct_due(due=old, right_rupiah=700, reason="Ditolak", by=BY)
    assert sums() == (700, 1000, -300)
    actions.correct_payment(payment=one, shares={"share:1": 800}, reason="Dikembalikan", by=BY)
    assert sums() == (700, 800, -100)


steps = st.lists(
    st.tuples(
        st.sampled_from(["earn", "correct", "pay", "pay_claim", "claim", "keep", "correct_payment", "end"]),
        st.integers(0, 3),
        st.integers(1, 2_000_000),
    ),
    max_size=14,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_over_any_course_paid_and_open_are_due_and_the_sums_are_those_of_the_entries(course):
    with transaction.atomic():
        due(1_500_000)
        shop = party("Toko")
        for step in course:
            try:
                with transaction.atomic():
                    play(*step, shop)
            except Refused:
                continue
        standing = Standing.objects.get(share="share:1")
        entries = Due.objects.aggregate(sum=Sum("amount_rupiah"))["sum"]
        parts = Allocation.objects.aggregate(sum=Sum("amount_rupiah"))["sum"] or 0
        payments = Payment.objects.aggregate(sum=Sum("amount_rupiah"))["sum"] or 0
        assert standing.due_rupiah == entries
        assert standing.paid_rupiah == parts == payments
        assert standing.paid_rupiah + standing.open_rupiah == standing.due_rupiah
        for one in Claim.objects.all():
            assert 0 <= queries.paid_by_claim([one]).get(one.pk, 0) <= one.confirmed_rupiah
        transaction.set_rollback(True)


def play(what, which, amount, shop):
    dues, payments = list(Due.objects.order_by("pk")), list(Payment.objects.filter(corrects=None))
    if what == "earn":
        due(amount)
    elif what == "keep":
        due(-amount, kind=DueKind.RETENTION_KEPT)
    elif what == "correct":
        actions.correct_due(due=dues[which % len(dues)], right_rupiah=amount, reason="x", by=BY)
    elif what == "claim":
        claim(amount, shop)
    elif what == "end" and Claim.objects.exists():
        actions.end_claim(claim=Claim.objects.order_by("pk")[0], reason="x", by=BY)
    elif what == "pay":
        paid(amount)
    elif what == "pay_claim":
        paid(amount, to=shop.key)
    elif what == "correct_payment" and payments:
        one = payments[which % len(payments)]
        actions.correct_payment(payment=one, shares={"share:1": amount}, reason="x", by=BY)
