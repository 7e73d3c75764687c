"""`lumbung split` as people use it: files in, a workbook and an exit status out."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from lumbung.orders.management.two_sheets import writing
from lumbung.orders.tests.two_sheets import MAKERS, ORDER, shares, sheets, write


def test_a_plan_has_the_three_sheets_with_their_headings(run):
    status, out, err = run(MAKERS, ORDER, "-o", "plan.xlsx")
    assert (status, err) == (0, "")
    assert "600 dibagi kepada" in out
    plan = sheets("plan.xlsx")
    assert list(plan) == ["Rencana", "Tidak terpilih", "Bukti"]
    assert plan["Rencana"][0] == ["Nama", "Desa", "Jumlah", "Harga", "Biaya", "Alasan"]
    assert plan["Tidak terpilih"][0] == ["Nama", "Alasan", "Yang mengubahnya"]
    assert [row[0] for row in plan["Bukti"][1:8]] == [
        "Biaya",
        "Biaya termurah",
        "Batas bawah",
        "Selisih",
        "Benih undian",
        "Sidik masukan",
        "Versi",
    ]


def test_the_sums_are_exact_and_every_maker_stands_somewhere_with_a_reason(run):
    _, out, _ = run(MAKERS, ORDER, "-o", "plan.xlsx", "--json")
    told, plan = json.loads(out), sheets("plan.xlsx")
    rows = {row[0]: row for row in MAKERS[1:]}
    for name, _village, quantity, price, cost, reason in plan["Rencana"][1:]:
        assert price == rows[name][4]
        assert cost == quantity * (rows[name][4] + rows[name][5]) + rows[name][6]
        assert 0 < quantity <= rows[name][2] and quantity >= rows[name][3]
        assert reason
    assert sum(row[2] for row in plan["Rencana"][1:]) == told["quantity"] == 600
    assert sum(row[4] for row in plan["Rencana"][1:]) == told["cost"]
    assert {row[0] for row in plan["Rencana"][1:] + plan["Tidak terpilih"][1:]} == set(rows)
    assert all(row[1] and row[2] for row in plan["Tidak terpilih"][1:])


def test_the_figures_are_one_json_object_with_these_keys(run):
    status, out, _ = run(MAKERS, ORDER, "--json")
    told = json.loads(out)
    assert status == 0
    assert list(told) == [
        "quantity",
        "makers",
        "cost",
        "ranked_cost",
        "cheapest_cost",
        "lower_bound",
        "gap",
        "largest_share",
        "seconds",
    ]
    assert told["lower_bound"] <= told["cost"]
    assert told["cheapest_cost"] <= told["cost"] <= told["cheapest_cost"] * 1.02


def test_without_tolerance_the_plan_is_the_cheapest(run):
    _, out, _ = run(MAKERS, [["Jumlah", "Toleransi biaya"], [600, 0]], "--json")
    told = json.loads(out)
    assert told["cost"] == told["cheapest_cost"] == (500 * 5100 + 10_000) + 100 * 5250


def test_columns_may_stand_in_any_order_with_english_headings_and_synonyms(run):
    makers = [
        ["Unit price", "Remarks", "MOQ", "Village", "Shipping", "CAPACITY (pcs)", "maker"],
        *([row[4], "x", row[3], row[1], row[5], row[2], row[0]] for row in MAKERS[1:]),
    ]
    status, _, err = run(makers, [["Order quantity"], [600]], "-o", "plan.xlsx", "--language", "en")
    assert (status, err) == (0, "makers.xlsx: columns not used: Remarks\n")
    plan = sheets("plan.xlsx")
    assert list(plan) == ["Plan", "Not chosen", "Proof"]
    assert plan["Plan"][0] == ["Name", "Village", "Quantity", "Price", "Cost", "Reason"]
    assert sum(shares("plan.xlsx", "Plan").values()) == 600


def test_a_semicolon_file_in_windows_1252_is_understood(run, folder):
    makers = folder / "makers.csv"
    rows = [
        "Nama;Desa;Kapasitas;Minimum;Harga",
        "Café Mawar;Sadé;1.250;5;Rp5.000,-",
        "Budi;Sadé;10;1;Rp 6.000",
    ]
    makers.write_bytes("\r\n".join(rows).encode("cp1252"))
    order = folder / "order.csv"
    order.write_text("jumlah;harga maksimum\n1.200;Rp9.000,-\n")
    assert run(makers, order, "-o", "plan.xlsx")[0] == 0
    assert shares("plan.xlsx")["Café Mawar"] >= 1190


def test_an_order_may_stand_as_labels_beside_values(run):
    order = [["Jumlah", "1,2 ribu"], ["Toleransi biaya", "0 %"], ["Batas per pelaku", 450]]
    assert run(MAKERS, order, "-o", "plan.xlsx")[0] == 0
    assert max(shares("plan.xlsx").values()) <= 450


def test_an_order_that_cannot_be_filled_says_the_most_and_what_binds_and_writes_nothing(run, folder):
    (folder / "plan.xlsx").write_bytes(b"an older plan")
    status, out, err = run(MAKERS, [["Jumlah"], [1401]], "-o", "plan.xlsx", "--json")
    assert status == 2
    assert json.loads(out) == {"deliverable": 1400, "binding": ["capacity"]}
    assert err.splitlines() == [
        "Pesanan 1.401 tidak dapat dipenuhi: paling banyak 1.400 yang dapat diserahkan.",
        "Kapasitas semua pelaku layak bersama-sama belum cukup.",
    ]
    assert (folder / "plan.xlsx").read_bytes() == b"an older plan"
    assert sorted(path.name for path in folder.iterdir()) == ["makers.xlsx", "order.xlsx", "plan.xlsx"]


@pytest.mark.parametrize(
    ("order", "deliverable", "binding", "sentence"),
    [
        (
            [["Jumlah", "Sertifikat"], [901, "SNI"]],
            900,
            "certificate",
            "keeps out 1 makers with a capacity of 500",
        ),
        ([["Jumlah", "Harga maksimum"], [1300, 5500]], 1200, "max_price", "Rp5,500 keeps out 1 makers"),
        (
            [["Jumlah", "Batas per pelaku"], [900, 220]],
            860,
            "max_quantity",
            "The limit of 220 per maker binds.",
        ),
        ([["Jumlah", "Harga maksimum"], [5, 1]], 0, "max_price", "Rp1 keeps out 4 makers"),
    ],
)
def test_what_binds_is_named(run, order, deliverable, binding, sentence):
    status, out, err = run(MAKERS, order, "--json", "--language", "en")
    told = json.loads(out)
    assert (status, told["deliverable"]) == (2, deliverable)
    assert binding in told["binding"]
    assert sentence in err


def test_lots_that_do_not_add_up_are_named(run):
    makers = [MAKERS[0][:5], ["Eka", "Sade", 100, 100, 5000], ["Fitri", "Sade", 100, 100, 5000]]
    status, out, _ = run(makers, [["Jumlah"], [150]], "--json")
    assert status == 2
    assert json.loads(out) == {"deliverable": 100, "binding": ["min_lot"]}


def test_a_certificate_and_a_price_keep_makers_out_with_what_would_change_it(run):
    order = [["Jumlah", "Sertifikat", "Harga maksimum"], [300, "sni", 5500]]
    assert run(MAKERS, order, "-o", "plan.xlsx", "--language", "en")[0] == 0
    left = {row[0]: row[1:] for row in sheets("plan.xlsx")["Not chosen"][1:]}
    assert left["Citra"] == ["No valid certificate: sni", "A certificate valid until the due date"]
    assert left["Dewi"] == ["Price Rp5,900 is above the ceiling Rp5,500", "A price of at most Rp5,500"]


def test_the_limit_of_the_order_holds_for_every_maker(run):
    order = [["Jumlah", "Batas per pelaku", "Toleransi biaya"], [500, 180, 0]]
    assert run(MAKERS, order, "-o", "plan.xlsx", "--language", "en")[0] == 0
    assert max(shares("plan.xlsx", "Plan").values()) == 180
    reasons = {row[0]: row[5] for row in sheets("plan.xlsx")["Plan"][1:]}
    assert "The order's limit per maker: 180" in reasons.values()
    left = {row[0]: row[1] for row in sheets("plan.xlsx")["Not chosen"][1:]}
    assert left["Dewi"] == "Smallest lot 200 is above the order's limit per maker 180"


@pytest.mark.parametrize(
    ("priority", "winner"), [("", "Fitri"), ("ya", "Eka"), (1, "Eka"), (150, "Eka"), (50, "Fitri")]
)
def test_priority_ranks_a_maker_and_never_changes_its_price(run, priority, winner):
    makers = [
        ["Nama", "Desa", "Kapasitas", "Minimum", "Harga", "Prioritas"],
        ["Eka", "Sade", 100, 1, 5100, priority],
        ["Fitri", "Sade", 100, 1, 5000, "tidak"],
    ]
    order = [["Jumlah", "Toleransi biaya"], [100, 0]]
    assert run(makers, order, "-o", "plan.xlsx")[0] == 0
    [row] = sheets("plan.xlsx")["Rencana"][1:]
    assert (row[0], row[4]) == (winner, 100 * row[3])


def test_an_order_for_one_maker_says_so(run):
    makers = [*MAKERS[:3], ["Eka", "Sade", 400, 300, 4000, 0, 0, ""]]
    assert (
        run(makers, [["Jumlah", "Toleransi biaya"], [200, 0]], "-o", "plan.xlsx", "--language", "en")[0] == 0
    )
    assert [row[5] for row in sheets("plan.xlsx")["Plan"][1:]] == ["Makes the whole order"]
    left = {row[0]: row[1] for row in sheets("plan.xlsx")["Not chosen"][1:]}
    assert left["Eka"] == "Smallest lot 300 is above the whole order of 200"


def test_equal_makers_draw_and_the_seed_alone_decides(run):
    makers = [MAKERS[0][:5], *([f"Perajin {n}", "Sade", 10, 10, 5000] for n in range(30))]
    order = [["Jumlah", "Toleransi biaya"], [100, 0]]

    def winners(rows, *options):
        assert run(rows, order, "-o", "plan.xlsx", *options)[0] == 0
        return frozenset(shares("plan.xlsx"))

    first = winners(makers, "--seed", "rapat 12 Juni")
    assert len(first) == 10
    assert winners([makers[0], *reversed(makers[1:])], "--seed", "rapat 12 Juni") == first
    assert len({winners(makers, "--seed", str(seed)) for seed in range(4)} | {first}) > 1
    assert winners(makers) == winners([makers[0], *reversed(makers[1:])])


def test_makers_of_one_name_are_told_apart_by_their_village(run):
    makers = [MAKERS[0][:5], ["Eka", "Sade", 50, 1, 5000], ["Eka", "Rembitan", 50, 1, 9000]]
    assert run(makers, [["Jumlah", "Toleransi biaya"], [50, 0]], "-o", "plan.xlsx")[0] == 0
    assert [row[0] for row in sheets("plan.xlsx")["Tidak terpilih"][1:]] == ["Eka (Rembitan)"]


def test_a_name_like_a_formula_stays_a_name(run, folder):
    makers = write(folder / "makers.csv", [MAKERS[0][:5], ["=HYPERLINK(A1)", "@Sade", 50, 1, 5000]])
    assert run(makers, [["Jumlah"], [50]], "-o", "plan.xlsx")[0] == 0
    assert sheets("plan.xlsx")["Rencana"][1][:2] == ["=HYPERLINK(A1)", "@Sade"]


def test_a_plan_that_breaks_off_leaves_the_older_one(run, folder, monkeypatch):
    (folder / "plan.xlsx").write_bytes(b"an older plan")

    def full(book, plan):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_write_proof", full)
    status, _, err = run(MAKERS, ORDER, "-o", "plan.xlsx", "--language", "en")
    assert status == 1
    assert err == "plan.xlsx: This file cannot be read or written: No space left on device.\n"
    assert (folder / "plan.xlsx").read_bytes() == b"an older plan"
    assert sorted(path.name for path in folder.iterdir()) == ["makers.xlsx", "order.xlsx", "plan.xlsx"]


def test_a_misspelt_command_is_bad_input_not_an_order_that_cannot_be_filled(run):
    assert run(MAKERS, ORDER, "--lenguage", "en")[0] == 1


def lumbung(*arguments, **environment):
    """The command as a process of its own, with a database that cannot be reached."""
    return subprocess.run(
        [sys.executable, str(settings.ROOT / "manage.py"), "split", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", **environment},
        check=False,
    )


@pytest.mark.slow
def test_a_million_pieces_over_two_thousand_makers_without_a_database(folder):
    makers = [
        ["Nama", "Desa", "Kapasitas", "Minimum", "Harga", "Ongkos angkut", "Biaya kunjungan"],
        *(
            [
                f"Perajin {n}",
                f"Desa {n % 300}",
                300 + n * 37 % 900,
                10 + n % 40,
                4500 + n * 7919 % 1000,
                n % 300,
                25_000,
            ]
            for n in range(2000)
        ),
    ]
    write(folder / "makers.xlsx", makers)
    write(folder / "order.xlsx", [["Jumlah", "Toleransi biaya"], [1_000_000, "2 %"]])
    ended = lumbung("makers.xlsx", "order.xlsx", "-o", "plan.xlsx", "--json", LUMBUNG_VAR=str(folder / "var"))
    assert (ended.returncode, ended.stderr) == (0, "")
    told = json.loads(ended.stdout)
    assert sum(shares("plan.xlsx").values()) == told["quantity"] == 1_000_000
    assert told["gap"] < 1e-4
    assert told["largest_share"] == max(shares("plan.xlsx").values())
    assert len(sheets("plan.xlsx")["Rencana"]) + len(sheets("plan.xlsx")["Tidak terpilih"]) == 2002


@pytest.mark.slow
def test_the_process_ends_with_the_promised_status(folder):
    var = str(folder / "var")
    write(folder / "makers.csv", MAKERS)
    write(folder / "order.csv", [["Quantity"], [5000]])
    ended = lumbung("makers.csv", "order.csv", "-o", "plan.xlsx", "--language", "en", LUMBUNG_VAR=var)
    assert ended.returncode == 2
    assert ended.stderr.startswith("The order of 5,000 cannot be filled: at most 1,400 can be delivered.")
    assert not (folder / "plan.xlsx").exists()
    assert lumbung("makers.csv", LUMBUNG_VAR=var).returncode == 1
    assert "Toleransi biaya" in lumbung("--help", LUMBUNG_VAR=var).stdout
