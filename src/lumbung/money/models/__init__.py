"""Tables of the money room: prices, dues, claims, payments, accounts, tax rules."""

from lumbung.money.models.account import Account
from lumbung.money.models.due import Claim, Delay, Due, PayDay, Standing
from lumbung.money.models.payment import Allocation, Payment
from lumbung.money.models.price import PriceRow, PriceSheet
from lumbung.money.models.tax import TaxRule, TaxStanding

__all__ = [
    "Account",
    "Allocation",
    "Claim",
    "Delay",
    "Due",
    "PayDay",
    "Payment",
    "PriceRow",
    "PriceSheet",
    "Standing",
    "TaxRule",
    "TaxStanding",
]
