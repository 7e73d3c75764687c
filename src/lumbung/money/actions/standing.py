"""The row that is locked while something happens to a share's money, and its sums."""

from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _

from foundation.errors import Refused, refuse
from lumbung.money import queries, rules
from lumbung.money.models import Allocation, Due, Standing


def locked(share: str) -> Standing:
    """The standing of a share, its row locked; refused when nothing was ever owed."""
    standing = Standing.objects.select_for_update().filter(share=share).first()
    if standing is None:
        raise Refused(_("Nothing was ever owed for this share."), field="share")
    return standing


def opened(
    *, share: str, line: str, order: str, payee: str, payer: str, pay_on: date, is_demo: bool
) -> Standing:
    """The standing of a share, its row locked, new when nothing was owed before."""
    new = Standing(
        share=share, line=line, order=order, payee=payee, payer=payer, pay_on=pay_on, is_demo=is_demo
    )
    Standing.objects.bulk_create([new], ignore_conflicts=True)
    standing = locked(share)
    refuse(rules.why_not_other_parties(standing, payee=payee, payer=payer), field="payee")
    return standing


def sum_up(standing: Standing) -> None:
    """The sums again from the entries, and the earliest pay-day of what is open."""
    share = standing.share
    dues = list(Due.objects.filter(share=share).order_by("pk"))
    paid = Allocation.objects.filter(share=share).aggregate(sum=Sum("amount_rupiah"))["sum"] or 0
    standing.due_rupiah = sum(due.amount_rupiah for due in dues)
    standing.paid_rupiah = paid
    standing.open_rupiah = standing.due_rupiah - paid
    day = rules.first_open_day(queries.due_rows(dues), queries.paid_by_due(share))
    standing.pay_on = day or standing.pay_on
    standing.save()
