"""The columns of the two sheets: their headings, their synonyms, and how a cell of each is read."""

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from foundation.formats import number
from foundation.reading import read_number, read_percent_bp, read_rupiah
from foundation.sheets import Column
from lumbung.orders.choices import LARGEST_ORDER

LARGEST_CAPACITY = 1_000_000_000
HIGHEST_PRICE_RUPIAH = 1_000_000_000_000
_YES = {"ya", "y", "yes", "x", "v", "✓", "✔", "true", "benar", "1", "prioritas", "priority"}
_NO = {"tidak", "tdk", "no", "n", "-", "false", "salah", "0"}


def pieces(written: object) -> int:
    count = read_number(written)
    if not count:
        raise ValueError(_("The quantity must be at least 1."))
    return count


def at_most(read: Callable[[object], int], largest: int) -> Callable[[object], int]:
    """`read`, with a limit beyond which the number must be a mistake."""

    def limited(written: object) -> int:
        value = read(written)
        if value > largest:
            raise ValueError(_("%(given)s is too much: at most %(most)s.") % _given(value, largest))
        return value

    return limited


def price(written: object) -> int:
    amount = read_rupiah(written)
    if not amount:
        raise ValueError(_("The price must be above zero."))
    return amount


def text(written: object) -> str:
    if isinstance(written, float) and written.is_integer():
        written = int(written)
    return re.sub(r"\s+", " ", str(written)).strip()


def certificates(written: object) -> tuple[str, ...]:
    """Names between commas, semicolons or line breaks."""
    return tuple(filter(None, (text(name) for name in re.split(r"[,;\n]", str(written)))))


def priority(written: object) -> int | bool:
    """Yes, no, or a credit in rupiah a piece; the number 1 is a yes."""
    word = text(written).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    try:
        return at_most(read_rupiah, HIGHEST_PRICE_RUPIAH)(written)
    except ValueError:
        sentence = _("“%(written)s” is neither yes nor no nor an amount of rupiah.") % {
            "written": text(written)[:40]
        }
        raise ValueError(sentence) from None


rupiah = at_most(read_rupiah, HIGHEST_PRICE_RUPIAH)
capacity = at_most(pieces, LARGEST_CAPACITY)


def _given(value: int, largest: int) -> dict[str, Any]:
    return {"given": number(value), "most": number(largest)}


