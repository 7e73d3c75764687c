"""Where rooms above say what money's subjects are called, and how the list of records tells the room's deeds.

A room above, in its own `panels.py`: `@word_subject("share")` names shares, `@find_by_name("line")` finds what somebody
typed, `@stand_behind("share")` says which page a number leads to, `@let_read("orders")` lets somebody read more,
`@know_between("share")` says who pays whom for one of which nothing was owed yet.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from foundation import formats
from lumbung.money import choices, queries
from lumbung.money.queries.subjects import (
    Between,
    find_by_name,
    know_between,
    let_read,
    stand_behind,
    word_subject,
)
from lumbung.records.queries import Told, name_keys, word_deed, word_fields

__all__ = ["Between", "find_by_name", "know_between", "let_read", "stand_behind", "word_subject"]


@name_keys("payment")
def payments(keys: Collection[str]) -> Mapping[str, str]:
    return queries.payment_names_of(keys)


@name_keys("tax_rule")
def tax_rules(keys: Collection[str]) -> Mapping[str, str]:
    return queries.tax_rule_names_of(keys)


_WORDS = {"kind": dict(choices.DueKind.choices)}


def _of(sentence: Any) -> Callable[[Told], str]:
    """A sentence with what the record says; amounts as rupiah, days as days, parties and shares by name."""

    def tell(told: Told) -> str:
        said = {name: _written(told, name, value) for name, value in told.content.items()}
        return str(sentence) % {"subject": _called(told), **said}

    return tell


def _called(told: Told) -> str:
    key = told.record.subject
    return queries.words_of([key])[key] if told.subject == key else told.subject


def _written(told: Told, name: str, value: Any) -> str:
    if name in ("amount", "price", "right", "threshold"):
        return formats.rupiah(value)
    if name in ("payee", "payer"):
        return told.name(value)
    if name == "holder":
        return str(dict(choices.DelayHolder.choices).get(value) or told.name(value))
    if name == "rate_bp":
        return formats.percent_bp(value)
    if name in ("pay_on", "since", "paid_on", "until"):
        return formats.day_full(date.fromisoformat(value))
    return str(_WORDS[name].get(value, value) if name in _WORDS else value)


_DEEDS: dict[str, tuple[Any, Any]] = {
    choices.PRICE_SET: (
        gettext_lazy("Price sheet set"),
        gettext_lazy("%(subject)s: the buyer's price is %(price)s per unit, version %(version)s."),
    ),
    choices.DUE_RAISED: (
        gettext_lazy("Amount owed"),
        gettext_lazy("%(subject)s: %(amount)s is owed by %(payer)s to %(payee)s (%(kind)s)."),
    ),
    choices.DUE_CORRECTED: (
        gettext_lazy("Amount owed corrected"),
        gettext_lazy("%(subject)s: an amount owed was corrected to %(right)s: %(reason)s"),
    ),
    choices.PAY_DAY_PROMISED: (
        gettext_lazy("Pay-day promised"),
        gettext_lazy("%(subject)s: payment is promised for %(pay_on)s."),
    ),
    choices.INSTALMENTS_PROMISED: (
        gettext_lazy("Instalments promised"),
        gettext_lazy("%(subject)s: payment is promised in instalments."),
    ),
    choices.DELAY_TOLD: (
        gettext_lazy("Delay of a payment told"),
        gettext_lazy("%(subject)s: the payment waits with %(holder)s since %(since)s: %(reason)s"),
    ),
    choices.CLAIM_REGISTERED: (
        gettext_lazy("Claim registered"),
        gettext_lazy("%(subject)s: %(holder)s has a claim of %(amount)s, rank %(rank)s."),
    ),
    choices.CLAIM_ENDED: (
        gettext_lazy("Claim ended"),
        gettext_lazy("%(subject)s: the claim of %(holder)s, rank %(rank)s, ended: %(reason)s"),
    ),
    choices.PAYMENT_RECORDED: (
        gettext_lazy("Payment recorded"),
        gettext_lazy("%(payer)s paid %(amount)s to %(payee)s on %(paid_on)s."),
    ),
    choices.PAYMENT_CORRECTED: (
        gettext_lazy("Payment corrected"),
        gettext_lazy("A payment of %(payer)s to %(payee)s was corrected by %(amount)s: %(reason)s"),
    ),
    choices.ACCOUNT_ADDED: (
        gettext_lazy("Bank account written down"),
        gettext_lazy("A bank account of %(subject)s was written down."),
    ),
    choices.ACCOUNT_CONFIRMED: (
        gettext_lazy("Bank account confirmed"),
        gettext_lazy("A bank account of %(subject)s was confirmed."),
    ),
    choices.ACCOUNT_ENDED: (
        gettext_lazy("Bank account ended"),
        gettext_lazy("A bank account of %(subject)s ended: %(reason)s"),
    ),
    choices.TAX_RULE_WRITTEN: (
        gettext_lazy("Tax rule written"),
        gettext_lazy("The tax rule %(name)s was written: %(rate_bp)s. Source: %(source)s"),
    ),
    choices.TAX_RULE_CONFIRMED: (
        gettext_lazy("Tax rule confirmed"),
        gettext_lazy("The tax rule %(name)s was confirmed."),
    ),
    choices.TAX_RULE_ENDED: (
        gettext_lazy("Tax rule ended"),
        gettext_lazy("The tax rule %(name)s ends on %(until)s."),
    ),
    choices.TAX_STANDING_TOLD: (
        gettext_lazy("Tax standing told"),
        gettext_lazy("How tax rules see %(subject)s was told."),
    ),
}
for _deed, (_label, _sentence) in _DEEDS.items():
    word_deed(_deed, _label)(_of(_sentence))


word_fields(
    "money",
    {
        "version": gettext_lazy("Version"),
        "price": gettext_lazy("Buyer's price per unit, rupiah"),
        "from": gettext_lazy("In force from"),
        "parts": gettext_lazy("Parts"),
        "receiver": (gettext_lazy("Who gets it"), choices.Receiver.choices),
        "rupiah": gettext_lazy("Rupiah"),
        "due": gettext_lazy("Number of the entry"),
        "kind": (gettext_lazy("Kind"), choices.DueKind.choices),
        "claim_registered.kind": (gettext_lazy("Kind"), choices.ClaimKind.choices),
        "cause": gettext_lazy("Cause"),
        "amount": gettext_lazy("Amount, rupiah"),
        "payee": gettext_lazy("Payee"),
        "payer": gettext_lazy("Payer"),
        "pay_on": gettext_lazy("Pay-day"),
        "first": gettext_lazy("First pay-day"),
        "withheld": gettext_lazy("Tax withheld, rupiah"),
        "corrects": gettext_lazy("Corrects the entry"),
        "right": gettext_lazy("Right amount, rupiah"),
        "holder": (gettext_lazy("Held by"), choices.DelayHolder.choices),
        "since": gettext_lazy("Since"),
        "rank": gettext_lazy("Place by rank"),
        "paid_on": gettext_lazy("Paid on"),
        "proof": gettext_lazy("Hash of the proof"),
        "shares": gettext_lazy("Shares"),
        "share": gettext_lazy("Share"),
        "account": gettext_lazy("Number of the account's entry"),
        "name": gettext_lazy("Name"),
        "supply": (gettext_lazy("Supply"), choices.Supply.choices),
        "payee_status": (gettext_lazy("As a payee"), choices.PayeeStatus.choices),
        "payer_kind": (gettext_lazy("As a payer"), choices.PayerKind.choices),
        "threshold": gettext_lazy("Only above, rupiah"),
        "rate_bp": gettext_lazy("Rate, hundredths of a percent"),
        "rounding": (gettext_lazy("Rounding"), choices.Rounding.choices),
        "in_force_from": gettext_lazy("In force from"),
        "until": gettext_lazy("Last day"),
        "source": gettext_lazy("Source"),
    },
)
