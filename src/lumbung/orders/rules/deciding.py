"""Who may propose and decide a split, and when."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lumbung.orders.choices import SplitState

if TYPE_CHECKING:
    from lumbung.orders.models import Split


def why_not_split(split_exists: bool, *, published: bool, cancelled: bool) -> str | None:
    """The reason why a line cannot be split, or None."""
    if cancelled:
        return _("This order is cancelled.")
    if not published:
        return _("Publish the order first: everybody must be able to see what is asked.")
    if split_exists:
        return _("This line is already split and decided. What comes back is split again by itself.")
    return None


def why_not_propose(split: "Split") -> str | None:
    if split.line.order.cancelled_at:
        return _("This order is cancelled.")
    if split.state == SplitState.PROPOSED:
        return _("This split is already proposed.")
    if split.state != SplitState.DRAFTED:
        return _("Only a drafted split can be proposed.")
    if split.cost_budget_bp > split.line.order.cost_budget_bp:
        return _("The cost budget lies beyond the limit of the programme.")
    return None


def why_not_decide(split: "Split", *, by: str) -> str | None:
    if split.line.order.cancelled_at:
        return _("This order is cancelled.")
    if split.state == SplitState.DECIDED:
        return _("This split is already decided.")
    if split.state != SplitState.PROPOSED:
        return _("Only a proposed split can be decided.")
    if by in {split.proposed_by, split.computed_by}:
        return _("Whoever proposes a split cannot decide it.")
    return None
