"""What is open of a share's entries, and whom an amount goes to by rank: no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lumbung.money.choices import Age, MoneyState

AGES = ((7, Age.WEEK), (30, Age.MONTH), (60, Age.TWO_MONTHS))


@dataclass(frozen=True)
class DueRow:
    """One entry: its number, its signed amount, its pay-day, and the entry it corrects."""

    number: int
    amount: int
    pay_on: date
    corrects: int | None = None


@dataclass(frozen=True)
class ClaimRow:
    """A claim that stands: its number, its rank, whose it is, and what is still open of it."""

    number: int
    rank: int
    holder: str
    open: int


@dataclass(frozen=True)
class Part:
    """A part of an amount: the due it pays, and the claim it goes to; without a claim it goes to the payee."""

    due: int
    claim: int | None
    amount: int


@dataclass
class _Pot:
    """The open parts of a share in the order in which they are paid."""

    left: list[tuple[int, int]] = field(default_factory=list)

    def take(self, amount: int) -> list[tuple[int, int]]:
        taken: list[tuple[int, int]] = []
        while amount > 0 and self.left:
            number, has = self.left.pop(0)
            part = min(has, amount)
            taken.append((number, part))
            amount -= part
            if has > part:
                self.left.insert(0, (number, has - part))
        return taken


def open_of(dues: Sequence[DueRow], paid: Mapping[int, int]) -> dict[int, int]:
    """What is open of each entry; the parts sum to the share's dues less its payments, whatever happened.

    What lowers the debt (a correction, tax withheld, a retention, an advance set off, an entry paid too much) is set
    off first against the entry it corrects, then against the earliest pay-day. What nothing is left for stays negative.
    """
    open_ = {due.number: due.amount - paid.get(due.number, 0) for due in dues}
    in_order = sorted(dues, key=lambda due: (due.pay_on, due.number))
    for due in in_order:
        targets = [due.corrects] if due.corrects in open_ else []
        targets += [other.number for other in in_order if other.number != due.corrects]
        for number in targets:
            if open_[due.number] >= 0:
                break
            if number is not None and number != due.number and open_[number] > 0:
                moved = min(open_[number], -open_[due.number])
                open_[number] -= moved
                open_[due.number] += moved
    return open_


def allocate(
    amount: int, claims: Sequence[ClaimRow], dues: Sequence[DueRow], paid: Mapping[int, int] | None = None
) -> list[Part]:
    """Whom an amount paid on a share goes to: claims by rank, then the payee; and what it pays, the earliest first.

    What exceeds the open amount goes to nobody.
    """
    open_ = open_of(dues, paid or {})
    days = {due.number: due.pay_on for due in dues}
    pot = _Pot(
        sorted(
            ((number, part) for number, part in open_.items() if part > 0),
            key=lambda pair: (days[pair[0]], pair[0]),
        )
    )
    amount = min(amount, sum(part for _number, part in pot.left))
    parts: list[Part] = []
    for claim in sorted(claims, key=lambda claim: claim.rank):
        taken = pot.take(min(claim.open, amount))
        parts += [Part(due, claim.number, part) for due, part in taken]
        amount -= sum(part for _due, part in taken)
    parts += [Part(due, None, part) for due, part in pot.take(amount)]
    return parts


def entitled(
    who: str, *, payee: str, claims: Sequence[ClaimRow], dues: Sequence[DueRow], paid: Mapping[int, int]
) -> list[Part]:
    """The parts of what is open now that may be paid to this party, the ranks above it served."""
    whole = sum(due.amount for due in dues) - sum(paid.values())
    of_claim = {claim.number: claim.holder for claim in claims}
    plan = allocate(max(0, whole), claims, dues, paid)
    return [part for part in plan if (payee if part.claim is None else of_claim[part.claim]) == who]


def cut(parts: Sequence[Part], amount: int) -> list[Part]:
    """The first parts up to an amount."""
    found: list[Part] = []
    for part in parts:
        if amount <= 0:
            break
        taken = min(part.amount, amount)
        found.append(Part(part.due, part.claim, taken))
        amount -= taken
    return found


def total_of(parts: Sequence[Part]) -> int:
    return sum(part.amount for part in parts)


def first_open_day(dues: Sequence[DueRow], paid: Mapping[int, int]) -> date | None:
    """The earliest pay-day of what is open; None when nothing is."""
    open_ = open_of(dues, paid)
    return min((due.pay_on for due in dues if open_[due.number] > 0), default=None)


def age_of(pay_on: date, *, today: date) -> Age:
    """How late what was promised for a day is today."""
    days = (today - pay_on).days
    if days <= 0:
        return Age.NOT_YET
    return next((age for most, age in AGES if days <= most), Age.LONGER)


def state_of(open_rupiah: int, pay_on: date, *, today: date) -> MoneyState:
    """Where a share's money stands on a day."""
    if open_rupiah < 0:
        return MoneyState.OVERPAID
    if open_rupiah == 0:
        return MoneyState.PAID
    return MoneyState.LATE if pay_on < today else MoneyState.OPEN


STATE_LOOKS = {
    MoneyState.OPEN: "offered",
    MoneyState.LATE: "lapsed",
    MoneyState.PAID: "paid",
    MoneyState.OVERPAID: "partly",
}
"""The glyph of each state."""
