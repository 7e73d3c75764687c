"""What others take from a share's payment: registered by rank, ended with a reason."""

from django.db import transaction
from django.db.models import Max

from foundation import clock
from foundation.errors import refuse
from lumbung.money import rules
from lumbung.money.actions.standing import locked
from lumbung.money.choices import CLAIM_ENDED, CLAIM_REGISTERED, ClaimKind
from lumbung.money.models import Claim
from lumbung.records.actions import leave_record


def register_claim(
    *,
    share: str,
    kind: ClaimKind,
    holder: str,
    confirmed_rupiah: int,
    basis: str,
    by: str,
    is_demo: bool = False,
) -> Claim:
    """Somebody's claim on a share's payment, as the maker confirmed it; it ranks behind those that stand already."""
    with transaction.atomic():
        standing = locked(share)
        refuse(
            rules.why_not_claim(
                confirmed_rupiah=confirmed_rupiah, basis=basis, holder=holder, payee=standing.payee
            ),
            field="confirmed_rupiah",
        )
        last = Claim.objects.filter(share=share).aggregate(last=Max("rank"))["last"] or 0
        claim = Claim.objects.create(
            share=share,
            rank=last + 1,
            kind=kind,
            holder=holder,
            confirmed_rupiah=confirmed_rupiah,
            basis=" ".join(basis.split())[:200],
            registered_by=by,
            is_demo=is_demo,
        )
        content = {"rank": claim.rank, "kind": str(kind), "holder": holder, "amount": confirmed_rupiah}
        leave_record(subject=share, deed=CLAIM_REGISTERED, by=by, content=content)
    return claim


def end_claim(*, claim: Claim, reason: str, by: str) -> Claim:
    """A claim takes nothing any more; what it was paid stays paid. Ended twice is ended once."""
    with transaction.atomic():
        locked(claim.share)
        claim = Claim.objects.get(pk=claim.pk)
        if claim.ended_at is not None:
            return claim
        refuse(rules.why_not_end(reason), field="reason")
        claim.ended_at, claim.ended_by = clock.now(), by
        claim.ended_reason = " ".join(reason.split())[:200]
        claim.save(update_fields=["ended_at", "ended_by", "ended_reason"])
        content = {"rank": claim.rank, "holder": claim.holder, "reason": claim.ended_reason}
        leave_record(subject=claim.share, deed=CLAIM_ENDED, by=by, content=content)
    return claim
