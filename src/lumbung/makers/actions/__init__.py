"""Deeds in the register: each in one transaction, with one record."""

from lumbung.makers.actions.entries import change_maker, register_maker, register_with_owner
from lumbung.makers.actions.goods import (
    add_kind,
    free_week,
    mark_busy_week,
    mark_busy_weeks,
    set_good,
    stop_good,
)
from lumbung.makers.actions.imports import (
    CHECK,
    TAKE,
    UNDO,
    check_import,
    drop_import,
    send_import,
    take_import,
    undo_import,
)
from lumbung.makers.actions.many import register_makers
from lumbung.makers.actions.owners import change_owner
from lumbung.makers.actions.standing import (
    add_household,
    add_household_of,
    close_maker,
    household_leaves,
    pause_maker,
    reactivate_maker,
    review_duplicates,
)

__all__ = [
    "CHECK",
    "TAKE",
    "UNDO",
    "add_household",
    "add_household_of",
    "add_kind",
    "change_maker",
    "change_owner",
    "check_import",
    "close_maker",
    "drop_import",
    "free_week",
    "household_leaves",
    "mark_busy_week",
    "mark_busy_weeks",
    "pause_maker",
    "reactivate_maker",
    "register_maker",
    "register_makers",
    "register_with_owner",
    "review_duplicates",
    "send_import",
    "set_good",
    "stop_good",
    "take_import",
    "undo_import",
]
