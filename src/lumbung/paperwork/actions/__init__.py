"""Setting the letters of an order, renewing those that say something else, and the habits of an office."""

from lumbung.paperwork.actions.habits import set_habit
from lumbung.paperwork.actions.setting import issue_about, issue_missing, renew_letters

__all__ = ["issue_about", "issue_missing", "renew_letters", "set_habit"]
