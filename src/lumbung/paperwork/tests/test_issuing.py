"""Letters of an order are set, say what stands in the rows, and are renewed when that changes."""

import pytest
from django.utils import translation

from foundation.errors import Refused
from lumbung.deliveries.actions import correct_delivery
from lumbung.letters.actions import void_letter
from lumbung.letters.choices import LetterKind
from lumbung.letters.models import Letter
from lumbung.money.actions import correct_payment, raise_due
from lumbung.money.choices import DueKind
from lumbung.money.tests import factories as money
from lumbung.orders.actions.answering import release_share
from lumbung.orders.actions.ordering import cancel_order
from lumbung.orders.models import Share
from lumbung.orders.tests import factories as orders
from lumbung.paperwork import queries
from lumbung.paperwork.actions import issue_about, issue_missing, renew_letters
from lumbung.paperwork.tests import factories as make
from lumbung.paperwork.tests.factories import BY, SITE
from lumbung.production.tests import factories as production

pytestmark = pytest.mark.django_db


def counts(order, kind=LetterKind.ORDER):
    return queries.counts_of(order, [kind])[kind]


def content_of(subject: str, kind=LetterKind.ORDER) -> dict:
    return Letter.objects.get(subject=subject, kind=kind, voided_at=None).content


# Order letters


def test_each_share_that_is_held_gets_one_letter_and_again_none() -> None:
    make.signing()
    line = make.line()
    shares = [make.held(line, 100), make.held(line, 40)]
    orders.share(line, orders.tailor(), 50)
    first, again = make.issued(line.order), make.issued(line.order)
    assert [letter.subject for letter in first] == [share.key for share in shares]
    assert again == []
    assert counts(line.order) == queries.Counts(needed=2, in_force=2, missing=0, differing=0)


def test_an_order_letter_says_the_share_its_terms_and_the_standard_that_counts() -> None:
    make.signing()
    line = make.line(legal_basis="Keputusan Kepala Dinas 7/2026", payment_days=9)
    production.standard(line)
    share = make.held(line, 120)
    with translation.override("en"):
        make.issued(line.order)
    told = content_of(share.key)
    assert told["maker"]["name"] == share.maker.owner.full_name
    assert told["order_code"] == line.order.code
    assert told["lines"][0]["quantity"] == 120
    assert told["lines"][0]["price_rupiah"] == share.price_rupiah
    assert told["total_rupiah"] == 120 * share.price_rupiah
    assert told["due_on"] == line.order.due_on.isoformat()
    assert told["delivery_place"].startswith("Aikmel, ")
    assert told["basis"] == ["Keputusan Kepala Dinas 7/2026"]
    terms = " ".join(told["terms"])
    for word in ("standar versi 1", "ditolak", "Dinas Sosial Contoh", "9 hari"):
        assert word in terms


def test_without_standard_and_legal_basis_the_letter_says_nothing_of_them() -> None:
    make.signing()
    share = make.held(make.line(), 100)
    make.issued(make.order_of(share))
    told = content_of(share.key)
    assert told["basis"] == []
    assert not any("standar" in term for term in told["terms"])


def test_nothing_is_set_before_the_office_has_a_letterhead() -> None:
    share = make.held(make.line(), 100)
    with pytest.raises(Refused, match="No office is registered"):
        make.issued(make.order_of(share))
    from lumbung.organisations.tests.factories import party

    party("Dinas Baru")
    with pytest.raises(Refused, match="Dinas Baru has no letterhead yet"):
        make.issued(make.order_of(share))
    assert not Letter.objects.exists()


def test_nothing_is_set_of_an_order_that_was_cancelled() -> None:
    make.signing()
    share = make.held(make.line(), 100)
    cancel_order(order=make.order_of(share), reason="Anggaran berubah", by=BY)
    share.line.order.refresh_from_db()
    with pytest.raises(Refused, match="Anggaran berubah"):
        make.issued(make.order_of(share))


def test_the_office_of_the_officer_who_took_the_order_in_signs(people) -> None:
    first = make.signing(people.office)
    from lumbung.organisations.tests.factories import member, party
    from lumbung.people.choices import Officer

    other = make.signing(party("Dinas Kabupaten"))
    taken_in = member(Officer, other)
    share = make.held(make.line(), 100)
    order = make.order_of(share)
    assert queries.office_of(order) == first
    order.created_by = taken_in.key
    order.save()
    assert make.issued(order)[0].office == other


def test_what_cannot_be_written_is_left_out_and_told_beside_it() -> None:
    office = make.signing()
    line = make.line()
    good, bad = make.held(line, 100), make.held(line, 50)
    Share.objects.filter(pk=bad.pk).update(price_rupiah=0)
    assert [letter.subject for letter in make.issued(line.order)] == [good.key]
    _page, papers = queries.papers_page(
        queries.rows_of(line.order, LetterKind.ORDER), LetterKind.ORDER, office=office
    )
    assert ["price is missing" in paper.why_not for paper in papers] == [True, False]


