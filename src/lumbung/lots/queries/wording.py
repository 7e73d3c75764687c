"""Accounts and things in words, as pages and panels show them."""

from dataclasses import dataclass

from lumbung.lots.models import Holding, MaterialKind
from lumbung.lots.queries.holdings import Account
from lumbung.lots.rules.amounts import amount
from lumbung.makers.models import GoodsKind


def what_in_words(what: MaterialKind | GoodsKind) -> str:
    return what.words if isinstance(what, GoodsKind) else what.name


@dataclass(frozen=True)
class AccountShown:
    """One maker's account of a material in words; the bar is what is settled of what was handed out."""

    account: Account
    handed_out: str
    used: str
    returned: str
    lost: str
    open: str
    over_norm: str
    allowed: str

    @property
    def holding(self) -> Holding:
        return self.account.holding

    @property
    def settled(self) -> int:
        return self.account.sums.handed_out - self.account.sums.open


def account_in_words(account: Account) -> AccountShown:
    what, sums = account.holding.what, account.sums
    return AccountShown(
        account,
        amount(sums.handed_out, what),
        amount(sums.used, what),
        amount(sums.returned, what),
        amount(sums.lost, what),
        amount(sums.open, what),
        amount(sums.over_norm, what) if sums.over_norm else "",
        amount(sums.allowed_loss, what),
    )
