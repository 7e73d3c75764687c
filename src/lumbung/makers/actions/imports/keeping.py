"""Keeping a file that somebody sent, and letting it go."""

from django.db import transaction

from foundation.errors import refuse
from lumbung.files.actions import keep_sheet, remove_attachment
from lumbung.makers import rules
from lumbung.makers.choices import FILE_DROPPED, ImportState
from lumbung.makers.models import MakerImport
from lumbung.records.actions import leave_record


def send_import(*, content: bytes, name: str, by: str) -> MakerImport:
    """Keep a file as it was sent; nothing of it is in the register yet."""
    with transaction.atomic():
        batch = MakerImport.objects.create(file_name=rules.tidy(name)[:200], sent_by=by)
        batch.attachment = keep_sheet(content=content, subject=batch.key, by=by, name=name)
        batch.file_hash = batch.attachment.file_id
        batch.save(update_fields=["attachment", "file_hash"])
    return batch


def drop_import(*, batch: MakerImport, by: str) -> MakerImport:
    """A file that was not taken in goes, with everything that was read from it."""
    with transaction.atomic():
        batch = locked(batch)
        if batch.state == ImportState.DROPPED:
            return batch
        refuse(rules.why_not_drop(batch.state))
        batch.remarks.all().delete()
        batch.makers.all().delete()
        attachment, batch.attachment = batch.attachment, None
        batch.state = ImportState.DROPPED
        batch.save(update_fields=["attachment", "state"])
        if attachment:
            remove_attachment(attachment, by)
        leave_record(subject=batch.key, deed=FILE_DROPPED, by=by, content={"file": batch.file_hash})
    return batch


def locked(batch: MakerImport) -> MakerImport:
    """The import as it stands now, kept for this transaction."""
    return MakerImport.objects.select_for_update(of=("self",)).select_related("attachment").get(pk=batch.pk)
