"""Secrets of links, phones as people write them, and who may have an account."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation import clock
from lumbung.people.choices import DEMO_PASSWORD, Salutation
from lumbung.people.models import Link, Person

SECRET_LENGTH = 16
WRONG_DIGITS_ALLOWED = 5
_CROCKFORD = str.maketrans("abcdefghijklmnopqrstuvwxyz234567", "0123456789abcdefghjkmnpqrstvwxyz")
_MISREAD = str.maketrans("oilu", "011v", "- ")


@dataclass(frozen=True)
class NewPerson:
    """Somebody to be registered."""

    full_name: str
    salutation: Salutation = Salutation.NONE
    phone: str = ""
    email: str | None = None


# Links


def secret_from(*, key: str, nonce: str, purpose: str, subject: str) -> str:
    """Sixteen characters (80 bits) without i, l, o and u, which are misread on paper."""
    text = f"{nonce}|{purpose}|{subject}"
    digest = hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest)[:SECRET_LENGTH].decode().lower().translate(_CROCKFORD)


def current_secret(link: Link) -> str:
    """The secret under this server's present key."""
    return secret_from(key=settings.SECRET_KEY, nonce=link.nonce, purpose=link.purpose, subject=link.subject)


def secret_of(link: Link) -> str:
    """The secret of a link, computed again so that the queue can show its address.

    The database keeps only the hash: whoever steals it cannot open one link. Keys that were changed are
    tried too (SECRET_KEY_FALLBACKS); when none fits, the link must be issued anew.
    """
    for key in map(str, [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]):
        secret = secret_from(key=key, nonce=link.nonce, purpose=link.purpose, subject=link.subject)
        if hmac.compare_digest(hash_of(secret), link.secret_hash):
            return secret
    raise LookupError(f"No key of this server opens {link.key}: issue the link again.")


def secret_or_none(link: Link) -> str | None:
    """The secret of a link that takes answers; None where the link must be issued anew."""
    if why_not_answer(link, clock.now()):
        return None
    try:
        return secret_of(link)
    except LookupError:
        return None


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def secret_as_read(written: str) -> str:
    """The secret as it was meant: capitals, spaces, hyphens and misread letters do not matter."""
    return written.lower().translate(_MISREAD)


def why_not_open(link: Link, at: datetime) -> str | None:
    """The reason why a link no longer opens, as a sentence, or None."""
    if link.revoked_at:
        return _("This link was withdrawn. Please ask the office for the new one.")
    if link.expires_at and at >= link.expires_at:
        return _("The time for this link is over. Please ask the office whether it can still be done.")
    return None


def why_not_answer(link: Link, at: datetime) -> str | None:
    """The reason why nothing may be answered through a link, as a sentence, or None."""
    if link.wrong_digits >= WRONG_DIGITS_ALLOWED:
        return _(
            "The four digits were wrong five times, so this link takes no more answers. "
            "Please ask the office for a new one."
        )
    return why_not_open(link, at)


def why_not_digits(link: Link, digits: str) -> str | None:
    """The reason why these are not the last four digits of the registered phone, or None."""
    registered = link.person.phone
    if not registered:
        return _("No phone is registered for you. Please ask the office.")
    typed = "".join(sign for sign in digits if sign.isdecimal() and sign.isascii())
    if len(typed) != 4:
        return _("Write the last four digits of your phone number, such as 7890.")
    if not hmac.compare_digest(typed.encode(), registered[-4:].encode()):
        return _("These are not the last four digits of the phone number that the office knows.")
    return None


def counts_as_wrong(link: Link, digits: str) -> bool:
    """Four digits that do not fit are a wrong guess; a slip of the thumb with fewer is not."""
    typed = [sign for sign in digits if sign.isdecimal() and sign.isascii()]
    return bool(link.person.phone) and len(typed) == 4 and why_not_digits(link, digits) is not None


# Phones


def phone_shown(phone: str) -> str:
    """`+6281234567890` as people write it: `0812-3456-7890`."""
    return "-".join(_blocks(_national(phone)))


def masked_phone(phone: str) -> str:
    """`+6281234567890` as `0812-••••-7890`: enough to know one's own number."""
    national = _national(phone)
    if len(national) < 10:
        return "••••" if national else ""
    return f"{national[:4]}-••••-{national[-4:]}"


def _national(phone: str) -> str:
    return f"0{phone[3:]}" if phone.startswith("+62") else phone


def _blocks(number: str) -> list[str]:
    blocks = [number[at : at + 4] for at in range(0, len(number), 4)]
    if len(blocks) > 1 and len(blocks[-1]) == 1:
        blocks[-2:] = [blocks[-2] + blocks[-1]]
    return blocks


# Accounts


def why_not_sign_in(person: Person) -> str | None:
    """The reason why a person may not sign in, or None."""
    if not person.has_account:
        return _("There is no account for this person.")
    if not person.is_active:
        return _("This account was closed. Please ask the office.")
    return None


def why_not_account(person: Person) -> str | None:
    """The reason why no account can be opened, or None."""
    if person.has_account:
        return _("This person has an account already.")
    if not (person.phone or person.email):
        return _("An account needs a phone number or an e-mail address to sign in with.")
    return None


def why_not_reopen(person: Person) -> str | None:
    """The reason why an account cannot be opened again, or None."""
    if not person.has_account:
        return _("There is no account for this person.")
    return _("This account is open.") if person.is_active else None


def why_not_password(password: str, person: Person) -> str | None:
    """The reason why a password is refused, or None. The demo password is for the demo alone."""
    if password == DEMO_PASSWORD:
        return None if settings.DEMO and person.is_demo else _("This password is public. Choose another one.")
    try:
        validate_password(password, person)
    except ValidationError as fault:
        return " ".join(fault.messages)
    return None


def why_not_change_password(password: str, person: Person) -> str | None:
    """The reason why an account's password cannot become this one, or None."""
    if person.is_demo:
        return _("Demo accounts keep their password, so that the next visitor can sign in too.")
    return why_not_password(password, person)