# Renewing


def test_given_back_in_part_the_letter_differs_and_is_replaced_under_a_new_number() -> None:
    make.signing()
    line = make.line()
    share, other = make.held(line, 100), make.held(line, 80)
    make.issued(line.order)
    old = Letter.objects.get(subject=share.key)
    release_share(share=share, quantity=30, by=BY)
    assert counts(line.order) == queries.Counts(needed=2, in_force=2, missing=0, differing=1)
    assert (
        renew_letters(order=line.order, kind=LetterKind.ORDER, reason="30 dikembalikan", by=BY, site=SITE)
        == 1
    )
    old.refresh_from_db()
    assert (old.void_reason, old.replaced_by.subject) == ("30 dikembalikan", share.key)
    assert content_of(share.key)["lines"][0]["quantity"] == 70
    assert Letter.objects.filter(subject=other.key).count() == 1
    assert counts(line.order).differing == 0
    assert renew_letters(order=line.order, kind=LetterKind.ORDER, reason="lagi", by=BY, site=SITE) == 0


def test_given_back_whole_the_letter_is_voided_and_none_follows() -> None:
    make.signing()
    share = make.held(make.line(), 100)
    order = make.order_of(share)
    make.issued(order)
    release_share(share=share, quantity=100, by=BY)
    renew_letters(order=order, kind=LetterKind.ORDER, reason="Semua dikembalikan", by=BY, site=SITE)
    assert counts(order) == queries.Counts(needed=0, in_force=0, missing=0, differing=0)
    assert Letter.objects.filter(subject=share.key).count() == 1


def test_of_a_cancelled_order_every_letter_is_to_be_voided() -> None:
    make.signing()
    share = make.held(make.line(), 100)
    order = make.order_of(share)
    make.issued(order)
    cancel_order(order=order, reason="Anggaran berubah", by=BY)
    assert counts(order).differing == 1
    renew_letters(order=order, kind=LetterKind.ORDER, reason="Pesanan batal", by=BY, site=SITE)
    assert counts(order).in_force == 0


def test_renewing_asks_for_a_reason() -> None:
    make.signing()
    share = make.held(make.line(), 100)
    make.issued(make.order_of(share))
    release_share(share=share, quantity=30, by=BY)
    with pytest.raises(Refused, match="Write why"):
        renew_letters(order=make.order_of(share), kind=LetterKind.ORDER, reason=" ", by=BY, site=SITE)


def test_a_letter_that_somebody_voided_is_missing_and_the_next_takes_its_place() -> None:
    make.signing()
    share = make.held(make.line(), 100)
    order = make.order_of(share)
    old = make.issued(order)[0]
    void_letter(letter=old, reason="Salah cetak", by=BY)
    assert counts(order).missing == 1
    assert make.issued(order)[0].replaces == old


# Deliveries, inspections, payments


def test_a_delivery_gets_its_record_with_the_number_of_the_order_letter() -> None:
    make.signing()
    share = make.held(make.line(), 100)
    delivery = make.delivered(share, 60)
    make.issued(make.order_of(share))
    told = content_of(delivery.key, LetterKind.DELIVERY)
    assert told["lines"][0]["quantity"] == 60
    assert told["order_letter"] == Letter.objects.get(subject=share.key).number
    assert told["delivered_on"] == delivery.delivered_on.isoformat()
    assert told["receiver"]["name"] == "Dinas Contoh"


def test_a_corrected_delivery_differs_until_its_record_is_renewed() -> None:
    make.signing()
    share = make.held(make.line(), 100)
    delivery = make.delivered(share, 60)
    order = make.order_of(share)
    make.issued(order)
    correct_delivery(delivery=delivery, quantity=58, reason="Dua tertukar", by=BY)
    assert counts(order, LetterKind.DELIVERY).differing == 1
    renew_letters(order=order, kind=LetterKind.DELIVERY, reason="Dua tertukar", by=BY, site=SITE)
    assert content_of(delivery.key, LetterKind.DELIVERY)["lines"][0]["quantity"] == 58


def test_an_inspection_record_counts_every_piece_and_says_why() -> None:
    make.signing()
    share = make.held(make.line(), 100)
    inspection = make.inspected(make.delivered(share, 100), accepted=90, again=6, rejected=4)
    make.issued(make.order_of(share))
    told = content_of(inspection.key, LetterKind.INSPECTION)
    row = told["rows"][0]
    assert (row["delivered"], row["accepted"], row["rework"], row["rejected"], row["unchecked"]) == (
        100,
        90,
        6,
        4,
        0,
    )
    assert "6 lembar: jahitan" in told["note"].lower()
    assert "4 lembar: ukuran" in told["note"].lower()


