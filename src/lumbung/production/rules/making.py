"""What may be told as made: never before the share and its sheet are confirmed, never above the share."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from foundation import formats
from lumbung.production.choices import Standing
from lumbung.production.rules.forecast import Forecast
from lumbung.production.rules.standard import why_not_start

if TYPE_CHECKING:
    from lumbung.orders.models import Share
    from lumbung.production.models import Made, Making, Part, Standard


def why_not_tell(
    share: "Share", standard: "Standard | None", making: "Making | None", *, made_on: date, today: date
) -> str | None:
    """The reason why nothing can be told of this day, or None; the number is asked by `why_not_over`."""
    if reason := why_not_start(share, standard, making):
        return reason
    assert making is not None, "asked above"
    return why_not_day(made_on, started_on=making.started_on, today=today)


def why_not_day(made_on: date, *, started_on: date, today: date) -> str | None:
    """The reason why nothing can have been made on this day, or None."""
    if made_on > today:
        return _("%(day)s is still to come.") % {"day": formats.day_full(made_on)}
    if made_on < started_on:
        return _("The sheet was confirmed on %(day)s. Nothing is made before that day.") % {
            "day": formats.day_full(started_on)
        }
    return None


def why_not_quantity(quantity: int, *, corrects: bool) -> str | None:
    if quantity < 0 or (not quantity and not corrects):
        return _("Write how many pieces, from 1 on.")
    return None


def why_not_over(share: "Share", *, quantity: int, made: int) -> str | None:
    """The reason why so many more would be too many, or None: what nobody ordered, nobody pays."""
    left = share.held_quantity - made
    if quantity <= left:
        return None
    return _(
        "The share has %(held)s, of which %(made)s are made: %(left)s are left. You wrote %(written)s. "
        "What is above the share is not ordered and not paid."
    ) % {
        "held": formats.number(share.held_quantity),
        "made": formats.number(made),
        "left": formats.number(max(0, left)),
        "written": formats.number(quantity),
    }


def why_not_over_part(part: "Part", *, quantity: int, made: int) -> str | None:
    """The reason why so many more would be too many for a member, or None."""
    left = part.quantity - made
    if quantity <= left:
        return None
    return _(
        "%(name)s has %(held)s, of which %(made)s are made: %(left)s are left. You wrote %(written)s."
    ) % {
        "name": part.person,
        "held": formats.number(part.quantity),
        "made": formats.number(made),
        "left": formats.number(max(0, left)),
        "written": formats.number(quantity),
    }


def why_not_part(share: "Share", part: "Part", *, is_corrected: bool) -> str | None:
    """The reason why nothing can be told for this member, or None."""
    if part.share_id != share.pk:
        return _("This member has no part of this share.")
    if is_corrected or not part.quantity:
        return _("This part was changed since. Please look at the new one.")
    if part.confirmed_at is None:
        return _("%(name)s has not confirmed the part yet.") % {"name": part.person}
    return None


def why_not_correct(made: "Made", *, is_corrected: bool) -> str | None:
    """The reason why this entry cannot be corrected, or None."""
    if is_corrected:
        return _("This entry was corrected already. Correct the newer one.")
    return None


def standing_of(told: Forecast | None, *, standard: int | None, newest: int | None) -> Standing:
    """How far a share is, as one word, from its forecast, the version it is made by and the one that counts."""
    if told is not None and not told.remaining:
        return Standing.DONE
    if told is None or standard is None or standard != newest:
        return Standing.UNCONFIRMED
    if told.warns:
        return Standing.LATE
    if told.is_uncertain and not told.is_early_to_say:
        return Standing.UNCERTAIN
    return Standing.IN_TIME
