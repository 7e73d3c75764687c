from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import translation

from foundation.formats import NO_BREAK
from foundation.sheets import open_grids
from lumbung.lots import actions
from lumbung.lots.choices import MaterialUnit
from lumbung.lots.models import Holding, MaterialKind, Movement, Norm, Recall, Store
from lumbung.lots.queries import subjects
from lumbung.lots.queries.holdings import reconciliation, where_is
from lumbung.lots.tests.factories import BY, lot, material, norm
from lumbung.makers.tests.factories import maker
from lumbung.people.tests.factories import person
from lumbung.records.models import Record
from lumbung.records.queries import told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


def words(response) -> str:
    return response.content.decode().replace(NO_BREAK, " ")


OFFICE = {
    "officer",
    "regency_officer",
    "decider",
    "treasurer",
    "inspector",
    "auditor",
    "data_protection_officer",
}
KEEPERS = {"officer", "regency_officer"}
DECIDERS = {"officer", "inspector"}
FAR = OFFICE - {"regency_officer"}


def pages(troupe) -> dict[str, set[str]]:
    mine, far = troupe.lot.code, troupe.far_lot.code
    entry = troupe.far_lot.movements.get().entry_id
    recall = actions.recall_lots(lots=[lot(troupe.here)], reason="x", advice="y", by=BY)
    return {
        reverse("lots:store"): OFFICE,
        reverse("lots:receive"): KEEPERS,
        reverse("lots:count"): KEEPERS,
        reverse("lots:cut"): KEEPERS,
        reverse("lots:hand_out"): KEEPERS,
        reverse("lots:movements"): OFFICE,
        reverse("lots:correct", args=[entry]): {"officer"},
        reverse("lots:reconciliation"): OFFICE,
        reverse("lots:lists"): {"officer"},
        reverse("lots:material", args=[troupe.cloth.pk]): OFFICE,
        reverse("lots:holding", args=[troupe.account.pk]): OFFICE,
        reverse("lots:holding", args=[troupe.far_account.pk]): FAR,
        reverse("lots:lots"): OFFICE,
        reverse("lots:lot", args=[mine]): OFFICE,
        reverse("lots:lot", args=[far]): FAR,
        reverse("lots:mark", args=[far]): FAR,
        reverse("lots:hold", args=[mine]): DECIDERS,
        reverse("lots:release", args=[far]): DECIDERS,
        reverse("lots:move", args=[far]): {"officer"},
        reverse("lots:recall_lot", args=[mine]): {*DECIDERS, "decider"},
        reverse("lots:recalls"): OFFICE,
        reverse("lots:recall", args=[recall.code]): OFFICE,
        reverse("lots:where_sheet", args=[recall.code]): OFFICE,
        reverse("lots:new", args=[troupe.here.pk]): KEEPERS,
        reverse("lots:new", args=[troupe.far.pk]): {"officer"},
    }


def test_each_page_opens_to_those_who_need_it(client, troupe):
    for url, roles in pages(troupe).items():
        assert client.get(url).url.startswith(reverse("account_login"))
        for role, who in troupe.everybody():
            client.force_login(who)
            for method in (client.get, client.post):
                status = method(url).status_code
                if status != 405:
                    assert (status == 200) == (role in roles), (url, role, method)
        client.logout()


def test_a_maker_sees_the_own_account_and_lot_and_nobody_elses(client, troupe):
    client.force_login(troupe.here.owner)
    assert client.get(reverse("lots:holding", args=[troupe.account.pk])).status_code == 200
    assert client.get(troupe.lot.get_absolute_url()).status_code == 200
    assert client.get(reverse("lots:holding", args=[troupe.far_account.pk])).status_code == 404
    assert client.get(troupe.far_lot.get_absolute_url()).status_code == 404


def test_a_buyer_follows_the_lots_that_a_room_above_lets_read(client, troupe, monkeypatch):
    client.force_login(troupe.buyer)
    monkeypatch.setattr(subjects, "_readers", [lambda who: ["tailoring:7"]])
    assert client.get(troupe.lot.get_absolute_url()).status_code == 200
    assert client.get(troupe.far_lot.get_absolute_url()).status_code == 404


