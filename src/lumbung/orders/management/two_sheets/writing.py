"""The plan as a workbook: who makes how much, who does not and why, and the proof."""

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.formats import fraction_bp, number, percent_bp, rupiah
from foundation.sheets import Heading, Workbook
from lumbung.orders.management.two_sheets.splitting import Plan


def write_plan(plan: Plan, target: Path) -> None:
    """Write beside the target and move into place, so that nobody ever sees half a plan."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem}-", suffix=".xlsx")
    os.close(handle)
    draft = Path(name)
    try:
        with Workbook(draft, mark="") as book:
            _write_shares(book, plan)
            _write_left(book, plan)
            _write_proof(book, plan)
        draft.chmod(0o666 & ~_umask())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _write_shares(book: Workbook, plan: Plan) -> None:
    headings = [
        Heading(pgettext("sheet", "Name"), 32),
        Heading(pgettext("sheet", "Village"), 24),
        Heading(pgettext("sheet", "Quantity"), 12),
        Heading(pgettext("sheet", "Price"), 12),
        Heading(pgettext("sheet", "Cost"), 16),
        Heading(pgettext("sheet", "Reason"), 60),
    ]
    sheet = book.sheet(pgettext("sheet", "Plan"), headings)
    for one in plan.given:
        sheet.row([one.maker.name, one.maker.village, one.quantity, one.maker.price, one.cost, one.reason])


def _write_left(book: Workbook, plan: Plan) -> None:
    headings = [
        Heading(pgettext("sheet", "Name"), 32),
        Heading(pgettext("sheet", "Reason"), 60),
        Heading(pgettext("sheet", "What would change it"), 60),
    ]
    sheet = book.sheet(pgettext("sheet", "Not chosen"), headings)
    named = Counter(maker.name for maker in plan.makers)
    for one in plan.left:
        is_one_of_many = named[one.maker.name] > 1
        name = f"{one.maker.name} ({one.maker.village})" if is_one_of_many else one.maker.name
        sheet.row([name, one.reason, one.change])


def _write_proof(book: Workbook, plan: Plan) -> None:
    headings = [Heading(pgettext("sheet", "Statement"), 34), Heading(pgettext("sheet", "Value"), 70)]
    sheet = book.sheet(pgettext("sheet", "Proof"), headings)
    for row in proof(plan):
        sheet.row(row)


def proof(plan: Plan) -> Iterator[tuple[str, object]]:
    """What an auditor needs to compute the plan again, and how far from the best it can be at most."""
    found = plan.allocation
    yield pgettext("sheet", "Cost"), found.cost
    yield pgettext("sheet", "Cheapest cost"), found.cheapest_cost
    yield pgettext("sheet", "Lower bound"), found.lower_bound
    yield pgettext("sheet", "Gap"), gap_percent(found.gap_ppb)
    yield pgettext("sheet", "Seed of the draw"), found.policy.tie_seed
    yield pgettext("sheet", "Input hash"), found.input_hash
    yield pgettext("sheet", "Version"), found.version
    yield pgettext("sheet", "Quantity"), plan.order.quantity
    yield pgettext("sheet", "Makers with a share"), found.makers
    yield pgettext("sheet", "Largest share"), found.largest_share
    if found.common_cap is not None:
        yield pgettext("sheet", "Common limit"), found.common_cap
    yield pgettext("sheet", "Cost tolerance"), percent_bp(plan.order.tolerance_bp)
    if plan.order.limit is not None:
        yield pgettext("sheet", "Limit per maker"), plan.order.limit
    yield from _credits(plan)
    yield pgettext("sheet", "Gini (0 is even), cheapest plan"), fraction_bp(found.gini_before)
    yield pgettext("sheet", "Gini (0 is even), this plan"), fraction_bp(found.gini_after)
    yield pgettext("sheet", "State of the proof"), _state(plan)


def _credits(plan: Plan) -> Iterator[tuple[str, object]]:
    found = plan.allocation
    if found.ranked_cost != found.cost:
        yield pgettext("sheet", "Cost less credits (what the bound is about)"), found.ranked_cost
    if any(maker.priority is True for maker in plan.makers):
        yield pgettext("sheet", "Credit for priority, a piece"), rupiah(plan.yes_rupiah)


def _state(plan: Plan) -> str:
    if plan.allocation.status == "OPTIMAL":
        return _("Proven: nothing better exists.")
    return _("Not proven to be the best; the gap says how far it can be at most.")


def gap_percent(parts_per_billion: int) -> str:
    """`0,0000123 %` with the decimal sign of the language; nothing is rounded away."""
    whole, rest = divmod(parts_per_billion, 10_000_000)
    digits = f"{rest:07d}".rstrip("0")
    sign = pgettext("decimal sign", ".")
    return f"{number(whole)}{sign}{digits} %" if digits else f"{number(whole)} %"
