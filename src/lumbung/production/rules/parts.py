"""What a captain may pass on to a member: never more than the share, and nothing below what is made already."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from foundation import formats
from lumbung.production.rules.standard import why_not_hold

if TYPE_CHECKING:
    from lumbung.orders.models import Share
    from lumbung.production.models import Part


def why_not_pass(
    share: "Share", *, quantity: int, others: int, made: int = 0, corrects: bool = False
) -> str | None:
    """The reason why a member cannot get this many, or None; `others` is what the other members have."""
    if reason := why_not_hold(share):
        return reason
    if quantity < 1 and not corrects:
        return _("Write a number from 1 on.")
    if quantity < made:
        return _("%(made)s are made already, so it cannot be less. You wrote %(written)s.") % {
            "made": formats.number(made),
            "written": formats.number(quantity),
        }
    left = share.held_quantity - others
    if quantity > left:
        return _("Of the share %(left)s are left. You wrote %(written)s.") % {
            "left": formats.number(max(0, left)),
            "written": formats.number(quantity),
        }
    return None


def why_not_pay(share: "Share", pay_rupiah: int) -> str | None:
    """The reason why a member cannot be promised this for a piece, or None."""
    if pay_rupiah > share.price_rupiah:
        return _("The share itself pays %(price)s for a piece. You wrote %(written)s.") % {
            "price": formats.rupiah(share.price_rupiah),
            "written": formats.rupiah(pay_rupiah),
        }
    return None


def why_not_correct(part: "Part", *, is_corrected: bool) -> str | None:
    """The reason why this entry cannot be corrected, or None."""
    if is_corrected:
        return _("This entry was corrected already. Correct the newer one.")
    return None


def why_not_confirm_part(part: "Part", *, is_corrected: bool) -> str | None:
    """The reason why a member cannot confirm this line, or None."""
    if reason := why_not_hold(part.share):
        return reason
    if is_corrected:
        return _("This line was changed since. Please look at the new one.")
    if not part.quantity:
        return _("This part was taken back.")
    return None


def why_not_member_link(part: "Part", *, is_corrected: bool) -> str | None:
    """The reason why a member gets no link, or None."""
    if is_corrected or not part.quantity:
        return _("This part was changed since. Please look at the new one.")
    if not part.person.phone:
        return _("No phone number of %(name)s is known. The part can be confirmed on this phone instead.") % {
            "name": part.person
        }
    return None
