"""What may go into a bank file, which files and statements there are, and what of them fits together."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from foundation import clock
from lumbung.banking import rules
from lumbung.banking.choices import Likeness
from lumbung.banking.models import BankFile, BankFileRow, Statement, StatementLine
from lumbung.money import queries as money
from lumbung.money.models import Account, Standing

MOST_PAYABLE = 500


@dataclass(frozen=True)
class Payable:
    """What a payee may get of a share now, and to which account."""

    standing: Standing
    payee: str
    amount: int
    account: Account | None
    in_file: str = ""
    """The number of the open file in which it stands already."""

    @property
    def key(self) -> str:
        return f"{self.standing.share}|{self.payee}"


def payers() -> list[str]:
    """Who owes something now."""
    return money.payers_of(Standing.objects.filter(open_rupiah__gt=0))


def payable(payer: str) -> list[Payable]:
    """What a payer may pay now, the earliest pay-day first, in a bounded number of queries."""
    standings = list(
        Standing.objects.filter(payer=payer, open_rupiah__gt=0).order_by("pay_on", "pk")[:MOST_PAYABLE]
    )
    entitled = money.entitled_of(standings)
    accounts = money.accounts_for(one.holder for some in entitled.values() for one in some)
    waiting = open_rows([standing.share for standing in standings])
    found = []
    for standing in standings:
        sums: dict[str, int] = {}
        for one in entitled[standing.share]:
            sums[one.holder] = sums.get(one.holder, 0) + one.amount
        found += [
            Payable(standing, holder, amount, accounts.get(holder), waiting.get((standing.share, holder), ""))
            for holder, amount in sums.items()
        ]
    return found


def open_rows(shares: Collection[str]) -> dict[tuple[str, str], str]:
    """Share and payee → the number of the open file in which they stand."""
    rows = BankFileRow.objects.filter(share__in=shares, is_open=True)
    return {(share, payee): code for share, payee, code in rows.values_list("share", "payee", "file__code")}


def files() -> QuerySet[Any]:
    """Bank files, each with how many of its rows are paid."""
    return BankFile.objects.annotate(paid_rows=Count("rows", filter=Q(rows__payment__isnull=False)))


def rows_of(file: BankFile) -> QuerySet[BankFileRow]:
    return file.rows.select_related("payment", "account").order_by("number")


def next_code() -> str:
    """`BNK-2026-0001`: counted within the year."""
    prefix = f"BNK-{clock.today().year}-"
    codes = BankFile.objects.filter(code__startswith=prefix).values_list("code", flat=True)
    last = max((int(code.removeprefix(prefix)) for code in codes), default=0)
    return f"{prefix}{last + 1:04d}"


def statements() -> QuerySet[Any]:
    """Statements, each with how many of its lines are matched."""
    return Statement.objects.annotate(matched=Count("lines", filter=Q(lines__row__isnull=False)))


@dataclass(frozen=True)
class Proposed:
    """A line of a statement, and the rows that it may have paid, the likeliest first."""

    line: StatementLine
    rows: Sequence[tuple[BankFileRow, Likeness]]


def proposals(lines: Iterable[StatementLine]) -> list[Proposed]:
    """For each line that is not matched, what fits; one query for all of them."""
    found = list(lines)
    amounts = {line.amount_rupiah for line in found if line.row_id is None}
    rows = list(
        BankFileRow.objects.filter(is_open=True, amount_rupiah__in=amounts)
        .select_related("file")
        .order_by("pk")
    )
    order = list(Likeness)
    result = []
    for line in found:
        fits = [] if line.row_id else [(row, like) for row in rows if (like := rules.likeness_of(line, row))]
        result.append(Proposed(line, sorted(fits, key=lambda pair: order.index(pair[1]))[:5]))
    return result


def lines_of(statement: Statement) -> QuerySet[StatementLine]:
    return statement.lines.select_related("row__file").order_by("number")


def names_of(keys: Collection[str]) -> dict[str, str]:
    """`bank_file:3` is called by its number, `statement:4` by the name of its file."""
    found: dict[str, str] = {}
    for kind, model, name in (("bank_file", BankFile, "code"), ("statement", Statement, "name")):
        numbers = [int(key.partition(":")[2]) for key in keys if key.partition(":")[0] == kind]
        rows = model.objects.filter(pk__in=numbers).values_list("pk", name)
        found |= {f"{kind}:{pk}": str(words) for pk, words in rows}
    return found
