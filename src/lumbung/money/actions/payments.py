"""Recording payments with their proof, and correcting them by entries that point at them."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Refused, refuse
from lumbung.files.actions import keep_file
from lumbung.files.models import Attachment
from lumbung.money import queries, rules
from lumbung.money.actions.standing import locked, sum_up
from lumbung.money.choices import PAYMENT_CORRECTED, PAYMENT_RECORDED
from lumbung.money.models import Account, Allocation, Payment, Standing
from lumbung.money.rules import Part
from lumbung.records.actions import leave_record


@dataclass(frozen=True)
class Proof:
    """A photo or PDF of a transfer or a receipt, as it was sent."""

    upload: IO[bytes]
    name: str


def record_payment(
    *,
    payer: str,
    payee: str,
    paid_on: date,
    shares: Mapping[str, int],
    by: str,
    account: Account | None = None,
    proof: Proof | None = None,
    reference: str = "",
    entry_key: str = "",
    is_demo: bool = False,
) -> Payment:
    """Money that a payer gave a payee for one share or several: which got how much, and the proof.

    On each share the claims of better rank come first. The same entry key again gives the payment that stands.
    Without an account it was paid in cash.
    """
    entry_key = entry_key or secrets.token_urlsafe(16)
    wanted = {share: amount for share, amount in sorted(shares.items()) if amount}
    with transaction.atomic():
        standings = [locked(share) for share in wanted]
        if known := Payment.objects.filter(entry_key=entry_key).first():
            return known
        account = Account.objects.select_for_update().get(pk=account.pk) if account else None
        _refuse_payment(
            payee=payee, paid_on=paid_on, account=account, proved=bool(proof or reference.strip())
        )
        parts = {one.share: _parts_for(one, payer, payee, wanted[one.share]) for one in standings}
        if not parts:
            raise Refused(_("Write how much was paid."), field="shares")
        payment = Payment.objects.create(
            payer=payer,
            payee=payee,
            account=account,
            account_shown=account.masked if account else "",
            paid_on=paid_on,
            amount_rupiah=sum(wanted.values()),
            reference=" ".join(reference.split())[:120],
            proof=_kept(proof, standings[0].share, by),
            entry_key=entry_key,
            recorded_by=by,
            is_demo=is_demo,
        )
        _allot(payment, parts)
        for standing in standings:
            sum_up(standing)
        content = _told(payment, wanted)
        leave_record(subject=payment.key, deed=PAYMENT_RECORDED, by=by, content=content)
    return payment


def _refuse_payment(*, payee: str, paid_on: date, account: Account | None, proved: bool) -> None:
    reason = rules.why_not_payment(
        paid_on=paid_on,
        today=clock.today(),
        has_proof=proved,
        account_owner=account.owner if account else None,
        confirmed=account is None or (account.confirmed_at is not None and account.ended_at is None),
        payee=payee,
    )
    if reason:
        raise Refused(reason[1], field=reason[0])


def _parts_for(standing: Standing, payer: str, payee: str, amount: int) -> list[Part]:
    """What an amount paid to somebody pays of a share; refused when it is more than that."""
    if standing.payer != payer:
        raise Refused(_("Somebody else pays this share."), field="payer")
    share = standing.share
    claims = list(queries.claims_of(share))
    parts = rules.entitled(
        payee,
        payee=standing.payee,
        claims=queries.claim_rows(claims, queries.paid_by_claim(claims)),
        dues=queries.due_rows(queries.dues_of(share)),
        paid=queries.paid_by_due(share),
    )
    reason = rules.why_not_paid(
        amount=amount,
        entitled=rules.total_of(parts),
        open_rupiah=standing.open_rupiah,
        name=queries.words_of([share])[share],
    )
    refuse(reason, field="shares")
    return rules.cut(parts, amount)


def _kept(proof: Proof | None, subject: str, by: str) -> Attachment | None:
    return keep_file(upload=proof.upload, subject=subject, by=by, name=proof.name) if proof else None


def _allot(payment: Payment, parts: Mapping[str, list[Part]]) -> None:
    Allocation.objects.bulk_create(
        Allocation(
            payment=payment, due_id=part.due, claim_id=part.claim, share=share, amount_rupiah=part.amount
        )
        for share, some in parts.items()
        for part in some
    )


def _told(payment: Payment, shares: Mapping[str, int]) -> dict[str, object]:
    return {
        "payer": payment.payer,
        "payee": payment.payee,
        "amount": payment.amount_rupiah,
        "paid_on": payment.paid_on.isoformat(),
        "proof": payment.proof.file_id if payment.proof else "",
        "shares": [{"share": share, "amount": amount} for share, amount in shares.items()],
    }


def correct_payment(*, payment: Payment, shares: Mapping[str, int], reason: str, by: str) -> Payment:
    """What a payment really gave each of its shares: the differences are a new entry that points at it.

    A share that is left out got nothing. What is taken away goes from the last part first; more goes where it may.
    """
    with transaction.atomic():
        before = queries.standing_parts(payment)
        right = dict.fromkeys(before, 0) | dict(shares)
        standings = {share: locked(share) for share in sorted(right)}
        payment = Payment.objects.select_for_update().get(pk=payment.pk)
        before = queries.standing_parts(payment)
        _refuse_correction(payment, before, right, reason)
        changes = {
            share: _change(payment, standing, before.get(share, 0), right[share])
            for share, standing in standings.items()
        }
        entry = Payment.objects.create(
            payer=payment.payer,
            payee=payment.payee,
            account=payment.account,
            account_shown=payment.account_shown,
            paid_on=payment.paid_on,
            amount_rupiah=sum(right.values()) - sum(before.values()),
            entry_key=f"{payment.key}/{payment.corrections.count() + 1}",
            corrects=payment,
            reason=" ".join(reason.split())[:200],
            recorded_by=by,
            is_demo=payment.is_demo,
        )
        _allot(entry, changes)
        for standing in standings.values():
            sum_up(standing)
        content = _told(entry, right) | {"corrects": payment.pk, "reason": entry.reason}
        leave_record(subject=payment.key, deed=PAYMENT_CORRECTED, by=by, content=content)
    return entry


def _refuse_correction(
    payment: Payment, before: Mapping[str, int], right: Mapping[str, int], reason: str
) -> None:
    if any(amount < 0 for amount in right.values()):
        raise Refused(_("A payment cannot be less than nothing."), field="shares")
    same = all(before.get(share, 0) == amount for share, amount in right.items())
    standing = sum(before.values())
    refuse(
        rules.why_not_correct_payment(
            standing=standing,
            right=standing if same else standing + 1,
            reason=reason,
            is_correction=payment.corrects_id is not None,
        ),
        field="reason",
    )


def _change(payment: Payment, standing: Standing, before: int, right: int) -> list[Part]:
    """The parts that lead from what a payment gave a share to what it should have."""
    if right > before:
        return _parts_for(standing, payment.payer, payment.payee, right - before)
    return [Part(part.due, part.claim, -part.amount) for part in _last(payment, standing, before - right)]


def _last(payment: Payment, standing: Standing, amount: int) -> list[Part]:
    """The last parts of what a payment gave a share, as much as is taken away."""
    sums: dict[tuple[int, int | None], int] = {}
    mine = Q(payment=payment) | Q(payment__corrects=payment)
    for row in Allocation.objects.filter(mine, share=standing.share).order_by("pk"):
        place = (row.due_id, row.claim_id)
        sums[place] = sums.get(place, 0) + row.amount_rupiah
    parts = [Part(due, claim, given) for (due, claim), given in sums.items() if given > 0]
    return rules.cut(parts[::-1], amount)
