"""Adding schemes, writing down certificates that somebody holds, revoking them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import clock
from foundation.errors import Refused, refuse
from lumbung.certification import rules
from lumbung.certification.choices import (
    CERTIFICATE_GRANTED,
    CERTIFICATE_REVOKED,
    CERTIFICATES_GRANTED,
    SCHEME_ADDED,
    Covers,
)
from lumbung.certification.models import HeldCertificate, Scheme
from lumbung.makers.models import Good
from lumbung.people.models import Person
from lumbung.records.actions import leave_record
from lumbung.records.rules import canonical, salted_digest

BATCH = 500


@dataclass(frozen=True)
class NewCertificate:
    """A certificate to be written down: of a person's skill or of a maker's good."""

    scheme: Scheme
    number: str
    valid_from: date
    valid_until: date | None = None
    person: Person | None = None
    good: Good | None = None


def add_scheme(*, name: str, name_en: str, covers: Covers, by: str, code: str = "") -> Scheme:
    """A scheme that orders may ask for from now on."""
    code = code or slugify(name)[:40]
    refuse(rules.why_not_scheme(code, name, name_en), field="name")
    with transaction.atomic():
        if Scheme.objects.filter(code=code).exists():
            raise Refused(_("This scheme stands in the list already."), field="name")
        scheme = Scheme.objects.create(code=code, name=name.strip(), name_en=name_en.strip(), covers=covers)
        content = {"code": code, "name": scheme.name, "covers": str(covers)}
        leave_record(subject=f"scheme:{code}", deed=SCHEME_ADDED, by=by, content=content)
    return scheme


def grant_certificate(
    *,
    scheme: Scheme,
    number: str,
    valid_from: date,
    by: str,
    valid_until: date | None = None,
    person: Person | None = None,
    good: Good | None = None,
    is_demo: bool = False,
) -> HeldCertificate:
    """Write down a certificate; the same one again is the same one."""
    new = NewCertificate(scheme, number.strip(), valid_from, valid_until, person, good)
    for field, sentence in _faults(new, clock.today()).items():
        raise Refused(sentence, field=field)
    with transaction.atomic():
        known = HeldCertificate.objects.filter(scheme=scheme, number=new.number).first()
        if known and (known.person_id, known.good_id) == _holder(new):
            return known
        if known:
            raise Refused(_("Somebody else holds a certificate with this number."), field="number")
        held = _held(new, is_demo)
        held.save(force_insert=True)
        leave_record(subject=held.key, deed=CERTIFICATE_GRANTED, by=by, content=_told_of(new))
    return held


def grant_certificates(
    rows: Sequence[NewCertificate], *, by: str, is_demo: bool = False
) -> list[HeldCertificate]:
    """Write down many at once: all or nothing, one record with their count and hash."""
    _refuse_faults(rows)
    with transaction.atomic():
        held = HeldCertificate.objects.bulk_create([_held(new, is_demo) for new in rows], batch_size=BATCH)
        digest = hashlib.sha256()
        for new, certificate in zip(rows, held, strict=True):
            digest.update(canonical({"key": certificate.key, **_told_of(new)}).encode() + b"\n")
        content = {"count": len(held), "hash": digest.hexdigest()}
        leave_record(subject="certificates", deed=CERTIFICATES_GRANTED, by=by, content=content)
    return held


def _refuse_faults(rows: Sequence[NewCertificate]) -> None:
    today = clock.today()
    faults = [(n, s) for n, new in enumerate(rows, start=1) for s in _faults(new, today).values()]
    numbers = [(new.scheme.pk, new.number.strip()) for new in rows]
    if len(set(numbers)) < len(numbers):
        twice = next(n for n, number in enumerate(numbers, start=1) if number in numbers[: n - 1])
        faults.append((twice, _("This number stands in the list twice.")))
    if not faults:
        return
    more = len(faults) - 1
    first = _("Row %(number)s: %(sentence)s") % {"number": faults[0][0], "sentence": faults[0][1]}
    rest = ngettext("There is %(more)s more fault.", "There are %(more)s more faults.", more) % {"more": more}
    raise Refused(f"{first} {rest}" if more else first)


def _faults(new: NewCertificate, today: date) -> dict[str, str]:
    faults = rules.faults_of_certificate(
        number=new.number, valid_from=new.valid_from, valid_until=new.valid_until, today=today
    )
    if (new.person is None) == (new.good is None):
        faults["holder"] = _("A certificate has one holder: a person or a maker's goods.")
    else:
        wrong = rules.why_not_holder(new.scheme.covers, of_person=new.person is not None)
        faults |= {"holder": wrong} if wrong else {}
    return faults


def _holder(new: NewCertificate) -> tuple[int | None, int | None]:
    return (new.person.pk if new.person else None, new.good.pk if new.good else None)


def _held(new: NewCertificate, is_demo: bool) -> HeldCertificate:
    return HeldCertificate(
        scheme=new.scheme,
        number=new.number.strip(),
        valid_from=new.valid_from,
        valid_until=new.valid_until,
        person=new.person,
        good=new.good,
        is_demo=is_demo,
    )


def _told_of(new: NewCertificate) -> dict[str, str]:
    """What a record may say: keys, days, and the number as a digest where it names a person."""
    holder = new.person.key if new.person else f"good:{new.good.pk if new.good else ''}"
    number = salted_digest(new.person.salt, new.number) if new.person else new.number
    return {
        "scheme": new.scheme.pk,
        "holder": holder,
        "number": number,
        "valid_from": new.valid_from.isoformat(),
        "valid_until": new.valid_until.isoformat() if new.valid_until else "",
    }


def revoke_certificate(*, certificate: HeldCertificate, reason: str, by: str) -> HeldCertificate:
    """The certificate no longer counts from today on, and says why; revoked twice is revoked once."""
    with transaction.atomic():
        rows = HeldCertificate.objects.select_for_update(of=("self",)).select_related("person", "scheme")
        certificate = rows.get(pk=certificate.pk)
        if certificate.revoked_on is not None:
            return certificate
        refuse(rules.why_not_revoke(reason), field="reason")
        certificate.revoked_on = clock.today()
        certificate.revoked_reason = " ".join(reason.split())[:200]
        certificate.save(update_fields=["revoked_on", "revoked_reason"])
        content = {"scheme": certificate.scheme_id, "on": certificate.revoked_on.isoformat()}
        leave_record(subject=certificate.key, deed=CERTIFICATE_REVOKED, by=by, content=content)
    return certificate
