"""Issuing letters, voiding them, and setting how an office signs and counts."""

import hashlib
import io
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from foundation import clock
from foundation.errors import refuse
from lumbung.files.actions import keep_file, keep_made
from lumbung.files.choices import Visibility
from lumbung.files.models import Attachment
from lumbung.files.queries import path_of
from lumbung.letters import choices, queries
from lumbung.letters.choices import ONE_ABOUT_A_SUBJECT, LetterKind
from lumbung.letters.models import Letter, Letterhead, NumberPattern, Series
from lumbung.letters.rules import issuing, numbering
from lumbung.letters.rules.contents import Content
from lumbung.letters.rules.heads import NewHead, faults_of_head
from lumbung.letters.rules.setting import Sheet, pdf_of
from lumbung.organisations.models import Party
from lumbung.people.rules import hash_of
from lumbung.records.actions import leave_record

LOGO_SIDE = 400
Tell = Callable[[int, int, str], None]
"""`tell(3, 300, words)`: how far it is, as `foundation.work.Progress.say` takes it."""


@dataclass(frozen=True)
class NewLetter:
    """A letter to be issued with many others."""

    office: Party
    kind: LetterKind
    title: str
    content: Content
    subject: str
    replaces: Letter | None = None


def issue_letter(
    *,
    office: Party,
    kind: LetterKind,
    title: str,
    content: Content,
    subject: str,
    by: str,
    site: str,
    replaces: Letter | None = None,
) -> Letter:
    """Take the next number, set the PDF, keep it under its hash, leave a record: all of it, or nothing and no number.

    `site` is the public address that the QR leads to: `settings.PUBLIC_ADDRESS`, or that of the request.
    """
    if kind != content.kind:
        raise ValueError(f"The content is of a {content.kind}, not of a {kind}.")
    with transaction.atomic():
        at = clock.now()
        series = _locked_series(office, kind, clock.day_of(at).year)
        head = _head(office, title, at, standing=_standing(subject, kind))
        if replaces is not None:
            replaces = Letter.objects.select_for_update(of=("self",)).get(pk=replaces.pk)
            refuse(issuing.why_not_replace(replaces, office=office, kind=kind))
        nonce = secrets.token_hex(16)
        sheet = Sheet(
            kind=kind,
            number=_next_number(series, office, head, clock.day_of(at)),
            title=title.strip(),
            at=at,
            facts=content.facts(),
            head=head,
            logo=_logo(head),
            secret=issuing.check_secret(nonce),
            site=site,
            is_demo=office.is_demo or settings.DEMO,
        )
        return _written_down(sheet, office, series, subject, nonce, by=by, replaces=replaces)


def _head(office: Party, title: str, at: datetime, *, standing: Letter | None = None) -> Letterhead:
    """The letterhead of the day, unless something speaks against the letter."""
    head = queries.letterhead_on(office, clock.day_of(at))
    refuse(issuing.why_not_issue(head=head, title=title, standing=standing), field="title")
    assert head is not None
    return head


def _next_number(series: Series, office: Party, head: Letterhead, day: date) -> str:
    """Take the next one; it goes back when anything fails before the commit."""
    series.last_number += 1
    series.save(update_fields=["last_number"])
    pattern = queries.patterns_of(office)[series.kind]
    number = numbering.number_from(
        pattern, number=series.last_number, kind=series.kind, office=head.short_name, day=day
    )
    taken = Letter.objects.filter(office=office, number=number).exists()
    refuse(issuing.why_not_number(number, taken=taken))
    return number


def _locked_series(office: Party, kind: LetterKind, year: int) -> Series:
    key = {"office": office, "kind": kind, "year": year}
    Series.objects.bulk_create([Series(**key)], ignore_conflicts=True)
    return Series.objects.select_for_update().get(**key)


def _standing(subject: str, kind: LetterKind) -> Letter | None:
    return queries.in_force_about(subject, kind) if kind in ONE_ABOUT_A_SUBJECT else None


def _written_down(
    sheet: Sheet, office: Party, series: Series, subject: str, nonce: str, *, by: str, replaces: Letter | None
) -> Letter:
    """The row, its file and its record. The file's row comes after the letter's, within the same transaction."""
    pdf = pdf_of(sheet)
    letter = Letter.objects.create(
        office=office,
        kind=sheet.kind,
        year=series.year,
        sequence=series.last_number,
        number=sheet.number,
        title=sheet.title,
        subject=subject,
        content=dict(sheet.facts),
        letterhead=sheet.head,
        pdf_id=hashlib.sha256(pdf).hexdigest(),
        nonce=nonce,
        check_hash=hash_of(sheet.secret),
        issued_on=clock.day_of(sheet.at),
        issued_at=sheet.at,
        issued_by=by,
        replaces=replaces,
        is_demo=sheet.is_demo,
    )
    name = f"{sheet.number.replace('/', '-')}.pdf"
    keep_made(content=pdf, media_type="application/pdf", subject=letter.key, name=name)
    told = {"kind": letter.kind, "number": letter.number, "about": subject, "file": letter.pdf_id}
    if replaces is not None:
        told["replaces"] = replaces.key
    leave_record(subject=letter.key, deed=choices.LETTER_ISSUED, by=by, content=told)
    return letter


