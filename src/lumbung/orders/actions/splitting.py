"""Computing a split, proposing it, deciding it: from the decision on, shares stand offered."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import clock, formats
from foundation.errors import Refused, refuse
from lumbung.makers.models import Maker
from lumbung.orders.actions.computing import Tell, compute, say_nothing
from lumbung.orders.actions.keeping import BATCH, save_split, told_of
from lumbung.orders.actions.quota import settle
from lumbung.orders.choices import SPLIT_DECIDED, ShareState, SplitState
from lumbung.orders.models import OrderLine, Share, Split, SplitRow
from lumbung.orders.queries.candidates import candidates_for, terms_of
from lumbung.orders.queries.orders import locked_line
from lumbung.orders.queries.shares import makers_with_shares
from lumbung.orders.rules import deciding
from lumbung.orders.rules.eligibility import divide
from lumbung.orders.rules.order import why_over
from lumbung.people.actions import NewLink, issue_links
from lumbung.people.choices import LinkPurpose
from lumbung.records.actions import leave_record


def compute_split(
    *, line: OrderLine, by: str, budget_bp: int | None = None, tell: Tell = say_nothing
) -> Split:
    """Compute a plan at a cost budget (the order's own by default) and keep it as a draft.

    Raises Refused when the order cannot be filled: with the most that can be delivered, and what binds.
    """
    order = line.order
    exists = line.splits.filter(state=SplitState.DECIDED).exists()
    refuse(deciding.why_not_split(exists, published=bool(order.published_at), over=why_over(order)))
    computed = compute(line, order.cost_budget_bp if budget_bp is None else budget_bp, tell=tell)
    with transaction.atomic():
        line = locked_line(line.pk)
        waiting = line.splits.filter(state__in=[SplitState.PROPOSED, SplitState.DECIDED]).exists()
        if waiting:
            raise Refused(_("Another split of this line is proposed or decided already."))
        line.splits.filter(state=SplitState.DRAFTED).update(state=SplitState.SUPERSEDED)
        split = save_split(computed, by=by, tell=tell)
        leave_record(subject=order.key, deed="orders.split_computed", by=by, content=told_of(split))
    return split


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
        refuse(deciding.why_not_return(split, by=by))
        refuse(deciding.why_not_say(reason), field="reason")
        split.state, split.returned_reason = SplitState.RETURNED, reason.strip()
        split.save(update_fields=["state", "returned_reason"])
        content = {"split": split.pk, "reason": split.returned_reason}
        leave_record(subject=split.line.order.key, deed="orders.split_returned", by=by, content=content)
    return split


def decide_split(*, split: Split, by: str) -> Split:
    """Decide a proposed split: each chosen maker now has an offered share, to be sent."""
    with transaction.atomic():
        split = _locked(split)
        refuse(deciding.why_not_decide(split, by=by, today=clock.today()))
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
    """Hold the chosen makers, and refuse when one is no longer eligible or has too little capacity left.

    Time counts from the day of computing, so that only what others took since can stand in the way:
    `rules.deciding` says how long a computed split stands.
    """
    chosen = split.rows.filter(quantity__gt=0)
    list(
        Maker.objects.select_for_update()
        .filter(pk__in=chosen.values("maker"))
        .order_by("pk")
        .values_list("pk")
    )
    eligible, _refused = divide(
        candidates_for(split.line, since=clock.day_of(split.computed_at)), terms_of(split.line)
    )
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
