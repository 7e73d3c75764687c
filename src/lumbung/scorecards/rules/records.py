"""A track record: the shares of one maker in one kind of goods, added up from what happened to their pieces."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from foundation import formats
from lumbung.deliveries.choices import PASSED, Pieces
from lumbung.scorecards.choices import FEWEST_SHARES, LONGEST_WORDS, NEWCOMER_BP, WHOLE_BP

if TYPE_CHECKING:
    from lumbung.scorecards.models import Remark


class ShareFacts(NamedTuple):
    """A confirmed share, as a record needs it."""

    share: int
    maker: int
    kind: str
    held: int
    due_on: date


class Flow(NamedTuple):
    """Pieces of a share that went from one place to another."""

    share: int
    delivered_on: date
    from_place: str
    to_place: str
    quantity: int
    made_at: datetime


@dataclass(frozen=True)
class Facts:
    """Shares and the moves of their pieces; `until` is the moment up to which a maker's are counted."""

    shares: Iterable[ShareFacts]
    flows: Iterable[Flow]
    until: Mapping[int, datetime]


@dataclass
class TrackRecord:
    """What a maker has delivered of one kind of goods. Every rate is two whole numbers: how many of how many."""

    maker: int
    kind: str
    finished: int = 0
    """Shares that were handed over whole, or whose day is past."""
    on_time: int = 0
    delivered: int = 0
    looked: int = 0
    """Pieces that had their first inspection: passed + rework + rejected then."""
    passed_first: int = 0
    rework_first: int = 0
    rejected: int = 0
    """Pieces that stand rejected now, at the first inspection or after rework."""
    shares: list[int] = field(default_factory=list)

    @property
    def has_score(self) -> bool:
        return self.finished >= FEWEST_SHARES

    @property
    def on_time_bp(self) -> int | None:
        return _rate(self.on_time, self.finished) if self.has_score else None

    @property
    def first_bp(self) -> int | None:
        return _rate(self.passed_first, self.looked) if self.has_score and self.looked else None

    @property
    def on_time_words(self) -> str:
        return counted_words(self.on_time, self.finished, self.on_time_bp)

    @property
    def first_words(self) -> str:
        return counted_words(self.passed_first, self.looked, self.first_bp)


def _rate(part: int, whole: int) -> int:
    """Basis points, rounded down: only the whole is whole."""
    return part * WHOLE_BP // whole


def counted_words(part: int, whole: int, rate_bp: int | None) -> str:
    """2 dari 3; with enough shares also the percentage."""
    if not whole:
        return _("nothing yet")
    told = _("%(part)s of %(whole)s") % {"part": formats.number(part), "whole": formats.number(whole)}
    return told if rate_bp is None else f"{told} ({formats.percent_bp(rate_bp)})"


def seen_until(last_shown: datetime | None, *, now: datetime, days: int) -> datetime:
    """Up to which moment the office counts: what the maker has read, and in any case what is so many days old."""
    week_old = now - timedelta(days=days)
    return max(last_shown, week_old) if last_shown else week_old


def records_from(facts: Facts, *, today: date) -> dict[tuple[int, str], TrackRecord]:
    """(maker, kind) → its record; shares of which nothing was handed over and whose day is to come are left out."""
    flows: dict[int, list[Flow]] = defaultdict(list)
    for flow in facts.flows:
        flows[flow.share].append(flow)
    found: dict[tuple[int, str], TrackRecord] = {}
    for share in facts.shares:
        until = facts.until.get(share.maker)
        counted = [flow for flow in flows[share.share] if until is None or flow.made_at <= until]
        last_day = min(today, formats.local(until)) if until else today
        if counted or share.due_on < last_day:
            key = share.maker, share.kind
            _add(found.setdefault(key, TrackRecord(*key)), share, counted, last_day)
    return found


def _add(record: TrackRecord, share: ShareFacts, flows: list[Flow], last_day: date) -> None:
    delivered = _left(flows)
    in_time = _left([flow for flow in flows if flow.delivered_on <= share.due_on])
    whole = share.held > 0 and delivered >= share.held
    if whole or share.due_on < last_day:
        record.finished += 1
        record.on_time += share.held > 0 and in_time >= share.held
    record.delivered += delivered
    passed = sum(_net(flows, Pieces.OPEN, place) for place in PASSED)
    rework, rejected = _net(flows, Pieces.OPEN, Pieces.REWORK), _net(flows, Pieces.OPEN, Pieces.REJECTED)
    record.passed_first += passed
    record.rework_first += rework
    record.looked += passed + rework + rejected
    record.rejected += rejected + _net(flows, Pieces.REWORK, Pieces.REJECTED)
    record.shares.append(share.share)


def _net(flows: Iterable[Flow], from_place: str, to_place: str) -> int:
    """What went there, less what a correction brought back."""
    there = sum(f.quantity for f in flows if (f.from_place, f.to_place) == (from_place, to_place))
    back = sum(f.quantity for f in flows if (f.from_place, f.to_place) == (to_place, from_place))
    return there - back


def _left(flows: Iterable[Flow]) -> int:
    return _net(list(flows), Pieces.MAKER, Pieces.OPEN)


def numbers_of(record: TrackRecord) -> dict[str, int]:
    """A record as it is kept beside a showing or a remark."""
    return {
        "finished": record.finished,
        "on_time": record.on_time,
        "delivered": record.delivered,
        "looked": record.looked,
        "passed_first": record.passed_first,
        "rework_first": record.rework_first,
        "rejected": record.rejected,
    }


def yield_from(record: TrackRecord | None) -> int:
    """Of ten thousand pieces so many pass at the first inspection.

    A maker with fewer than three finished shares, or of whose pieces none was inspected, is taken to yield at least
    NEWCOMER_BP: nobody loses work because two small lots went wrong, and nobody is taken to be perfect unseen.
    """
    if record is None or not record.looked:
        return NEWCOMER_BP
    own = _rate(record.passed_first, record.looked)
    return own if record.has_score else max(own, NEWCOMER_BP)


def why_not_remark(words: str, *, is_open: bool) -> str | None:
    """The reason why a maker cannot say this about a number now, or None."""
    if is_open:
        return _("You have said something about this number already. The office answers it first.")
    if len(words.split()) < 2:
        return _("Write in a sentence what is not right.")
    if len(words) > LONGEST_WORDS:
        return _("Write at most %(most)s letters.") % {"most": formats.number(LONGEST_WORDS)}
    return None


def why_not_answer_remark(remark: "Remark", *, reason: str) -> str | None:
    if remark.answered_at is not None:
        return _("This was answered already, %(day)s.") % {"day": formats.day(remark.answered_at)}
    if len(reason.split()) < 2:
        return _("Write the reason in a sentence: the maker reads it.")
    return None


def numbers_told(numbers: Mapping[str, int]) -> list[tuple[str, str]]:
    """Numbers that were kept, each with its name."""
    if not numbers:
        return []
    return [
        (_("Shares on time"), counted_words(numbers["on_time"], numbers["finished"], None)),
        (_("Pieces delivered"), formats.number(numbers["delivered"])),
        (
            _("Passed at the first inspection"),
            counted_words(numbers["passed_first"], numbers["looked"], None),
        ),
        (_("Pieces in rework"), formats.number(numbers["rework_first"])),
        (_("Rejected pieces"), formats.number(numbers["rejected"])),
    ]
