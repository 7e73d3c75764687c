"""What comes back goes to the next makers: nobody's confirmed share falls, no offer is changed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress

from django.db import transaction

import ordersplit
from foundation import clock
from foundation.errors import Refused
from lumbung.orders.actions.computing import Computed, check, credits_of, seed_of, with_newcomer_credit
from lumbung.orders.actions.keeping import save_split, told_of
from lumbung.orders.actions.quota import settle
from lumbung.orders.actions.splitting import offer_shares
from lumbung.orders.choices import SHARE_LAPSED, ShareState, SplitState
from lumbung.orders.models import OrderLine, Share, Split
from lumbung.orders.queries.candidates import candidates_for, terms_of
from lumbung.orders.queries.orders import locked_line
from lumbung.orders.queries.shares import lapsed_shares, lines_to_split_again, makers_with_shares
from lumbung.orders.rules import plan
from lumbung.orders.rules.eligibility import Candidate, divide
from lumbung.orders.rules.order import why_over
from lumbung.records.actions import leave_record

ATTEMPTS = 5
Held = dict[int, tuple[str, int]]


def note_lapsed(*, line: OrderLine, by: str) -> int:
    """Take back the offers whose answer term is over; how many there were."""
    with transaction.atomic():
        line = locked_line(line.pk)
        gone = list(lapsed_shares(line).values_list("pk", "quantity"))
        if not gone:
            return 0
        Share.objects.filter(pk__in=[pk for pk, _quantity in gone]).update(
            state=ShareState.LAPSED, ended_at=clock.now()
        )
        settle(line, by=by)
        content = {"line": line.pk, "count": len(gone), "quantity": sum(quantity for _pk, quantity in gone)}
        leave_record(subject=line.order.key, deed=SHARE_LAPSED, by=by, content=content)
    return len(gone)


def resplit(*, line: OrderLine, by: str) -> Split | None:
    """Split what is with nobody again; None when nothing is, or nobody is left who could make it.

    The plan is computed outside the lock and laid down under it only if everything in it still holds; when
    others were quicker, it is computed again.
    """
    note_lapsed(line=line, by=by)
    for _attempt in range(ATTEMPTS):
        line = OrderLine.objects.select_related("order", "kind").get(pk=line.pk)
        parent = line.splits.filter(state=SplitState.DECIDED, parent__isnull=True).first()
        if parent is None or why_over(line.order) or line.unplaced_quantity <= 0:
            return None
        held = makers_with_shares(line)
        computed = _computed_rest(line, parent, held)
        if computed is None:
            return None
        with suppress(Refused):  # another order was quicker with one of the makers
            if split := _lay_down(computed, parent, held, by=by):
                return split
    return None


def _computed_rest(line: OrderLine, parent: Split, held: Held) -> Computed | None:
    started = time.perf_counter()
    everybody, refused = divide(candidates_for(line), terms_of(line))
    pool = with_newcomer_credit(_pool(everybody, held, line.unplaced_quantity), parent.newcomer_credit_rupiah)
    code = f"{line.order.code}/{line.pk}/{line.splits.count() + 1}"
    quantity = _deliverable(pool, code=code, wanted=line.unplaced_quantity)
    if not quantity:
        return None
    pool, budget_bp, most = _limited(pool, parent, held, code=code, quantity=quantity)
    problem, credits = plan.problem_of(pool, code=code, quantity=quantity), credits_of(pool)
    seed = seed_of(line, problem, credits, code=code)
    policy = plan.policy_of(budget_bp=budget_bp, seed=seed, credits=credits, max_share=most)
    allocation = ordersplit.solve(problem, policy)
    check(problem, allocation)
    return Computed(
        line=line,
        code=code,
        eligible=pool,
        refused=refused,
        rows=plan.planned_rows(pool, allocation),
        allocation=allocation,
        frontier=[],
        budget_bp=budget_bp,
        seed=seed,
        input_hash=plan.fingerprint(problem, credits),
        milliseconds=int((time.perf_counter() - started) * 1000),
        uncredited_cost=allocation.cheapest_cost,
        newcomer_credit=parent.newcomer_credit_rupiah,
        max_share=most,
    )


def _limited(
    pool: list[Candidate], parent: Split, held: Held, *, code: str, quantity: int
) -> tuple[list[Candidate], int, int | None]:
    """Who is asked, the cost budget, and the most a household may get.

    The next makers in the order of rank each get what the first ones could get, so that what comes back is worth
    the way, and nobody gets past it with what is held already. Only where they cannot take it all within that
    limit is it spread under the parent's budget instead.
    """
    most = parent.household_amounts[0][0] if parent.household_amounts else parent.quantity
    near = [c for c in (plan.within(c, held.get(c.maker, ("", 0))[1], most) for c in pool) if c.capacity > 0]
    problem = plan.problem_of(near, code=code, quantity=quantity) if near else None
    if problem and ordersplit.feasibility(problem, ordersplit.Policy(max_share=most)).deliverable >= quantity:
        return near, 0, most
    return pool, parent.cost_budget_bp, None


def _pool(everybody: Sequence[Candidate], held: Held, wanted: int) -> list[Candidate]:
    """Who has no share of this line yet; and only if they do not suffice, those who took theirs whole."""
    fresh = [c for c in everybody if c.maker not in held]
    if sum(c.capacity for c in fresh) >= wanted:
        return fresh
    more = [
        plan.with_rest_of_capacity(c, held[c.maker][1])
        for c in everybody
        if held.get(c.maker, ("", 0))[0] == ShareState.ACCEPTED
    ]
    return fresh + [c for c in more if c.capacity > 0]


def _deliverable(pool: Sequence[Candidate], *, code: str, wanted: int) -> int:
    if not pool:
        return 0
    return min(wanted, ordersplit.feasibility(plan.problem_of(pool, code=code, quantity=wanted)).deliverable)


def _lay_down(computed: Computed, parent: Split, held: Held, *, by: str) -> Split | None:
    """Save and offer the plan if nothing in it was overtaken; else None."""
    chosen = [row for row in computed.rows if row.quantity]
    quantity = sum(row.quantity for row in chosen)
    with transaction.atomic():
        line = locked_line(computed.line.pk)
        if why_over(line.order) or line.unplaced_quantity < quantity:
            return None
        if _overtaken(line, held, [row.candidate.maker for row in chosen]):
            return None
        split = save_split(
            computed, by=by, parent=parent, only_chosen=True, shortage=line.unplaced_quantity - quantity
        )
        split.state, split.decided_at, split.decided_by = SplitState.DECIDED, clock.now(), parent.decided_by
        split.proposed_at, split.proposed_by = split.decided_at, by
        split.save(update_fields=["state", "decided_at", "decided_by", "proposed_at", "proposed_by"])
        split.line = line
        offer_shares(split, by=by)
        content = told_of(split) | {"parent": parent.pk, "shortage": split.shortage}
        leave_record(subject=line.order.key, deed="orders.split_again", by=by, content=content)
    return split


def _overtaken(line: OrderLine, held: Held, makers: Sequence[int]) -> bool:
    """Whether one of these makers got, answered or gave back a share since the plan was computed."""
    now = makers_with_shares(line)
    return any(now.get(maker) != held.get(maker) for maker in makers)


def expire_and_resplit(*, by: str) -> tuple[int, int]:
    """For the clock: take back what was not answered in time and split it again; (lapsed, offered anew)."""
    lapsed = offered = 0
    for line in lines_to_split_again():
        lapsed += note_lapsed(line=line, by=by)
        split = resplit(line=line, by=by) if line.order.resplits_itself else None
        offered += split.makers if split else 0
    return lapsed, offered
