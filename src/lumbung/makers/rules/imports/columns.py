"""The columns of a sheet of makers, under every heading that they are known by."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.marking import mark
from foundation.sheets import Column, is_remark_heading
from lumbung.makers.rules.imports import cells

GOODS_A_ROW = 6
_NUMBER = re.compile(r"(?:PLK|MKR)[- ]?([0-9]{1,15})", re.IGNORECASE)
_PERIODS = {"month": r"bulan|bln|month", "day": r"hari|harian|day|daily", "year": r"tahun|thn|year"}


def number_words(pk: int) -> str:
    """A maker's number as it stands in a sheet: never to be taken for a running number."""
    return f"PLK-{pk}"


def maker_number(written: Any) -> int | None:
    if cells.is_nothing(written):
        return None
    found = _NUMBER.fullmatch(cells.plain(written))
    if not found:
        raise ValueError(
            _("“%(written)s” is no maker's number. It looks like PLK-27; leave it empty for a new maker.")
            % {"written": cells.plain(written)[:40]}
        )
    return int(found[1])


def _a_week(heading: str) -> bool:
    return not any(re.search(period, heading, re.IGNORECASE) for period in _PERIODS.values())


def _a_month(heading: str) -> bool:
    return bool(re.search(_PERIODS["month"], heading, re.IGNORECASE))


ONCE = (
    Column(
        "number", gettext_lazy("Maker's number"), ("Nomor pelaku", "No. pelaku", "Maker number"), maker_number
    ),
    Column(
        "business",
        gettext_lazy("Name of the business"),
        (
            "Nama usaha",
            "Nama pelaku",
            "Nama IKM",
            "Nama UMKM",
            "Nama UKM",
            "Pelaku usaha",
            "Pelaku IKM",
            "Nama perusahaan",
            "Nama kelompok",
            "Nama usaha atau kelompok",
            "Nama IKM/kelompok",
            "Nama industri",
            "Business name",
            "Workshop",
            "IKM",
            "Pelaku",
        ),
        cells.text(200),
    ),
    Column("bare_name", gettext_lazy("Name"), ("Nama", "Name"), cells.text(200)),
    Column(
        "kind",
        gettext_lazy("Kind of maker"),
        ("Jenis pelaku", "Bentuk pelaku", "Bentuk usaha", "Maker kind"),
        cells.one_of(cells.KINDS, "usaha sendiri, kelompok"),
    ),
    Column(
        "owner",
        gettext_lazy("Owner"),
        (
            "Pemilik",
            "Nama pemilik",
            "Penanggung jawab",
            "Nama penanggung jawab",
            "Pimpinan",
            "Nama pimpinan",
            "Kapten",
            "Ketua",
            "Nama ketua",
            "Nama lengkap",
            "Full name",
            "Owner's name",
            "Captain",
            "Nama kapten",
        ),
        cells.text(160),
    ),
    Column(
        "salutation",
        gettext_lazy("Salutation"),
        ("Sapaan", "Jenis kelamin", "L/P", "JK", "Kelamin", "Sex", "Gender"),
        cells.one_of(cells.SALUTATIONS, "Ibu, Bapak"),
    ),
    Column(
        "phone",
        gettext_lazy("Phone"),
        (
            "HP",
            "No HP",
            "Nomor HP",
            "No. Telp",
            "Telepon",
            "No telepon",
            "Nomor telepon",
            "Telp",
            "Telp/HP",
            "No. Telp/HP",
            "No. HP/WA",
            "WA",
            "No WA",
            "WhatsApp",
            "No WhatsApp",
            "Nomor WhatsApp",
            "Kontak",
            "Phone number",
            "Mobile",
        ),
        cells.phone,
    ),
    Column(
        "village",
        gettext_lazy("Village"),
        ("Desa", "Desa/kelurahan", "Kelurahan", "Nama desa", "Desa atau kelurahan"),
        cells.text(160),
    ),
    Column(
        "village_code",
        gettext_lazy("Village code"),
        ("Kode desa", "Kode desa/kelurahan", "Kode wilayah", "Kode Kemendagri", "Village's code"),
        cells.text(20),
    ),
    Column("district", gettext_lazy("District"), ("Kecamatan", "Kec", "Nama kecamatan"), cells.text(80)),
    Column(
        "regency",
        gettext_lazy("Regency"),
        ("Kabupaten/kota", "Kabupaten", "Kab/Kota", "Kota", "Kab", "Kabupaten atau kota", "City"),
        cells.text(80),
    ),
    Column("hamlet", gettext_lazy("Hamlet"), ("Dusun", "Lingkungan", "Dusun/lingkungan"), cells.text(80)),
    Column(
        "house",
        gettext_lazy("House"),
        ("Rumah", "RT/RW", "Alamat", "RT RW", "Alamat rumah", "Address", "Alamat usaha", "RT"),
        cells.text(120),
    ),
    Column("bank_name", gettext_lazy("Bank"), ("Nama bank", "Bank name"), cells.text(40)),
    Column(
        "bank_account",
        gettext_lazy("Account number"),
        ("Nomor rekening", "No rekening", "Rekening", "No. rek", "Norek", "Bank account"),
        cells.digits(40),
    ),
    Column("nib", "NIB", ("Nomor induk berusaha", "No NIB", "Nomor NIB"), cells.nib),
    Column(
        "households",
        gettext_lazy("Number of households"),
        (
            "Households",
            "Rumah produksi",
            "Jumlah rumah produksi",
            "Jumlah rumah",
            "Jumlah anggota",
            "Number of households",
        ),
        cells.number,
    ),
    Column(
        "members",
        gettext_lazy("Names of the households"),
        (
            "Anggota",
            "Nama anggota",
            "Daftar anggota",
            "Nama rumah produksi",
            "Nama-nama anggota",
            "Members",
            "Names of members",
        ),
        cells.names,
    ),
    Column(
        "last_made_on",
        gettext_lazy("Last real production"),
        ("Produksi terakhir", "Terakhir produksi", "Last production", "Tanggal produksi terakhir"),
        cells.day,
    ),
    Column("state", gettext_lazy("State"), ("Keadaan", "Status"), cells.text(60)),
)
"""Columns that stand once."""


