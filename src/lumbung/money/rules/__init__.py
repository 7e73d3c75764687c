"""What is open, whom it goes to, what is withheld, and the reasons why not: no database."""

import re

from lumbung.money.rules.pricing import Bar, NewRow, amounts_of, bars, why_not_sheet
from lumbung.money.rules.reasons import (
    why_nobody_holds,
    why_not_account,
    why_not_advance,
    why_not_claim,
    why_not_correct,
    why_not_correct_payment,
    why_not_delay,
    why_not_due,
    why_not_end,
    why_not_instalments,
    why_not_other_parties,
    why_not_paid,
    why_not_payment,
    why_not_promise,
)
from lumbung.money.rules.splitting import Made, Settled, settle, split_largest_remainder
from lumbung.money.rules.standing import (
    AGES,
    STATE_LOOKS,
    ClaimRow,
    DueRow,
    Part,
    age_of,
    allocate,
    cut,
    entitled,
    first_open_day,
    open_of,
    state_of,
    total_of,
)
from lumbung.money.rules.taxing import rules_for, why_not_confirm, why_not_rule, withheld


def tidy_number(text: str) -> str:
    """An account number as digits and letters only, so that two spellings of one number are equal."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


__all__ = [
    "AGES",
    "STATE_LOOKS",
    "Bar",
    "ClaimRow",
    "DueRow",
    "Made",
    "NewRow",
    "Part",
    "Settled",
    "age_of",
    "allocate",
    "amounts_of",
    "bars",
    "cut",
    "entitled",
    "first_open_day",
    "open_of",
    "rules_for",
    "settle",
    "split_largest_remainder",
    "state_of",
    "tidy_number",
    "total_of",
    "why_nobody_holds",
    "why_not_account",
    "why_not_advance",
    "why_not_claim",
    "why_not_confirm",
    "why_not_correct",
    "why_not_correct_payment",
    "why_not_delay",
    "why_not_due",
    "why_not_end",
    "why_not_instalments",
    "why_not_other_parties",
    "why_not_paid",
    "why_not_payment",
    "why_not_promise",
    "why_not_rule",
    "why_not_sheet",
    "withheld",
]
