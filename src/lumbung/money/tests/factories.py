"""Money for the tests of this room and of rooms above."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from foundation import clock
from lumbung.money import actions
from lumbung.money.choices import DueKind, Receiver
from lumbung.money.models import Account, Due, Payment, PriceSheet
from lumbung.money.rules import NewRow
from lumbung.organisations.choices import PartyKind
from lumbung.organisations.models import Party
from lumbung.organisations.tests.factories import party

BY = "person:1"
_numbers = count(1)


def payee(name: str = "") -> Party:
    return party(name or f"Jahit {next(_numbers)}", PartyKind.MAKER)


def payer(name: str = "Dinas Pembeli") -> Party:
    return party(name, PartyKind.BUYER)


def due(
    amount: int = 1_000_000,
    *,
    share: str = "share:1",
    of: Party | None = None,
    by: str = BY,
    pays: Party | None = None,
    days: int = 7,
    **given: Any,
) -> Due:
    """Something owed for a share; a second one is between the same two."""
    known = Due.objects.filter(share=share).first()
    fields: dict[str, Any] = {
        "cause": f"test:{next(_numbers)}",
        "kind": DueKind.EARNED,
        "payee": known.payee if known else (of or payee()).key,
        "payer": known.payer if known else (pays or payer()).key,
        "pay_on": clock.today() + timedelta(days=days),
    }
    return actions.raise_due(share=share, amount_rupiah=amount, by=by, **fields | given)


def paid(
    amount: int, *, share: str = "share:1", to: str = "", on: date | None = None, **given: Any
) -> Payment:
    """A payment on one share, proved by a reference."""
    known = Due.objects.filter(share=share)[0]
    fields = {"reference": f"TRF-{next(_numbers)}", "by": BY} | given
    return actions.record_payment(
        payer=known.payer,
        payee=to or known.payee,
        paid_on=on or clock.today(),
        shares={share: amount},
        **fields,
    )


def account(owner: Party, number: str = "", *, confirmed: bool = True) -> Account:
    added = actions.add_account(
        owner=owner.key,
        bank="Bank Contoh",
        number=number or f"00{next(_numbers):08d}",
        holder=owner.name,
        by=BY,
    )
    return actions.confirm_account(account=added, by="person:2") if confirmed else added


def price(line: str = "line:1", buyer_rupiah: int = 100_000) -> PriceSheet:
    """Of each unit 85 % to the household, 5,000 for transport, the rest a fee."""
    rows = [
        NewRow(Receiver.MAKER, "Upah jahit", basis_points=8500),
        NewRow(Receiver.TRANSPORT, rupiah=5000),
        NewRow(Receiver.FEE, is_rest=True),
    ]
    return actions.set_price(line=line, buyer_rupiah=buyer_rupiah, rows=rows, by=BY)
