"""Which letters an order has and lacks, who sets them, who reads them."""

from lumbung.paperwork.queries.access import (
    habit_of,
    habits_of,
    head_of,
    kinds_read_by,
    may_set,
    may_write,
    office_of,
)
from lumbung.paperwork.queries.papers import (
    SLICE,
    SOURCES,
    Lacking,
    Paper,
    counts_of,
    lacking_in_running_orders,
    letters_in_force,
    newest_counts_of,
    numbers_in_state,
    papers_exported,
    papers_page,
    row_about,
    rows_of,
    slice_of,
    to_replace_among,
)
from lumbung.paperwork.queries.payments import order_of_payment
from lumbung.paperwork.queries.reading import letters_of_maker, letters_of_share
from lumbung.paperwork.queries.sources import Counts, Row, state_of

__all__ = [
    "SLICE",
    "SOURCES",
    "Counts",
    "Lacking",
    "Paper",
    "Row",
    "counts_of",
    "habit_of",
    "habits_of",
    "head_of",
    "kinds_read_by",
    "lacking_in_running_orders",
    "letters_in_force",
    "letters_of_maker",
    "letters_of_share",
    "may_set",
    "may_write",
    "newest_counts_of",
    "numbers_in_state",
    "office_of",
    "order_of_payment",
    "papers_exported",
    "papers_page",
    "row_about",
    "rows_of",
    "slice_of",
    "state_of",
    "to_replace_among",
]
