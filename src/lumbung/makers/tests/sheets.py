"""Sheets of makers for tests: built like the ones that people send."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

from lumbung.makers import actions
from lumbung.makers.models import MakerImport

HEADINGS = (
    "Nama Usaha",
    "Pemilik",
    "No. HP",
    "Desa",
    "Kecamatan",
    "Barang",
    "Harga (Rp)",
    "Kapasitas/minggu",
    "Jumlah minimum",
)
FINE = (
    "Jahit Sahnim",
    "Sahnim",
    "0812 3456 7890",
    "Mamben Lauk",
    "Wanasaba",
    "Masker kain",
    "Rp3.000,-",
    "1.250",
    10,
)


def xlsx(*rows: Sequence[Any], headings: Sequence[str] = HEADINGS, name: str = "Data IKM") -> bytes:
    """A workbook with one sheet."""
    return workbook({name: [headings, *rows]})


def workbook(sheets: dict[str, Sequence[Sequence[Any]]]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        page.write_datetime(at, place, cell, day)
                    elif isinstance(cell, str):
                        page.write_string(at, place, cell)
                    else:
                        page.write(at, place, cell)
    return stream.getvalue()


def with_cells(row: Sequence[Any] = FINE, **cells: Any) -> list[Any]:
    """The row with other cells: `with_cells(price="lima")`."""
    places = ("name", "owner", "phone", "village", "district", "goods", "price", "capacity", "lot")
    return [cells.get(name, cell) for name, cell in zip(places, row, strict=True)]


def sent(content: bytes, *, by: str, name: str = "ikm.xlsx") -> MakerImport:
    """Sent and checked."""
    batch = actions.send_import(content=content, name=name, by=by)
    return actions.check_import(batch=batch, by=by)


def taken(content: bytes, *, by: str) -> MakerImport:
    """Sent, checked and taken in."""
    return actions.take_import(batch=sent(content, by=by), by=by)


def remarks(batch: MakerImport, kind: str = "fault") -> list[tuple[str, str]]:
    """Cell and sentence of everything that is said, downwards."""
    found = batch.remarks.filter(kind=kind).order_by("row", "place", "id")
    return [(remark.cell, remark.sentence) for remark in found]


def counts(batch: MakerImport) -> tuple[int, int, int, int]:
    """Makers new, changed, the same, and rows left out."""
    return batch.new_makers, batch.changed_makers, batch.unchanged_makers, batch.rows_left_out
