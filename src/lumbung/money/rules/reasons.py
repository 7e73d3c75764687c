"""Why money is not owed, promised, claimed or paid like this: no database."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from foundation import formats
from lumbung.money.choices import ALWAYS_LESS, ALWAYS_MORE, LARGEST_RUPIAH, DueKind


class Named(Protocol):
    """A share's payee and payer, as they stand."""

    payee: str
    payer: str


def why_not_due(kind: str, amount: int) -> str | None:
    """The reason why this is not owed, or None."""
    if not amount:
        return _("Nothing is owed here.")
    if abs(amount) > LARGEST_RUPIAH:
        return _("The amount is larger than any order.")
    if kind in ALWAYS_MORE and amount < 0:
        return _("This kind of entry adds to what is owed.")
    if kind in ALWAYS_LESS and amount > 0:
        return _("This kind of entry lowers what is owed.")
    return None


def why_nobody_holds() -> str:
    return _("Nobody holds anything of this share. An advance is given once the maker has confirmed.")


def why_not_advance(amount: int, *, worth: int, owed: int) -> str | None:
    """The reason why no such advance can be given, or None: never more than all of the share is worth."""
    if amount <= 0:
        return _("An advance is more than nothing.")
    if amount + owed > worth:
        return _("All of the share is worth %(worth)s; %(owed)s of it is owed already.") % {
            "worth": formats.rupiah(worth),
            "owed": formats.rupiah(owed),
        }
    return None


def why_not_other_parties(standing: Named, *, payee: str, payer: str) -> str | None:
    """The reason why this share cannot be between these two, or None."""
    if (standing.payee, standing.payer) == (payee, payer):
        return None
    return _("The payee and the payer of this share stand already and are others.")


def why_not_correct(kind: str, *, amount: int, right: int, reason: str) -> str | None:
    """The reason why an entry cannot be corrected to this amount, or None."""
    if kind in (DueKind.CORRECTION, DueKind.TAX_WITHHELD):
        return _("Correct the entry that this one follows from.")
    if not reason.strip():
        return _("Write why it is corrected.")
    if amount == right:
        return _("The entry stands at this amount already.")
    if (amount > 0) != (right > 0) and right:
        return _("A correction does not turn what is owed into its opposite.")
    return None


def why_not_promise(pay_on: date, *, open_rupiah: int, today: date) -> str | None:
    """The reason why no pay-day can be promised, or None."""
    if open_rupiah <= 0:
        return _("Nothing is open of this share.")
    if pay_on < today:
        return _("A promise is about today or a later day.")
    return None


def why_not_instalments(parts: Sequence[tuple[date, int]], *, open_rupiah: int, today: date) -> str | None:
    """The reason why what is open is not paid in these instalments, or None."""
    if len(parts) < 2:
        return _("Instalments are two or more.")
    if any(amount <= 0 for _day, amount in parts):
        return _("Each instalment is more than nothing.")
    if any(day < today for day, _amount in parts):
        return _("A promise is about today or a later day.")
    total = sum(amount for _day, amount in parts)
    if total != open_rupiah:
        return _("The instalments are %(parts)s, but %(open)s is open.") % {
            "parts": formats.rupiah(total),
            "open": formats.rupiah(open_rupiah),
        }
    return None


def why_not_delay(*, since: date, reason: str, today: date) -> str | None:
    if not reason.strip():
        return _("Write what the payment waits for.")
    if since > today:
        return _("It cannot wait since a day to come.")
    return None


def why_not_claim(*, confirmed_rupiah: int, basis: str, holder: str, payee: str) -> str | None:
    """The reason why nobody can claim this, or None."""
    if not 0 < confirmed_rupiah <= LARGEST_RUPIAH:
        return _("Write the amount that the maker confirmed.")
    if not basis.strip():
        return _("Write what the claim rests on: a receipt, an agreement.")
    if holder == payee:
        return _("Nobody has a claim on the own payment.")
    return None


def why_not_end(reason: str) -> str | None:
    return None if reason.strip() else _("Write why it ends.")


def why_not_paid(*, amount: int, entitled: int, open_rupiah: int, name: str) -> str | None:
    """The reason why this amount cannot be paid to somebody on a share, or None."""
    if amount <= 0:
        return _("Write how much was paid.")
    if amount <= entitled:
        return None
    words = {
        "amount": formats.rupiah(amount),
        "open": formats.rupiah(max(0, open_rupiah)),
        "part": formats.rupiah(entitled),
        "name": name,
    }
    if amount > open_rupiah:
        return _("%(name)s: only %(open)s is open, less than %(amount)s.") % words
    return (
        _("%(name)s: %(open)s is open, but claims come first; %(part)s of it can go to this payee.") % words
    )


def why_not_payment(
    *, paid_on: date, today: date, has_proof: bool, account_owner: str | None, confirmed: bool, payee: str
) -> tuple[str, str] | None:
    """The field and the reason why a payment is not recorded like this, or None."""
    if paid_on > today:
        return "paid_on", _("It cannot be paid on a day to come.")
    if not has_proof:
        return "proof", _("Add the proof: a photo of the transfer or receipt, or the bank's reference.")
    if account_owner is not None and account_owner != payee:
        return "account", _("This account belongs to somebody else.")
    if account_owner is not None and not confirmed:
        return "account", _("This account is not confirmed yet by somebody else than who wrote it down.")
    return None


def why_not_correct_payment(*, standing: int, right: int, reason: str, is_correction: bool) -> str | None:
    """The reason why a payment cannot be corrected to this amount, or None."""
    if is_correction:
        return _("Correct the payment itself, not its correction.")
    if not reason.strip():
        return _("Write why it is corrected.")
    if right < 0:
        return _("A payment cannot be less than nothing.")
    if standing == right:
        return _("The payment stands at this amount already.")
    return None


def why_not_account(*, bank: str, number: str, holder: str) -> tuple[str, str] | None:
    """The field and the reason why this is no bank account, or None."""
    if not bank.strip():
        return "bank", _("Write the bank.")
    if len(number) < 5:
        return "number", _("An account number has at least five digits.")
    if not holder.strip():
        return "holder", _("Write in whose name the account is.")
    return None
