"""What was owed and paid for the shares of an order; accounts stay masked."""

from collections.abc import Sequence
from typing import Any

from lumbung.dossier.queries.order import Row, day, moment
from lumbung.money.models import Allocation, Claim, Delay, Due, PayDay, Payment, PriceSheet, Standing


def money_table(line_keys: Sequence[str], share_keys: Sequence[str]) -> Row:
    """data/money.json."""
    parts = Allocation.objects.filter(share__in=share_keys).order_by("pk")
    payments = Payment.objects.filter(pk__in=parts.values("payment")).order_by("pk")
    return {
        "prices": [_price(sheet) for sheet in _sheets(line_keys)],
        "dues": [_due(due) for due in Due.objects.filter(share__in=share_keys).order_by("pk")],
        "promises": [
            {"share": found.share, "pay_on": day(found.pay_on), "reason": found.reason}
            | {"promised_at": moment(found.promised_at), "promised_by": found.promised_by}
            for found in PayDay.objects.filter(share__in=share_keys).order_by("pk")
        ],
        "delays": [
            {"share": found.share, "holder": found.holder, "since": day(found.since), "reason": found.reason}
            | {"told_at": moment(found.told_at), "told_by": found.told_by}
            for found in Delay.objects.filter(share__in=share_keys).order_by("pk")
        ],
        "claims": [_claim(claim) for claim in Claim.objects.filter(share__in=share_keys).order_by("pk")],
        "payments": [
            _payment(payment, set(share_keys)) for payment in payments.prefetch_related("allocations")
        ],
        "totals": [
            {"share": found.share, "due_rupiah": found.due_rupiah}
            | {"paid_rupiah": found.paid_rupiah, "open_rupiah": found.open_rupiah}
            for found in Standing.objects.filter(share__in=share_keys).order_by("pk")
        ],
    }


def _sheets(line_keys: Sequence[str]) -> Any:
    return PriceSheet.objects.filter(line__in=line_keys).prefetch_related("rows").order_by("pk")


def _price(sheet: PriceSheet) -> Row:
    rows = sheet.rows.all()
    return {
        "key": f"price:{sheet.pk}",
        "line": sheet.line,
        "version": sheet.version,
        "in_force_from": moment(sheet.in_force_from),
        "buyer_rupiah": sheet.buyer_rupiah,
        "set_at": moment(sheet.set_at),
        "set_by": sheet.set_by,
        "rows": [{"receiver": row.receiver, "words": row.words, "rupiah": row.rupiah} for row in rows],
    }


def _due(due: Due) -> Row:
    return {
        "key": f"due:{due.pk}",
        "share": due.share,
        "payee": due.payee,
        "payer": due.payer,
        "kind": due.kind,
        "cause": due.cause,
        "amount_rupiah": due.amount_rupiah,
        "reason": due.reason,
        "corrects": f"due:{due.corrects_id}" if due.corrects_id else None,
        "pay_on": day(due.pay_on),
        "raised_at": moment(due.raised_at),
        "raised_by": due.raised_by,
    }


def _claim(claim: Claim) -> Row:
    return {
        "key": f"claim:{claim.pk}",
        "share": claim.share,
        "rank": claim.rank,
        "kind": claim.kind,
        "holder": claim.holder,
        "confirmed_rupiah": claim.confirmed_rupiah,
        "basis": claim.basis,
        "registered_at": moment(claim.registered_at),
        "registered_by": claim.registered_by,
        "ended_at": moment(claim.ended_at),
        "ended_by": claim.ended_by,
        "ended_reason": claim.ended_reason,
    }


def _payment(payment: Payment, shares: set[str]) -> Row:
    """A payment may also pay shares of other orders: their parts stand in one sum, without saying whose."""
    parts = [
        {"share": part.share, "due": f"due:{part.due_id}", "amount_rupiah": part.amount_rupiah}
        | {"claim": f"claim:{part.claim_id}" if part.claim_id else None}
        for part in sorted(payment.allocations.all(), key=lambda part: part.pk)
    ]
    own = [part for part in parts if part["share"] in shares]
    return {
        "key": payment.key,
        "payer": payment.payer,
        "payee": payment.payee,
        "account": payment.account_shown,
        "paid_on": day(payment.paid_on),
        "amount_rupiah": payment.amount_rupiah,
        "other_orders_rupiah": sum(p["amount_rupiah"] for p in parts if p["share"] not in shares),
        "reference": payment.reference,
        "proof_sha256": payment.proof.file_id if payment.proof else None,
        "corrects": f"payment:{payment.corrects_id}" if payment.corrects_id else None,
        "reason": payment.reason,
        "recorded_at": moment(payment.recorded_at),
        "recorded_by": payment.recorded_by,
        "parts": own,
    }
