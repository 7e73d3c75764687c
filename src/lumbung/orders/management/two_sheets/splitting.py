"""From two sheets to a plan that the verifier accepts, or to the reason why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median_low

from django.utils.translation import gettext as _

import ordersplit
from foundation.formats import number, rupiah
from lumbung.orders.choices import PriceMode, Reason
from lumbung.orders.management.two_sheets.columns import HIGHEST_PRICE_RUPIAH
from lumbung.orders.management.two_sheets.reading import Maker, Order, missing_certificates
from lumbung.orders.rules.eligibility import Candidate, Refusal, Terms, divide
from lumbung.orders.rules.plan import REASONS, numbers_of
from lumbung.orders.rules.reasons import change_sentence, reason_sentence

YES_IN_PERCENT = 5
"""What a plain yes under *Prioritas* is worth, of the middle price."""


@dataclass(frozen=True)
class Given:
    """A maker with a share."""

    maker: Maker
    quantity: int
    cost: int
    reason: str


@dataclass(frozen=True)
class Left:
    """A maker without one."""

    maker: Maker
    reason: str
    change: str


@dataclass(frozen=True)
class Plan:
    order: Order
    allocation: ordersplit.Allocation
    given: list[Given]
    left: list[Left]
    yes_rupiah: int

    @property
    def makers(self) -> list[Maker]:
        """All makers of the sheet."""
        return [one.maker for one in self.given] + [one.maker for one in self.left]


@dataclass(frozen=True)
class Shortfall:
    """Why the order cannot be filled, and how much could be delivered."""

    order: Order
    deliverable: int
    binding: tuple[str, ...]
    sentences: tuple[str, ...]


def split(makers: Sequence[Maker], order: Order, *, seed: str = "") -> Plan | Shortfall:
    candidates = [_candidate(maker, order) for maker in makers]
    eligible, refused = divide(candidates, Terms(PriceMode.OWN, order.ceiling or HIGHEST_PRICE_RUPIAH))
    by_row = {maker.row: maker for maker in makers}
    yes_rupiah = median_low(maker.price for maker in makers) * YES_IN_PERCENT // 100
    problem = _problem([by_row[candidate.maker] for candidate in eligible], order)
    policy = ordersplit.Policy(
        cost_budget=Fraction(order.tolerance_bp, 10_000),
        max_quantity=order.limit,
        credits=[_credit(by_row[candidate.maker], yes_rupiah) for candidate in eligible],
        tie_seed=seed or problem.input_hash,
    )
    allocation = ordersplit.solve(problem, policy)
    if not allocation.makers:
        return _shortfall(allocation, order, refused)
    _check(problem, allocation)
    given, left = _answers(allocation, order, eligible, refused, by_row)
    if (
        sum(one.cost for one in given) != allocation.cost
        or sum(one.quantity for one in given) != order.quantity
    ):
        raise RuntimeError("The rows of the plan do not add up to its totals.")
    return Plan(order, allocation, given, left, yes_rupiah)


def _candidate(maker: Maker, order: Order) -> Candidate:
    return Candidate(
        maker=maker.row,
        name=maker.name,
        village=maker.village,
        households=1,
        price=maker.price,
        own_price=maker.price,
        capacity=maker.capacity,
        minimum_lot=maker.minimum_lot,
        distance_metres=0,
        collection_point=None,
        transport=maker.transport,
        visit=maker.visit,
        missing_schemes=missing_certificates(order.certificates, maker.certificates),
    )


def _problem(makers: Sequence[Maker], order: Order) -> ordersplit.SourcingProblem:
    return ordersplit.SourcingProblem.from_arrays(
        [maker.key for maker in makers],
        [maker.price + maker.transport for maker in makers],
        [maker.capacity for maker in makers],
        [maker.minimum_lot for maker in makers],
        [maker.visit for maker in makers],
        quantity=order.quantity,
    )


def _credit(maker: Maker, yes_rupiah: int) -> int:
    if maker.priority is True:
        return min(yes_rupiah, maker.price + maker.transport)
    return int(maker.priority)


def _check(problem: ordersplit.SourcingProblem, allocation: ordersplit.Allocation) -> None:
    """No plan is written that the independent verifier does not accept."""
    verification = ordersplit.verify(problem, allocation)
    if not verification.feasible or verification.cost != allocation.cost:
        raise RuntimeError(f"The verifier refuses this plan: {verification.violations}")


def _answers(
    allocation: ordersplit.Allocation,
    order: Order,
    eligible: Sequence[Candidate],
    refused: Sequence[tuple[Candidate, Refusal]],
    by_row: dict[int, Maker],
) -> tuple[list[Given], list[Left]]:
    """Every maker of the sheet with one reason, in the order of the sheet."""
    given, left = [], []
    rows = zip(eligible, allocation.quantity.tolist(), allocation.costs(), strict=True)
    for candidate, quantity, cost in rows:
        maker = by_row[candidate.maker]
        explanation = allocation.explain(maker.key)
        reason = REASONS[explanation.code]
        numbers = numbers_of(reason, explanation, candidate)
        if quantity:
            sentence = _limit_sentence(reason, explanation, order) or reason_sentence(reason, numbers)
            given.append(Given(maker, quantity, cost, sentence))
        else:
            left.append(_left(maker, reason, numbers, _limit_sentence(reason, explanation, order)))
    left += [
        _left(by_row[candidate.maker], refusal.reason, dict(refusal.numbers))
        for candidate, refusal in refused
    ]
    return given, sorted(left, key=lambda one: one.maker.row)


def _left(maker: Maker, reason: Reason, numbers: dict[str, object], sentence: str = "") -> Left:
    return Left(maker, sentence or reason_sentence(reason, numbers), change_sentence(reason, numbers))


def _limit_sentence(reason: Reason, explanation: ordersplit.Explanation, order: Order) -> str:
    """Where not the common limit binds that the split found, but a limit of the order, or the whole order."""
    n = explanation.numbers
    if n.cap is None or n.cap == n.common_cap:
        return ""
    numbers = {"lot": number(n.lot or 0), "limit": number(n.cap)}
    if n.cap == order.limit:
        if reason == Reason.COMMON_CAP:
            return _("The order's limit per maker: %(limit)s") % numbers
        return _("Smallest lot %(lot)s is above the order's limit per maker %(limit)s") % numbers
    if reason == Reason.COMMON_CAP:
        return _("Makes the whole order")
    return _("Smallest lot %(lot)s is above the whole order of %(limit)s") % numbers


def _shortfall(
    allocation: ordersplit.Allocation, order: Order, refused: Sequence[tuple[Candidate, Refusal]]
) -> Shortfall:
    """What binds: the makers who may take part, and the order's own terms that keep others out."""
    binding = [*allocation.binding]
    sentences = [_binding_sentence(code, order) for code in allocation.binding]
    for reason, code in ((Reason.CERTIFICATE, "certificate"), (Reason.PRICE_ABOVE_CEILING, "max_price")):
        out = [candidate for candidate, refusal in refused if refusal.reason == reason]
        if out:
            binding.append(code)
            sentences.append(_kept_out(reason, out, order))
    if allocation.status != ordersplit.INFEASIBLE:
        sentences.append(_("The search ended before this was certain."))
    return Shortfall(order, allocation.deliverable, tuple(binding), tuple(sentences))


def _binding_sentence(code: str, order: Order) -> str:
    if code == "min_lot":
        return _("The smallest lots of the makers do not add up to the quantity.")
    if code == "max_quantity":
        return _("The limit of %(limit)s per maker binds.") % {"limit": number(order.limit or 0)}
    return _("The capacity of all eligible makers together is too small.")


def _kept_out(reason: Reason, out: Sequence[Candidate], order: Order) -> str:
    numbers = {"makers": number(len(out)), "capacity": number(sum(candidate.capacity for candidate in out))}
    if reason == Reason.CERTIFICATE:
        return _("The certificate %(names)s keeps out %(makers)s makers with a capacity of %(capacity)s.") % {
            "names": ", ".join(order.certificates),
            **numbers,
        }
    return _("The maximum price %(price)s keeps out %(makers)s makers with a capacity of %(capacity)s.") % {
        "price": rupiah(order.ceiling or 0),
        **numbers,
    }
