"""Writing down bank accounts, confirming and ending them."""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Refused, refuse
from lumbung.money import rules
from lumbung.money.choices import ACCOUNT_ADDED, ACCOUNT_CONFIRMED, ACCOUNT_ENDED
from lumbung.money.models import Account
from lumbung.records.actions import leave_record


def add_account(
    *, owner: str, bank: str, number: str, holder: str, by: str, is_demo: bool = False
) -> Account:
    """A bank account of a party; the same number again is the same one. It is off until somebody else confirms it."""
    number = rules.tidy_number(number)
    if reason := rules.why_not_account(bank=bank, number=number, holder=holder):
        raise Refused(reason[1], field=reason[0])
    with transaction.atomic():
        standing = Account.objects.select_for_update().filter(
            owner=owner, number=number, ended_at__isnull=True
        )
        if known := standing.first():
            return known
        account = Account.objects.create(
            owner=owner,
            bank=" ".join(bank.split())[:40],
            number=number[:40],
            holder=" ".join(holder.split())[:120],
            added_by=by,
            is_demo=is_demo,
        )
        leave_record(subject=owner, deed=ACCOUNT_ADDED, by=by, content={"account": account.pk})
    return account


def confirm_account(*, account: Account, by: str) -> Account:
    """Somebody else than who wrote it down looked at the bank book: money may go there."""
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=account.pk)
        if account.ended_at is not None:
            raise Refused(_("This account has ended."))
        refuse(
            rules.why_not_confirm(
                written_by=account.added_by, confirmed=account.confirmed_at is not None, by=by
            )
        )
        account.confirmed_at, account.confirmed_by = clock.now(), by
        account.save(update_fields=["confirmed_at", "confirmed_by"])
        leave_record(subject=account.owner, deed=ACCOUNT_CONFIRMED, by=by, content={"account": account.pk})
    return account


def end_account(*, account: Account, reason: str, by: str) -> Account:
    """Nothing is paid to this account any more. Ended twice is ended once."""
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=account.pk)
        if account.ended_at is not None:
            return account
        refuse(rules.why_not_end(reason), field="reason")
        account.ended_at, account.ended_by = clock.now(), by
        account.ended_reason = " ".join(reason.split())[:200]
        account.save(update_fields=["ended_at", "ended_by", "ended_reason"])
        content = {"account": account.pk, "reason": account.ended_reason}
        leave_record(subject=account.owner, deed=ACCOUNT_ENDED, by=by, content=content)
    return account