def _of_goods(place: int) -> Iterator[Column]:
    """The columns of the goods at this place in the row."""
    end = "" if place == 1 else f"_{place}"
    before = None if place == 1 else "" if place == 2 else f"_{place - 1}"

    def column(key: str, heading: Any, words: tuple[str, ...], read: Any, **more: Any) -> Column:
        spelled = [f"{word} {between}{place}" for word in words for between in ("", "ke-")]
        return Column(
            f"{key}{end}",
            heading if place == 1 else f"{heading} {place}",
            tuple([*words, *spelled] if place == 1 else spelled),
            read,
            follows="" if before is None else f"{key}{before}",
            **more,
        )

    yield column("goods", gettext_lazy("Kind of goods"), _GOODS, cells.text(120))
    yield column("unit", gettext_lazy("Counted in"), ("Satuan", "Unit", "Counted in"), cells.text(40))
    yield column("price", gettext_lazy("Price per unit"), _PRICE, cells.rupiah)
    yield column("capacity", gettext_lazy("Capacity a week"), _CAPACITY, cells.number, accepts=_a_week)
    yield column(
        "capacity_month", gettext_lazy("Capacity a month"), _CAPACITY_MONTH, cells.number, accepts=_a_month
    )
    yield column("lot", gettext_lazy("Smallest lot"), _LOT, cells.number)


_GOODS = (
    "Barang",
    "Jenis barang",
    "Nama barang",
    "Produk",
    "Jenis produk",
    "Nama produk",
    "Komoditas",
    "Komoditi",
    "Hasil produksi",
    "Goods",
    "Product",
    "Kind of goods",
)
_PRICE = (
    "Harga",
    "Harga satuan",
    "Harga per satuan",
    "Harga per unit",
    "Harga jual",
    "Price",
    "Price per unit",
)
_CAPACITY = (
    "Kapasitas",
    "Kapasitas seminggu",
    "Kapasitas per minggu",
    "Kapasitas/minggu",
    "Kapasitas mingguan",
    "Kapasitas produksi",
    "Kapasitas produksi per minggu",
    "Capacity",
    "Capacity a week",
    "Weekly capacity",
)
_CAPACITY_MONTH = (
    "Kapasitas",
    "Kapasitas sebulan",
    "Kapasitas per bulan",
    "Kapasitas/bulan",
    "Kapasitas bulanan",
    "Kapasitas produksi",
    "Kapasitas produksi per bulan",
    "Produksi per bulan",
    "Capacity",
    "Capacity a month",
    "Monthly capacity",
)
_LOT = (
    "Jumlah minimum",
    "Minimum",
    "Pesanan minimum",
    "Lot minimum",
    "Smallest lot",
    "Minimum lot",
    "Minimum pesanan",
)

COLUMNS = tuple(
    replace(column, required=False)
    for column in (*ONCE, *(each for place in range(1, GOODS_A_ROW + 1) for each in _of_goods(place)))
)
"""None is required by the reader: what a maker needs is asked row by row, together with all else."""


def left_aside(unknown: list[str]) -> list[str]:
    """Headings that mean nothing here; running numbers and our own remarks need not be told."""
    return [
        words
        for words in unknown
        if not is_remark_heading(words)
        and words != mark()
        and not re.fullmatch(r"(no|nomor|nr)\.?( urut)?", words.casefold())
    ]
