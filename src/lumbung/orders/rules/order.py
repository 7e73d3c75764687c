"""What an order must say before it may be kept or published, and what state it is in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from foundation import clock, formats
from lumbung.orders.choices import LARGEST_ORDER, OrderState

if TYPE_CHECKING:
    from lumbung.orders.models import Order, OrderLine

PUBLIC_FIELDS = ("procurement_method", "legal_basis", "budget_line", "responsible_official", "price_source")


def why_not_quantity(quantity: int) -> str | None:
    if quantity <= 0:
        return _("Write a quantity of at least 1.")
    if quantity > LARGEST_ORDER:
        return _("A line holds at most %(most)s. Write the rest on another line.") % {
            "most": formats.number(LARGEST_ORDER)
        }
    return None


def why_not_due(due_on: date, *, today: date) -> str | None:
    if due_on == today:
        return _("The due date is today. Choose a later day, so that there is time to answer and to make.")
    if due_on < today:
        return _("The due date %(day)s has passed. Choose a day after today.") % {
            "day": formats.day_long(due_on)
        }
    return None


def why_over(order: "Order") -> str | None:
    """That nothing more happens in this order, or None."""
    if order.cancelled_at:
        return _("This order is cancelled.")
    if order.finished_at:
        return _("This order is finished. Open it again first.")
    return None


def why_not_change(order: "Order") -> str | None:
    """The reason why the order's terms can no longer be changed, or None."""
    if reason := why_over(order):
        return reason
    if order.published_at:
        return _("This order is published: its terms stand. Cancel it and make a new one to change them.")
    return None


def missing_public_fields(order: "Order") -> list[str]:
    """What a public order still has to say, as names of fields."""
    return [name for name in PUBLIC_FIELDS if order.is_public and not getattr(order, name)]


def why_not_publish(order: "Order", *, lines: int, collection_points: int) -> str | None:
    if order.cancelled_at:
        return _("This order is cancelled.")
    if order.published_at:
        return _("This order is already published.")
    if missing := missing_public_fields(order):
        words = ", ".join(str(order._meta.get_field(name).verbose_name) for name in missing)  # type: ignore[union-attr]
        return _("An order with public money says first: %(fields)s.") % {"fields": words}
    if not lines:
        return _("The order has no line yet.")
    if not collection_points:
        return _("The order has no collection point yet.")
    return why_not_due(order.due_on, today=clock.today())


def why_not_cancel(order: "Order", *, reason: str) -> str | None:
    if order.cancelled_at:
        return _("This order is already cancelled.")
    if order.finished_at:
        return why_over(order)
    if not reason.strip():
        return _("Write the reason: makers and the buyer will read it.")
    return None


@dataclass(frozen=True)
class Outcome:
    """What rooms above know of an order's end: the first thing that is still open, and pieces that never passed."""

    why_not: str | None = None
    missing: int = 0


def why_not_finish(order: "Order", outcome: Outcome, *, offered: int, held: int) -> str | None:
    """The reason why the order is not over yet, or None; `offered` and `held` are pieces."""
    if reason := why_over(order):
        return reason
    if not order.published_at:
        return _("This order is still a draft.")
    if offered:
        return _("%(offered)s are still with makers who have to answer.") % {
            "offered": formats.number(offered)
        }
    if not held:
        return _("No maker holds a share of this order. Cancel it instead.")
    return outcome.why_not


def why_not_finish_short(missing: int, note: str) -> str | None:
    """Whoever gets fewer pieces than were ordered reads why."""
    if missing > 0 and not note.strip():
        return _(
            "%(missing)s of the order did not come, or did not pass. Write what was agreed about them."
        ) % {"missing": formats.number(missing)}
    return None


def why_not_reopen(order: "Order", *, reason: str) -> str | None:
    if not order.finished_at:
        return _("This order is not finished.")
    if not reason.strip():
        return _("Write the reason: the record keeps it.")
    return None


def order_state(order: "Order", lines: Iterable["OrderLine"]) -> OrderState:
    """What the order's moments and quantities say of it."""
    if order.cancelled_at:
        return OrderState.CANCELLED
    if not order.published_at:
        return OrderState.DRAFT
    if order.finished_at:
        return OrderState.FINISHED
    quantities = [(line.remaining_quota, line.offered_quantity + line.confirmed_quantity) for line in lines]
    if quantities and all(remaining == 0 for remaining, _placed in quantities):
        return OrderState.FULL
    if any(placed for _remaining, placed in quantities):
        return OrderState.OFFERED
    return OrderState.PUBLISHED


def next_code(*, year: int, last: str | None) -> str:
    """`PSN-2026-0008` after `PSN-2026-0007`; each year begins at 1."""
    prefix = f"PSN-{year}-"
    number = int(last.removeprefix(prefix)) if last and last.startswith(prefix) else 0
    return f"{prefix}{number + 1:04d}"
