"""What a standard needs before it counts, and whether a share may be begun by it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from foundation import formats
from lumbung.production.choices import MOST_ROWS

if TYPE_CHECKING:
    from lumbung.orders.models import Order, Share
    from lumbung.production.models import Making, Standard


def why_not_write(order: "Order") -> str | None:
    """The reason why no standard is written for a line of this order, or None."""
    if order.cancelled_at:
        return _("This order is cancelled: %(reason)s") % {"reason": order.cancelled_reason}
    return None


def why_not_change(standard: "Standard") -> str | None:
    """The reason why this version stays as it is, or None."""
    if standard.approved_at:
        return _("Version %(number)s was approved and is never changed. Write the next version.") % {
            "number": standard.number
        }
    if standard.dropped_at:
        return _("Version %(number)s was dropped. Write a new one.") % {"number": standard.number}
    return None


def why_not_rows(rows: Sequence[object]) -> str | None:
    """The reason why a sheet cannot have these rows, or None."""
    if len(rows) > MOST_ROWS:
        return _("A sheet has at most %(most)s measures. You wrote %(count)s.") % {
            "most": MOST_ROWS,
            "count": len(rows),
        }
    return None


def why_not_sample_day(made_on: date | None, *, today: date) -> str | None:
    """The reason why a golden sample cannot be of this day, or None."""
    if made_on is not None and made_on > today:
        return _("The golden sample cannot be made in the future.")
    return None


def why_not_approve(standard: "Standard", *, rows: int, sample_photos: int, by: str) -> str | None:
    """The reason why this version does not become the standard, or None."""
    if reason := why_not_change(standard) or why_not_write(standard.line.order):
        return reason
    if not rows:
        return _("The sheet has no measure yet. Write at least one, with its target.")
    if not standard.sample_made_by or not standard.sample_made_on:
        return _("Write who made the golden sample, and on which day.")
    if not sample_photos:
        return _("Add a photo of the golden sample first.")
    if by == standard.written_by:
        return _("Whoever wrote the sheet does not approve it. Somebody else of the office does.")
    return None


def why_not_confirm(share: "Share", standard: "Standard | None") -> str | None:
    """The reason why a maker cannot confirm the sheet now, or None."""
    if reason := why_not_hold(share):
        return reason
    if standard is None:
        return _("The office has not approved a sheet for this order yet.")
    return None


def why_not_hold(share: "Share") -> str | None:
    """The reason why nothing is made of this share, or None: nobody makes a piece without a confirmed share."""
    if share.line.order.cancelled_at:
        return _("This order is cancelled: %(reason)s") % {"reason": share.line.order.cancelled_reason}
    if share.line.order.finished_at:
        return _("This order is finished: everything of it was handed over and inspected.")
    if share.held_quantity <= 0:
        return _("This share is not confirmed. Nobody makes a piece before it is.")
    return None


def why_not_start(share: "Share", standard: "Standard | None", making: "Making | None") -> str | None:
    """The reason why a share may not be begun, or not go on, or None."""
    if reason := why_not_confirm(share, standard):
        return reason
    assert standard is not None, "asked above"
    if making is None:
        return _("First see the sheet and confirm it; then the making can start.")
    if making.standard_id != standard.pk:
        return _("There is a new sheet, version %(number)s. First see it and confirm it.") % {
            "number": formats.number(standard.number)
        }
    return None
