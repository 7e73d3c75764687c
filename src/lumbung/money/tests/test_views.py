"""Address by address, role by role: who opens which page of money, and what it does."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import clock
from foundation.sheets import open_grids
from lumbung.files.tests.factories import photo
from lumbung.money import actions
from lumbung.money.choices import ClaimKind
from lumbung.money.models import Account, Claim, Due, Payment, PriceSheet, Standing, TaxRule
from lumbung.money.queries.subjects import _finders, _namers
from lumbung.money.tests.factories import BY, account, due, paid, payee, payer, price
from lumbung.organisations.tests.factories import cast, member, party
from lumbung.people.choices import Buyer, MakerRole
from lumbung.people.models import PersonalRead
from lumbung.people.tests.factories import person

pytestmark = pytest.mark.django_db
READERS = {"treasurer", "officer", "decider", "auditor"}
OWN = {"maker", "captain", "buyer"}
WRITERS = {"treasurer", "officer"}
KEEPERS = {"treasurer"}


@pytest.fixture
def told(settings, tmp_path):
    """A share with a claim and a payment, and everybody who may look."""
    settings.FILES_ROOT = tmp_path
    troupe, maker, buyer = cast(), payee("Jahit Sahnim"), payer("Dinas Pembeli")
    due(1_000_000, share="share:1", of=maker, pays=buyer, line="line:1", days=-3)
    one = actions.register_claim(
        share="share:1",
        kind=ClaimKind.MATERIAL,
        holder=party("Toko Kain").key,
        confirmed_rupiah=200_000,
        basis="Nota 7",
        by=BY,
    )
    money = paid(300_000, account=account(maker, "1234567890"), proof=actions.Proof(photo(), "bukti.jpg"))
    price()
    rule = actions.write_tax_rule(
        name="Contoh",
        supply="service",
        payee_status="with",
        payer_kind="treasurer",
        rate_bp=200,
        in_force_from=clock.today(),
        source="Contoh",
        by=BY,
    )
    return {
        "troupe": troupe,
        "maker": maker,
        "buyer": buyer,
        "sewer": member(MakerRole, maker, who=person("Sahnim", account=True)),
        "orderer": member(Buyer, buyer, who=person("Pemesan", account=True)),
        "claim": one,
        "payment": money,
        "rule": rule,
        "due": Due.objects.get(),
        "account": Account.objects.get(),
    }


def open_by(role, told):
    client = Client()
    own = {name: told[name] for name in ("sewer", "orderer")}
    client.force_login(own.get(role) or getattr(told["troupe"], role))
    return client


LISTS = {
    "money:list": READERS | OWN,
    "money:sheet": READERS | OWN,
    "money:ageing": READERS | OWN,
    "money:claims": READERS | OWN,
    "money:claims_sheet": READERS | OWN,
    "money:payments": READERS | OWN,
    "money:payments_sheet": READERS | OWN,
    "money:prices": READERS,
    "money:prices_sheet": READERS,
    "money:taxes": READERS,
    "money:taxes_sheet": READERS,
    "money:accounts": READERS,
    "money:accounts_sheet": READERS,
    "money:new_price": WRITERS,
    "money:choose_payee": KEEPERS,
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_opens_to_its_roles_and_to_nobody_else(name, told):
    opened = set()
    for role, who in told["troupe"].everybody():
        client = Client()
        client.force_login(who)
        answer = client.get(reverse(name))
        assert answer.status_code in (200, 403), role
        opened |= {role} if answer.status_code == 200 else set()
        answer.getvalue() if answer.streaming else None
    assert opened == LISTS[name]
    assert Client().get(reverse(name)).status_code == 302


def pages(told):
    """Address → whom it opens to."""
    share, pk = "share:1", told["payment"].pk
    return {
        reverse("money:share", args=[share]): READERS | {"sewer", "orderer"},
        reverse("money:payment", args=[pk]): READERS | {"sewer", "orderer"},
        reverse("money:proof", args=[pk]): READERS | {"sewer"},
        reverse("money:price", args=["line:1"]): READERS,
        reverse("money:party", args=[told["maker"].key]): READERS,
        reverse("money:pay", args=[told["maker"].key]): KEEPERS,
        reverse("money:correct_payment", args=[pk]): KEEPERS,
        reverse("money:promise", args=[share]): KEEPERS,
        reverse("money:instalments", args=[share]): KEEPERS,
        reverse("money:delay", args=[share]): KEEPERS,
        reverse("money:new_claim", args=[share]): KEEPERS,
        reverse("money:add_entry", args=[share]): KEEPERS,
        reverse("money:end_claim", args=[told["claim"].pk]): KEEPERS,
        reverse("money:correct_due", args=[told["due"].pk]): KEEPERS,
        reverse("money:end_tax", args=[told["rule"].pk]): KEEPERS,
        reverse("money:end_account", args=[told["account"].pk]): KEEPERS,
    }


def test_a_page_opens_to_the_office_and_to_whose_money_it_is(told):
    everybody = [role for role, _who in told["troupe"].everybody() if role != "stranger"]
    for url, roles in pages(told).items():
        opened = set()
        for role in [*everybody, "sewer", "orderer"]:
            answer = open_by(role, told).get(url)
            opened |= {role} if answer.status_code == 200 else set()
            answer.getvalue() if answer.streaming else None
        assert opened == roles, url
        assert Client().get(url).status_code == 302


def test_buttons_are_pressed_by_their_roles_only(told):
    buttons = {
        reverse("money:confirm_tax", args=[told["rule"].pk]): KEEPERS,
        reverse("money:confirm_account", args=[told["account"].pk]): KEEPERS | {"officer", "decider"},
        reverse("money:open_number", args=[told["account"].pk]): KEEPERS,
    }
    for url, roles in buttons.items():
        assert open_by("treasurer", told).get(url).status_code == 405
        passed = {
            role
            for role, _who in told["troupe"].everybody()
            if role != "stranger" and open_by(role, told).post(url).status_code != 403
        }
        assert passed == roles, url


def test_a_buyer_sees_no_account_and_no_photo_of_it_and_a_maker_sees_the_own(told):
    for url in (reverse("money:share", args=["share:1"]), told["payment"].get_absolute_url()):
        theirs = open_by("orderer", told).get(url).content.decode()
        own = open_by("sewer", told).get(url).content.decode()
        assert "7890" not in theirs
        assert "7890" in own
        assert "1234567890" not in own
    assert (
        "Photo of the proof"
        not in open_by("orderer", told).get(told["payment"].get_absolute_url()).content.decode()
    )


def test_a_number_is_opened_by_the_treasurer_and_whose_it_is_may_see_it(told):
    page = open_by("treasurer", told).get(reverse("money:party", args=[told["maker"].key]))
    assert "1234567890" not in page.content.decode()
    opened = open_by("treasurer", told).post(reverse("money:open_number", args=[told["account"].pk]))
    assert "1234567890" in opened.content.decode()
    read = PersonalRead.objects.get()
    assert (read.fields, list(read.persons.all())) == ("bank_account", [told["sewer"]])


def test_a_payment_is_recorded_with_its_photo_for_several_shares_and_sent_twice_it_is_one(told):
    due(500_000, share="share:2", of=told["maker"], pays=told["buyer"])
    client, url = open_by("treasurer", told), reverse("money:pay", args=[told["maker"].key])
    assert "500,000" in client.get(url, headers={"accept-language": "en"}).content.decode()
    for _time in range(2):
        sent = {
            "amount_0": "Rp100.000",
            "amount_1": "500.000",
            "paid_on": "1/5/2026",
            "account": told["account"].pk,
            "reference": "",
            "proof": SimpleUploadedFile("bukti.jpg", photo().read(), "image/jpeg"),
            "once": "same",
        }
        answer = client.post(url, sent)
        assert answer.status_code == 302, answer.content.decode()[-3000:]
    newest = Payment.objects.order_by("-pk")[0]
    assert (Payment.objects.count(), newest.amount_rupiah, newest.proof.name) == (2, 600_000, "bukti.webp")
    assert answer.url == newest.get_absolute_url()


def test_a_payment_above_what_may_go_to_the_payee_is_told_at_the_field_and_nothing_is_lost(told):
    client, url = open_by("treasurer", told), reverse("money:pay", args=[told["maker"].key])
    sent = {"amount_0": "600.000", "paid_on": "1/5/2026", "reference": "TRF 9"}
    told_ = client.post(url, sent, headers={"accept-language": "en"}).content.decode()
    assert "claims come first" in told_
    assert "TRF 9" in told_
    assert Payment.objects.count() == 1


def test_what_the_treasurer_does_on_a_share(told):
    client, share = open_by("treasurer", told), "share:1"
    later = clock.today() + timedelta(days=9)
    day = f"{later:%d/%m/%Y}"
    done = {
        "money:promise": {"pay_on": day},
        "money:delay": {
            "holder": "buyer",
            "since": f"{clock.today():%d/%m/%Y}",
            "reason": "SPM belum terbit",
        },
        "money:add_entry": {
            "kind": "kept",
            "amount_rupiah": "50.000",
            "pay_on": day,
            "reason": "Retensi 5 %",
        },
        "money:new_claim": {
            "holder": "Toko Kain",
            "kind": "lender",
            "confirmed_rupiah": "10.000",
            "basis": "Nota",
        },
        "money:instalments": {"day_1": day, "amount_1": "450.000", "day_2": day, "amount_2": "200.000"},
    }
    for name, sent in done.items():
        answer = client.post(reverse(name, args=[share]), sent)
        assert (answer.status_code, answer.url) == (302, reverse("money:share", args=[share])), name
    standing = Standing.objects.get(share=share)
    assert (standing.promised_on, standing.held_by, standing.open_rupiah) == (later, "buyer", 650_000)
    assert Claim.objects.count() == 2
    client.post(reverse("money:end_claim", args=[told["claim"].pk]), {"reason": "Lunas"})
    assert Claim.objects.get(pk=told["claim"].pk).ended_reason == "Lunas"
    client.post(
        reverse("money:correct_due", args=[told["due"].pk]), {"right_rupiah": "900.000", "reason": "Hitung"}
    )
    client.post(
        reverse("money:correct_payment", args=[told["payment"].pk]),
        {"amount_0": "200.000", "reason": "Ketik"},
    )
    standing.refresh_from_db()
    assert (standing.due_rupiah, standing.paid_rupiah) == (850_000, 200_000)


def test_a_refusal_stands_in_the_form_and_nothing_is_done(told):
    client = open_by("treasurer", told)
    url = reverse("money:instalments", args=["share:1"])
    sent = {"day_1": "1/1/2090", "amount_1": "1", "day_2": "1/1/2090", "amount_2": "1"}
    answer = client.post(url, sent, headers={"accept-language": "en"})
    assert "but Rp700,000 is open" in answer.content.decode()
    half = client.post(url, {"day_1": "1/1/2090"}, headers={"accept-language": "en"})
    assert half.status_code == 200
    assert Due.objects.count() == 1


def test_a_tax_rule_is_written_by_an_officer_and_confirmed_by_the_treasurer(told):
    officer, treasurer = open_by("officer", told), open_by("treasurer", told)
    sent = {
        "name": "Aturan contoh",
        "supply": "service",
        "payee_status": "with",
        "payer_kind": "treasurer",
        "rate_bp": "2,5",
        "rounding": "down",
        "in_force_from": "1/1/2026",
        "source": "Contoh, tanpa dasar hukum",
    }
    assert officer.post(reverse("money:taxes"), sent).status_code == 302
    rule = TaxRule.objects.order_by("-pk")[0]
    assert (rule.rate_bp, rule.is_confirmed) == (250, False)
    assert officer.post(reverse("money:confirm_tax", args=[rule.pk])).status_code == 403
    treasurer.post(reverse("money:confirm_tax", args=[rule.pk]))
    assert TaxRule.objects.get(pk=rule.pk).confirmed_by == told["troupe"].treasurer.key
    treasurer.post(reverse("money:end_tax", args=[rule.pk]), {"until": "31/12/2030"})
    assert TaxRule.objects.get(pk=rule.pk).in_force_until.year == 2030
    assert open_by("auditor", told).post(reverse("money:taxes"), sent).status_code == 404


def test_an_account_is_written_down_confirmed_by_another_and_ended(told):
    officer, treasurer = open_by("officer", told), open_by("treasurer", told)
    sent = {"owner": "Toko Kain", "bank": "Bank Contoh", "number": "555-666-777", "holder": "Toko Kain"}
    assert officer.post(reverse("money:accounts"), sent).status_code == 302
    added = Account.objects.order_by("-pk")[0]
    officer.post(reverse("money:confirm_account", args=[added.pk]))
    assert Account.objects.get(pk=added.pk).confirmed_at is None
    treasurer.post(reverse("money:confirm_account", args=[added.pk]))
    treasurer.post(reverse("money:end_account", args=[added.pk]), {"reason": "Ditutup"})
    ended = Account.objects.get(pk=added.pk)
    assert (ended.confirmed_by, ended.ended_reason) == (told["troupe"].treasurer.key, "Ditutup")
    standing = {"payee_status": "with", "payer_kind": ""}
    page = officer.post(reverse("money:party", args=[told["maker"].key]), standing, follow=True)
    assert "NPWP" in page.content.decode()


def test_a_price_sheet_is_found_by_the_name_of_its_line_and_drawn(told, monkeypatch):
    monkeypatch.setitem(_namers, "line", lambda keys: {key: f"Seragam {key[5:]}" for key in keys})
    monkeypatch.setitem(_finders, "line", lambda text: ["line:7"] if text == "seragam" else [])
    client = open_by("officer", told)
    sent = {"line": "seragam", "buyer_rupiah": "100.000", "fee_percent": "10", "transport_rupiah": "5.001"}
    answer = client.post(reverse("money:new_price"), sent)
    assert answer.url == reverse("money:price", args=["line:7"])
    amounts = list(PriceSheet.objects.get(line="line:7").rows.values_list("receiver", "rupiah"))
    assert amounts == [("transport", 5001), ("fee", 10_000), ("maker", 84_999)]
    page = client.get(answer.url).content.decode()
    assert 'width="84.99%"' in page
    again = client.post(answer.url, {"buyer_rupiah": "90.000"})
    assert again.status_code == 302
    assert PriceSheet.objects.filter(line="line:7").count() == 2
    wrong = client.post(
        reverse("money:new_price"), sent | {"line": "lain"}, headers={"accept-language": "en"}
    )
    assert "No line of an order is called" in wrong.content.decode()


def test_a_payee_is_chosen_by_name(told):
    client = open_by("treasurer", told)
    answer = client.get(reverse("money:choose_payee"), {"payee": "jahit sahnim"})
    assert answer.url == reverse("money:pay", args=[told["maker"].key])
    assert client.get(reverse("money:pay", args=["party:99999"])).status_code == 404


def test_the_list_goes_out_as_excel_with_the_same_filter(told):
    due(500_000, share="share:2", days=5)
    client = open_by("treasurer", told)
    grid = open_grids(BytesIO(client.get(reverse("money:sheet"), {"state": "late"}).getvalue()))[0]
    assert [row[0] for row in grid.rows[1:]] == ["share:1"]
    assert grid.rows[1][4:7] == [1_000_000, 300_000, 700_000]


def test_the_list_and_its_excel_stand_in_the_order_asked_for(told):
    due(5_000_000, share="share:2", days=5)
    client = open_by("treasurer", told)
    for asked, wanted in {"open": [2, 1], "new": [2, 1], "day": [1, 2], "pk": [1, 2], "": [1, 2]}.items():
        page = client.get(reverse("money:list"), {"sort": asked})
        assert [row["standing"].share for row in page.context["rows"]] == [f"share:{n}" for n in wanted]
        grid = open_grids(BytesIO(client.get(page.context["excel"]).getvalue()))[0]
        assert [row[0] for row in grid.rows[1:]] == [f"share:{n}" for n in wanted]


def test_the_list_takes_as_many_queries_with_one_share_as_with_many(told):
    client = open_by("auditor", told)

    def asked(url):
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    urls = [reverse(name) for name in ("money:list", "money:payments", "money:claims", "money:accounts")]
    before = [asked(url) for url in urls]
    for number in range(2, 12):
        maker = payee()
        due(1000, share=f"share:{number}", of=maker, pays=told["buyer"])
        paid(10, share=f"share:{number}", account=account(maker))
        actions.register_claim(
            share=f"share:{number}",
            kind=ClaimKind.LENDER,
            holder=party(f"Koperasi {number}").key,
            confirmed_rupiah=5,
            basis="x",
            by=BY,
        )
    assert [asked(url) for url in urls] == before


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_speaks_both_languages(told, language):
    client = open_by("treasurer", told)
    for url in [*pages(told), *(reverse(name) for name in LISTS)]:
        answer = client.get(url, headers={"accept-language": language})
        answer.getvalue() if answer.streaming else None
        assert answer.status_code == 200
