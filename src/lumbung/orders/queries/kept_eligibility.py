"""Who is eligible for a line, kept from one page to the next where many make the goods.

It is shown with the moment it was computed at. What it hangs on (the register, certificates, promises elsewhere, the
day) leaves records, so the newest record and the day tell whether anything can have changed. Nothing is decided
by it: a split reads everybody anew.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from foundation import clock
from foundation.kept import Kept, keep, kept
from lumbung.makers.models import Good
from lumbung.orders.choices import Reason
from lumbung.orders.models import OrderLine
from lumbung.orders.queries.candidates import is_large
from lumbung.orders.queries.eligibility import ROWS, Eligibility, Part, eligibility_of, rows_of
from lumbung.orders.rules.eligibility import Candidate, Refusal
from lumbung.records.models import Record

KEEP_FROM = 500
"""Makers of a kind from which on it is worth keeping."""
ABLE, UNABLE = "able", "unable"
Pairs = Sequence[tuple[Candidate, Refusal | None]]


@dataclass(frozen=True)
class Overview:
    """What the page says of the whole."""

    eligible: int
    everybody: int
    capacity: int
    deliverable: int
    binding: str
    reasons: Sequence[tuple[Reason, int]]
    computed_at: datetime
    can_be_done: bool


@dataclass(frozen=True)
class Found:
    """The overview, the slices asked for, and whether something may have changed since."""

    overview: Overview
    able: Part
    unable: Part
    is_old: bool = False


def found_for(line: OrderLine, *, reason: str = "", able: int = 0, unable: int = 0) -> Found | None:
    """For the page; None where so many make it that it has to be computed away from the request first."""
    token = _token(line)
    known = kept(_name(line))
    if is_large(line):
        return _slices(known, token, reason, able, unable) if known else None
    if known and known.token == token:
        return _slices(known, token, reason, able, unable)
    found = eligibility_of(line)
    if len(found.eligible) + len(found.refused) >= KEEP_FROM:
        _keep(line, found, token)
    pairs = [pair for pair in found.refused if not reason or pair[1].reason == reason]
    return Found(
        _overview(found),
        _part([(candidate, None) for candidate in _at(found.eligible, able)], len(found.eligible), able),
        _part(_at(pairs, unable), len(pairs), unable),
    )


def keep_eligibility(line: OrderLine) -> None:
    """Compute it anew and keep it."""
    token = _token(line)
    _keep(line, eligibility_of(line), token)


def _keep(line: OrderLine, found: Eligibility, token: str) -> None:
    lists: dict[str, list[tuple[Candidate, Refusal | None]]] = defaultdict(list)
    lists[ABLE] = [(candidate, None) for candidate in found.eligible]
    for candidate, refusal in found.refused:
        lists[UNABLE].append((candidate, refusal))
        lists[f"{UNABLE}:{refusal.reason}"].append((candidate, refusal))
    keep(_name(line), token=token, told=_overview(found), lists=lists)


def _name(line: OrderLine) -> str:
    return f"eligibility:{line.pk}"


def _token(line: OrderLine) -> str:
    newest = Record.objects.order_by("-id").values_list("hash", flat=True).first() or ""
    last = Good.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    shape = ",".join(field.name for field in fields(Candidate))
    return f"{newest}|{last}|{clock.today()}|{line.quantity}|{shape}"


def _overview(found: Eligibility) -> Overview:
    return Overview(
        eligible=len(found.eligible),
        everybody=found.everybody,
        capacity=found.capacity,
        deliverable=found.deliverable,
        binding=found.binding,
        reasons=found.reasons(),
        computed_at=clock.now(),
        can_be_done=found.can_be_done,
    )


def _slices(known: Kept, token: str, reason: str, able: int, unable: int) -> Found:
    key = f"{UNABLE}:{reason}" if reason else UNABLE
    return Found(
        known.told,
        _part(known.slice_at(ABLE, able), known.size(ABLE), able),
        _part(known.slice_at(key, unable), known.size(key), unable),
        is_old=known.token != token,
    )


def _at(rows: Sequence[Any], behind: int) -> Sequence[Any]:
    start = _start(len(rows), behind)
    return rows[start : start + ROWS]


def _start(total: int, behind: int) -> int:
    return min(max(0, behind), max(0, total - 1)) // ROWS * ROWS


def _part(shown: Pairs, total: int, behind: int) -> Part:
    start = _start(total, behind)
    return Part(
        rows=rows_of(shown),
        first=start + 1 if shown else 0,
        total=total,
        before=start - ROWS if start else None,
        after=start + ROWS if start + ROWS < total else None,
    )
