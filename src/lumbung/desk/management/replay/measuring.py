"""What came of a replay, read from the rows and records of its database; nothing is taken from the plan."""

from collections import Counter
from datetime import datetime
from io import StringIO
from typing import Any

import numpy as np
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from lumbung.desk.management.replay.course import Course
from lumbung.makers.models import Good
from lumbung.orders.choices import CONFIRMED_STATES, QUOTA_FULL, SHARE_ACCEPTED, ShareState
from lumbung.orders.models import OrderLine, Share, Split, SplitRow
from lumbung.orders.rules.reasons import change_sentence, reason_sentence
from lumbung.records.actions import read_content
from lumbung.records.models import Record
from lumbung.records.queries import faults
from ordersplit.measures import gini_bp

CONFIRMED = Q(state__in=CONFIRMED_STATES)


def measured(course: Course) -> dict[str, Any]:
    """The numbers of a course, whole."""
    line = OrderLine.objects.get(pk=course.line.pk)
    shares = Share.objects.filter(line=line)
    return {
        "ordered": line.quantity,
        **_register(course),
        **_answers(shares),
        "confirmed": _held(shares),
        "remaining": line.quantity - _held(shares),
        "resplits": line.splits.filter(parent__isnull=False).count(),
        "moved": moved(line),
        **_beyond(course, line),
        **_spread(course, shares),
        "unexplained": unexplained(course),
        "first_full_at": _first_full(line),
        "full_at": _told(line.full_since),
        "first_deliverable": course.first_deliverable,
        "cost_rupiah": course.split.cost_rupiah,
        "lower_bound_rupiah": course.split.lower_bound_rupiah,
        "recomputed": _recomputes(line.order.code),
        "record_faults": sum(1 for _fault in faults()),
    }


def _told(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="minutes") if moment else None


def _first_full(line: OrderLine) -> str | None:
    """When nothing was left for the first time; some give back later, and it is filled again."""
    full = Record.objects.filter(deed=QUOTA_FULL, subject=line.order.key).order_by("pk").first()
    return _told(full.at) if full else None


def _register(course: Course) -> dict[str, Any]:
    rows = SplitRow.objects.filter(split=course.split)
    return {
        "makers": len(course.makers),
        "eligible": rows.filter(eligible=True).count(),
        "refused": rows.filter(eligible=False).count(),
        "offered_makers": course.split.makers,
    }


def _answers(shares: QuerySet[Share]) -> dict[str, int]:
    """Offers by what came of them, and the pieces that came back."""
    told = shares.aggregate(
        offers=Count("id"),
        accepted=Count("id", filter=Q(state=ShareState.ACCEPTED)),
        partly=Count("id", filter=Q(state=ShareState.PARTLY)),
        declined=Count("id", filter=Q(state=ShareState.DECLINED)),
        expired=Count("id", filter=Q(state=ShareState.LAPSED)),
        gave_back=Count("id", filter=Q(released_quantity__gt=0)),
        declined_pieces=Sum("quantity", filter=Q(state=ShareState.DECLINED), default=0),
        expired_pieces=Sum("quantity", filter=Q(state=ShareState.LAPSED), default=0),
        partly_pieces=Sum(
            F("quantity") - F("confirmed_quantity"), filter=Q(state=ShareState.PARTLY), default=0
        ),
        given_back_pieces=Sum("released_quantity", default=0),
    )
    return {name: int(number) for name, number in told.items()}


def _held(shares: QuerySet[Share]) -> int:
    held = shares.filter(CONFIRMED).aggregate(
        held=Sum(F("confirmed_quantity") - F("released_quantity"), default=0)
    )
    return int(held["held"])


def moved(line: OrderLine) -> int:
    """Pieces by which any confirmed share differs from what its maker confirmed, as the record tells it."""
    now = {share.pk: share for share in Share.objects.filter(line=line)}
    pieces = 0
    for record in Record.objects.filter(deed=SHARE_ACCEPTED, subject=line.order.key).order_by("pk"):
        told = read_content(record)
        share = now[told["share"]]
        pieces += abs(share.confirmed_quantity - told["confirmed"]) + abs(share.quantity - told["offered"])
    return pieces


def _beyond(course: Course, line: OrderLine) -> dict[str, Any]:
    tries = course.attempts
    return {
        "attempts": tries.number,
        "attempted_makers": len(tries.pieces),
        "attempted_over_share": tries.attempted,
        "accepted_over_share": max(tries.accepted, over_share(line)),
        "refused_by": {str(outcome): number for outcome, number in sorted(tries.outcomes.items())},
        "tried": {str(way): number for way, number in sorted(tries.ways.items())},
    }


def over_share(line: OrderLine) -> int:
    """Pieces confirmed beyond an offer, after its term, or beyond the order, as the rows stand at the end."""
    confirmed = Share.objects.filter(CONFIRMED, line=line)
    above = confirmed.aggregate(
        pieces=Sum(F("confirmed_quantity") - F("quantity"), filter=Q(confirmed_quantity__gt=F("quantity")))
    )
    late = confirmed.filter(answered_at__gte=F("answer_until")).aggregate(pieces=Sum("confirmed_quantity"))
    beyond = max(0, _held(confirmed) - line.quantity)
    return int(above["pieces"] or 0) + int(late["pieces"] or 0) + beyond


def _spread(course: Course, shares: QuerySet[Share]) -> dict[str, Any]:
    """How the confirmed pieces lie over the makers: by household, against what each could make."""
    held: Counter[int] = Counter()
    rows = shares.filter(CONFIRMED).values_list("maker_id", "confirmed_quantity", "released_quantity")
    for maker, confirmed, released in rows:
        held[maker] += confirmed - released
    eligible = list(
        SplitRow.objects.filter(split=course.split, eligible=True)
        .order_by("maker_id")
        .values_list("maker_id", "capacity", "households")
    )
    amounts = [held[maker] for maker, _capacity, _houses in eligible]
    houses = [number for _maker, _capacity, number in eligible]
    each = [-(-amount // number) for amount, number in zip(amounts, houses, strict=True)]
    ratio = gini_bp(
        np.array(amounts, dtype=np.int64),
        np.array([capacity for _maker, capacity, _houses in eligible], dtype=np.int64),
        np.array(houses, dtype=np.int64),
    )
    return {
        "makers_with_share": sum(1 for amount in amounts if amount),
        "households": sum(houses),
        "largest_share": max(each, default=0),
        "gini": ratio / 10_000,
        "gini_cheapest": course.split.gini_before_bp / 10_000,
        "shares": sorted(
            ([amount, number] for amount, number in zip(amounts, houses, strict=True)),
            key=lambda pair: (-pair[0] / pair[1], pair),
        ),
    }


def unexplained(course: Course) -> int:
    """Makers of these goods without a stored reason, and those without a share who are not told what would help."""
    made_by = set(Good.objects.filter(kind=course.kind).values_list("maker_id", flat=True))
    rows = SplitRow.objects.filter(split=course.split).values_list(
        "maker_id", "quantity", "reason", "numbers"
    )
    explained = {
        maker
        for maker, quantity, reason, numbers in rows
        if reason_sentence(reason, numbers) and (quantity or change_sentence(reason, numbers))
    }
    offers = Share.objects.filter(line=course.line)
    return len(made_by - explained) + sum(1 for share in offers if not share.reason)


def _recomputes(code: str) -> bool:
    """Whether every decided split, computed again from its published inputs, agrees to the piece."""
    try:
        call_command("recompute", code, stdout=StringIO())
    except CommandError:
        return False
    return Split.objects.filter(line__order__code=code).exists()
