"""Receipts: one for each payment, as it stands after its corrections."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from foundation import formats
from lumbung.letters.choices import LetterKind
from lumbung.letters.rules.contents import Deduction
from lumbung.money.models import Allocation, Due, Payment, Standing
from lumbung.orders.models import Order, Share
from lumbung.orders.rules.wording import goods_of
from lumbung.organisations.models import Party
from lumbung.organisations.queries import names_of
from lumbung.paperwork.queries.sources import Rows, Shown, Source, Write, by_key, subject
from lumbung.paperwork.rules.contents import PaidPart, receipt


def _of_orders(orders: Sequence[Order]) -> Rows:
    shares = Standing.objects.filter(order__in=[order.key for order in orders]).values("share")
    paid = Allocation.objects.filter(share__in=shares).values("payment")
    return Payment.objects.filter(pk__in=paid, corrects__isnull=True)


def _told(rows: Rows) -> Rows:
    """Corrections are payments that point at this one; what is left of it may be nothing."""
    corrected = Payment.objects.filter(corrects=OuterRef("pk")).order_by().values("corrects")
    change = Subquery(
        corrected.annotate(sum=Sum("amount_rupiah")).values("sum"), output_field=BigIntegerField()
    )
    now = F("amount_rupiah") + Coalesce(change, Value(0))
    found: Rows = rows.annotate(letter_subject=subject("payment:", "pk"), now=now)
    return found


def _writer(rows: Sequence[Payment], _office: Party) -> Write:
    parts = _parts_of(rows)
    names = names_of({party for row in rows for party in (row.payer, row.payee)})
    return lambda row: receipt(row, parts.get(row.pk, []), names)


def _parts_of(payments: Sequence[Payment]) -> dict[int, list[PaidPart]]:
    """What each payment paid of each entry; five queries."""
    given = _given(payments)
    dues = {row.due_id: row.due for rows in given.values() for row, _sum in rows}
    held_back = _held_back(dues.values())
    names = _shares_called({row.share for rows in given.values() for row, _sum in rows})
    return {
        payment: [
            PaidPart(
                names.get(row.share, row.share),
                amount,
                _deductions(row, amount, held_back.get(row.due_id, [])),
            )
            for row, amount in rows
        ]
        for payment, rows in given.items()
    }


def _given(payments: Sequence[Payment]) -> dict[int, list[tuple[Allocation, int]]]:
    """Payment → its parts with what is left of them after corrections."""
    numbers = [payment.pk for payment in payments]
    rows = Allocation.objects.filter(Q(payment__in=numbers) | Q(payment__corrects__in=numbers))
    sums: dict[tuple[int, int, int | None], list[Any]] = {}
    for row in rows.select_related("payment", "due", "claim").order_by("pk"):
        payment = row.payment.corrects_id or row.payment_id
        kept = sums.setdefault((payment, row.due_id, row.claim_id), [row, 0])
        kept[1] += row.amount_rupiah
    found: dict[int, list[tuple[Allocation, int]]] = {}
    for (payment, _due, _claim), (row, amount) in sums.items():
        if amount > 0:
            found.setdefault(payment, []).append((row, amount))
    return found


def _held_back(dues: Iterable[Due]) -> dict[int, list[Deduction]]:
    """Entry → what lowers it: taxes and what was kept, by entries that point at it; claims, by what they were paid."""
    numbers = [due.pk for due in dues]
    found: dict[int, list[Deduction]] = {}
    lower = Due.objects.filter(corrects__in=numbers, amount_rupiah__lt=0).select_related("tax_rule")
    for due, entries in by_key(lower.order_by("pk"), "corrects_id").items():
        found[due] = [Deduction(_called(entry), -entry.amount_rupiah) for entry in entries]
    claimed = Allocation.objects.filter(due__in=numbers, claim__isnull=False).select_related("claim")
    for due, rows in by_key(claimed.order_by("pk"), "due_id").items():
        for claim, parts in by_key(rows, "claim").items():
            paid = sum(part.amount_rupiah for part in parts)
            found.setdefault(due, []).append(Deduction(str(claim.get_kind_display()), paid))
    return {due: [each for each in each_of if each.amount_rupiah] for due, each_of in found.items()}


def _called(entry: Due) -> str:
    return entry.tax_rule.name if entry.tax_rule else str(entry.get_kind_display())


def _deductions(row: Allocation, amount: int, held_back: Sequence[Deduction]) -> tuple[Deduction, ...]:
    """What was held back is told by the payment that settles an entry with it, to the rupiah; by no other."""
    whole = amount + sum(each.amount_rupiah for each in held_back)
    return tuple(held_back) if row.claim_id is None and whole == row.due.amount_rupiah else ()


def _shares_called(keys: Iterable[str]) -> dict[str, str]:
    """`share:7` as a receipt calls it: the goods and the order."""
    numbers = {int(key[6:]): key for key in keys if key.startswith("share:") and key[6:].isdecimal()}
    shares = Share.objects.filter(pk__in=numbers).select_related("line__order", "line__kind")
    return {
        numbers[share.pk]: _("%(goods)s, order %(order)s")
        % {"goods": goods_of(share.line), "order": share.line.order.code}
        for share in shares
    }


def _whole(rows: Rows) -> Rows:
    """With the names of payees, which are keys to this room's tables."""
    payee = Party.objects.annotate(party_key=subject("party:", "pk")).filter(party_key=OuterRef("payee"))
    found: Rows = rows.annotate(payee_name=Subquery(payee.values("name")[:1]))
    return found


def _shown(row: Any) -> Shown:
    about = f"{formats.day(row.paid_on)}, {formats.rupiah(row.now)}"
    return Shown(row.payee_name or row.payee, about)


def order_of_payment(payment: int) -> Order | None:
    """The order that a payment, by its number, is for: the first where there are several, None where none is known."""
    shares = Allocation.objects.filter(payment=payment).values("share")
    known = Standing.objects.filter(share__in=shares).exclude(order="").order_by("pk")
    key = known.values_list("order", flat=True).first() or ""
    return Order.objects.select_related("buyer").filter(code=key.partition(":")[2]).first()


PAYMENTS = Source(
    kind=LetterKind.RECEIPT,
    of_orders=_of_orders,
    told=_told,
    facts={("net_rupiah",): "now"},
    whole=_whole,
    writer=_writer,
    shown=_shown,
    search="payee_name",
)
