"""Split one large order over many small makers: fairly, provably, with a reason for everyone.

Pure: numpy at run time, no framework, no clock but for a time limit. See docs/ordersplit.md.
"""

from ordersplit.allocation import INFEASIBLE, OPTIMAL, TIME_LIMIT, VERSION, WITHIN_GAP, Allocation
from ordersplit.bound import Prices
from ordersplit.feasibility import Feasibility, feasibility
from ordersplit.policy import Policy
from ordersplit.problem import Orders, SourcingProblem, Suppliers
from ordersplit.quota import Quota, credit_for_quota
from ordersplit.reasons import Explanation, Numbers
from ordersplit.solving import FrontierPoint, lower_bound, price_of_fairness, resplit, solve
from ordersplit.verify import Verification, verify

__version__ = VERSION.rpartition(" ")[2]

__all__ = [
    "INFEASIBLE",
    "OPTIMAL",
    "TIME_LIMIT",
    "VERSION",
    "WITHIN_GAP",
    "Allocation",
    "Explanation",
    "Feasibility",
    "FrontierPoint",
    "Numbers",
    "Orders",
    "Policy",
    "Prices",
    "Quota",
    "SourcingProblem",
    "Suppliers",
    "Verification",
    "credit_for_quota",
    "feasibility",
    "lower_bound",
    "price_of_fairness",
    "resplit",
    "solve",
    "verify",
]
