"""Taking pieces in, looking at them, looking again, and putting right what was written wrong."""

from lumbung.deliveries.actions.closing import close_share, reopen_share
from lumbung.deliveries.actions.correcting import correct_delivery, correct_move
from lumbung.deliveries.actions.inspecting import (
    close_inspection,
    confirm_terms,
    open_inspection,
    second_inspection,
)
from lumbung.deliveries.actions.keeping import Photo
from lumbung.deliveries.actions.owing import raise_what_is_owed
from lumbung.deliveries.actions.receiving import OverShareRefused, count_over_share, receive_delivery

__all__ = [
    "OverShareRefused",
    "Photo",
    "close_inspection",
    "close_share",
    "confirm_terms",
    "correct_delivery",
    "correct_move",
    "count_over_share",
    "open_inspection",
    "raise_what_is_owed",
    "receive_delivery",
    "reopen_share",
    "second_inspection",
]
