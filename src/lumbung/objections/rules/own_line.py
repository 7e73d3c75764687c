"""What is said to a maker about one order: the share and how it was answered, or the one reason and its remedy."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import formats
from lumbung.orders.choices import CONFIRMED_STATES, ShareState
from lumbung.orders.rules.answer import shown_state
from lumbung.orders.rules.reasons import change_sentence, reason_sentence
from lumbung.orders.rules.turns import Turn
from lumbung.orders.rules.wording import kind_name

if TYPE_CHECKING:
    from lumbung.makers.models import GoodsKind
    from lumbung.orders.models import Share, SplitRow


@dataclass(frozen=True)
class Said:
    """A line in words: the number at its edge, glyph and word, the reason, what would change it."""

    quantity: int
    look: str
    state: str
    reason: str
    change: str = ""


def said_of(row: "SplitRow", share: "Share | None", *, at: datetime) -> Said:
    if share is None:
        change = change_sentence(row.reason, row.numbers)
        state = _("Asked, no share this time") if row.eligible else _("Could not take part")
        return Said(0, "declined", state, reason_sentence(row.reason, row.numbers), change)
    state = shown_state(share, at=at)
    quantity = share.held_quantity if share.state in CONFIRMED_STATES else share.quantity
    look = "cancelled" if state == ShareState.WITHDRAWN else str(state)
    return Said(quantity, look, _answered(share, state), reason_sentence(share.reason, share.numbers))


def _answered(share: "Share", state: ShareState) -> str:
    if share.released_quantity:
        return _("%(state)s, %(quantity)s given back") % {
            "state": state.label,
            "quantity": formats.number(share.released_quantity),
        }
    return str(state.label)


def ledger_sentence(kind: "GoodsKind", turn: Turn, credit_rupiah: int) -> str:
    """Hak Anda 1.240 lembar, Anda dapat 300. Kredit di pesanan berikutnya: Rp57 per lembar."""
    words = {
        "entitled": formats.number(turn.entitled),
        "received": formats.number(turn.received),
        "unit": kind.get_unit_display(),
        "goods": kind_name(kind),
    }
    said = _("%(goods)s: by capacity %(entitled)s %(unit)s fell to you, you got %(received)s.") % words
    if not turn.behind:
        return f"{said} {_('You are not behind, so no credit is added.')}"
    if not credit_rupiah:
        return f"{said} {_('That counts in the next order.')}"
    credit = _(
        "In the next order you are ranked as if you were %(credit)s per %(one)s cheaper; you are paid in full."
    )
    return f"{said} {credit % {'credit': formats.rupiah(credit_rupiah), 'one': kind.one_unit}}"


def kept_words(kind: "GoodsKind", turn: Turn, value_rupiah: int) -> str:
    """300 lembar, Rp1.020.000, dari 3 pesanan."""
    return ngettext(
        "%(received)s %(unit)s, %(value)s, of %(orders)s order",
        "%(received)s %(unit)s, %(value)s, of %(orders)s orders",
        turn.orders,
    ) % {
        "received": formats.number(turn.received),
        "unit": kind.get_unit_display(),
        "value": formats.rupiah(value_rupiah),
        "orders": formats.number(turn.orders),
    }