# The store


def test_material_is_received_and_counted(officer, troupe):
    given = {"material": troupe.cloth.pk, "store": troupe.store.pk}
    for _ in range(2):
        page = officer.post(
            reverse("lots:receive"), given | {"quantity": "12,5", "origin": "Toko", "once": "abc"}
        )
        assert page.url == reverse("lots:store")
    assert stock(troupe.store) == 772_500
    officer.post(reverse("lots:count"), given | {"counted": "772", "reason": "Dihitung Rohani"})
    assert stock(troupe.store) == 772_000
    assert "772 m" in words(officer.get(reverse("lots:store")))
    agrees = officer.post(reverse("lots:count"), given | {"counted": "772", "reason": "x"}, follow=True)
    assert "It agrees." in words(agrees)


def stock(of: Store) -> int:
    return Holding.objects.get(holder=of.key).quantity


def test_what_cannot_be_read_is_told_at_its_field(officer, troupe):
    given = {"material": troupe.cloth.pk, "store": troupe.store.pk, "origin": "Toko"}
    page = officer.post(reverse("lots:receive"), given | {"quantity": "banyak"})
    assert set(page.context["form"].errors) == {"quantity"}
    counted = {"material": troupe.cloth.pk, "store": troupe.store.pk, "counted": "1", "reason": "x"}
    page = officer.post(reverse("lots:count"), counted | {"lot": "123"})
    assert page.context["form"].errors == {"lot": ["A lot code has 9 digits. You wrote 3."]}


def choose(troupe) -> str:
    query = f"material={troupe.cloth.pk}&store={troupe.store.pk}&subject=bundle:1"
    return f"{reverse('lots:hand_out')}?{query}"


def test_several_makers_are_handed_material_at_once(officer, troupe):
    norm(troupe.cloth)
    page = officer.get(choose(troupe))
    assert "The norm says 240 m; handed out so far: 120 m." in words(page)
    rows = {f"m{troupe.here.pk}-7-quantity": "120", f"m{troupe.far.pk}-8-quantity": ""}
    for _ in range(2):
        assert officer.post(choose(troupe), rows | {"once": "one"}).status_code == 302
    assert reconciliation(["tailoring:7"])[0].sums.handed_out == 240_000
    assert reconciliation(["tailoring:8"])[0].sums.handed_out == 120_000


def test_either_all_rows_are_handed_out_or_none(officer, troupe):
    rows = {f"m{troupe.here.pk}-7-quantity": "700", f"m{troupe.far.pk}-8-quantity": "700"}
    page = officer.post(choose(troupe), rows)
    assert f"{troupe.store.name} has 60 m of it, not 700 m." in words(page)
    assert stock(troupe.store) == 760_000
    page = officer.post(choose(troupe), {f"m{troupe.here.pk}-7-quantity": "segini"})
    assert "segini" in words(page)
    assert stock(troupe.store) == 760_000


def test_a_regency_officer_hands_out_to_the_own_makers_only(client, troupe):
    client.force_login(troupe.regency_officer)
    assert "Another regency keeps this maker." in words(client.get(choose(troupe)))
    client.post(choose(troupe), {f"m{troupe.far.pk}-8-quantity": "5"})
    assert reconciliation(["tailoring:8"])[0].sums.handed_out == 120_000


def test_cloth_is_cut_on_a_page(officer, troupe):
    piece = material("Potongan", unit=MaterialUnit.PIECE)
    norm(troupe.cloth, product=piece.key)
    given = {"material": troupe.cloth.pk, "store": troupe.store.pk, "piece": piece.pk, "pieces": "1.000"}
    assert officer.post(reverse("lots:cut"), given | {"taken": "125", "offcuts": "4"}).status_code == 302
    page = officer.post(reverse("lots:cut"), given | {"taken": "150", "offcuts": "4"})
    assert set(page.context["form"].errors) == {"reason"}


# Accounts


