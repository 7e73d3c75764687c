"""Which tax rule applies to a payment, and how much it withholds: no database."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from lumbung.money.choices import WHOLE_BP, Rounding


class Taxing(Protocol):
    """What a tax rule says."""

    supply: str
    payee_status: str
    payer_kind: str
    threshold_rupiah: int
    rate_bp: int
    rounding: str
    in_force_from: date
    in_force_until: date | None

    @property
    def is_confirmed(self) -> bool: ...


Rule = TypeVar("Rule", bound=Taxing)


def rules_for(
    rules: Iterable[Rule], *, supply: str, payee_status: str, payer_kind: str, on: date, amount: int
) -> list[Rule]:
    """The confirmed rules that apply to an amount on a day; what nobody confirmed is off."""
    return [
        rule
        for rule in rules
        if rule.is_confirmed
        and (rule.supply, rule.payee_status, rule.payer_kind) == (supply, payee_status, payer_kind)
        and rule.in_force_from <= on
        and (rule.in_force_until is None or on <= rule.in_force_until)
        and amount > rule.threshold_rupiah
    ]


def withheld(rule: Taxing, amount: int) -> int:
    """How much a rule withholds of an amount, in whole rupiah."""
    product = max(0, amount) * rule.rate_bp
    if rule.rounding == Rounding.UP:
        return -(-product // WHOLE_BP)
    if rule.rounding == Rounding.HALF_UP:
        return (product + WHOLE_BP // 2) // WHOLE_BP
    return product // WHOLE_BP


def why_not_rule(
    *, name: str, source: str, rate_bp: int, in_force_from: date, in_force_until: date | None
) -> str | None:
    """The reason why this is no tax rule, or None."""
    if not name.strip():
        return _("Give the rule a name.")
    if not source.strip():
        return _("Write the source: the regulation, its number and article.")
    if not 0 < rate_bp <= WHOLE_BP:
        return _("The rate is more than 0 % and at most 100 %.")
    if in_force_until and in_force_until < in_force_from:
        return _("It cannot end before it begins.")
    return None


def why_not_confirm(*, written_by: str, confirmed: bool, by: str) -> str | None:
    """The reason why this person cannot confirm what was written, or None."""
    if confirmed:
        return _("It is confirmed already.")
    if written_by == by:
        return _("You wrote it yourself. Somebody else confirms it.")
    return None
