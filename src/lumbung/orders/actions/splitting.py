"""Computing a split, proposing it, deciding it: from the decision on, shares stand offered."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import ordersplit
from foundation import clock, formats
from foundation.errors import Refused, refuse
from lumbung.makers.models import Maker
from lumbung.orders.actions.quota import settle
from lumbung.orders.choices import SPLIT_DECIDED, ShareState, SplitState
from lumbung.orders.models import OrderLine, Share, Split, SplitRow
from lumbung.orders.queries.candidates import candidates_for, terms_of
from lumbung.orders.queries.orders import locked_line
from lumbung.orders.queries.shares import makers_with_shares
from lumbung.orders.rules import deciding, plan, snapshot
from lumbung.orders.rules.eligibility import Candidate, Refusal, divide
from lumbung.people.actions import NewLink, issue_links
from lumbung.people.choices import LinkPurpose
from lumbung.records.actions import leave_record
from lumbung.records.queries import latest_seal

BATCH = 2000


@dataclass(frozen=True)
class Computed:
    """A plan that was computed and not yet saved."""

    line: OrderLine
    eligible: Sequence[Candidate]
    refused: Sequence[tuple[Candidate, Refusal]]
    rows: Sequence[plan.PlannedRow]
    allocation: ordersplit.Allocation
    frontier: list[dict[str, int]]
    budget_bp: int
    seed: str
    milliseconds: int


def compute_split(*, line: OrderLine, by: str, budget_bp: int | None = None) -> Split:
    """Compute a plan at a cost budget (the order's own by default) and keep it as a draft.

    Raises Refused when the order cannot be filled: with the most that can be delivered, and what binds.
    """
    order = line.order
    exists = line.splits.filter(state=SplitState.DECIDED).exists()
    refuse(
        deciding.why_not_split(exists, published=bool(order.published_at), cancelled=bool(order.cancelled_at))
    )
    computed = _compute(line, order.cost_budget_bp if budget_bp is None else budget_bp)
    with transaction.atomic():
        line = locked_line(line.pk)
        waiting = line.splits.filter(state__in=[SplitState.PROPOSED, SplitState.DECIDED]).exists()
        if waiting:
            raise Refused(_("Another split of this line is proposed or decided already."))
        line.splits.filter(state=SplitState.DRAFTED).update(state=SplitState.SUPERSEDED)
        split = save_split(computed, by=by)
        leave_record(subject=order.key, deed="orders.split_computed", by=by, content=told_of(split))
    return split


def _compute(line: OrderLine, budget_bp: int) -> Computed:
    started = time.perf_counter()
    eligible, refused = divide(candidates_for(line), terms_of(line))
    code = f"{line.order.code}/{line.pk}"
    refuse_if_impossible(eligible, code=code, quantity=line.quantity)
    problem = plan.problem_of(eligible, code=code, quantity=line.quantity)
    seal = latest_seal()
    seed = plan.tie_seed(code=code, input_hash=problem.input_hash, seal=seal.hash if seal else "")
    frontier, plans = plan.frontier_of(problem, seed=seed)
    allocation = plans.get(budget_bp) or ordersplit.solve(
        problem, plan.policy_of(budget_bp=budget_bp, seed=seed)
    )
    check(problem, allocation)
    return Computed(
        line=line,
        eligible=eligible,
        refused=refused,
        rows=plan.planned_rows(eligible, allocation),
        allocation=allocation,
        frontier=frontier,
        budget_bp=budget_bp,
        seed=seed,
        milliseconds=int((time.perf_counter() - started) * 1000),
    )


def refuse_if_impossible(eligible: Sequence[Candidate], *, code: str, quantity: int) -> None:
    """Say before anything else when the amount cannot be delivered."""
    if not eligible:
        raise Refused(_("Nobody can make this order: no maker is eligible."))
    able = ordersplit.feasibility(plan.problem_of(eligible, code=code, quantity=quantity))
    if able.deliverable < quantity:
        raise Refused(
            _("This order cannot be filled: at most %(most)s can be delivered. %(binding)s")
            % {"most": formats.number(able.deliverable), "binding": plan.binding_sentence(able.binding)}
        )


def check(problem: ordersplit.SourcingProblem, allocation: ordersplit.Allocation) -> None:
    """No plan is kept that the independent verifier does not accept."""
    verification = ordersplit.verify(problem, allocation)
    if not verification.feasible:
        raise RuntimeError(f"The verifier refuses this plan: {verification.violations}")


def save_split(
    computed: Computed, *, by: str, parent: Split | None = None, only_chosen: bool = False, shortage: int = 0
) -> Split:
    """Write a computed plan: the split, and a row for every maker with its one reason."""
    allocation, rows = computed.allocation, computed.rows
    chosen = [row for row in rows if row.quantity]
    quantity = sum(row.quantity for row in chosen)
    split = Split.objects.create(
        line=computed.line,
        number=computed.line.splits.count() + 1,
        parent=parent,
        quantity=quantity,
        shortage=shortage,
        cost_budget_bp=computed.budget_bp,
        makers=len(chosen),
        eligible=len(computed.eligible),
        villages=len({row.candidate.village for row in chosen}),
        first_timers=sum(row.candidate.is_first_time for row in chosen),
        largest_share=allocation.largest_share,
        common_cap=allocation.common_cap,
        cost_rupiah=allocation.cost,
        cheapest_cost_rupiah=allocation.cheapest_cost,
        lower_bound_rupiah=allocation.lower_bound,
        gini_before_bp=allocation.gini_before,
        gini_after_bp=allocation.gini_after,
        status=allocation.status,
        seed=computed.seed,
        input_hash=allocation.input_hash,
        engine=allocation.version,
        certificate=allocation.certificate(),
        frontier=computed.frontier,
        cheapest_amounts=[] if parent else _cheapest_amounts(computed),
        snapshot=snapshot.pack(
            computed.eligible,
            code=f"{computed.line.order.code}/{computed.line.pk}",
            quantity=quantity,
            budget_bp=computed.budget_bp,
            seed=computed.seed,
        ),
        milliseconds=computed.milliseconds,
        computed_by=by,
    )
    written = [_row(split, row) for row in (chosen if only_chosen else rows)]
    if not only_chosen:
        written += [_refused_row(split, candidate, refusal) for candidate, refusal in computed.refused]
    SplitRow.objects.bulk_create(written, batch_size=BATCH)
    return split


def _cheapest_amounts(computed: Computed) -> list[int]:
    """What the households of the cheapest plan would get, largest first, without names: enough to draw it."""
    amounts = computed.allocation.cheapest_quantity.tolist()
    houses = [candidate.households for candidate in computed.eligible]
    return plan.by_household(zip(amounts, houses, strict=True))


def _row(split: Split, row: plan.PlannedRow) -> SplitRow:
    return SplitRow(
        **_facts(split, row.candidate),
        eligible=True,
        quantity=row.quantity,
        reason=row.reason,
        numbers=dict(row.numbers),
    )


def _refused_row(split: Split, candidate: Candidate, refusal: Refusal) -> SplitRow:
    return SplitRow(
        **_facts(split, candidate),
        eligible=False,
        quantity=0,
        reason=refusal.reason,
        numbers=dict(refusal.numbers),
    )


def _facts(split: Split, candidate: Candidate) -> dict[str, object]:
    return {
        "split": split,
        "maker_id": candidate.maker,
        "households": candidate.households,
        "capacity": candidate.capacity,
        "minimum_lot": candidate.minimum_lot,
        "price_rupiah": candidate.price,
        "transport_rupiah": candidate.transport,
        "visit_rupiah": candidate.visit,
        "collection_point_id": candidate.collection_point,
        "is_first_time": candidate.is_first_time,
    }


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
    }


def propose_split(*, split: Split, by: str) -> Split:
    """Put a drafted split before the head of the office."""
    with transaction.atomic():
        split = _locked(split)
        refuse(deciding.why_not_propose(split))
        split.state, split.proposed_at, split.proposed_by = SplitState.PROPOSED, clock.now(), by
        split.save(update_fields=["state", "proposed_at", "proposed_by"])
        leave_record(
            subject=split.line.order.key, deed="orders.split_proposed", by=by, content=told_of(split)
        )
    return split


def return_split(*, split: Split, reason: str, by: str) -> Split:
    """Give a proposed split back, with the reason."""
    with transaction.atomic():
        split = _locked(split)
        refuse(deciding.why_not_decide(split, by=by))
        if not reason.strip():
            raise Refused(_("Write the reason, so that the officer knows what to change."), field="reason")
        split.state, split.returned_reason = SplitState.RETURNED, reason.strip()
        split.save(update_fields=["state", "returned_reason"])
        content = {"split": split.pk, "reason": split.returned_reason}
        leave_record(subject=split.line.order.key, deed="orders.split_returned", by=by, content=content)
    return split


def decide_split(*, split: Split, by: str) -> Split:
    """Decide a proposed split: each chosen maker now has an offered share, to be sent."""
    with transaction.atomic():
        split = _locked(split)
        refuse(deciding.why_not_decide(split, by=by))
        split.state, split.decided_at, split.decided_by = SplitState.DECIDED, clock.now(), by
        split.save(update_fields=["state", "decided_at", "decided_by"])
        offer_shares(split, by=by)
        leave_record(subject=split.line.order.key, deed=SPLIT_DECIDED, by=by, content=told_of(split))
    return split


def _locked(split: Split) -> Split:
    line = locked_line(split.line_id)
    split = Split.objects.select_related("line__order").get(pk=split.pk)
    split.line = line
    return split


def refuse_if_overtaken(split: Split) -> None:
    """Hold the chosen makers, and refuse when one is no longer eligible or has too little capacity left."""
    chosen = split.rows.filter(quantity__gt=0)
    list(
        Maker.objects.select_for_update()
        .filter(pk__in=chosen.values("maker"))
        .order_by("pk")
        .values_list("pk")
    )
    eligible, _refused = divide(candidates_for(split.line), terms_of(split.line))
    held = makers_with_shares(split.line)
    free = {c.maker: c.capacity - held.get(c.maker, ("", 0))[1] for c in eligible}
    short = sum(free.get(maker, 0) < wanted for maker, wanted in chosen.values_list("maker_id", "quantity"))
    if short:
        raise Refused(
            ngettext(
                "%(count)s maker can no longer make the computed share. Return the split and compute it again.",
                "%(count)s makers can no longer make the computed shares. Return the split and compute it again.",
                short,
            )
            % {"count": formats.number(short)}
        )


def offer_shares(split: Split, *, by: str) -> list[Share]:
    """One offered share for every chosen maker, with its link; within the line's lock.

    The makers' rows are held and asked again: what another order took since the plan was computed is not
    promised twice. Raises Refused when somebody can no longer make the share.
    """
    refuse_if_overtaken(split)
    rows = split.rows.filter(quantity__gt=0).select_related("maker__owner").order_by("id")
    shares = Share.objects.bulk_create([_share(split, row) for row in rows], batch_size=BATCH)
    links = [
        NewLink(LinkPurpose.ANSWER_SHARE, share.key, row.maker.owner)
        for share, row in zip(shares, rows, strict=True)
    ]
    issue_links(links, by=by)
    settle(split.line, by=by)
    return shares


def _share(split: Split, row: SplitRow) -> Share:
    if row.collection_point_id is None:
        raise RuntimeError("A chosen maker has a collection point: eligibility sees to it.")
    return Share(
        line=split.line,
        maker=row.maker,
        split=split,
        state=ShareState.OFFERED,
        quantity=row.quantity,
        minimum_lot=row.minimum_lot,
        price_rupiah=row.price_rupiah,
        collection_point_id=row.collection_point_id,
        reason=row.reason,
        numbers=row.numbers,
        offered_at=clock.now(),
    )