MAKERS = (
    Column(
        "name",
        pgettext_lazy("sheet", "Name"),
        (
            *(
                "Nama",
                "Nama usaha",
                "Nama IKM",
                "Nama pelaku",
                "Nama pelaku IKM",
                "Nama perajin",
                "Nama pengrajin",
            ),
            *("Pelaku", "Pelaku usaha", "Pelaku IKM", "Perajin", "Pengrajin", "Usaha", "IKM", "UMKM"),
            *("Name", "Maker", "Maker name", "Supplier", "Workshop", "Business name"),
        ),
        text,
    ),
    Column(
        "village",
        pgettext_lazy("sheet", "Village"),
        (
            "Desa",
            "Kelurahan",
            "Nama desa",
            "Desa kelurahan",
            "Desa atau kelurahan",
            "Kampung",
            "Village",
            "Town",
        ),
        text,
    ),
    Column(
        "capacity",
        pgettext_lazy("sheet", "Capacity"),
        (
            *("Kapasitas", "Kapasitas produksi", "Kapasitas sampai tenggat", "Kapasitas sampai jatuh tempo"),
            *(
                "Kemampuan",
                "Kemampuan produksi",
                "Sanggup",
                "Capacity",
                "Production capacity",
                "Available capacity",
            ),
        ),
        capacity,
    ),
    Column(
        "minimum_lot",
        pgettext_lazy("sheet", "Minimum"),
        (
            *(
                "Minimum",
                "Minimal",
                "Min",
                "Lot minimum",
                "Minimum lot",
                "Min lot",
                "Lot terkecil",
                "Jumlah minimum",
            ),
            *(
                "Jumlah minimal",
                "Pesanan minimum",
                "Minimum order",
                "Minimum quantity",
                "Smallest lot",
                "MOQ",
            ),
        ),
        at_most(read_number, LARGEST_CAPACITY),
        may_be_empty=True,
    ),
    Column(
        "price",
        pgettext_lazy("sheet", "Price"),
        (
            *(
                "Harga",
                "Harga satuan",
                "Harga per lembar",
                "Harga per buah",
                "Harga per potong",
                "Harga per pcs",
            ),
            *("Harga jual", "Price", "Unit price", "Price per piece", "Price each"),
        ),
        at_most(price, HIGHEST_PRICE_RUPIAH),
    ),
    Column(
        "transport",
        pgettext_lazy("sheet", "Transport"),
        (
            *(
                "Ongkos angkut",
                "Biaya angkut",
                "Ongkos kirim",
                "Ongkir",
                "Biaya kirim",
                "Angkutan",
                "Transportasi",
            ),
            *("Biaya transportasi", "Ongkos angkut per lembar", "Ongkos angkut per buah"),
            *("Transport", "Transport cost", "Transport per piece", "Freight", "Shipping", "Shipping cost"),
        ),
        rupiah,
        required=False,
    ),
    Column(
        "visit",
        pgettext_lazy("sheet", "Visit cost"),
        (
            *("Biaya kunjungan", "Ongkos kunjungan", "Kunjungan", "Biaya tetap", "Biaya pemeriksaan"),
            *("Visit", "Visit cost", "Cost of visit", "Fixed cost"),
        ),
        rupiah,
        required=False,
    ),
    Column(
        "certificates",
        pgettext_lazy("sheet", "Certificate"),
        ("Sertifikat", "Sertifikasi", "Certificate", "Certificates", "Certification", "Certifications"),
        certificates,
        required=False,
    ),
    Column(
        "priority",
        pgettext_lazy("sheet", "Priority"),
        ("Prioritas", "Kredit prioritas", "Priority", "Priority credit", "Credit"),
        priority,
        required=False,
    ),
)

ORDER = (
    Column(
        "quantity",
        pgettext_lazy("sheet", "Quantity"),
        (
            *("Jumlah", "Jumlah pesanan", "Jumlah barang", "Banyaknya", "Kuantitas", "Volume", "Qty"),
            *("Quantity", "Order quantity", "Amount", "Pieces"),
        ),
        at_most(pieces, LARGEST_ORDER),
    ),
    Column(
        "ceiling",
        pgettext_lazy("sheet", "Maximum price"),
        (
            *(
                "Harga maksimum",
                "Harga maksimal",
                "Harga maks",
                "Harga tertinggi",
                "Batas harga",
                "Pagu harga",
            ),
            *("Maximum price", "Max price", "Highest price", "Price ceiling", "Price limit"),
        ),
        at_most(price, HIGHEST_PRICE_RUPIAH),
        required=False,
    ),
    Column(
        "certificates",
        pgettext_lazy("sheet", "Certificate"),
        (
            "Sertifikat",
            "Sertifikasi",
            "Certificate",
            "Certificates",
            "Required certificates",
            "Sertifikat wajib",
        ),
        certificates,
        required=False,
    ),
    Column(
        "tolerance",
        pgettext_lazy("sheet", "Cost tolerance"),
        (
            *(
                "Toleransi biaya",
                "Toleransi",
                "Toleransi biaya %",
                "Toleransi biaya persen",
                "Anggaran pemerataan",
            ),
            *("Cost tolerance", "Cost budget", "Tolerance", "Fairness budget"),
        ),
        read_percent_bp,
        required=False,
    ),
    Column(
        "limit",
        pgettext_lazy("sheet", "Limit per maker"),
        (
            *(
                "Batas per pelaku",
                "Batas per IKM",
                "Maksimum per pelaku",
                "Maksimal per pelaku",
                "Maks per pelaku",
            ),
            *("Limit per maker", "Maximum per maker", "Max per maker", "Cap per maker"),
        ),
        pieces,
        required=False,
    ),
)
