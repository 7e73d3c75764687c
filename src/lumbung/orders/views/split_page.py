"""What the pages of eligibility and of a split show, gathered for the templates."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import clock
from foundation.formats import number
from lumbung.orders.choices import Reason, SplitState
from lumbung.orders.models import OrderLine, Split, SplitRow
from lumbung.orders.queries import splits as queries
from lumbung.orders.queries.kept_eligibility import Overview
from lumbung.orders.queries.orders import may_decide, may_order
from lumbung.orders.rules import deciding
from lumbung.orders.rules.crediting import credit_result
from lumbung.orders.rules.next_step import step_words
from lumbung.orders.rules.order import why_not_change, why_not_publish, why_over
from lumbung.orders.rules.reasons import change_sentence, reason_sentence
from lumbung.orders.rules.wording import goods_of, line_title, price_sentence, short_title, unit_of
from lumbung.people.queries import names_of
from lumbung.places.queries import map_of

STEP_OF = {SplitState.PROPOSED: 4, SplitState.DECIDED: 5}


def _head(line: OrderLine, step: int) -> dict[str, Any]:
    return {
        "line": line,
        "order": line.order,
        "goods": goods_of(line),
        "title": line_title(line),
        "short_title": short_title(line),
        "unit": unit_of(line),
        "price": price_sentence(line.order, line),
        "steps": step_words(),
        "step": step,
    }


def uncounted_context(line: OrderLine) -> dict[str, Any]:
    """So many make it that nobody has computed yet who is eligible."""
    return _head(line, 2)


def eligibility_context(request: HttpRequest, line: OrderLine, found: Overview) -> dict[str, Any]:
    order = line.order
    changes = may_order(request.user) and why_not_change(order) is None
    counted = (
        {"lines": order.lines.count(), "collection_points": order.collection_points.count()}
        if changes
        else {}
    )
    return _head(line, 2) | {
        "found": found,
        "capacity": found.capacity,
        "covered": min(found.capacity, line.quantity),
        "reasons": [(reason, count, reason.label) for reason, count in found.reasons],
        "excel": reverse("orders:eligibility_export", args=[line.order.code, line.pk]),
        "may_order": may_order(request.user),
        "may_change": changes,
        "why_not_publish": why_not_publish(order, **counted) if changes else None,
    }


def unsplit_context(request: HttpRequest, line: OrderLine) -> dict[str, Any]:
    """A line that nobody has split yet."""
    order = line.order
    why_not = deciding.why_not_split(False, published=bool(order.published_at), over=why_over(order))
    return _head(line, 3) | {"why_not": why_not, "may_order": may_order(request.user)}


@dataclass(frozen=True)
class Point:
    """One of the budgets in the picture."""

    budget_bp: int
    largest_share: int
    makers: int
    cost_rupiah: int
    gini_bp: int
    chosen: bool
    beyond_limit: bool


def points_of(split: Split) -> list[Point]:
    """The ten budgets, and the split's own where it is none of them."""
    rows = [dict(row) for row in split.frontier]
    if rows and all(row["budget_bp"] != split.cost_budget_bp for row in rows):
        rows.append(_own_point(split))
    limit = split.line.order.cost_budget_bp
    return [
        Point(**row, chosen=row["budget_bp"] == split.cost_budget_bp, beyond_limit=row["budget_bp"] > limit)
        for row in sorted(rows, key=lambda row: int(row["budget_bp"]))
    ]


def _own_point(split: Split) -> dict[str, int]:
    return {
        "budget_bp": split.cost_budget_bp,
        "largest_share": split.largest_share,
        "makers": split.makers,
        "cost_rupiah": split.cost_rupiah,
        "gini_bp": split.gini_after_bp,
    }


def split_context(request: HttpRequest, split: Split) -> dict[str, Any]:
    """All but the two tables; a bounded number of queries."""
    line, points = split.line, points_of(split)
    villages = queries.villages_of(split)
    names = names_of([split.computed_by, split.proposed_by, split.decided_by])
    return (
        _head(line, STEP_OF.get(SplitState(split.state), 3))
        | {
            "split": split,
            "points": points,
            "cheapest": points[0] if points else None,
            "more_makers": split.makers - points[0].makers if points else 0,
            "map": map_of(villages),
            "left_out": queries.regencies_left_out(split, villages),
            "sums": queries.sums_of(split),
            "credits": credit_result(split),
            "one_unit": line.kind.one_unit,
            "gap": Fraction(split.gap_rupiah, split.lower_bound_rupiah)
            if split.lower_bound_rupiah
            else Fraction(0),
            "seed_parts": _grouped(str((split.certificate or {}).get("seed", ""))),
            "hash_parts": _grouped(split.input_hash[:16], 4),
            "proposed_by": names.get(split.proposed_by, ""),
            "decided_by": names.get(split.decided_by, ""),
            "computed_by": names.get(split.computed_by, ""),
        }
        | _deeds(request, split)
    )


def _grouped(text: str, size: int = 3) -> list[str]:
    """Digits in groups, so that two people can compare them by reading aloud."""
    head = len(text) % size
    return [
        part for part in (text[:head], *(text[at : at + size] for at in range(head, len(text), size))) if part
    ]


def _deeds(request: HttpRequest, split: Split) -> dict[str, Any]:
    """The buttons that would work, and the reasons in the place of those that would not."""
    orders, decides = may_order(request.user), may_decide(request.user)
    proposed = split.state == SplitState.PROPOSED
    key = request.user.key  # type: ignore[union-attr]
    return {
        "may_compute": orders and split.parent_id is None and _may_be_replaced(split),
        "may_propose": orders and split.parent_id is None and split.state == SplitState.DRAFTED,
        "why_not_propose": deciding.why_not_propose(split),
        "may_decide": decides and proposed,
        "why_not_decide": deciding.why_not_decide(split, by=key, today=clock.today()) if proposed else None,
        "may_return": proposed and not deciding.why_not_return(split, by=key),
        "deciders": queries.deciders() if split.state in {SplitState.DRAFTED, SplitState.PROPOSED} else [],
    }


def _may_be_replaced(split: Split) -> bool:
    return split.state in {SplitState.DRAFTED, SplitState.RETURNED} and not why_over(split.line.order)


@dataclass(frozen=True)
class ChosenRow:
    row: SplitRow
    reason: str


def chosen_row(row: SplitRow) -> ChosenRow:
    return ChosenRow(row, short_reason(row))


def short_reason(row: SplitRow) -> str:
    """Batas bersama × 12 rumah: what fits into a column of a thousand rows."""
    words = str(Reason(row.reason).label)
    if row.reason == Reason.COMMON_CAP and row.households > 1:
        return _("%(reason)s × %(households)s households") % {
            "reason": words,
            "households": number(row.households),
        }
    return words


@dataclass(frozen=True)
class LeftRow:
    row: SplitRow
    reason: str
    change: str


def left_row(row: SplitRow) -> LeftRow:
    return LeftRow(row, reason_sentence(row.reason, row.numbers), change_sentence(row.reason, row.numbers))
