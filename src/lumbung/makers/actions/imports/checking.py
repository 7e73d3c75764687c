"""Reading a file of makers and saying what it would do: nothing of it is written into the register."""

from collections.abc import Callable
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.errors import Refused, refuse
from foundation.garbage import kept_for_now
from foundation.sheets import Grid, UnreadableFile, open_grids, read_table
from lumbung.files.queries import path_of
from lumbung.makers import queries, rules
from lumbung.makers.actions.imports.keeping import locked
from lumbung.makers.choices import FILE_CHECKED, ImportState, Outcome
from lumbung.makers.models import ImportedMaker, ImportRemark, MakerImport
from lumbung.makers.rules.imports import (
    COLUMNS,
    Entry,
    KnownMaker,
    Places,
    Plan,
    Reading,
    left_aside,
    plan_of,
    read_rows,
    why_not_table,
)
from lumbung.people.queries import person_of
from lumbung.records.actions import leave_record
from lumbung.records.queries import newest_record

BATCH = 1000
EXAMPLE_SHEETS = ("example", "contoh")
Say = Callable[[int, int, str], None]
"""How far it is: done, total, in words."""


def in_silence(done: int, total: int, words: str) -> None:
    pass


class Planned(NamedTuple):
    """A file as it was read, and what it would do to the register as it stood after the record `as_of`."""

    reading: Reading
    plan: Plan
    places: Places
    known: dict[int, KnownMaker]
    as_of: int


def planned(batch: MakerImport, *, say: Say = in_silence) -> Planned:
    """Read and compare everything, with every fault; for the person who sent it."""
    as_of = newest_record()
    who = person_of(batch.sent_by)
    say(0, 0, _("Reading the sheet"))
    try:
        table = read_table(_looked_at(open_grids(path_of(batch.file_hash))), COLUMNS)
    except UnreadableFile as fault:
        raise Refused(str(fault), field="file") from None
    refuse(why_not_table(table), field="file")
    places = queries.places_for(who)
    reading = read_rows(
        table,
        places=places,
        kinds=queries.kinds_known(),
        say=lambda done, total: say(done, total, _("Reading the rows")),
    )
    register = queries.register_for(who, reading)
    plan = plan_of(
        reading,
        register,
        say=lambda done, total: say(done, total, _("Comparing with the register")),
    )
    return Planned(reading, plan, places, {maker.pk: maker for maker in register.makers}, as_of)


def _looked_at(grids: list[Grid]) -> list[Grid]:
    """The examples of our own template are nobody's makers."""
    return [grid for grid in grids if grid.name.casefold() not in EXAMPLE_SHEETS] or grids


@kept_for_now()
def check_import(*, batch: MakerImport, by: str, say: Say = in_silence) -> MakerImport:
    """Write down what the file would do, for somebody to look at; twice does no harm."""
    found = planned(batch, say=say)
    say(0, 0, _("Writing the preview"))
    with transaction.atomic():
        batch = locked(batch)
        if batch.state not in (ImportState.SENT, ImportState.CHECKED):
            return batch
        keep_preview(batch, found)
        leave_record(subject=batch.key, deed=FILE_CHECKED, by=by, content=told_of_preview(batch))
    return batch


def told_of_preview(batch: MakerImport) -> dict[str, object]:
    return {
        "file": batch.file_hash,
        "rows": batch.rows,
        "left_out": batch.rows_left_out,
        "new": batch.new_makers,
        "changed": batch.changed_makers,
        "unchanged": batch.unchanged_makers,
    }


def keep_preview(batch: MakerImport, found: Planned) -> None:
    """The rows of a preview, in place of those before."""
    plan, table = found.plan, found.reading.table
    batch.remarks.all().delete()
    batch.makers.all().delete()
    remarks = [
        ImportRemark(
            batch_id=batch.pk,
            row=remark.row,
            place=remark.place,
            column=remark.column,
            cell=remark.cell,
            kind=remark.kind,
            sentence=remark.sentence[:600],
        )
        for remark in plan.remarks
    ]
    ImportRemark.objects.bulk_create(remarks, batch_size=BATCH)
    rows = [_imported(batch, entry, found) for entry in plan.entries if entry.outcome]
    ImportedMaker.objects.bulk_create(rows, batch_size=BATCH)
    batch.sheet, batch.heading_row = table.grid.name[:120], table.heading_row
    batch.left_aside = left_aside(table.unknown)
    batch.rows, batch.rows_left_out = plan.rows, plan.rows_left_out
    batch.new_makers, batch.changed_makers = len(plan.of(Outcome.NEW)), len(plan.of(Outcome.CHANGED))
    batch.unchanged_makers = len(plan.of(None))
    batch.plan_hash, batch.state = plan.hash, ImportState.CHECKED
    batch.save()


def _imported(batch: MakerImport, entry: Entry, found: Planned) -> ImportedMaker:
    told, known = entry.told, found.known.get(entry.maker or 0)
    village = known.village if known else told.get("village")
    return ImportedMaker(
        batch_id=batch.pk,
        row=told.row,
        maker_id=entry.maker,
        outcome=str(entry.outcome),
        name=known.name if known else rules.tidy(told.get("name")),
        place=found.places[village].words[:250],
        changes=[list(change) for change in entry.changes] if known else _new_goods(entry),
    )


def _new_goods(entry: Entry) -> list[list[object]]:
    return [
        [f"good:{good.kind}", None, [good.price, good.capacity, good.lot or 1]] for good in entry.told.goods
    ]
