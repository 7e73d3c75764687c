"""Whether a letter may be issued, voided or replaced, and the secret that its check hangs on."""

import hmac
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from lumbung.letters.models import Letter, Letterhead
from lumbung.people.rules import hash_of, secret_from

if TYPE_CHECKING:
    from lumbung.organisations.models import Party

PURPOSE = "check_letter"
LONGEST_REASON = 300


def why_not_issue(*, head: Letterhead | None, title: str, standing: Letter | None) -> str | None:
    """The reason why a letter cannot be issued, or None; `standing` is the one in force about the same."""
    if head is None:
        return _("This office has no letterhead yet. The head of office writes it first.")
    if not title.strip():
        return _("Write what the letter is about.")
    if standing is not None:
        return _("Letter %(number)s about the same is in force. Void it first.") % {"number": standing.number}
    return None


def why_not_number(number: str, *, taken: bool) -> str | None:
    """The reason why a number cannot be given, or None: patterns that changed may meet again."""
    if taken:
        return _("The number %(number)s stands already. The head of office changes the pattern first.") % {
            "number": number
        }
    return None


def why_not_replace(old: Letter, *, office: "Party", kind: str) -> str | None:
    """The reason why a new letter cannot take the place of an old one, or None."""
    if old.office_id != office.pk or old.kind != kind:
        return _("A letter is replaced by one of the same office and kind.")
    if old.voided_at is None:
        return _("Letter %(number)s is in force. Void it first, with the reason.") % {"number": old.number}
    if hasattr(old, "replaced_by"):
        return _("Letter %(number)s has been replaced by %(newer)s.") % {
            "number": old.number,
            "newer": old.replaced_by.number,
        }
    return None


def why_not_void(reason: str) -> str | None:
    """The reason why a letter cannot be voided like this, or None."""
    if not reason.strip():
        return _("Write why the letter is voided: the auditor will ask.")
    if len(reason) > LONGEST_REASON:
        return _("Write the reason in at most %(most)s letters.") % {"most": LONGEST_REASON}
    return None


def check_secret(nonce: str, *, key: str = "") -> str:
    """Sixteen characters that lead to the check of a letter; only their hash is kept."""
    return secret_from(key=key or settings.SECRET_KEY, nonce=nonce, purpose=PURPOSE, subject="")


def secret_of(letter: Letter) -> str:
    """The secret of a letter, computed again; empty when no key of this server fits any longer."""
    for key in map(str, [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]):
        secret = check_secret(letter.nonce, key=key)
        if hmac.compare_digest(hash_of(secret), letter.check_hash):
            return secret
    return ""


def code_shown(secret: str) -> str:
    """In groups of four, to be typed."""
    return "-".join(secret[at : at + 4] for at in range(0, len(secret), 4)).upper()
