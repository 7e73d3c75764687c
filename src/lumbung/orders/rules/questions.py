"""What a village asks about a split, answered with the numbers of this one."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import formats
from lumbung.orders.choices import PriceMode, Reason
from lumbung.orders.rules.public import counted
from lumbung.orders.rules.wording import price_sentence
from lumbung.places.rules.marks import SMALLEST_GROUP

if TYPE_CHECKING:
    from lumbung.orders.models import Split


@dataclass(frozen=True)
class Question:
    """A question, its answer, and where on the page more stands."""

    question: str
    answer: str
    anchor: str = ""
    more: str = ""


def questions_about(
    split: "Split", *, unit: str, proposed_by: str, decided_by: str, computed: int, office: str
) -> list[Question]:
    """In the order in which they are asked at a village meeting."""
    return [
        Question(
            _("Why did my neighbour get a share and I none?"),
            _neighbour(split),
            "menunggu",
            _("Who has no share, and why"),
        ),
        Question(
            _("Did one village, or the house of somebody important, get more?"),
            _more(split, unit),
            "tempat",
            _("By place"),
        ),
        Question(_("Was somebody paid more?"), _paid(split)),
        Question(
            _("Could the office have chosen the draw?"), _draw(split, computed), "bukti", _("The proof")
        ),
        Question(_("Who checked it?"), _checked(proposed_by, decided_by), "bukti", _("The proof")),
        Question(_("I am new. Can I take part?"), _new(split, unit, office)),
    ]


def _neighbour(split: "Split") -> str:
    if not split.waiting and not split.refused:
        return _("Every maker of these goods in the register has a share.")
    return _(
        "All makers stand in one row, by price, transport up to the collection point and visit, less the published "
        "credits. From the front each gets up to the common limit, until the order is full. Whoever has none stands "
        "behind the threshold, or could not take part. The office sends everybody the own reason with its numbers, and "
        "what would change it."
    )


def _more(split: "Split", unit: str) -> str:
    if split.common_cap is None:
        return _(
            "Everybody gets at most what the own house can make until the due date. The table by place shows it."
        )
    return _(
        "No. In the plan that was decided no house gets more than %(cap)s %(unit)s, in whichever village and whoever "
        "lives there; a group counts as many times as it has houses. Who gets less makes less, or completes the order. "
        "The table by place shows how much falls to each house."
    ) % {"cap": formats.number(split.common_cap), "unit": unit}


def _paid(split: "Split") -> str:
    order, line = split.line.order, split.line
    price = price_sentence(order, line)
    if order.price_mode == PriceMode.ONE:
        return _("No. %(price)s It is the same for everybody; no credit and no draw changes it.") % {
            "price": price
        }
    return _(
        "%(price)s Whoever asks more stands further behind in the row. No credit and no draw changes what is paid."
    ) % {"price": price}


def _draw(split: "Split", computed: int) -> str:
    order = split.line.order
    again = ngettext(
        "The plan was computed %(count)s time; each computing, used or not, left a record with its inputs.",
        "The plan was computed %(count)s times; each computing, used or not, left a record with its inputs.",
        computed,
    ) % {"count": formats.number(computed)}
    if order.draw_seal and order.draw_sealed_at:
        first = _(
            "No. The draw hangs on a seal over all records until %(moment)s, the newest when the order was published "
            "and before a plan was computed. The same inputs always give the same draw."
        ) % {"moment": formats.moment(order.draw_sealed_at)}
    else:
        first = _(
            "No. The draw follows from the order's number and its inputs; the same inputs always give the same draw."
        )
    return f"{first} {again} {_drawn(int(split.waiting.get(Reason.TIE, 0)))}"


def _drawn(ties: int) -> str:
    if not ties:
        return _("In this split nobody lost by the draw.")
    return _("In this split it went against makers who were level to the rupiah: %(count)s.") % {
        "count": counted(ties)
    }


def _checked(proposed_by: str, decided_by: str) -> str:
    decided = (
        _("%(proposer)s proposed it and %(name)s decided it; it is never the same person.")
        % {"proposer": proposed_by, "name": decided_by}
        if proposed_by and decided_by
        else _("One person proposed it and another decided it.")
    )
    rest = _(
        "A second program that shares no code with the first has checked every number. An auditor computes it again "
        "from the kept inputs."
    )
    return f"{decided} {rest}"


def _new(split: "Split", unit: str, office: str) -> str:
    said = _("Yes. Whoever stands in the register before a split is computed counts like everybody else.")
    if split.first_timers >= SMALLEST_GROUP:
        said += " " + _("In this order %(count)s makers take part for the first time.") % {
            "count": formats.number(split.first_timers)
        }
    if split.newcomer_least:
        said += " " + _("At least %(least)s %(unit)s were meant for newcomers; they got %(got)s.") % {
            "least": formats.number(split.newcomer_least),
            "got": formats.number(split.newcomer_quantity),
            "unit": unit,
        }
    return f"{said} {_('To be written down, ask %(office)s.') % {'office': office}}"
