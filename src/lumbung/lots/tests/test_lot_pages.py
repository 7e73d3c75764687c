from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import translation

from foundation import clock
from foundation.formats import NO_BREAK
from foundation.sheets import open_grids
from lumbung.lots import actions
from lumbung.lots.choices import LotState
from lumbung.lots.models import Entry, Lot, Recall
from lumbung.lots.queries.holdings import where_is
from lumbung.lots.tests.factories import BY
from lumbung.makers.tests.factories import good, maker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


def words(response) -> str:
    return response.content.decode().replace(NO_BREAK, " ")


# Lots


def test_a_lot_of_a_group_is_written_down_house_by_house(officer, troupe):
    first, second = troupe.houses
    given = {
        "goods": "masker-kain",
        "quantity": "100",
        "made_from": f"{clock.today():%d/%m/%Y}",
        f"house_{first.pk}": "60",
    }
    url = reverse("lots:new", args=[troupe.far.pk])
    missing = officer.post(url, given)
    assert "The parts are 60 together, and the lot has 100." in words(missing)
    page = officer.post(url, given | {f"house_{second.pk}": "40", "held_because": "Belum dilihat"})
    found = Lot.objects.get(code=page.url.split("/")[-2])
    assert list(found.made_by.order_by("pk").values_list("household", "quantity")) == [
        (first.pk, 60),
        (second.pk, 40),
    ]
    assert found.state == LotState.HELD
    assert "Aminah" in words(officer.get(page.url))


def test_a_lot_is_found_by_its_code(officer, troupe):
    found = officer.get(reverse("lots:lots"), {"text": troupe.lot.shown})
    assert found.url == troupe.lot.get_absolute_url()
    listed = officer.get(reverse("lots:lots"), {"text": troupe.lot.code[:4], "state": "noted"})
    assert len(listed.context["rows"]) == 2


def test_a_lot_is_held_released_and_moved(client, troupe):
    client.force_login(troupe.inspector)
    code = troupe.lot.code
    client.post(reverse("lots:hold", args=[code]), {"reason": "Jahitan lepas"})
    assert "Jahitan lepas" in words(client.get(troupe.lot.get_absolute_url()))
    assert "held back already" in words(client.get(reverse("lots:hold", args=[code])))
    client.post(reverse("lots:release", args=[code]), {"reason": "Dijahit ulang"})
    assert Lot.objects.get(code=code).state == LotState.RELEASED
    client.force_login(troupe.officer)
    moved = {"from_holder": troupe.here.key, "to_store": troupe.store.pk, "quantity": "30"}
    client.post(reverse("lots:move", args=[code]), moved)
    assert {one.holder: one.quantity for one in where_is([troupe.lot.pk])} == {
        troupe.here.key: 70,
        troupe.store.key: 30,
    }


def test_a_lot_leads_back_to_its_houses_and_on_to_what_was_made_of_it(officer, oil):
    parts, whole = oil
    page = officer.get(whole.get_absolute_url())
    assert [row["step"].lot for row in page.context["origin"]] == parts
    assert "Jahit Sahnim" in words(page)
    back = officer.get(parts[0].get_absolute_url())
    assert [row["step"].lot for row in back.context["fate"]] == [whole]


def test_a_recall_takes_what_was_made_of_it_along(officer, oil):
    parts, whole = oil
    page = officer.get(reverse("lots:recall_lot", args=[parts[0].code]))
    assert page.context["form"].initial["lots"] == [str(parts[0].pk), str(whole.pk)]
    given = {"lots": [parts[0].pk, whole.pk], "reason": "Bau tengik", "advice": "Jangan dipakai."}
    done = officer.post(reverse("lots:recall_lot", args=[parts[0].code]), given)
    recall = Recall.objects.get()
    assert done.url == recall.get_absolute_url()
    page = words(officer.get(done.url))
    assert "156 bottles back or destroyed" in page
    sheet = officer.get(reverse("lots:where_sheet", args=[recall.code]))
    assert len(open_grids(BytesIO(sheet.getvalue()))[0].rows) == 2


def test_the_mark_says_its_code_and_where_to_ask(officer, troupe):
    page = words(officer.get(reverse("lots:mark", args=[troupe.lot.code])))
    assert page.count(troupe.lot.shown) >= 8
    assert "/lot/" in page
    assert "<svg" in page


# What everybody sees


def test_everybody_reads_where_a_lot_was_made_but_never_which_house(client, troupe):
    url = reverse("lots:public", args=[troupe.lot.code])
    page = words(client.get(url))
    assert troupe.here.village.district.regency.province.name in page
    assert troupe.here.village.district.regency.short_name not in page
    assert "Mamben Lauk" not in page
    assert "Sahnim" not in page
    for _ in range(4):
        good(maker())
    assert troupe.here.village.coarse in words(client.get(url))


def test_everybody_reads_that_a_lot_is_recalled_and_what_to_do(client, troupe):
    actions.recall_lots(lots=[troupe.lot], reason="Bau tengik", advice="Jangan dipakai, kembalikan.", by=BY)
    page = words(client.get(reverse("lots:public", args=[troupe.lot.code])))
    assert "This lot is recalled" in page
    assert "Jangan dipakai, kembalikan." in page
    assert "Bau tengik" in page


def test_each_state_is_told(client, troupe):
    url = reverse("lots:public", args=[troupe.lot.code])
    actions.hold_lot(lot=troupe.lot, reason="Rahasia dapur", by=BY)
    page = words(client.get(url))
    assert "This lot is held back." in page
    assert "Rahasia dapur" not in page
    actions.release_lot(lot=troupe.lot, by="person:2")
    assert "This lot was released." in words(client.get(url))
    entry = Entry.objects.get(movements__lot=troupe.lot)
    actions.correct_entry(entry=entry, reason="Salah", by=BY)
    page = words(client.get(url))
    assert "This code is not in use." in page
    assert "Whole lot" not in page


def test_a_code_is_typed_and_a_wrong_digit_is_told(client, troupe):
    found = client.get(reverse("lots:find"), {"kode": troupe.lot.shown})
    assert found.url == reverse("lots:public", args=[troupe.lot.code])
    code = troupe.lot.code
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    page = client.get(reverse("lots:find"), {"kode": wrong})
    assert "One digit is not right" in words(page)
    unknown = client.get(reverse("lots:public", args=[wrong]))
    assert unknown.status_code == 404
    assert "One digit is not right" in words(unknown)