def test_what_became_of_material_is_told_on_its_page(officer, troupe):
    url = reverse("lots:holding", args=[troupe.account.pk])
    officer.post(url, {"happened": "used", "quantity": "100"})
    officer.post(url, {"happened": "returned", "quantity": "10", "store": troupe.store.pk})
    late = officer.post(url, {"happened": "lost", "quantity": "9"})
    assert "above the 2% that is stated" in words(late)
    officer.post(url, {"happened": "lost", "quantity": "9", "reason": "Atap bocor"})
    sums = reconciliation(["tailoring:7"])[0].sums
    assert (sums.used, sums.returned, sums.lost, sums.open) == (100_000, 10_000, 9_000, 1_000)
    missing = officer.post(url, {"happened": "returned", "quantity": "1"})
    assert set(missing.context["form"].errors) == {"store"}
    assert "lost 9 m, 8.19%" in words(officer.get(reverse("lots:reconciliation")))
    assert "8.19%" in words(officer.get(troupe.here.get_absolute_url()))


def test_a_maker_tells_what_was_used_but_takes_nothing_back(client, troupe):
    client.force_login(troupe.here.owner)
    url = reverse("lots:holding", args=[troupe.account.pk])
    client.post(url, {"happened": "used", "quantity": "1,5"})
    refused = client.post(url, {"happened": "returned", "quantity": "1", "store": troupe.store.pk})
    assert set(refused.context["form"].errors) == {"happened"}
    assert reconciliation(["tailoring:7"])[0].sums.used == 1_500


def test_those_outside_the_stated_loss_come_first(officer, troupe):
    actions.tell_lost(
        what=troupe.cloth, quantity=9_000, holder=troupe.far.key, subject="tailoring:8", reason="x", by=BY
    )
    rows = officer.get(reverse("lots:reconciliation")).context["rows"]
    assert [row.holding.maker for row in rows] == [troupe.far, troupe.here]
    only = officer.get(reverse("lots:reconciliation"), {"only": "outside"}).context["rows"]
    assert [row.holding.maker for row in only] == [troupe.far]
    sheet = officer.get(reverse("lots:reconciliation_sheet"), {"text": "sahnim"})
    assert len(open_grids(BytesIO(sheet.getvalue()))[0].rows) == 2


# Movements


def test_movements_are_narrowed_and_corrected(officer, troupe):
    page = officer.get(reverse("lots:movements"), {"kind": "handed_out", "text": "sahnim"})
    assert [row.amount for row in page.context["rows"]] == [f"120{NO_BREAK}m"]
    entry = page.context["rows"][0].movement.entry
    url = reverse("lots:correct", args=[entry.pk])
    wrong = officer.post(url, {"quantity": "seratus", "reason": "x"})
    assert set(wrong.context["form"].errors) == {"quantity"}
    assert officer.post(url, {"quantity": "100", "reason": "Salah baca"}).status_code == 302
    assert reconciliation(["tailoring:7"])[0].sums.handed_out == 100_000
    assert "This was corrected already." in words(officer.get(url))
    page = words(officer.get(reverse("lots:movements")))
    assert "Salah baca" in page
    assert "-120 m" in page


def test_a_correction_of_goods_reads_whole_numbers(officer, troupe):
    entry = actions.move_lot(
        lot=troupe.lot, quantity=40, from_holder=troupe.here.key, to_holder=troupe.store.key, by=BY
    )
    officer.post(reverse("lots:correct", args=[entry.pk]), {"quantity": "30", "reason": "Salah hitung"})
    assert {one.holder: one.quantity for one in where_is([troupe.lot.pk])} == {
        troupe.here.key: 70,
        troupe.store.key: 30,
    }


def test_a_long_ledger_is_read_page_by_page(officer, troupe, monkeypatch):
    monkeypatch.setattr("lumbung.lots.queries.movements.ROWS", 2)
    first = officer.get(reverse("lots:movements"))
    second = officer.get(reverse("lots:movements") + first.context["next_url"])
    seen = [row.movement.pk for page in (first, second) for row in page.context["rows"]]
    assert seen == list(Movement.objects.order_by("-pk").values_list("pk", flat=True)[:4])


