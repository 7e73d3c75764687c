"""An ugly workbook of 10,000 rows, with faults of every kind planted in it: checked, taken in, sent once more.

Run by `make bench`. Prints seconds, and the ratio to the raw limit: reading the same workbook without looking at
it, in the same run. Fails when one planted fault is not named in the first pass. Then 100,000 makers go out as
xlsx, and the memory of that is watched. `imports.py 10000 100000` are the two sizes.
"""

import os
import platform
import resource
import sys
import tempfile
import time
from datetime import date
from io import BytesIO, StringIO
from random import Random

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
EXPORTED = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
MOST_SECONDS, MOST_EXPORT_SECONDS, MOST_GROWTH_MB = 10, 60, 60

HEADINGS = (
    "No",
    "Pelaku Usaha",
    "Nama Pemilik",
    "L/P",
    "No. Telp/HP",
    "Desa/Kelurahan",
    "Kec.",
    "Kab/Kota",
    "Dusun",
    "RT/RW",
    "Nama Bank",
    "No. Rek",
    "NIB",
    "Produksi terakhir",
    "Barang",
    "Satuan",
    "Harga (Rp)",
    "Kapasitas/minggu",
    "Jumlah minimum",
    "Barang",
    "Harga (Rp)",
    "Kapasitas/minggu",
)
AT = {heading: place for place, heading in enumerate(HEADINGS) if HEADINGS.index(heading) == place}
TITLE_ROWS = 3

FAULTS = {
    # what is planted: column, and what is written there
    "name missing": ("Pelaku Usaha", ""),
    "name too long": ("Pelaku Usaha", "Usaha " * 40),
    "owner missing": ("Nama Pemilik", ""),
    "village unknown": ("Desa/Kelurahan", "Mambem Laukk"),
    "village not here": ("Kec.", "Sape"),
    "goods unknown": ("Barang", "Keris pusaka"),
    "goods missing": ("Barang", ""),
    "unit": ("Satuan", "kodi"),
    "price in words": ("Harga (Rp)", "lima puluh ribu"),
    "price two ways": ("Harga (Rp)", "12.5"),
    "price zero": ("Harga (Rp)", 0),
    "price missing": ("Harga (Rp)", ""),
    "capacity in words": ("Kapasitas/minggu", "dua ratus"),
    "capacity below zero": ("Kapasitas/minggu", -5),
    "capacity too large": ("Kapasitas/minggu", "2 M"),
    "lot above a year": ("Jumlah minimum", 99_999_999),
    "day that is none": ("Produksi terakhir", "31/02/2026"),
    "day to come": ("Produksi terakhir", "1/1/2190"),
    "account lost digits": ("No. Rek", 1234567890123456789),
}
SHOWN_AT = {"village not here": "Desa/Kelurahan"}

