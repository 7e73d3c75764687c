"""Records, flags, remarks, makers without work: who sees what."""

from lumbung.scorecards.queries.access import (
    flags_seen_by,
    may_decide_flags,
    may_read_records,
    may_watch,
    records_opened_by,
    remarks_seen_by,
)
from lumbung.scorecards.queries.records import (
    RecordRow,
    last_shown,
    office_records_of,
    own_records_of,
    yield_bp,
)

__all__ = [
    "RecordRow",
    "flags_seen_by",
    "last_shown",
    "may_decide_flags",
    "may_read_records",
    "may_watch",
    "office_records_of",
    "own_records_of",
    "records_opened_by",
    "remarks_seen_by",
    "yield_bp",
]
