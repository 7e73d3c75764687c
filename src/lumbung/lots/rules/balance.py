"""What was handed out = used + returned + loss + open; cloth in = pieces + offcuts + loss."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation import formats
from lumbung.lots.rules.amounts import needed


@dataclass(frozen=True)
class Reconciled:
    """The account of one maker for one material."""

    handed_out: int
    used: int
    returned: int
    lost: int
    rate_bp: int
    """Loss that needs no reason."""
    wanted: int | None = None
    """What the pieces that were made need by the norm; None where no norm or no piece is known."""

    @property
    def open(self) -> int:
        """What is still with the maker."""
        return self.handed_out - self.used - self.returned - self.lost

    @property
    def kept(self) -> int:
        """What was handed out and not brought back: the loss is a part of it, in whatever order it is told."""
        return self.handed_out - self.returned

    @property
    def allowed_loss(self) -> int:
        return most_loss(self.kept, self.rate_bp)

    @property
    def is_within(self) -> bool:
        return self.lost <= self.allowed_loss

    @property
    def excess_bp(self) -> int:
        return excess_bp(kept=self.kept, lost=self.lost, rate_bp=self.rate_bp)

    @property
    def over_norm(self) -> int:
        """What was used beyond the norm; 0 where none is known."""
        return max(0, self.used - self.wanted) if self.wanted is not None else 0


def reconcile(
    *, handed_out: int, used: int, returned: int, lost: int, rate_bp: int, wanted: int | None = None
) -> Reconciled:
    """The account, which must be possible: nothing is used, returned or lost that was not handed out."""
    account = Reconciled(handed_out, used, returned, lost, rate_bp, wanted)
    if min(handed_out, used, returned, lost, account.open) < 0:
        raise ValueError("More left these hands than came into them.")
    return account


def most_loss(kept: int, rate_bp: int) -> int:
    """As much may be lost without a reason, of what was handed out and not brought back."""
    return kept * rate_bp // 10_000


def lost_bp(kept: int, lost: int) -> int:
    """The part that was lost, in hundredths of a percent, rounded up."""
    return -(-lost * 10_000 // kept) if kept else 0


def excess_bp(*, kept: int, lost: int, rate_bp: int) -> int:
    """By how much the loss lies above what is stated, in hundredths of a percent; 0 when it is within."""
    if lost <= most_loss(kept, rate_bp):
        return 0
    return max(1, lost_bp(kept, lost) - rate_bp)


def why_not_lose(*, kept: int, lost: int, rate_bp: int, reason: str) -> str | None:
    """Why a loss cannot be written down so: beyond what is stated it needs a reason."""
    if reason.strip() or lost <= most_loss(kept, rate_bp):
        return None
    return _("That is %(share)s lost, above the %(rate)s that is stated. Write the reason.") % {
        "share": formats.percent_bp(lost_bp(kept, lost)),
        "rate": formats.percent_bp(rate_bp),
    }


@dataclass(frozen=True)
class Cutting:
    """What became of the cloth that was cut: every base unit of it, once."""

    content: int
    offcuts: int
    lost: int

    @property
    def taken(self) -> int:
        return self.content + self.offcuts + self.lost


def cutting_of(*, taken: int, pieces: int, per_thousand: int, offcuts: int) -> Cutting:
    """The loss is what neither the pieces hold nor lies among the offcuts."""
    content = needed(pieces, per_thousand)
    return Cutting(content, offcuts, taken - content - offcuts)


def why_not_cut(cutting: Cutting, *, rate_bp: int, reason: str, words: str) -> str | None:
    """Why a cutting does not balance, or None. `words` say what is missing."""
    if cutting.lost < 0:
        return _("Pieces and offcuts hold %(missing)s more than was taken. Please count again.") % {
            "missing": words
        }
    return why_not_lose(kept=cutting.taken, lost=cutting.lost, rate_bp=rate_bp, reason=reason)
