"""What the tests of this folder ask and do."""

from lumbung.money import actions
from lumbung.money.choices import ClaimKind
from lumbung.money.models import Standing
from lumbung.money.tests.factories import BY
from lumbung.records.models import Record


def sums(share="share:1"):
    standing = Standing.objects.get(share=share)
    return standing.due_rupiah, standing.paid_rupiah, standing.open_rupiah


def deeds(subject):
    return list(Record.objects.filter(subject=subject).order_by("id").values_list("deed", flat=True))


def claim(amount, holder, share="share:1"):
    return actions.register_claim(
        share=share,
        kind=ClaimKind.MATERIAL,
        holder=holder.key,
        confirmed_rupiah=amount,
        basis="Nota kain",
        by=BY,
    )
