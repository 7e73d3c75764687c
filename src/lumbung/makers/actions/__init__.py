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
from lumbung.makers.actions.many import register_makers
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
    "add_household",
    "add_household_of",
    "add_kind",
    "change_maker",
    "close_maker",
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
    "set_good",
    "stop_good",
]
