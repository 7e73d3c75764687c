"""Reading records: the list, the check, the words."""

from lumbung.records.queries.checking import Checked, Fault, check, faults
from lumbung.records.queries.paging import Page, page_of
from lumbung.records.queries.reading import (
    Wanted,
    failed_deliveries,
    heads_at,
    latest_seal,
    newest_of,
    newest_record,
    open_deliveries,
    records_about,
    records_wanted,
    seal_over,
    subjects_told,
)
from lumbung.records.queries.telling import (
    FieldWords,
    Told,
    called,
    deed_choices,
    has_words,
    name_keys,
    told,
    told_in_slices,
    word_deed,
    word_fields,
)

__all__ = [
    "Checked",
    "Fault",
    "FieldWords",
    "Page",
    "Told",
    "Wanted",
    "called",
    "check",
    "deed_choices",
    "failed_deliveries",
    "faults",
    "has_words",
    "heads_at",
    "latest_seal",
    "name_keys",
    "newest_of",
    "newest_record",
    "open_deliveries",
    "page_of",
    "records_about",
    "records_wanted",
    "seal_over",
    "subjects_told",
    "told",
    "told_in_slices",
    "word_deed",
    "word_fields",
]
