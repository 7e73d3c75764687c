"""Who may propose and decide a split, and when."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from foundation import clock, formats
from lumbung.orders.choices import SplitState
from lumbung.orders.rules.order import why_over

if TYPE_CHECKING:
    from lumbung.orders.models import Split

STANDS = timedelta(days=7)
"""How long a computed split may wait for its decision."""


def why_not_split(split_exists: bool, *, published: bool, over: str | None) -> str | None:
    """The reason why a line cannot be split, or None; `over` says that the whole order is."""
    if over:
        return over
    if not published:
        return _("Publish the order first: everybody must be able to see what is asked.")
    if split_exists:
        return _("This line is already split and decided. What comes back is split again by itself.")
    return None


def why_not_propose(split: "Split") -> str | None:
    if reason := why_over(split.line.order):
        return reason
    if split.state == SplitState.PROPOSED:
        return _("This split is already proposed.")
    if split.state != SplitState.DRAFTED:
        return _("Only a drafted split can be proposed.")
    if split.cost_budget_bp > split.line.order.cost_budget_bp:
        return _("The cost budget lies beyond the limit of the programme.")
    return None


def why_not_decide(split: "Split", *, by: str, today: date) -> str | None:
    """Why this person cannot decide it today; time the makers had when it was computed runs away meanwhile."""
    if reason := why_not_return(split, by=by):
        return reason
    if split.line.order.due_on <= today:
        return _("The due date is over. Return the split.")
    if clock.day_of(split.computed_at) + STANDS < today:
        return _(
            "This split was computed on %(day)s, more than %(days)s days ago. Return it, so that it is computed again."
        ) % {"day": formats.day(split.computed_at), "days": STANDS.days}
    return None


def why_not_return(split: "Split", *, by: str) -> str | None:
    """Why this person can neither decide it nor give it back."""
    if reason := why_over(split.line.order):
        return reason
    if split.state == SplitState.DECIDED:
        return _("This split is already decided.")
    if split.state != SplitState.PROPOSED:
        return _("Only a proposed split can be decided.")
    if by in {split.proposed_by, split.computed_by}:
        return _("Whoever proposes a split cannot decide it.")
    return None


def why_not_say(reason: str) -> str | None:
    """A split goes back with a reason, or not at all."""
    return None if reason.strip() else _("Write the reason, so that the officer knows what to change.")
