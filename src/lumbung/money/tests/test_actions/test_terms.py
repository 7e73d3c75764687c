"""Price sheets, accounts and tax rules."""

from datetime import timedelta

import pytest

from foundation import clock
from foundation.errors import Refused
from lumbung.money import actions, queries
from lumbung.money.choices import DueKind, PayeeStatus, PayerKind, Receiver, Supply
from lumbung.money.models import Due, PriceSheet
from lumbung.money.rules import NewRow
from lumbung.money.tests.factories import BY, account, due, paid, payee, payer, price
from lumbung.money.tests.test_actions.asking import deeds, sums
from lumbung.records.models import Record

pytestmark = pytest.mark.django_db


def test_a_price_sheet_stays_and_a_new_version_follows():
    with clock.set_to(clock.now() - timedelta(days=3)):
        first = price(buyer_rupiah=100_000)
        then = clock.now()
    second = price(buyer_rupiah=120_000)
    assert (first.version, second.version) == (1, 2)
    assert queries.priced_at("line:1", then) == first
    assert queries.priced_at("line:1", clock.now()) == second
    assert queries.priced_at("line:1", then - timedelta(days=1)) is None
    assert sum(row.rupiah for row in second.rows.all()) == 120_000
    assert deeds("line:1") == ["money.price_set", "money.price_set"]


def test_a_price_sheet_whose_parts_are_more_than_the_price_is_refused():
    rows = [NewRow(Receiver.FEE, rupiah=200), NewRow(Receiver.MAKER, is_rest=True)]
    with pytest.raises(Refused, match="Rp200"):
        actions.set_price(line="line:1", buyer_rupiah=100, rows=rows, by=BY)
    assert PriceSheet.objects.count() == 0


def test_an_account_is_confirmed_by_somebody_else():
    added = account(payee(), confirmed=False)
    with pytest.raises(Refused, match="yourself"):
        actions.confirm_account(account=added, by=BY)
    actions.confirm_account(account=added, by="person:2")
    with pytest.raises(Refused, match="already"):
        actions.confirm_account(account=added, by="person:3")


def test_the_same_number_again_is_the_same_account_and_an_ended_one_is_paid_no_more():
    maker = payee()
    due(1000, of=maker)
    one = account(maker, "12-34-567")
    assert account(maker, "1234567", confirmed=False) == one
    actions.end_account(account=one, reason="Ditutup", by=BY)
    actions.end_account(account=one, reason="Lagi", by=BY)
    assert queries.account_for(maker.key) is None
    with pytest.raises(Refused, match="not confirmed"):
        paid(1, account=one)
    with pytest.raises(Refused, match="ended"):
        actions.confirm_account(account=one, by="person:9")


def test_records_hold_no_account_number():
    account(payee(), "99887766554433")
    assert not Record.objects.filter(content__contains="99887766554433").exists()


@pytest.mark.parametrize(
    ("given", "field"), [({"bank": ""}, "bank"), ({"number": "12-3"}, "number"), ({"holder": " "}, "holder")]
)
def test_an_account_without_bank_number_or_holder_is_refused(given, field):
    fields = {"bank": "Bank", "number": "1234567", "holder": "Sahnim"} | given
    with pytest.raises(Refused) as refused:
        actions.add_account(owner="party:1", by=BY, **fields)
    assert refused.value.field == field


def rule(**given):
    fields = {
        "name": "Contoh potongan jasa",
        "supply": Supply.SERVICE,
        "payee_status": PayeeStatus.WITH_NPWP,
        "payer_kind": PayerKind.TREASURER,
        "rate_bp": 250,
        "in_force_from": clock.today(),
        "source": "Contoh, tanpa dasar hukum",
    }
    return actions.write_tax_rule(by=BY, **fields | given)


def known_to_tax():
    maker, buyer = payee(), payer()
    actions.tell_tax_standing(party=maker.key, payee_status=PayeeStatus.WITH_NPWP, by=BY)
    actions.tell_tax_standing(party=buyer.key, payer_kind=PayerKind.TREASURER, by=BY)
    return {"of": maker, "pays": buyer, "supply": Supply.SERVICE}


def test_a_rule_is_off_until_somebody_else_confirms_it():
    between, one = known_to_tax(), rule()
    due(1000, share="share:1", **between)
    with pytest.raises(Refused, match="yourself"):
        actions.confirm_tax_rule(rule=one, by=BY)
    actions.confirm_tax_rule(rule=one, by="person:2")
    due(1001, share="share:2", **between)
    assert sums("share:1") == (1000, 0, 1000)
    assert sums("share:2") == (976, 0, 976)
    withheld = Due.objects.get(kind=DueKind.TAX_WITHHELD)
    assert (withheld.amount_rupiah, withheld.tax_rule, withheld.corrects.amount_rupiah) == (-25, one, 1001)


def test_sewing_handed_out_material_is_a_service_and_goods_are_not():
    between, one = known_to_tax(), rule()
    actions.confirm_tax_rule(rule=one, by="person:2")
    due(1000, **between | {"supply": Supply.GOODS})
    assert sums() == (1000, 0, 1000)


def test_nothing_is_withheld_of_who_told_nothing():
    one = rule()
    actions.confirm_tax_rule(rule=one, by="person:2")
    due(1000, supply=Supply.SERVICE)
    assert sums() == (1000, 0, 1000)


def test_tax_follows_a_correction_to_the_rupiah():
    between, one = known_to_tax(), rule(threshold_rupiah=500)
    actions.confirm_tax_rule(rule=one, by="person:2")
    old = due(1000, **between)
    actions.correct_due(due=old, right_rupiah=800, reason="Ditolak sebagian", by=BY)
    assert sums() == (780, 0, 780)
    actions.correct_due(due=old, right_rupiah=500, reason="Di bawah batas", by=BY)
    assert sums() == (500, 0, 500)


def test_a_rule_ends_on_a_day_and_needs_a_source():
    one = rule()
    actions.end_tax_rule(rule=one, until=clock.today(), by=BY)
    actions.end_tax_rule(rule=one, until=clock.today() + timedelta(days=9), by=BY)
    assert type(one).objects.get().in_force_until == clock.today()
    with pytest.raises(Refused, match="source"):
        rule(source=" ")
    with pytest.raises(Refused, match="before it begins"):
        actions.end_tax_rule(rule=rule(), until=clock.today() - timedelta(days=1), by=BY)
    with pytest.raises(Refused, match="at least one"):
        actions.tell_tax_standing(party="party:1", by=BY)
