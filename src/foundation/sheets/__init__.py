"""Spreadsheets in and out: every list comes in and goes out as one."""

from foundation.sheets.columns import Column, Fault, Row, Table, read_table
from foundation.sheets.files import Grid, UnreadableFile, cell_name, flipped, open_grids
from foundation.sheets.writing import Heading, Sheet, Workbook

__all__ = [
    "Column",
    "Fault",
    "Grid",
    "Heading",
    "Row",
    "Sheet",
    "Table",
    "UnreadableFile",
    "Workbook",
    "cell_name",
    "flipped",
    "open_grids",
    "read_table",
]