def test_pieces_looked_at_again_are_told_by_the_second_record() -> None:
    from lumbung.deliveries.actions import second_inspection
    from lumbung.deliveries.tests.factories import rework

    make.signing()
    share = make.held(make.line(), 100)
    delivery = make.delivered(share, 100)
    make.inspected(delivery, accepted=90, again=10, rejected=0)
    second = second_inspection(delivery=delivery, accepted=5, findings=[rework(2)], by=BY)
    make.issued(make.order_of(share))
    row = content_of(second.key, LetterKind.INSPECTION)["rows"][0]
    assert (row["delivered"], row["accepted"], row["rework"], row["unchecked"]) == (10, 5, 2, 3)
    assert counts(make.order_of(share), LetterKind.INSPECTION).differing == 0


def test_a_receipt_says_the_money_in_figures_and_words_and_never_an_account() -> None:
    make.signing()
    share = make.held(make.line(), 100)
    account = money.account(share.maker.party, "0012345678")
    payment = make.paid(share, 300_000, account=account)
    make.issued(make.order_of(share))
    told = content_of(payment.key, LetterKind.RECEIPT)
    assert (told["amount_rupiah"], told["net_rupiah"], told["deductions"]) == (300_000, 300_000, [])
    assert told["net_in_words"] == "tiga ratus ribu"
    assert told["payer"] == "Dinas Sosial Contoh"
    assert told["receiver"]["name"] == share.maker.party.name
    assert "5678" not in str(told)


def test_what_was_held_back_stands_on_the_receipt_that_settles_the_entry() -> None:
    make.signing()
    share = make.held(make.line(), 100)
    due = money.due(
        300_000,
        share=share.key,
        of=share.maker.party,
        pays=share.line.order.buyer,
        order=share.line.order.key,
    )
    raise_due(
        cause="retensi", kind=DueKind.RETENTION_KEPT, share=share.key, payee=due.payee, payer=due.payer,
        amount_rupiah=-15_000, by=BY, pay_on=due.pay_on, order=due.order,
    )  # fmt: skip
    from lumbung.money.models import Due

    Due.objects.filter(cause="retensi").update(corrects=due)
    payment = money.paid(285_000, share=share.key)
    make.issued(make.order_of(share))
    told = content_of(payment.key, LetterKind.RECEIPT)
    assert (told["amount_rupiah"], told["net_rupiah"]) == (300_000, 285_000)
    assert [row["amount_rupiah"] for row in told["deductions"]] == [15_000]


def test_a_part_payment_tells_only_what_was_paid() -> None:
    make.signing()
    share = make.held(make.line(), 100)
    payment = make.paid(share, 100_000, due=300_000)
    make.issued(make.order_of(share))
    told = content_of(payment.key, LetterKind.RECEIPT)
    assert (told["amount_rupiah"], told["deductions"]) == (100_000, [])


def test_a_corrected_payment_differs_and_one_taken_back_needs_no_receipt() -> None:
    make.signing()
    share = make.held(make.line(), 100)
    order, payment = make.order_of(share), make.paid(share, 300_000)
    make.issued(order)
    correct_payment(payment=payment, shares={share.key: 250_000}, reason="Salah ketik", by=BY)
    assert counts(order, LetterKind.RECEIPT).differing == 1
    renew_letters(order=order, kind=LetterKind.RECEIPT, reason="Salah ketik", by=BY, site=SITE)
    assert content_of(payment.key, LetterKind.RECEIPT)["net_rupiah"] == 250_000
    correct_payment(payment=payment, shares={share.key: 0}, reason="Tidak jadi", by=BY)
    renew_letters(order=order, kind=LetterKind.RECEIPT, reason="Tidak jadi", by=BY, site=SITE)
    assert counts(order, LetterKind.RECEIPT) == queries.Counts(needed=0, in_force=0, missing=0, differing=0)


def test_one_letter_alone_is_set_once() -> None:
    make.signing()
    share = make.held(make.line(), 100)
    order = make.order_of(share)
    asked = {"order": order, "kind": LetterKind.ORDER, "number": share.pk, "by": BY, "site": SITE}
    assert issue_about(**asked).subject == share.key
    assert issue_about(**asked) is None


def test_no_more_are_set_than_asked_for_and_progress_is_told() -> None:
    make.signing()
    line = make.line()
    for _number in range(3):
        make.held(line, 10)
    told = []
    issued = issue_missing(
        order=line.order, by=BY, site=SITE, most=2, tell=lambda done, of, words: told.append((done, of))
    )
    assert len(issued) == 2
    assert told == [(0, 2), (1, 2)]
