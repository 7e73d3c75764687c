"""Two small sheets, and what is read back from a plan."""

import xlsxwriter
from python_calamine import CalamineWorkbook

MAKERS = [
    ["Nama", "Desa", "Kapasitas", "Minimum", "Harga", "Ongkos angkut", "Biaya kunjungan", "Sertifikat"],
    ["Aminah", "Kembang Kerang", 400, 10, 5000, 100, 20_000, "SNI, Halal"],
    ["Budi", "Mamben Lauk", 300, 10, 5200, 50, 0, "SNI"],
    ["Citra", "Pringgasela", 500, 50, 5100, 0, 10_000, ""],
    ["Dewi", "Sukarara", 200, 200, 5900, 0, 0, "sni; halal"],
]
ORDER = [["Jumlah"], [600]]


def write(path, rows):
    if path.suffix == ".csv":
        path.write_text("\n".join(";".join(str(cell) for cell in row) for row in rows), encoding="utf-8")
        return path
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return path


def sheets(path):
    with CalamineWorkbook.from_path(str(path)) as book:
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def shares(path, sheet="Rencana"):
    return {row[0]: int(row[2]) for row in sheets(path)[sheet][1:]}
