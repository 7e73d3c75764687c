"""Orders and their lines in words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation import formats
from lumbung.orders.choices import OrderState, PriceMode

if TYPE_CHECKING:
    from lumbung.orders.models import Order, OrderLine

STATE_KEYS = {
    OrderState.DRAFT: "draft",
    OrderState.PUBLISHED: "published",
    OrderState.OFFERED: "offered",
    OrderState.FULL: "full",
    OrderState.FINISHED: "done",
    OrderState.CANCELLED: "cancelled",
}


class Named(Protocol):
    """What has an Indonesian and an English name: kinds of goods, schemes."""

    name: str
    name_en: str


def kind_name(kind: Named) -> str:
    """The name of a kind of goods, or of a scheme, in the reader's language."""
    return kind.name_en if (get_language() or "id").startswith("en") else kind.name


def unit_of(line: "OrderLine") -> str:
    return str(line.kind.get_unit_display())


def goods_of(line: "OrderLine") -> str:
    """Masker kain, dewasa."""
    return f"{kind_name(line.kind)}, {line.size}" if line.size else kind_name(line.kind)


def line_title(line: "OrderLine") -> str:
    """1.000.000 lembar masker kain, dewasa."""
    return _amount_of(line, goods_of(line))


def short_title(line: "OrderLine") -> str:
    """1.000.000 lembar masker kain."""
    return _amount_of(line, kind_name(line.kind))


def _amount_of(line: "OrderLine", goods: str) -> str:
    return f"{formats.number(line.quantity)} {unit_of(line)} {goods[:1].lower()}{goods[1:]}"


def price_sentence(order: "Order", line: "OrderLine") -> str:
    """Satu harga, Rp3.400 per lembar."""
    words = {"price": formats.rupiah(line.price_rupiah), "unit": unit_of(line)}
    if order.price_mode == PriceMode.ONE:
        return _("One price, %(price)s for each of the %(unit)s.") % words
    return _("Each maker's own price, at most %(price)s for each of the %(unit)s.") % words


def value_of(lines: Sequence["OrderLine"]) -> int:
    """What the goods cost at the price, or at most at the ceiling."""
    return sum(line.quantity * line.price_rupiah for line in lines)


def progress_words(line: "OrderLine") -> str:
    """862.480 dari 1.000.000 lembar."""
    return _("%(confirmed)s of %(quantity)s %(unit)s") % {
        "confirmed": formats.number(line.confirmed_quantity),
        "quantity": formats.number(line.quantity),
        "unit": unit_of(line),
    }
