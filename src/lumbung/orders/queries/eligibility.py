"""Who could make a line, who could not and why, and whether the whole can be done."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import ordersplit
from lumbung.certification.models import Scheme
from lumbung.makers.models import Maker
from lumbung.orders.choices import Reason
from lumbung.orders.models import OrderLine
from lumbung.orders.queries.candidates import candidates_for, terms_of
from lumbung.orders.rules import plan
from lumbung.orders.rules.eligibility import Candidate, Refusal, divide
from lumbung.orders.rules.reasons import change_sentence, reason_sentence
from lumbung.orders.rules.wording import kind_name

ROWS = 20
SLICE = 500


@dataclass(frozen=True)
class Eligibility:
    """Everybody who makes these goods, divided; and how much of the line can be delivered."""

    line: OrderLine
    eligible: Sequence[Candidate]
    refused: Sequence[tuple[Candidate, Refusal]]
    deliverable: int
    binding: str

    @property
    def capacity(self) -> int:
        return sum(candidate.capacity for candidate in self.eligible)

    @property
    def can_be_done(self) -> bool:
        return self.deliverable >= self.line.quantity

    @property
    def everybody(self) -> int:
        return len(self.eligible) + len(self.refused)

    def reasons(self) -> list[tuple[Reason, int]]:
        """How many are kept out by each reason, the most frequent first."""
        counts = Counter(refusal.reason for _candidate, refusal in self.refused)
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


@dataclass(frozen=True)
class Row:
    """One maker on the page."""

    maker: Maker
    candidate: Candidate
    reason: str = ""
    change: str = ""


@dataclass(frozen=True)
class Part:
    """A part of a long computed list."""

    rows: list[Row]
    first: int
    total: int
    before: int | None
    after: int | None

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


def eligibility_of(line: OrderLine) -> Eligibility:
    """Works for a draft too: nothing is published, nothing is kept."""
    eligible, refused = divide(candidates_for(line), terms_of(line))
    if not eligible:
        return Eligibility(line, eligible, refused, 0, plan.binding_sentence([]))
    able = ordersplit.feasibility(
        plan.problem_of(eligible, code=f"{line.order.code}/{line.pk}", quantity=line.quantity)
    )
    binding = "" if able.deliverable >= line.quantity else plan.binding_sentence(able.binding)
    return Eligibility(line, eligible, refused, int(able.deliverable), binding)


def rows_of(pairs: Sequence[tuple[Candidate, Refusal | None]]) -> list[Row]:
    """Candidates with their workshop and village, and the reason in words."""
    makers = _makers([candidate.maker for candidate, _refusal in pairs])
    schemes = _scheme_names(pairs)
    return [_row(makers[candidate.maker], candidate, refusal, schemes) for candidate, refusal in pairs]


def _makers(numbers: Sequence[int]) -> dict[int, Maker]:
    found: dict[int, Maker] = {}
    for start in range(0, len(numbers), SLICE):
        rows = Maker.objects.select_related("party", "village__district__regency")
        found |= rows.in_bulk(numbers[start : start + SLICE])
    return found


def _scheme_names(pairs: Sequence[tuple[Candidate, Refusal | None]]) -> dict[str, str]:
    codes = {code for candidate, _refusal in pairs for code in candidate.missing_schemes}
    return (
        {scheme.code: kind_name(scheme) for scheme in Scheme.objects.filter(code__in=codes)} if codes else {}
    )


def _row(maker: Maker, candidate: Candidate, refusal: Refusal | None, schemes: dict[str, str]) -> Row:
    if refusal is None:
        return Row(maker, candidate)
    numbers = dict(refusal.numbers)
    if "schemes" in numbers:
        numbers["schemes"] = [schemes.get(code, code) for code in numbers["schemes"]]
    return Row(
        maker, candidate, reason_sentence(refusal.reason, numbers), change_sentence(refusal.reason, numbers)
    )
