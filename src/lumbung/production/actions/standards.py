"""One standard before the start: written by one, approved by another, confirmed by every maker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO

from django.db import transaction

from foundation import clock
from foundation.errors import refuse
from lumbung.files.actions import keep_file, remove_attachment
from lumbung.files.models import Attachment
from lumbung.makers.models import Good
from lumbung.orders.models import OrderLine, Share
from lumbung.orders.queries.orders import locked_line
from lumbung.orders.queries.shares import share_for_answer
from lumbung.production.choices import (
    STANDARD_APPROVED,
    STANDARD_CONFIRMED,
    STANDARD_DROPPED,
    STANDARD_WRITTEN,
)
from lumbung.production.models import Confirmation, Making, Standard, StandardRow
from lumbung.production.queries import standards as queries
from lumbung.production.rules import standard as rules
from lumbung.records.actions import leave_record


@dataclass(frozen=True)
class Measure:
    """One row of a sheet, as it is written."""

    measure: str
    target: str
    tolerance: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Sheet:
    """What a version says: measures, words, and who made its golden sample when."""

    rows: Sequence[Measure] = ()
    words: str = ""
    sample_made_by: str = ""
    sample_made_on: date | None = None


def write_standard(*, line: OrderLine, sheet: Sheet, by: str) -> Standard:
    """Write the draft of the line's next version, or change the one that is open."""
    refuse(rules.why_not_rows(sheet.rows))
    refuse(rules.why_not_sample_day(sheet.sample_made_on, today=clock.today()), field="sample_made_on")
    with transaction.atomic():
        locked_line(line.pk)
        refuse(rules.why_not_write(line.order))
        standard = queries.draft_of(line) or Standard(line=line, number=_next_number(line))
        standard.words, standard.sample_made_by = sheet.words.strip(), sheet.sample_made_by.strip()
        standard.sample_made_on = sheet.sample_made_on
        standard.written_at, standard.written_by = clock.now(), by
        standard.save()
        standard.rows.all().delete()
        StandardRow.objects.bulk_create(
            StandardRow(standard=standard, position=position, **vars(row))
            for position, row in enumerate(sheet.rows, start=1)
        )
        content = _told(standard) | {"rows": [list(vars(row).values()) for row in sheet.rows]}
        leave_record(subject=line.order.key, deed=STANDARD_WRITTEN, by=by, content=content)
    return standard


def _next_number(line: OrderLine) -> int:
    newest = line.standards.order_by("-number").values_list("number", flat=True).first()
    return (newest or 0) + 1


def _told(standard: Standard) -> dict[str, object]:
    return {
        "order": standard.line.order.key,
        "line": standard.line_id,
        "standard": standard.key,
        "version": standard.number,
    }


def add_photo(*, standard: Standard, upload: IO[bytes], name: str, is_sample: bool, by: str) -> Attachment:
    """Keep a photo of the sheet, or of the golden sample, while the version is a draft."""
    with transaction.atomic():
        refuse(rules.why_not_change(queries.locked_draft(standard.pk)))
        subject = standard.sample_key if is_sample else standard.key
        return keep_file(upload=upload, subject=subject, name=name, by=by)


def remove_photo(*, standard: Standard, photo: Attachment, by: str) -> None:
    with transaction.atomic():
        refuse(rules.why_not_change(queries.locked_draft(standard.pk)))
        remove_attachment(photo, by=by)


def approve_standard(*, standard: Standard, by: str) -> Standard:
    """From now on this version counts; an older one stays, and makers confirm the new one."""
    with transaction.atomic():
        standard = queries.locked_draft(standard.pk)
        photos, sample = queries.photos_of(standard)
        refuse(rules.why_not_approve(standard, rows=standard.rows.count(), sample_photos=len(sample), by=by))
        standard.approved_at, standard.approved_by = clock.now(), by
        standard.save(update_fields=["approved_at", "approved_by"])
        content = _told(standard) | {"photos": [photo.file_id for photo in [*photos, *sample]]}
        leave_record(subject=standard.line.order.key, deed=STANDARD_APPROVED, by=by, content=content)
    return standard


def drop_standard(*, standard: Standard, by: str) -> Standard:
    """A draft that is not wanted: it stays to be seen, and the next version can be written."""
    with transaction.atomic():
        standard = queries.locked_draft(standard.pk)
        refuse(rules.why_not_change(standard))
        standard.dropped_at, standard.dropped_by = clock.now(), by
        standard.save(update_fields=["dropped_at", "dropped_by"])
        leave_record(subject=standard.line.order.key, deed=STANDARD_DROPPED, by=by, content=_told(standard))
    return standard


def confirm_standard(*, share: Share, by: str) -> Making:
    """The maker has seen the sheet that counts, and makes the share by it: from now on it is in production."""
    with transaction.atomic():
        line = locked_line(share.line_id)
        share = share_for_answer(share.pk)
        standard = queries.standard_of(line)
        refuse(rules.why_not_confirm(share, standard))
        assert standard is not None, "asked above"
        _confirmation, new = Confirmation.objects.get_or_create(
            share=share,
            standard=standard,
            defaults={"confirmed_at": clock.now(), "confirmed_by": by},
        )
        making = _begun(share, standard)
        if new:
            content = _told(standard) | {"share": share.pk, "maker": share.maker.key}
            leave_record(subject=share.key, deed=STANDARD_CONFIRMED, by=by, content=content)
    return making


def _begun(share: Share, standard: Standard) -> Making:
    good = Good.objects.filter(maker=share.maker, kind=share.line.kind_id).first()
    making, _new = Making.objects.get_or_create(
        share=share,
        defaults={
            "standard": standard,
            "started_on": clock.today(),
            "weekly_capacity": good.weekly_capacity if good else share.held_quantity,
        },
    )
    if making.standard_id != standard.pk:
        making.standard = standard
        making.save(update_fields=["standard"])
    return making
