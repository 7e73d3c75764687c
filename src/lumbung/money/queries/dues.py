"""What is owed: sums, ages, entries."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Case, CharField, Count, Q, QuerySet, Sum, Value, When

from foundation import clock, formats
from lumbung.money import rules
from lumbung.money.choices import Age, DelayHolder, DueKind, MoneyState
from lumbung.money.models import Allocation, Claim, Delay, Due, Payment, Standing
from lumbung.money.queries.access import standings_seen_by
from lumbung.money.queries.subjects import MOST_NAMED, keys_called, party_keys_called

SLICE = 500
EARNING = (DueKind.EARNED, DueKind.REWORK, DueKind.CORRECTION)


@dataclass(frozen=True)
class Totals:
    """What is due, paid and open of a share: paid and open are due."""

    due: int
    paid: int
    open: int


def _slices(keys: Iterable[str]) -> Iterator[list[str]]:
    wanted = sorted(set(keys))
    yield from (wanted[at : at + SLICE] for at in range(0, len(wanted), SLICE))


def totals_of(share_keys: Iterable[str]) -> dict[str, Totals]:
    """The sums of shares; a share of which nothing was ever owed is left out."""
    columns = ("share", "due_rupiah", "paid_rupiah", "open_rupiah")
    return {
        share: Totals(due, paid, open_)
        for some in _slices(share_keys)
        for share, due, paid, open_ in Standing.objects.filter(share__in=some).values_list(*columns)
    }


def earned(party_keys: Iterable[str], since: datetime) -> dict[str, int]:
    """Rupiah that parties earned since a moment, corrections counted when they were made."""
    found: dict[str, int] = {}
    for some in _slices(party_keys):
        rows = Due.objects.filter(payee__in=some, kind__in=EARNING, raised_at__gte=since)
        found |= dict(rows.order_by().values_list("payee").annotate(sum=Sum("amount_rupiah")))
    return found


def standing_of(share: str) -> Standing | None:
    return Standing.objects.filter(share=share).first()


def dues_of(share: str) -> QuerySet[Due]:
    """Every entry of a share, in the order in which they were raised."""
    return Due.objects.filter(share=share).select_related("corrects", "tax_rule").order_by("pk")


def due_rows(dues: Iterable[Due]) -> list[rules.DueRow]:
    return [rules.DueRow(due.pk, due.amount_rupiah, due.pay_on, due.corrects_id) for due in dues]


def paid_by_due(share: str) -> dict[int, int]:
    """What was paid of each entry."""
    rows = Allocation.objects.filter(share=share).order_by().values_list("due")
    return dict(rows.annotate(sum=Sum("amount_rupiah")))


def paid_by_claim(claims: Iterable[Claim]) -> dict[int, int]:
    rows = Allocation.objects.filter(claim__in=list(claims)).order_by().values_list("claim")
    return {claim: paid for claim, paid in rows.annotate(sum=Sum("amount_rupiah")) if claim is not None}


def claims_of(share: str) -> QuerySet[Claim]:
    return Claim.objects.filter(share=share).order_by("rank")


def claim_rows(claims: Sequence[Claim], paid: Mapping[int, int]) -> list[rules.ClaimRow]:
    """The claims that stand and have something open."""
    rows = (
        rules.ClaimRow(claim.pk, claim.rank, claim.holder, claim.confirmed_rupiah - paid.get(claim.pk, 0))
        for claim in claims
        if claim.ended_at is None
    )
    return [row for row in rows if row.open > 0]


@dataclass(frozen=True)
class Entitled:
    """What of a share may be paid to somebody now."""

    holder: str
    claim: Claim | None
    amount: int


def entitled_now(standing: Standing) -> list[Entitled]:
    """Whom the open amount goes to, by rank: claims first, the payee at the end."""
    return entitled_of([standing])[standing.share]


def entitled_of(standings: Iterable[Standing]) -> dict[str, list[Entitled]]:
    """The same for many shares, in four queries."""
    wanted = {standing.share: standing for standing in standings}
    claims = _by_share(Claim.objects.filter(share__in=wanted).order_by("rank"))
    dues = _by_share(Due.objects.filter(share__in=wanted).order_by("pk"))
    of_claims = paid_by_claim([claim for some in claims.values() for claim in some])
    paid: dict[str, dict[int, int]] = {}
    rows = Allocation.objects.filter(share__in=wanted).order_by().values_list("share", "due")
    for share, due, amount in rows.annotate(sum=Sum("amount_rupiah")):
        paid.setdefault(share, {})[due] = amount
    return {
        share: _entitled(standing, claims.get(share, []), dues.get(share, []), of_claims, paid.get(share, {}))
        for share, standing in wanted.items()
    }


Row = TypeVar("Row", Claim, Due)


def _by_share(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.share, []).append(row)
    return found


def _entitled(
    standing: Standing,
    claims: Sequence[Claim],
    dues: Sequence[Due],
    of_claims: Mapping[int, int],
    paid: Mapping[int, int],
) -> list[Entitled]:
    standing_claims = claim_rows(claims, of_claims)
    parts = rules.allocate(max(0, standing.open_rupiah), standing_claims, due_rows(dues), paid)
    sums: dict[int | None, int] = {}
    for part in parts:
        sums[part.claim] = sums.get(part.claim, 0) + part.amount
    known = {claim.pk: claim for claim in claims}
    return [
        Entitled(known[number].holder, known[number], amount)
        if number is not None
        else Entitled(standing.payee, None, amount)
        for number, amount in sums.items()
    ]


def open_by_payee(payee: str) -> list[tuple[Standing, int]]:
    """The shares of which something may be paid to a party now, and how much: as the payee, or by a claim."""
    claimed = Claim.objects.filter(holder=payee, ended_at__isnull=True).values("share")
    found = Standing.objects.filter(Q(payee=payee) | Q(share__in=claimed), open_rupiah__gt=0)
    rows = []
    standings = list(found.order_by("pay_on", "pk")[:SLICE])
    entitled = entitled_of(standings)
    for standing in standings:
        amount = sum(one.amount for one in entitled[standing.share] if one.holder == payee)
        rows += [(standing, amount)] if amount else []
    return rows


def delays_of(share: str) -> QuerySet[Delay]:
    return Delay.objects.filter(share=share).order_by("-pk")


def payments_of(share: str) -> QuerySet[Allocation]:
    """The parts of payments that a share got, with their payments, the newest first."""
    return (
        Allocation.objects.filter(share=share)
        .select_related("payment__proof__file", "due", "claim")
        .order_by("-payment", "pk")
    )


@dataclass(frozen=True)
class Wanted:
    """What a list of money is narrowed to."""

    text: str = ""
    state: str = ""
    age: str = ""
    payer: str = ""
    order: str = ""


def found_among(standings: QuerySet[Standing], wanted: Wanted) -> QuerySet[Standing]:
    """The shares that fit what was asked for."""
    today = clock.today()
    if wanted.text.strip():
        standings = standings.filter(_called(wanted.text))
    if wanted.order:
        standings = standings.filter(order=wanted.order)
    if wanted.payer:
        standings = standings.filter(payer=wanted.payer)
    if wanted.state in MoneyState.values:
        standings = standings.filter(_in_state(wanted.state, today))
    if wanted.age in Age.values:
        standings = standings.filter(_of_age(wanted.age, today), open_rupiah__gt=0)
    return standings


def _called(text: str) -> Q:
    """Whose payee, order or share is called like the text."""
    return (
        Q(payee__in=party_keys_called(text))
        | Q(order__in=keys_called(text, "order"))
        | Q(share__in=keys_called(text, "share"))
    )


def _in_state(state: str, today: date) -> Q:
    return {
        MoneyState.OPEN: Q(open_rupiah__gt=0, pay_on__gte=today),
        MoneyState.LATE: Q(open_rupiah__gt=0, pay_on__lt=today),
        MoneyState.PAID: Q(open_rupiah=0),
        MoneyState.OVERPAID: Q(open_rupiah__lt=0),
    }[MoneyState(state)]


def _bounds(today: date) -> dict[Age, tuple[date | None, date | None]]:
    """The first and the last pay-day of each age."""
    bounds: dict[Age, tuple[date | None, date | None]] = {Age.NOT_YET: (today, None)}
    last = today - timedelta(days=1)
    for most, age in rules.AGES:
        bounds[age] = (today - timedelta(days=most), last)
        last = today - timedelta(days=most + 1)
    return {**bounds, Age.LONGER: (None, last)}


def _of_age(age: str, today: date) -> Q:
    first, last = _bounds(today)[Age(age)]
    return (Q(pay_on__gte=first) if first else Q()) & (Q(pay_on__lte=last) if last else Q())


@dataclass(frozen=True)
class AgeRow:
    """One age: how many shares wait and how much is open, in all and by who holds it up."""

    age: Age
    shares: int
    rupiah: int
    holders: Mapping[str, int]


def ageing(person: object) -> list[AgeRow]:
    """What is open among the shares a person sees, by age and by who holds the payment up; one query."""
    today = clock.today()
    cases = [When(_of_age(age, today), then=Value(age.value)) for age in Age]
    rows = (
        standings_seen_by(person)
        .filter(open_rupiah__gt=0)
        .annotate(age=Case(*cases, output_field=CharField()))
        .order_by()
        .values("age", "held_by")
        .annotate(shares=Count("pk"), rupiah=Sum("open_rupiah"))
    )
    by_age: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_age.setdefault(row["age"], []).append(row)
    return [_age_row(age, by_age.get(age, [])) for age in Age]


def _age_row(age: Age, rows: Sequence[Mapping[str, Any]]) -> AgeRow:
    holders = {str(row["held_by"]): row["rupiah"] for row in rows if row["held_by"]}
    return AgeRow(age, sum(row["shares"] for row in rows), sum(row["rupiah"] for row in rows), holders)


def holders_told(rows: Sequence[AgeRow]) -> list[tuple[str, str, list[tuple[Age, int]], int]]:
    """Key, words, rupiah by age and sum of each who holds a payment up."""
    found = []
    for holder in DelayHolder:
        amounts = [(row.age, row.holders.get(holder.value, 0)) for row in rows]
        if total := sum(amount for _age, amount in amounts):
            found.append((holder.value, str(holder.label), amounts, total))
    return found


def payers_of(standings: QuerySet[Standing]) -> list[str]:
    return list(standings.order_by("payer").values_list("payer", flat=True).distinct()[:MOST_NAMED])


def claims_seen(standings: QuerySet[Standing]) -> QuerySet[Claim]:
    """The claims on shares that a person sees."""
    return Claim.objects.filter(share__in=standings.values("share"))


def parts_of(payment: Payment) -> QuerySet[Allocation]:
    return payment.allocations.select_related("due", "claim").order_by("pk")


def standing_parts(payment: Payment) -> dict[str, int]:
    """What a payment gives each share as it stands after its corrections."""
    rows = Allocation.objects.filter(Q(payment=payment) | Q(payment__corrects=payment)).order_by()
    found = rows.values_list("share").annotate(sum=Sum("amount_rupiah")).order_by("share")
    return dict(found)


def shares_called(keys: Collection[str]) -> list[Standing]:
    return list(Standing.objects.filter(share__in=keys).order_by("pay_on", "pk"))


def payment_names_of(keys: Collection[str]) -> dict[str, str]:
    """What payments are called in the records: their amount and their day."""
    numbers = {int(key[8:]): key for key in keys if key.startswith("payment:") and key[8:].isdecimal()}
    return {
        numbers[payment.pk]: f"{formats.rupiah(payment.amount_rupiah)}, {formats.day_full(payment.paid_on)}"
        for payment in Payment.objects.filter(pk__in=numbers)
    }
