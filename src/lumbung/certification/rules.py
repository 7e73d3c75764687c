"""Whether a certificate counts, told from its dates each time it is read: no database."""

from datetime import date, timedelta
from typing import Protocol

from django.utils.translation import gettext as _

from foundation import formats
from lumbung.certification.choices import CertificateState, Covers

EXPIRING_WITHIN_DAYS = 90


class Dated(Protocol):
    """What the state of a certificate is told from."""

    @property
    def valid_until(self) -> date | None: ...
    @property
    def revoked_on(self) -> date | None: ...


def state_of(certificate: Dated, *, on: date, within_days: int = EXPIRING_WITHIN_DAYS) -> CertificateState:
    """Valid, expiring within so many days, expired or revoked, on a day. The last day still counts."""
    if certificate.revoked_on is not None and certificate.revoked_on <= on:
        return CertificateState.REVOKED
    if certificate.valid_until is None:
        return CertificateState.VALID
    if certificate.valid_until < on:
        return CertificateState.EXPIRED
    if certificate.valid_until <= on + timedelta(days=within_days):
        return CertificateState.EXPIRING
    return CertificateState.VALID


def faults_of_certificate(
    *, number: str, valid_from: date, valid_until: date | None, today: date
) -> dict[str, str]:
    """What cannot be right about a certificate, a sentence a field; empty when all is well."""
    faults: dict[str, str] = {}
    if not number.strip():
        faults["number"] = _("Write the number that stands on the paper.")
    if valid_from > today:
        faults["valid_from"] = _("It is valid from %(day)s only. Enter it then.") % {
            "day": formats.day_full(valid_from)
        }
    if valid_until is not None and valid_until < valid_from:
        faults["valid_until"] = _("It cannot end before it begins.")
    return faults


def why_not_holder(covers: str, *, of_person: bool) -> str | None:
    """The reason why this scheme cannot be held by such a holder, or None."""
    if covers == Covers.SKILL and not of_person:
        return _("This scheme is about a person's skill: choose the person.")
    if covers == Covers.PRODUCT and of_person:
        return _("This scheme is about a product: choose the maker's goods.")
    return None


def why_not_revoke(reason: str) -> str | None:
    """The reason why a certificate cannot be revoked, or None."""
    if not reason.strip():
        return _("Write the reason: the holder has a right to it.")
    return None


def why_not_scheme(code: str, name: str, name_en: str) -> str | None:
    if not code or not name.strip() or not name_en.strip():
        return _("A scheme needs a short code and its name in both languages.")
    return None
