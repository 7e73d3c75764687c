"""What is written to makers, captains and members by WhatsApp: at most five lines, the link last and alone."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation import formats, marking
from lumbung.orders.rules.messages import one_line


def sheet_message(
    *, addressed: str, quantity: int, unit: str, goods: str, office: str, address: str, language: str
) -> str:
    """Asks to see the sheet and to confirm it, before anything is made."""
    with override(language):
        first = _(
            "%(addressed)s, the sheet for %(quantity)s %(unit)s, %(goods)s, is ready. Please see it and confirm "
            "it before the making starts:"
        )
        words = {
            "addressed": one_line(addressed),
            "quantity": formats.number(quantity),
            "unit": unit,
            "goods": one_line(goods),
        }
        return _joined(first % words, office, address)


def progress_message(
    *, addressed: str, left: int, unit: str, due: str, office: str, address: str, language: str
) -> str:
    """Asks how many are made."""
    with override(language):
        first = _(
            "%(addressed)s, how many are made? %(left)s %(unit)s are still open, due %(due)s. Please tell here:"
        )
        words = {
            "addressed": one_line(addressed),
            "left": formats.number(left),
            "unit": unit,
            "due": due,
        }
        return _joined(first % words, office, address)


def part_message(
    *,
    addressed: str,
    quantity: int,
    unit: str,
    goods: str,
    pay_rupiah: int,
    captain: str,
    address: str,
    language: str,
) -> str:
    """Tells a member the own part and its pay."""
    with override(language):
        first = _(
            "%(addressed)s, a part for you: %(quantity)s %(unit)s, %(goods)s, %(pay)s for each. Please see it, "
            "agree, and tell here what is made:"
        )
        words = {
            "addressed": one_line(addressed),
            "quantity": formats.number(quantity),
            "unit": unit,
            "goods": one_line(goods),
            "pay": formats.rupiah(pay_rupiah),
        }
        return _joined(first % words, captain, address)


def _joined(first: str, signed: str, address: str) -> str:
    return "\n".join([first, marking.marked(f"{one_line(signed)}."), address])
