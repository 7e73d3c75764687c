"""What is done with money: prices, dues, claims, payments, accounts, taxes."""

from lumbung.money.actions.accounts import add_account, confirm_account, end_account
from lumbung.money.actions.claims import end_claim, register_claim
from lumbung.money.actions.dues import (
    correct_due,
    give_advance,
    promise_instalments,
    promise_pay_day,
    raise_due,
    tell_delay,
)
from lumbung.money.actions.payments import Proof, correct_payment, record_payment
from lumbung.money.actions.prices import set_price
from lumbung.money.actions.taxes import confirm_tax_rule, end_tax_rule, tell_tax_standing, write_tax_rule

__all__ = [
    "Proof",
    "add_account",
    "confirm_account",
    "confirm_tax_rule",
    "correct_due",
    "correct_payment",
    "end_account",
    "end_claim",
    "end_tax_rule",
    "give_advance",
    "promise_instalments",
    "promise_pay_day",
    "raise_due",
    "record_payment",
    "register_claim",
    "set_price",
    "tell_delay",
    "tell_tax_standing",
    "write_tax_rule",
]
