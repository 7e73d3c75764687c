"""Which pieces may go where: reasons why not, and the moves that an inspection makes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from foundation import formats
from lumbung.deliveries.choices import (
    BUCKETS,
    LARGEST_DELIVERY,
    Becomes,
    Fault,
    Pieces,
    Round,
    Verdict,
)
from lumbung.deliveries.rules.sampling import Plan, Tables
from lumbung.orders.rules.order import why_over

if TYPE_CHECKING:
    from lumbung.deliveries.models import Delivery, Inspection, Move
    from lumbung.orders.models import Share


@dataclass(frozen=True)
class Found:
    """So many pieces have this fault, and this becomes of them."""

    fault: str
    quantity: int
    becomes: str
    words: str = ""


@dataclass(frozen=True)
class Counts:
    """What an inspector counted."""

    accepted: int
    findings: Sequence[Found] = ()

    @property
    def faulty(self) -> int:
        return sum(found.quantity for found in self.findings)

    def becoming(self, becomes: str) -> int:
        return sum(found.quantity for found in self.findings if found.becomes == becomes)


class Step(NamedTuple):
    """So many pieces from one place to another."""

    from_place: Pieces
    to_place: Pieces
    quantity: int


def next_code(*, year: int, last: str | None) -> str:
    """SRH-2026-0001 and on; after 9999 numbers grow longer."""
    number = int(last.rsplit("-", 1)[1]) + 1 if last else 1
    return f"SRH-{year}-{number:04d}"


def room_of(held: int, delivered: int) -> int:
    """What of a share may still be brought."""
    return max(0, held - delivered)


def looked_of(counts: Counts) -> int:
    """How many pieces were looked at: each is accepted or has a fault."""
    return counts.accepted + counts.faulty


def source_of(round_: str) -> Pieces:
    """Where the pieces are that an inspection looks at."""
    return Pieces.REWORK if round_ == Round.AGAIN else Pieces.OPEN


def why_not_share(share: "Share") -> str | None:
    """The reason why nothing can be delivered for this share, or None."""
    if share.line.order.cancelled_at:
        return _("This order is cancelled: %(reason)s") % {"reason": share.line.order.cancelled_reason}
    if share.line.order.finished_at:
        return why_over(share.line.order)
    if share.held_quantity <= 0:
        return _("Nothing of this share is confirmed, so nothing of it can be handed over.")
    return None


def why_not_quantity(quantity: int) -> str | None:
    if not 0 < quantity <= LARGEST_DELIVERY:
        return _("Write a number from 1 to %(most)s.") % {"most": formats.number(LARGEST_DELIVERY)}
    return None


def why_not_delivered_on(day: date, *, today: date) -> str | None:
    if day > today:
        return _("That day is still to come.")
    return None


def why_not_deliver(quantity: int, *, held: int, delivered: int) -> str | None:
    """The reason why so many more cannot be taken in, or None: never more than the maker has confirmed."""
    room = room_of(held, delivered)
    if quantity <= room:
        return None
    words = {
        "held": formats.number(held),
        "delivered": formats.number(delivered),
        "room": formats.number(room),
        "written": formats.number(quantity),
        "over": formats.number(quantity - room),
    }
    if room == 0:
        return (
            _(
                "The share is %(held)s, and all of it was handed over already. "
                "These %(written)s stay with the maker; the attempt is written down."
            )
            % words
        )
    return (
        _(
            "The share is %(held)s, of which %(delivered)s were handed over. At most %(room)s can be taken in: "
            "%(over)s stay with the maker; the attempt is written down."
        )
        % words
    )


def why_not_correct_delivery(
    delivery: "Delivery", quantity: int, *, held: int, delivered: int, reason: str
) -> str | None:
    """The reason why a delivery cannot have been this many, or None. `delivered` is of the whole share."""
    now = delivery.delivered_quantity
    if over := why_over(delivery.share.line.order):
        return over
    if not reason.strip():
        return _("Write why the number changes: it stays beside the old one.")
    if quantity == now:
        return _("It is %(now)s already.") % {"now": formats.number(now)}
    if quantity < now - delivery.open_quantity:
        return _(
            "%(looked)s of it were inspected already, so it cannot be fewer. Correct the inspection first."
        ) % {"looked": formats.number(now - delivery.open_quantity)}
    if quantity > now and why_not_deliver(quantity - now, held=held, delivered=delivered):
        return _("At most %(most)s: the share is %(held)s.") % {
            "most": formats.number(now + room_of(held, delivered)),
            "held": formats.number(held),
        }
    return None


def why_not_open(
    delivery: "Delivery", round_: str, *, opened: "Inspection | None", name: str, by: str
) -> str | None:
    """The reason why this person cannot begin to look now, or None; `opened` is the inspection that runs."""
    if opened is not None and opened.opened_by != by:
        return _(
            "%(name)s has been inspecting this delivery since %(since)s. Wait for it, or take it over."
        ) % {
            "name": name,
            "since": formats.moment(opened.opened_at),
        }
    if delivery.count_of(source_of(round_)) == 0:
        return why_nothing_left(round_)
    return None


def why_nothing_left(round_: str) -> str:
    if round_ == Round.AGAIN:
        return _("No piece of this delivery is in rework.")
    return _("Every piece of this delivery was inspected already.")


def why_not_still(seen: int, now: int, *, name: str, at: str) -> str | None:
    """The reason why counts made of another lot cannot be kept, or None: somebody was quicker."""
    if seen == now:
        return None
    if name:
        return _(
            "%(name)s has inspected this delivery, %(at)s: %(now)s are left of the %(seen)s that you saw. "
            "Your counts still stand below; compare, and send again what is left."
        ) % {"name": name, "at": at, "now": formats.number(now), "seen": formats.number(seen)}
    return _(
        "The delivery was corrected meanwhile: %(now)s are left of the %(seen)s that you saw. "
        "Your counts still stand below; compare, and send again."
    ) % {"now": formats.number(now), "seen": formats.number(seen)}


def why_not_close(plan: Plan, counts: Counts) -> str | None:
    """The reason why these counts cannot be right, or None."""
    looked = looked_of(counts)
    if counts.accepted < 0 or any(found.quantity <= 0 for found in counts.findings):
        return _("Write whole numbers from 0.")
    if looked == 0:
        return _("Write how many pieces are right, or what is wrong with them.")
    if looked > plan.lot:
        return _("%(looked)s counted, but only %(lot)s are there.") % {
            "looked": formats.number(looked),
            "lot": formats.number(plan.lot),
        }
    if plan.is_sample and looked not in (plan.sample, plan.lot):
        return _("The plan asks for %(sample)s pieces, or for all %(lot)s. You counted %(looked)s.") % {
            "sample": formats.number(plan.sample),
            "lot": formats.number(plan.lot),
            "looked": formats.number(looked),
        }
    return why_not_findings(counts.findings)


def why_not_findings(findings: Iterable[Found]) -> str | None:
    for found in findings:
        if found.fault not in Fault.values or found.becomes not in Becomes.values:
            return _("Choose what is wrong, and what becomes of the pieces.")
        if found.fault == Fault.OTHER and not found.words.strip():
            return _("Write in words what is wrong with them.")
    return None


def verdict_of(plan: Plan, counts: Counts) -> Verdict:
    """A sample passes while no more pieces are wrong than the plan allows."""
    if not plan.is_sample or looked_of(counts) == plan.lot:
        return Verdict.WHOLE
    return Verdict.PASSED if counts.faulty <= plan.acceptance else Verdict.FAILED


def steps_of(plan: Plan, counts: Counts, round_: str = Round.FIRST) -> list[Step]:
    """The moves that follow: what was seen goes where it belongs; of a sample that passed, the unseen are accepted.

    Pieces that were looked at again and need rework once more stay where they are.
    """
    source = source_of(round_)
    unseen = plan.lot - looked_of(counts) if verdict_of(plan, counts) == Verdict.PASSED else 0
    steps = [
        Step(source, Pieces.ACCEPTED, counts.accepted),
        Step(source, Pieces.REWORK, counts.becoming(Becomes.REWORK)),
        Step(source, Pieces.REJECTED, counts.becoming(Becomes.REJECTED)),
        Step(source, Pieces.BY_SAMPLE, unseen),
    ]
    return [step for step in steps if step.quantity and step.from_place != step.to_place]


def why_not_correct_move(
    move: "Move", quantity: int, *, instead: str, corrected: int, there: int, reason: str
) -> str | None:
    """The reason why so many of a move's pieces cannot go back, or None.

    `corrected` went back before, `there` are in the place to which the move led.
    """
    if over := why_over(move.delivery.share.line.order):
        return over
    if move.corrects_id is not None:
        return _(
            "This entry is a correction itself. Inspect the pieces again, or correct the entry that followed."
        )
    if Pieces.MAKER in (move.from_place, move.to_place):
        return _("How many were handed over is corrected at the delivery itself.")
    if not reason.strip():
        return _("Write why it is corrected: it stays beside the old entry.")
    most = min(move.quantity - corrected, there)
    if most <= 0:
        return _("Nothing of this entry is left to correct.")
    if not 0 < quantity <= most:
        return _("Write a number from 1 to %(most)s.") % {"most": formats.number(most)}
    if instead and (instead not in BUCKETS or instead in (move.to_place, Pieces.BY_SAMPLE)):
        return _("Choose where the pieces belong instead.")
    return None


def why_not_terms(level: int, aql_bp: int, small_below: int, tables: Tables) -> str | None:
    """The reason why nobody can inspect by these terms, or None."""
    if level not in tables.levels:
        return _("The level is 1, 2 or 3.")
    if aql_bp not in tables.aqls_bp:
        return _("The table has no plan for this quality level. Choose one of: %(aqls)s.") % {
            "aqls": ", ".join(formats.percent_bp(aql) for aql in tables.aqls_bp)
        }
    if not 0 < small_below <= LARGEST_DELIVERY:
        return _("Write a number from 1 to %(most)s.") % {"most": formats.number(LARGEST_DELIVERY)}
    return None


def due_left(amount: int, quantity: int, corrected: int) -> int:
    """What an entry's due should be after so many of its pieces went back; it was raised for all of them."""
    return amount // quantity * (quantity - corrected)
