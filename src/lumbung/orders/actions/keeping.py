"""Writing a computed plan down: the split, a row for every maker with its one reason, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from foundation import formats
from foundation.vendor.rows import insert_rows
from lumbung.orders.actions.computing import STEPS, Computed, Tell, say_nothing
from lumbung.orders.models import Split, SplitRow, SplitVillage
from lumbung.orders.rules import plan, snapshot, sums
from lumbung.orders.rules.eligibility import Candidate, Refusal
from lumbung.orders.rules.turns import entitled_amounts

BATCH = 2000


def save_split(
    computed: Computed,
    *,
    by: str,
    parent: Split | None = None,
    only_chosen: bool = False,
    shortage: int = 0,
    tell: Tell = say_nothing,
) -> Split:
    """Write a computed plan with its sums. A re-split keeps only who gets something: entitlements are the parent's."""
    rows = [row for row in computed.rows if row.quantity] if only_chosen else computed.rows
    refused = [] if only_chosen else computed.refused
    entitled = [0] * len(rows) if parent else _entitled(computed)
    counted = sums.sums_of_rows(
        [_counted(row, part) for row, part in zip(rows, entitled, strict=True)]
        + [_counted_refusal(candidate, refusal) for candidate, refusal in refused]
    )
    split = Split.objects.create(
        **_figures(computed), **counted.kept(), parent=parent, shortage=shortage, computed_by=by
    )
    _write_rows(split, zip(rows, entitled, strict=True), refused, total=len(rows) + len(refused), tell=tell)
    villages = [SplitVillage(split=split, village_id=code, **vars(v)) for code, v in counted.villages.items()]
    SplitVillage.objects.bulk_create(villages, batch_size=BATCH)
    return split


def _entitled(computed: Computed) -> list[int]:
    quantity = sum(row.quantity for row in computed.rows)
    return entitled_amounts(quantity, [row.candidate.capacity for row in computed.rows])


def _figures(computed: Computed) -> dict[str, Any]:
    """What the solver and the verifier said of the whole."""
    allocation, line = computed.allocation, computed.line
    chosen = [row for row in computed.rows if row.quantity]
    quantity = sum(row.quantity for row in chosen)
    return {
        "line": line,
        "number": line.splits.count() + 1,
        "quantity": quantity,
        "cost_budget_bp": computed.budget_bp,
        "makers": len(chosen),
        "eligible": len(computed.eligible),
        "villages": len({row.candidate.village for row in chosen}),
        "first_timers": sum(row.candidate.is_first_time for row in chosen),
        "largest_share": allocation.largest_share,
        "common_cap": allocation.common_cap,
        "cost_rupiah": allocation.cost,
        "ranked_cost_rupiah": allocation.ranked_cost,
        "cheapest_cost_rupiah": allocation.cheapest_cost,
        "uncredited_cost_rupiah": computed.uncredited_cost,
        "lower_bound_rupiah": allocation.lower_bound,
        "newcomer_least": computed.newcomer_least,
        "newcomer_quantity": sum(row.quantity for row in chosen if row.candidate.is_first_time),
        "newcomer_credit_rupiah": computed.newcomer_credit,
        "gini_before_bp": allocation.gini_before,
        "gini_after_bp": allocation.gini_after,
        "status": allocation.status,
        "seed": computed.seed,
        "input_hash": computed.input_hash,
        "engine": allocation.version,
        "certificate": allocation.certificate(),
        "frontier": computed.frontier,
        "cheapest_amounts": _cheapest_amounts(computed) if computed.frontier else [],
        "snapshot": snapshot.pack(
            computed.eligible,
            code=computed.code,
            quantity=quantity,
            budget_bp=computed.budget_bp,
            seed=computed.seed,
            max_share=computed.max_share,
        ),
        "milliseconds": computed.milliseconds,
    }


def _cheapest_amounts(computed: Computed) -> sums.Pairs:
    """What the households of the cheapest plan would get, largest first, without names: enough to draw it."""
    amounts = computed.allocation.cheapest_quantity.tolist()
    houses = [candidate.households for candidate in computed.eligible]
    return sums.paired(plan.by_household(zip(amounts, houses, strict=True)))


def _counted(row: plan.PlannedRow, entitled: int) -> sums.Counted:
    maker = row.candidate
    return sums.Counted(
        maker.village, True, row.quantity, maker.households, entitled, maker.price, row.reason, row.numbers
    )


def _counted_refusal(candidate: Candidate, refusal: Refusal) -> sums.Counted:
    return sums.Counted(
        candidate.village, False, 0, candidate.households, 0, candidate.price, refusal.reason, refusal.numbers
    )


def _write_rows(
    split: Split,
    rows: Iterable[tuple[plan.PlannedRow, int]],
    refused: Iterable[tuple[Candidate, Refusal]],
    *,
    total: int,
    tell: Tell,
) -> None:
    values = chain(
        (_row(split, row, part) for row, part in rows),
        (_refused_row(split, candidate, refusal) for candidate, refusal in refused),
    )

    def told(written: int) -> None:
        words = _("Writing rows: %(written)s of %(total)s")
        numbers = {"written": formats.number(written), "total": formats.number(total)}
        tell(STEPS, STEPS, words % numbers, done=written, total=total)

    insert_rows(SplitRow, ROW, values, told=told)


ROW = (
    "split_id", "maker_id", "households", "capacity", "minimum_lot", "price_rupiah", "transport_rupiah",
    "visit_rupiah", "collection_point_id", "is_first_time", "eligible", "quantity", "entitled_quantity",
    "credit_rupiah", "credits", "reason", "numbers",
)  # fmt: skip
"""The columns of a row, in the order in which the functions below give them."""


def _row(split: Split, row: plan.PlannedRow, entitled: int) -> tuple[Any, ...]:
    credits = row.candidate.credits
    given = (True, row.quantity, entitled, credits.total, credits.told(), str(row.reason), dict(row.numbers))
    return (*_facts(split, row.candidate), *given)


def _refused_row(split: Split, candidate: Candidate, refusal: Refusal) -> tuple[Any, ...]:
    given: tuple[Any, ...] = (False, 0, 0, 0, {}, str(refusal.reason), dict(refusal.numbers))
    return (*_facts(split, candidate), *given)


def _facts(split: Split, candidate: Candidate) -> tuple[Any, ...]:
    return (
        split.pk,
        candidate.maker,
        candidate.households,
        candidate.capacity,
        candidate.minimum_lot,
        candidate.price,
        candidate.transport,
        candidate.visit,
        candidate.collection_point,
        candidate.is_first_time,
    )


def told_of(split: Split) -> dict[str, object]:
    """A split for the record: figures and proof, no names."""
    return {
        "split": split.pk,
        "line": split.line_id,
        "number": split.number,
        "quantity": split.quantity,
        "makers": split.makers,
        "cost": split.cost_rupiah,
        "lower_bound": split.lower_bound_rupiah,
        "largest_share": split.largest_share,
        "budget_bp": split.cost_budget_bp,
        "input_hash": split.input_hash,
        "seed": split.seed,
        "engine": split.engine,
        "credits": split.credits_rupiah,
        "newcomer_credit": split.newcomer_credit_rupiah,
    }
