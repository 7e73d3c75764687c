"""However people write their lists, the same makers come in."""

import pytest

from lumbung.makers.choices import MakerKind
from lumbung.makers.models import Good, Household, Maker
from lumbung.makers.tests.factories import maker
from lumbung.makers.tests.sheets import (
    FINE,
    HEADINGS,
    counts,
    remarks,
    sent,
    taken,
    with_cells,
    workbook,
    xlsx,
)
from lumbung.people.models import Person

pytestmark = pytest.mark.django_db


def stands() -> list[tuple]:
    """What the register says of the one maker."""
    goods = Good.objects.values_list("kind_id", "price_rupiah", "weekly_capacity", "minimum_lot")
    only = Maker.objects.select_related("party", "owner").get()
    return [only.party.name, only.owner.full_name, only.owner.phone, only.village_id, *goods]


EXPECTED = [
    "Jahit Sahnim",
    "Sahnim",
    "+6281234567890",
    "52.03.14.2002",
    ("masker-kain", 3_000, 1_250, 10),
]


def csv(sign: str, encoding: str) -> bytes:
    rows = [HEADINGS, FINE]
    lines = [sign.join(f'"{cell}"' for cell in row) for row in rows]
    return "\r\n".join(lines).encode(encoding)


AS_WRITTEN = {
    "xlsx": xlsx(FINE),
    "a title above, other sheets around": workbook(
        {"Catatan": [["halo"]], "Data": [["DATA IKM"], [], HEADINGS, FINE]}
    ),
    "semicolons, Windows": csv(";", "cp1252"),
    "commas, UTF-8 with mark": csv(",", "utf-8-sig"),
    "columns turned round": xlsx(FINE[::-1], headings=HEADINGS[::-1]),
    "English headings": xlsx(
        FINE,
        headings=(
            "Business name",
            "Owner",
            "Phone",
            "Village",
            "District",
            "Product",
            "Price",
            "Weekly capacity",
            "Minimum lot",
        ),
    ),
    "the name is called name, the owner too": xlsx(
        FINE,
        headings=(
            "PELAKU USAHA",
            "Nama",
            "WA",
            "Desa/Kelurahan",
            "Kec",
            "Produk",
            "Harga satuan",
            "Kapasitas (lembar)",
            "Minimum",
        ),
    ),
    "the place in one cell": xlsx(with_cells(village="mamben lauq, wanasaba, Lotim", district="")),
    "the code of the village": xlsx(with_cells(village="5203142002", district="")),
    "numbers as numbers": xlsx(with_cells(phone=81234567890, price=3000, capacity=1250)),
    "the English name of the goods": xlsx(with_cells(goods="masker kain (EN)")),
    "an example sheet beside": workbook({"Data": [HEADINGS, FINE], "Contoh": [HEADINGS, FINE, FINE]}),
}


@pytest.mark.parametrize("written", AS_WRITTEN)
def test_every_way_of_writing_brings_the_same_maker(by, written):
    batch = taken(AS_WRITTEN[written], by=by)
    assert remarks(batch) == []
    assert stands() == EXPECTED


def test_a_capacity_a_month_becomes_one_a_week_and_that_is_said(by):
    headings = [heading.replace("/minggu", " (per bulan)") for heading in HEADINGS]
    batch = taken(xlsx(with_cells(capacity=5200), headings=headings), by=by)
    assert remarks(batch, "warning") == [("H2", "5,200 a month were taken as 1,200 a week.")]
    assert Good.objects.get().weekly_capacity == 1_200


def test_several_goods_in_one_row(by):
    headings = [*HEADINGS, "Barang 2", "Harga 2", "Kapasitas 2"]
    taken(xlsx([*FINE, "Kain tenun", "Rp350.000", 4], headings=headings), by=by)
    assert list(Good.objects.order_by("pk").values_list("kind_id", "weekly_capacity")) == [
        ("masker-kain", 1_250),
        ("kain-tenun", 4),
    ]


def test_headings_that_come_again_are_the_next_goods(by):
    headings = [*HEADINGS, "Barang", "Harga (Rp)", "Kapasitas/minggu"]
    batch = taken(xlsx([*FINE, "Kain tenun", "Rp350.000", 4], headings=headings), by=by)
    assert (counts(batch), Good.objects.count()) == ((1, 0, 0, 0), 2)


def test_several_rows_of_one_maker_are_one(by):
    rows = [FINE, with_cells(goods="Kain tenun", price=350_000, capacity=4, lot="")]
    batch = taken(xlsx(*rows), by=by)
    assert counts(batch) == (1, 0, 0, 0)
    assert Good.objects.filter(maker=Maker.objects.get()).count() == 2


def test_a_row_with_goods_only_goes_on_with_the_maker_above(by):
    rest = ["", "", "", "", "", "Kain tenun", 350_000, 4, ""]
    batch = taken(xlsx(FINE, rest), by=by)
    assert (counts(batch), Good.objects.count()) == ((1, 0, 0, 0), 2)


def test_it_stays_out_when_the_maker_above_does(by):
    rest = ["", "", "", "", "", "Kain tenun", 350_000, 4, ""]
    batch = sent(xlsx(with_cells(village="Antah"), rest), by=by)
    assert [cell for cell, _words in remarks(batch)] == ["D2", "F3"]
    assert counts(batch) == (0, 0, 0, 2)


def test_a_group_with_the_names_of_its_houses(by):
    headings = [*HEADINGS, "Jenis pelaku", "Jumlah rumah produksi", "Nama anggota"]
    taken(xlsx([*FINE, "Kelompok", 5, "Sahnim; 2. Aminah; Rohana"], headings=headings), by=by)
    group = Maker.objects.get()
    assert (group.kind, group.households, group.unnamed_households) == (MakerKind.GROUP, 5, 2)
    names = Household.objects.order_by("pk").values_list("person__full_name", flat=True)
    assert list(names) == ["Sahnim", "Aminah", "Rohana"]


def test_a_workshop_has_no_households(by):
    batch = sent(xlsx([*FINE, 5], headings=[*HEADINGS, "Jumlah rumah"]), by=by)
    assert remarks(batch) == [("J2", "Only a group under a captain has several households.")]


def test_an_owner_whom_the_office_knows_is_not_registered_again(by):
    known = maker("Lain", owner=Person.objects.create(full_name="Sahnim", phone="+6281234567890")).owner
    taken(xlsx(FINE), by=by)
    assert Maker.objects.get(party__name="Jahit Sahnim").owner == known


def test_two_makers_of_one_new_person_have_one_owner(by):
    batch = taken(xlsx(FINE, with_cells(name="Katering Sahnim", goods="Kain tenun")), by=by)
    assert counts(batch) == (2, 0, 0, 0)
    assert Person.objects.filter(full_name="Sahnim").count() == 1