# Lists


def test_material_stores_norms_and_losses_are_set(officer, troupe):
    lists = reverse("lots:lists")
    officer.post(lists, {"act": "material", "name": "Benang", "unit": "gram"})
    thread = MaterialKind.objects.get(name="Benang")
    officer.post(
        lists, {"act": "store", "store_name": "Gudang Baru", "kind": "store", "village": "Mamben Lauk"}
    )
    assert Store.objects.filter(name="Gudang Baru").exists()
    url = reverse("lots:material", args=[thread.pk])
    given = {"act": "norm", "product": "goods:masker-kain", "amount": "0,75", "basis": "uji"}
    officer.post(url, given)
    assert Norm.objects.get(material=thread).per_thousand == 750
    officer.post(url, {"act": "rate", "rate_bp": "2,5", "rate_basis": "uji"})
    assert thread.loss_rates.get().rate_bp == 250
    page = words(officer.get(url))
    assert "0.75 kg" in page
    assert "2.5%" in page


# How many queries, and how it sounds


@pytest.mark.parametrize("name", ["store", "movements", "reconciliation", "lots"])
def test_a_list_asks_as_often_for_many_as_for_one(officer, troupe, name, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = reverse(f"lots:{name}")
    officer.get(url)
    with CaptureQueriesContext(connection) as few:
        officer.get(url)
    for place in range(5):
        who = maker(owner=person())
        subject = f"tailoring:9{place}"
        actions.hand_out(
            material=troupe.cloth, quantity=100, store=troupe.store, maker=who, subject=subject, by=BY
        )
        lot(who, 10, subject=subject)
    with django_assert_num_queries(len(few)):
        officer.get(url)


def test_every_deed_sounds_like_a_sentence(troupe, oil):
    whole = oil[1]
    cloth, here = troupe.cloth, troupe.here
    given = {"material": cloth, "maker": here, "subject": "tailoring:7", "by": BY}
    wrong = actions.tell_used(quantity=1_000, **given)
    actions.correct_entry(entry=wrong, reason="Salah", by=BY)
    actions.take_back(quantity=500, store=troupe.store, **given)
    actions.tell_lost(what=cloth, quantity=1, holder=here.key, subject="tailoring:7", reason="x", by=BY)
    actions.adjust(what=cloth, counted=1, store=troupe.store, reason="x", by=BY)
    actions.move_lot(lot=whole, quantity=6, from_holder=troupe.store.key, to_holder=here.key, by=BY)
    actions.hold_lot(lot=whole, reason="Bau", by=BY)
    actions.release_lot(lot=whole, by="person:2")
    actions.recall_lots(lots=[whole], reason="Bau tengik", advice="Kembalikan.", by=BY)
    actions.set_norm(material=cloth, product="goods:masker-kain", per_thousand=120_000, basis="uji", by=BY)
    actions.set_loss_rate(material=cloth, rate_bp=200, basis="uji", by=BY)
    said = [
        each.sentence.replace(NO_BREAK, " ") for each in told(Record.objects.filter(deed__startswith="lots."))
    ]
    name = "Jahit Sahnim, Mamben Lauk"
    for sentence in (
        f"{troupe.store} received 1,000 m of Kain katun.",
        f"{troupe.store} handed out 120 m of Kain katun to {name}.",
        f"{name} used 1 m of Kain katun.",
        "An entry of 1 m of Kain katun was corrected.",
        f"0.5 m of Kain katun came back from {name}.",
        f"0.001 m of Kain katun were lost at {name}.",
        f"Lot {whole.shown}, Minyak kelapa (en) was poured together: 156 bottles out of 2 lots.",
        f"Lot {whole.shown}, Minyak kelapa (en) is held back: Bau",
        f"6 bottles of {whole.shown}, Minyak kelapa (en) went from {troupe.store} to {name}.",
        f"Recall {Recall.objects.get().code}: 1 lots. Bau tengik",
        "A thousand of masker-kain need 120 m of Kain katun.",
        "The stated loss of Kain katun was set.",
    ):
        assert sentence in said, said
