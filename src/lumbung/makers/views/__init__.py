"""The pages of the register."""

from lumbung.makers.views.detail import detail, mine, open_personal
from lumbung.makers.views.entries import change, house_leaves, houses, new, review, state
from lumbung.makers.views.goods import free_week, good, kinds, new_good, stop_good, weeks
from lumbung.makers.views.register import register, register_sheet, twins

__all__ = [
    "change",
    "detail",
    "free_week",
    "good",
    "house_leaves",
    "houses",
    "kinds",
    "mine",
    "new",
    "new_good",
    "open_personal",
    "register",
    "register_sheet",
    "review",
    "state",
    "stop_good",
    "twins",
    "weeks",
]