def issue_letters(
    letters: Sequence[NewLetter], *, by: str, site: str, tell: Tell | None = None
) -> list[Letter]:
    """Many letters, one transaction each, for a long work of a room above; run again it issues only what is missing.

    What one letter about a subject says is asked once: a subject that has its letter keeps it.
    """
    issued = []
    for done, new in enumerate(letters):
        if tell is not None:
            tell(done, len(letters), _("Setting the letters"))
        standing = _standing(new.subject, new.kind)
        issued.append(
            standing
            or issue_letter(
                office=new.office,
                kind=new.kind,
                title=new.title,
                content=new.content,
                subject=new.subject,
                replaces=new.replaces,
                by=by,
                site=site,
            )
        )
    return issued


def preview_letter(*, office: Party, kind: LetterKind, title: str, content: Content) -> bytes:
    """How the letter would look: without a number, without the check, marked as a draft; nothing is kept."""
    at = clock.now()
    head = _head(office, title, at)
    is_demo = office.is_demo or settings.DEMO
    return pdf_of(Sheet(kind, "", title.strip(), at, content.facts(), head, _logo(head), is_demo=is_demo))


def _logo(head: Letterhead) -> bytes:
    """The logo as PNG, small; nothing when there is none."""
    if head.logo is None:
        return b""
    written = io.BytesIO()
    with Image.open(path_of(head.logo.file_id)) as picture:
        small = picture.convert("RGBA")
    small.thumbnail((LOGO_SIDE, LOGO_SIDE))
    small.save(written, "PNG")
    return written.getvalue()


def void_letter(*, letter: Letter, reason: str, by: str) -> Letter:
    """The letter no longer counts, and says so to whoever checks it; voided twice is voided once."""
    with transaction.atomic():
        letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
        if letter.voided_at is not None:
            return letter
        refuse(issuing.why_not_void(reason), field="reason")
        letter.voided_at, letter.voided_by = clock.now(), by
        letter.void_reason = " ".join(reason.split())
        letter.save(update_fields=["voided_at", "voided_by", "void_reason"])
        content = {"kind": letter.kind, "number": letter.number, "about": letter.subject}
        leave_record(subject=letter.key, deed=choices.LETTER_VOIDED, by=by, content=content)
    return letter


def set_letterhead(
    *, office: Party, head: NewHead, starts_on: date, by: str, logo: IO[bytes] | None = None
) -> Letterhead:
    """From a day on the office signs like this; without a new logo it keeps the last one."""
    with transaction.atomic():
        for field, sentence in faults_of_head(head, starts_on=starts_on, today=clock.today()).items():
            refuse(sentence, field=field)
        before = queries.letterhead_on(office, starts_on)
        kept = _kept_logo(logo, office, by=by) if logo else (before.logo if before else None)
        row = Letterhead.objects.create(
            office=office, logo=kept, starts_on=starts_on, set_at=clock.now(), set_by=by, **head.columns()
        )
        content = {"letterhead": row.pk, "from": starts_on.isoformat()}
        leave_record(subject=office.key, deed=choices.LETTERHEAD_SET, by=by, content=content)
    return row


def _kept_logo(logo: IO[bytes], office: Party, *, by: str) -> Attachment:
    kept = keep_file(upload=logo, subject=office.key, by=by, name="logo", visibility=Visibility.OFFICE)
    refuse(_("The logo must be a picture.") if kept.file.width is None else None, field="logo")
    return kept


def set_pattern(*, office: Party, kind: LetterKind, pattern: str, by: str) -> NumberPattern:
    """From the next letter on the numbers of a kind are written like this; counting goes on."""
    refuse(numbering.why_not_pattern(pattern), field="pattern")
    read = numbering.pattern_as_read(pattern)
    with transaction.atomic():
        office = Party.objects.select_for_update().get(pk=office.pk)
        others = queries.patterns_of(office)
        del others[kind]
        refuse(numbering.why_not_beside(read, others), field="pattern")
        row = NumberPattern.objects.create(
            office=office, kind=kind, pattern=read, set_at=clock.now(), set_by=by
        )
        content = {"kind": str(kind), "pattern": read}
        leave_record(subject=office.key, deed=choices.PATTERN_SET, by=by, content=content)
    return row
