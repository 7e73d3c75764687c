"""What looks as if goods came from elsewhere: each rule gives its numbers when somebody should look, or None."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _

from foundation import formats
from lumbung.scorecards.choices import JUMP_TIMES, JUMP_WEEKS, TOLERANCE_BP, WHOLE_BP, FlagKind

if TYPE_CHECKING:
    from lumbung.scorecards.models import Flag


@dataclass(frozen=True)
class Sign:
    """Something to look at: which evidence, which makers, which numbers."""

    kind: FlagKind
    evidence: str
    makers: Sequence[int]
    numbers: Mapping[str, Any]


class Pace(NamedTuple):
    """What a maker handed over of one kind between two days, and what was said of it."""

    maker: int
    kind: str
    delivered: int
    since: date
    until: date
    weekly: int
    """Declared a week; 0 where the good is no longer in the register."""
    made: int
    """Told as made for the same shares; 0 where nothing was told."""
    shares: Sequence[int] = ()


def weeks_between(since: date, until: date) -> int:
    """Weeks begun between two days, at least one."""
    return max(1, -(-((until - since).days + 1) // 7))


def above_capacity(pace: Pace) -> Sign | None:
    """Delivered more than a tenth above the declared capacity of those weeks, or above what was told as made."""
    weeks = weeks_between(pace.since, pace.until)
    limits = [limit for limit in (pace.weekly * weeks, pace.made) if limit]
    most = min(limits, default=0) * TOLERANCE_BP // WHOLE_BP
    if not most or pace.delivered <= most:
        return None
    numbers = {
        "good": pace.kind,
        "delivered": pace.delivered,
        "weekly": pace.weekly,
        "weeks": weeks,
        "declared": pace.weekly * weeks,
        "made": pace.made,
        "most": most,
        "since": pace.since.isoformat(),
        "until": pace.until.isoformat(),
        "shares": sorted(pace.shares),
    }
    evidence = f"maker:{pace.maker}:{pace.kind}:{_digest(sorted(pace.shares))}"
    return Sign(FlagKind.ABOVE_CAPACITY, evidence, [pace.maker], numbers)


def sudden_jump(maker: int, kind: str, weeks: Mapping[date, int], shares: Sequence[int] = ()) -> Sign | None:
    """The newest week brought at least three times what the weeks before brought on average. Weeks by their Monday."""
    if len(weeks) <= JUMP_WEEKS:
        return None
    newest = max(weeks)
    before = [quantity for monday, quantity in weeks.items() if monday != newest]
    if weeks[newest] * len(before) < JUMP_TIMES * sum(before):
        return None
    numbers = {
        "good": kind,
        "week": weeks[newest],
        "usual": sum(before) // len(before),
        "weeks": len(before),
        "monday": newest.isoformat(),
        "shares": sorted(shares),
    }
    return Sign(FlagKind.SUDDEN_JUMP, f"maker:{maker}:{kind}:{newest.isoformat()}", [maker], numbers)


def same_photo(hash_: str, deliveries: Mapping[str, int]) -> Sign | None:
    """One photo stands for deliveries (by code) of several makers."""
    makers = sorted(set(deliveries.values()))
    if len(makers) < 2:
        return None
    evidence = f"file:{hash_[:32]}:{_digest(makers)}"
    return Sign(FlagKind.SAME_PHOTO, evidence, makers, {"file": hash_, "deliveries": sorted(deliveries)})


def same_lot(lot: str, deliveries: Mapping[str, int], joined_by: Collection[int]) -> Sign | None:
    """One lot was handed over by several makers, and not all of them made it together."""
    makers = sorted(set(deliveries.values()))
    if len(makers) < 2 or set(makers) <= set(joined_by):
        return None
    numbers = {"lot": lot, "deliveries": sorted(deliveries)}
    return Sign(FlagKind.SAME_LOT, f"{lot[:80]}:{_digest(makers)}", makers, numbers)


def shared_account(account: int, makers: Collection[int]) -> Sign | None:
    """Several makers are paid to one confirmed account; `account` is the oldest entry of the number."""
    found = sorted(set(makers))
    if len(found) < 2:
        return None
    numbers = {"account": account, "count": len(found)}
    return Sign(FlagKind.SHARED_ACCOUNT, f"account:{account}:{_digest(found)}", found, numbers)


def _digest(numbers: Sequence[int]) -> str:
    return hashlib.sha256("-".join(map(str, numbers)).encode()).hexdigest()[:16]


def why_not_decide(flag: "Flag", *, reason: str) -> str | None:
    """The reason why this cannot be decided so, or None."""
    if flag.decided_at is not None:
        return _("This was decided already, %(day)s.") % {"day": formats.day(flag.decided_at)}
    if len(reason.split()) < 2:
        return _("Write the reason in a sentence.")
    return None


def evidence_sentence(kind: str, numbers: Mapping[str, Any], *, goods: str = "") -> str:
    """Why somebody should look, with the numbers."""
    return _SENTENCES[FlagKind(kind)](numbers, goods)


def _above(numbers: Mapping[str, Any], goods: str) -> str:
    words = {
        "goods": goods,
        "delivered": formats.number(numbers["delivered"]),
        "weeks": formats.number(numbers["weeks"]),
        "declared": formats.number(numbers["declared"]),
        "made": formats.number(numbers["made"]),
        "most": formats.number(numbers["most"]),
    }
    if numbers["made"] and (not numbers["declared"] or numbers["made"] < numbers["declared"]):
        return (
            _(
                "%(goods)s: %(delivered)s delivered within %(weeks)s weeks, but %(made)s were told as made. "
                "From %(most)s on somebody looks."
            )
            % words
        )
    return (
        _(
            "%(goods)s: %(delivered)s delivered within %(weeks)s weeks, but the declared capacity of those weeks is "
            "%(declared)s. From %(most)s on somebody looks."
        )
        % words
    )


def _jump(numbers: Mapping[str, Any], goods: str) -> str:
    return _(
        "%(goods)s: %(week)s in the week from %(monday)s; in the %(weeks)s weeks with deliveries before it were "
        "%(usual)s on average."
    ) % {
        "goods": goods,
        "week": formats.number(numbers["week"]),
        "monday": formats.day_full(date.fromisoformat(numbers["monday"])),
        "weeks": formats.number(numbers["weeks"]),
        "usual": formats.number(numbers["usual"]),
    }


def _photo(numbers: Mapping[str, Any], _goods: str) -> str:
    return _("The same photo stands for %(deliveries)s.") % {"deliveries": ", ".join(numbers["deliveries"])}


def _lot(numbers: Mapping[str, Any], _goods: str) -> str:
    return _("The same lot was handed over in %(deliveries)s.") % {
        "deliveries": ", ".join(numbers["deliveries"])
    }


def _account(numbers: Mapping[str, Any], _goods: str) -> str:
    return _("%(count)s makers are paid to the same confirmed bank account.") % {
        "count": formats.number(numbers["count"])
    }


_SENTENCES = {
    FlagKind.ABOVE_CAPACITY: _above,
    FlagKind.SUDDEN_JUMP: _jump,
    FlagKind.SAME_PHOTO: _photo,
    FlagKind.SAME_LOT: _lot,
    FlagKind.SHARED_ACCOUNT: _account,
}
