"""A sheet of makers: what its columns mean, which entry each row is, and what is to be put right."""

from lumbung.makers.rules.imports.columns import COLUMNS, GOODS_A_ROW, left_aside, number_words
from lumbung.makers.rules.imports.known import (
    Entry,
    Kinds,
    KnownGood,
    KnownMaker,
    KnownPerson,
    Plan,
    Register,
    Remark,
    Told,
    ToldGood,
    told_of_entry,
)
from lumbung.makers.rules.imports.places import Place, Places
from lumbung.makers.rules.imports.planning import plan_of
from lumbung.makers.rules.imports.rows import Reading, read_rows, why_not_table

__all__ = [
    "COLUMNS",
    "GOODS_A_ROW",
    "Entry",
    "Kinds",
    "KnownGood",
    "KnownMaker",
    "KnownPerson",
    "Place",
    "Places",
    "Plan",
    "Reading",
    "Register",
    "Remark",
    "Told",
    "ToldGood",
    "left_aside",
    "number_words",
    "plan_of",
    "read_rows",
    "told_of_entry",
    "why_not_table",
]