with tempfile.TemporaryDirectory() as folder:
    os.environ |= {"LUMBUNG_VAR": folder, "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "config.settings"}
    import django

    django.setup()

    import xlsxwriter
    from django.core.management import call_command
    from django.db import connection
    from django.utils import translation
    from python_calamine import CalamineWorkbook

    from foundation.downloads import workbook_response
    from foundation.sheets import cell_name
    from lumbung.makers.actions import add_kind, check_import, register_makers, send_import, take_import
    from lumbung.makers.choices import RemarkKind, Unit
    from lumbung.makers.queries import Wanted, exported_rows, found_among, makers_seen_by
    from lumbung.makers.rules import NewGood, NewMaker
    from lumbung.makers.views.sheets import register_sheet_of
    from lumbung.organisations.tests.factories import cast as a_cast
    from lumbung.people.actions import register_persons
    from lumbung.people.rules import NewPerson
    from lumbung.places.models import Village

    def timed(words: str, deed):
        """Seconds of the processor: other work on the same machine does not count; wall time is printed too."""
        started, busy = time.perf_counter(), time.process_time()
        result = deed()
        seconds, wall = time.process_time() - busy, time.perf_counter() - started
        print(f"{words:<54} {seconds * 1000:8.0f} ms  (wall {wall * 1000:8.0f} ms)")
        return result, seconds

    def fine_row(number: int, chance: Random, villages: list[Village]) -> list[object]:
        """As people write it: money with Rp and dash, dots in thousands, the zero of a phone lost or not."""
        village = chance.choice(villages)
        price, capacity = chance.randrange(2, 90) * 500, chance.randrange(10, 2_000)
        thousands = f"{price:,}".replace(",", ".")
        written = (price, f"Rp{thousands},-", f"Rp {thousands}", thousands)
        phone = f"8{chance.randrange(10**9, 10**10)}"
        return [
            number,
            f"UD Usaha {number}",
            f"Pemilik {number}",
            chance.choice("LP"),
            chance.choice(
                (f"0{phone}", int(phone), f"+62 {phone}", f"0{phone[:3]}-{phone[3:7]}-{phone[7:]}")
            ),
            chance.choice((village.name, village.name.upper(), f"Desa {village.name}", village.code)),
            chance.choice((village.district.name, f"Kec. {village.district.name}")),
            chance.choice((village.district.regency.name, village.district.regency.short_name)),
            chance.choice(("", "Dusun Barat", "-")),
            f"RT 0{number % 9 + 1} / {number}",
            chance.choice(("BRI", "Bank NTB Syariah", "-")),
            f"{number:010}",
            f"{number:013}",
            chance.choice((date(2026, 3, 4), "27/12/2025", "3 Maret 2026", "")),
            chance.choice(("Masker kain", "masker-kain", "MASKER KAIN", "Cloth mask")),
            chance.choice(("lembar", "Lembar", "")),
            chance.choice(written),
            chance.choice((capacity, f"{capacity:,}".replace(",", "."))),
            chance.choice(("", 10)),
            *chance.choice((("", "", ""), ("Kain tenun", "Rp350.000,-", 4))),
        ]

    def ugly(rows: int, chance: Random) -> tuple[bytes, set[str], int]:
        """The workbook, the cells with a planted fault, and how many rows have none."""
        villages = list(Village.objects.select_related("district__regency"))
        by_place = {}
        for village in villages:
            by_place.setdefault((village.search_name, village.district_id), []).append(village)
        villages = [found[0] for found in by_place.values() if len(found) == 1]
        planted, fine, stream = set(), 0, BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            page, day = book.add_worksheet("Data IKM"), book.add_format({"num_format": "dd/mm/yyyy"})
            page.write(0, 0, "DATA IKM BINAAN")
            page.write_row(TITLE_ROWS - 1, 0, HEADINGS)
            kinds = list(FAULTS.items())
            for number in range(1, rows + 1):
                at = TITLE_ROWS + number
                cells = fine_row(number, chance, villages)
                many = chance.choice((0, 0, 0, 1, 1, 3))
                fine += not many
                chosen = kinds if number % 97 == 0 else chance.sample(kinds, many)
                taken = set()
                for name, (heading, written) in chosen:
                    if heading in taken or ("village" in name and "village" in taken):
                        continue
                    if name == "unit" and "Barang" in taken:
                        continue  # who does not say of what cannot be wrong about its unit
                    if name == "lot above a year":
                        cells[AT["Kapasitas/minggu"]] = 700
                        taken.add("Kapasitas/minggu")
                        planted.discard(cell_name(at, AT["Kapasitas/minggu"]))
                    taken |= {heading, "village" if "village" in name else heading}
                    if heading == "Barang":
                        planted.discard(cell_name(at, AT["Satuan"]))
                    cells[AT[heading]] = written
                    if name == "village not here":
                        cells[AT["Desa/Kelurahan"]] = "Mamben Lauk"
                    planted.add(cell_name(at, AT[SHOWN_AT.get(name, heading)]))
                if number % 97 == 0 and not many:
                    fine -= 1
                for place, cell in enumerate(cells):
                    if isinstance(cell, date):
                        page.write_datetime(at - 1, place, cell, day)
                    else:
                        page.write(at - 1, place, cell)
        return stream.getvalue(), planted, fine

    def fill(count: int) -> None:
        """So many makers with one or two goods each, through the same deeds as everybody's."""
        chance = Random(2)
        villages = list(Village.objects.select_related("district__regency"))
        for start in range(0, count, 5_000):
            numbers = range(start, min(start + 5_000, count))
            persons = register_persons(
                [NewPerson(f"Pemilik {n}", phone=f"0812{n:08}") for n in numbers], by=by, is_demo=True
            )
            rows = [
                NewMaker(
                    f"Usaha keluarga {number}",
                    person,
                    chance.choice(villages),
                    goods=[NewGood("masker-kain", 3_000, 700, 10)]
                    + [NewGood("kain-tenun", 350_000, 4)] * (number % 5 == 0),
                )
                for number, person in zip(numbers, persons, strict=True)
            ]
            register_makers(rows, by=by, is_demo=True)

    def peak_mb() -> int:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

    def export() -> list[str]:
        """The register as xlsx: the first thousand makers, then all, and what that adds to the memory."""
        fill(EXPORTED)
        makers = found_among(makers_seen_by(cast.officer), Wanted())

        def write(these) -> int:
            response = workbook_response("pelaku", [register_sheet_of(exported_rows(these), whole=True)])
            return sum(len(piece) for piece in response.streaming_content)

        first = makers.filter(pk__in=list(makers.order_by("pk").values_list("pk", flat=True)[:1_000]))
        write(first)
        before = peak_mb()
        size, seconds = timed(f"{makers.count()} makers out as xlsx", lambda: write(makers))
        growth = peak_mb() - before
        print(
            f"{size // 1_000_000} MB of xlsx; peak memory {peak_mb()} MB, {growth} MB above that of 1,000 makers"
        )
        wrong = [f"the export took {seconds:.0f} s"] if seconds > MOST_EXPORT_SECONDS else []
        return wrong + ([f"the export grew by {growth} MB"] if growth > MOST_GROWTH_MB else [])

    translation.activate("id")
    call_command("migrate", verbosity=0)
    call_command("load_places", stdout=StringIO())
    cast = a_cast()
    by = cast.officer.key
    kinds = (
        ("masker-kain", "Masker kain", "Cloth mask", Unit.SHEET),
        ("kain-tenun", "Kain tenun", "Woven cloth", Unit.SHEET),
        ("tas-ketak", "Tas ketak", "Ketak bag", Unit.PIECE),
    )
    for code, name, name_en, unit in kinds:
        add_kind(code=code, name=name, name_en=name_en, unit=unit, by=by)
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {connection.vendor}"
    )
    content, planted, fine = ugly(ROWS, Random(1))
    print(f"{ROWS} rows, {len(content) // 1000} kB, {len(planted)} planted faults, {fine} rows without one")

    def raw() -> int:
        with CalamineWorkbook.from_object(BytesIO(content)) as book:
            return len(book.get_sheet_by_index(0).to_python())

    _, limit = timed("raw limit: read the workbook without looking at it", raw)
    batch = send_import(content=content, name="ikm.xlsx", by=by)
    batch, checking = timed(
        "check it: every fault, what is new, what is changed", lambda: check_import(batch=batch, by=by)
    )
    batch, taking = timed(
        "take it in (read and compared again, then written)", lambda: take_import(batch=batch, by=by)
    )
    seconds = checking + taking
    named = set(batch.remarks.filter(kind=RemarkKind.FAULT).values_list("cell", flat=True))
    print(
        f"{batch.new_makers} new, {batch.changed_makers} changed, {batch.unchanged_makers} the same, "
        f"{batch.rows_left_out} of {batch.rows} rows left out, {batch.remarks.count()} remarks"
    )
    print(f"check and write / raw limit: {seconds / limit:.1f}; together {seconds:.1f} s")
    missed = planted - named
    print(f"planted faults named in the first pass: {len(planted) - len(missed)} of {len(planted)}")
    again = send_import(content=content, name="ikm.xlsx", by=by)
    again, _ = timed("the same file again", lambda: check_import(batch=again, by=by))
    print(f"{again.new_makers} new, {again.changed_makers} changed, {again.unchanged_makers} the same")
    failed = [
        words
        for words, wrong in (
            (f"not named: {sorted(missed)[:20]}", missed),
            (f"took {seconds:.1f} s", seconds > MOST_SECONDS),
            ("rows without a fault were left out", batch.rows - batch.rows_left_out != fine),
            ("the same file changed something", again.makers_taken),
        )
        if wrong
    ]
    if EXPORTED:
        failed += export()
    connection.close()
    if failed:
        raise SystemExit("; ".join(failed))
