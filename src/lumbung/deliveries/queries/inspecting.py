"""How pieces are to be looked at, and who looks at them now."""

import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings

from foundation import formats
from lumbung.deliveries import rules
from lumbung.deliveries.choices import Round, Verdict
from lumbung.deliveries.models import Delivery, Inspection, InspectionTerms
from lumbung.deliveries.rules import Plan, Tables, Terms
from lumbung.orders.models import Order

EXAMPLES = (50, 200, 500, 1_000, 5_000)
"""Lots for which the page of terms says what they mean."""


@cache
def tables() -> Tables:
    """The sampling tables as they lie in data/."""
    path = Path(settings.ROOT) / "data" / "sampling" / "mil-std-105e.toml"
    return rules.tables_from(tomllib.loads(path.read_text()))


def terms_of(line_id: int) -> InspectionTerms | None:
    """The newest version of a line's terms; None where nobody has confirmed any."""
    return InspectionTerms.objects.filter(line=line_id).order_by("-number").first()


def plan_of(delivery: Delivery, round_: str = Round.FIRST) -> Plan:
    """What an inspection that begins now has to look at."""
    terms = terms_of(delivery.share.line_id)
    failed = delivery.inspections.filter(verdict=Verdict.FAILED).exists()
    return rules.plan_for(
        delivery.count_of(rules.source_of(round_)),
        Terms(terms.level, terms.aql_bp, terms.small_below) if terms else None,
        tables(),
        failed=failed,
        again=round_ == Round.AGAIN,
    )


def running_inspection(delivery: Delivery) -> Inspection | None:
    return delivery.inspections.filter(closed_at__isnull=True).first()


def last_inspection(delivery: Delivery) -> Inspection | None:
    """The newest that was closed with counts."""
    return (
        delivery.inspections.filter(closed_at__isnull=False)
        .exclude(verdict="")
        .order_by("-closed_at")
        .first()
    )


def closed_words(inspection: Inspection | None) -> str:
    return formats.moment(inspection.closed_at) if inspection and inspection.closed_at else ""


def terms_of_order(order: Order) -> dict[int, InspectionTerms]:
    """Line → the newest version of its terms, in one query."""
    rows = InspectionTerms.objects.filter(line__order=order).order_by("number")
    return {terms.line_id: terms for terms in rows}


def plans_told(level: int, aql_bp: int) -> list[Plan]:
    """What the terms mean for lots of some sizes."""
    return [rules.plan_for(lot, Terms(level, aql_bp, 1), tables()) for lot in EXAMPLES]
