"""`lumbung split` refuses odd files with a sentence for each fault, all in one pass."""

import os

import pytest

from lumbung.orders.tests.two_sheets import MAKERS, ORDER


def test_all_faults_of_both_files_are_told_at_once(run, folder):
    (folder / "plan.xlsx").write_bytes(b"an older plan")
    makers = [
        ["Nama", "Desa", "Kapasitas", "Minimum", "Harga", "Catatan"],
        ["Aminah", "Sukarara", "banyak", 1, 5000, ""],
        ["Budi", "Sukarara", 10, 20, "1.25", ""],
        ["Citra", "", 0, 1, -5, ""],
        ["Dewi", "Sukarara", 10, 20, 5000, ""],
        ["dewi ", "SUKARARA", 10, 1, 5000, ""],
    ]
    order = [["Jumlah", "Toleransi biaya"], ["20.000.000", "dua"]]
    status, out, err = run(makers, order, "-o", "plan.xlsx")
    assert (status, out) == (1, "")
    assert err.splitlines() == [
        "makers.xlsx C2 (Kapasitas): “banyak” bukan angka. Silakan tulis angka, misalnya 1.250.000.",
        "makers.xlsx E3 (Harga): “1.25” dapat dibaca dengan dua cara: titik menandai ribuan "
        "dan diikuti tiga angka. Silakan tulis bilangan bulat, misalnya 1.250.",
        "makers.xlsx B4 (Desa): Belum diisi.",
        "makers.xlsx C4 (Kapasitas): Jumlahnya harus paling sedikit 1.",
        "makers.xlsx E4 (Harga): “-5” kurang dari nol.",
        "makers.xlsx D5 (Minimum): Minimum 20 melebihi kapasitas 10.",
        "makers.xlsx A6 (Nama): dewi dari SUKARARA tertulis dua kali: pertama di A5.",
        "makers.xlsx: kolom yang tidak dipakai: Catatan",
        "order.xlsx A2 (Jumlah): 20.000.000 terlalu banyak: paling banyak 10.000.000.",
        "order.xlsx B2 (Toleransi biaya): “dua” bukan persentase. Silakan tulis seperti 2 atau 0,25.",
    ]
    assert (folder / "plan.xlsx").read_bytes() == b"an older plan"


@pytest.mark.parametrize(
    ("order", "why"),
    [
        ([["Jumlah"], [0]], "A2 (Quantity): The quantity must be at least 1."),
        ([["Jumlah"], [-10]], "is below zero"),
        ([["Jumlah"], ["sepuluh"]], "is not a number"),
        ([["Jumlah"], [10_000_001]], "is too much: at most 10,000,000"),
        ([["Jumlah"]], "No order stands below the headings."),
        ([["Jumlah"], [5], [6]], "A3 (Quantity): One order is split at a time"),
        ([["Harga maksimum"], [5]], "The column “Quantity” is missing."),
        ([["Jumlah", "Harga maksimum"], [5, 0]], "The price must be above zero."),
        ([["Jumlah", "Batas per pelaku"], [5, 0]], "The quantity must be at least 1."),
        ([["halo"]], "No known heading is in the first rows. Expected: Quantity."),
    ],
)
def test_an_odd_order_is_refused_with_a_sentence(run, order, why):
    status, _, err = run(MAKERS, order, "--language", "en")
    assert status == 1
    assert why in err


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["Eka", "Sade", "1e9", 1, 5000], "C2 (Capacity)"),
        (["Eka", "Sade", 2_000_000_000, 1, 5000], "at most 1,000,000,000"),
        (["Eka", "Sade", 10, 1, 0], "E2 (Price): The price must be above zero."),
        (["Eka", "Sade", 10, 1, ""], "E2 (Price): Nothing is written here."),
        (["Eka", "Sade", 10, "-1", 5], "D2 (Minimum): “-1” is below zero."),
        (["Eka", "Sade", 10, 11, 5], "D2 (Minimum): The minimum 11 is above the capacity 10."),
        (["Eka", "Sade", 10, 1, 5, "mungkin"], "F2 (Priority): “mungkin” is neither yes nor no"),
        (["Eka", "Sade", 10, 1, 5, 6], "F2 (Priority): The credit is more than the price."),
    ],
)
def test_an_odd_maker_is_refused_with_a_sentence(run, row, why):
    makers = [["Nama", "Desa", "Kapasitas", "Minimum", "Harga", "Prioritas"], row]
    status, _, err = run(makers, ORDER, "--language", "en")
    assert status == 1
    assert why in err


def test_a_sheet_of_headings_alone_is_refused(run):
    assert "No maker stands below" in run(MAKERS[:1], ORDER, "--language", "en")[2]


def test_files_that_are_no_spreadsheets_are_refused_both_at_once(run, folder):
    (folder / "large.xlsx").touch()
    os.truncate(folder / "large.xlsx", 200_000_000)
    (folder / "letter.xlsx").write_bytes(b"%PDF-1.7 letter")
    status, _, err = run(folder / "large.xlsx", folder / "letter.xlsx")
    assert status == 1
    assert err.splitlines() == [
        "large.xlsx: Berkas berukuran 200 MB. Paling besar 20 MB yang dapat dibaca; "
        "silakan bagi berkasnya atau hapus gambarnya.",
        "letter.xlsx: Ini bukan lembar kerja. Silakan kirim .xlsx, .xls, .ods, atau .csv.",
    ]


def test_an_absent_file_and_a_folder_are_told(run, folder):
    assert run(folder / "none.xlsx", folder)[2].splitlines() == [
        "none.xlsx: Berkas ini tidak ada.",
        f"{folder.name}: Ini folder, bukan berkas.",
    ]


@pytest.mark.parametrize(
    ("output", "why"),
    [
        ("plan.csv", "a name that ends in .xlsx"),
        ("nowhere/plan.xlsx", "no folder nowhere"),
        ("makers.xlsx", "would overwrite makers.xlsx"),
    ],
)
def test_a_place_where_no_plan_can_be_written_is_told(run, folder, output, why):
    status, _, err = run(MAKERS, ORDER, "-o", output, "--language", "en")
    assert status == 1
    assert why in err
    assert sorted(path.name for path in folder.iterdir()) == ["makers.xlsx", "order.xlsx"]


@pytest.mark.parametrize("heading", ["Nama", "Desa", "Kapasitas", "Minimum", "Harga"])
def test_a_column_that_is_missing_is_named(run, heading):
    left_out = MAKERS[0].index(heading)
    makers = [[cell for place, cell in enumerate(row) if place != left_out] for row in MAKERS]
    status, out, err = run(makers, ORDER)
    assert (status, out) == (1, "")
    assert err.splitlines() == [f"makers.xlsx {heading}: Kolom “{heading}” tidak ada."]
