"""Spreadsheets in and out: every list comes in and goes out as one."""

from foundation.sheets.columns import Column, Fault, Row, Table, read_table
from foundation.sheets.files import Grid, UnreadableFile, cell_name, flipped, open_grids, why_not_open
from foundation.sheets.returning import is_remark_heading, write_back
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
    "is_remark_heading",
    "open_grids",
    "read_table",
    "why_not_open",
    "write_back",
]
