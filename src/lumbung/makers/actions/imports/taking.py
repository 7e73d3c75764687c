"""Taking in a file that was checked: makers it brings, and what it changes."""

import hashlib
from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Refused, refuse
from foundation.garbage import kept_for_now
from foundation.relations import in_parts
from foundation.vendor.locks import hold_table
from foundation.vendor.rows import write_column
from lumbung.makers import rules
from lumbung.makers.actions.imports.checking import Planned, Say, in_silence, keep_preview, planned
from lumbung.makers.actions.imports.keeping import locked
from lumbung.makers.actions.imports.writing import villages_with, write_changes
from lumbung.makers.actions.many import told_of, write_down
from lumbung.makers.choices import FILE_TAKEN_IN, ImportState, MakerKind, Outcome
from lumbung.makers.models import ImportedMaker, Maker, MakerImport
from lumbung.makers.rules import NewGood, NewMaker
from lumbung.makers.rules.imports import Entry, told_of_entry
from lumbung.people.actions import register_persons
from lumbung.people.choices import Salutation
from lumbung.people.models import Person
from lumbung.people.rules import NewPerson
from lumbung.places.models import Village
from lumbung.records.actions import leave_record
from lumbung.records.queries import newest_record
from lumbung.records.rules import canonical, salted_digest


@kept_for_now()
def take_import(*, batch: MakerImport, by: str, say: Say = in_silence) -> MakerImport:
    """Write down what the preview showed, and nothing else.

    The file is read and compared again before the transaction, so that nobody waits for it. When the register
    changed meanwhile it is compared once more within; when that gives another result, nothing is written and
    the new preview is there to be looked at.
    """
    found = planned(batch, say=say)
    say(0, 0, _("Writing into the register"))
    with transaction.atomic():
        hold_table(Maker)
        batch = locked(batch)
        if batch.state == ImportState.TAKEN:
            return batch
        refuse(rules.why_not_take(batch.state, makers=batch.makers_taken))
        if newest_record() != found.as_of:
            found = planned(batch)
        is_same = found.plan.hash == batch.plan_hash
        if is_same:
            _write(batch, found, by=by)
        else:
            keep_preview(batch, found)
    if not is_same:
        raise Refused(_("The register has changed since this preview. Look at the new one, then take it in."))
    return batch


def _write(batch: MakerImport, found: Planned, *, by: str) -> None:
    batch.taken_at, batch.taken_by, batch.state = clock.now(), by, ImportState.TAKEN
    new, changed = found.plan.of(Outcome.NEW), found.plan.of(Outcome.CHANGED)
    digest = hashlib.sha256()
    for line in (*_write_new(batch, new, by=by), *_write_changed(changed, by=by)):
        digest.update(line.encode() + b"\n")
    batch.save()
    content = {
        "file": batch.file_hash,
        "new": len(new),
        "changed": len(changed),
        "rows": found.plan.rows,
        "left_out": found.plan.rows_left_out,
        "hash": digest.hexdigest(),
    }
    leave_record(subject=batch.key, deed=FILE_TAKEN_IN, by=by, content=content)


def _write_new(batch: MakerImport, entries: list[Entry], *, by: str) -> Iterator[str]:
    owners, members = _persons(entries, by=by)
    villages = villages_with({entry.told.get("village") for entry in entries})
    rows = [
        _new_maker(entry, owner, houses, villages[entry.told.get("village")])
        for entry, owner, houses in zip(entries, owners, members, strict=True)
    ]
    makers = write_down(rows, is_demo=False)
    by_row = {entry.told.row: maker.pk for entry, maker in zip(entries, makers, strict=True)}
    imported = batch.makers.filter(outcome=Outcome.NEW).values_list("pk", "row")
    write_column(ImportedMaker, "maker", {number: by_row[row] for number, row in imported})
    for new, maker in zip(rows, makers, strict=True):
        yield canonical({"maker": maker.key, **told_of(new)})


def _new_maker(entry: Entry, owner: Person, members: list[Person], village: Village) -> NewMaker:
    told = entry.told
    number = told.get("households") or 0
    kind = told.get("kind") or MakerKind.WORKSHOP
    return NewMaker(
        name=told.get("name"),
        owner=owner,
        village=village,
        kind=kind,
        hamlet=told.get("hamlet") or "",
        house=told.get("house") or "",
        bank_name=told.get("bank_name") or "",
        bank_account=told.get("bank_account") or "",
        nib=told.get("nib") or "",
        goods=[NewGood(g.kind, g.price or 0, g.capacity or 0, g.lot or 1) for g in told.goods],
        households=members,
        unnamed_households=max(0, number - len(members)) if kind == MakerKind.GROUP else 0,
        last_made_on=told.get("last_made_on"),
    )


def _persons(entries: list[Entry], *, by: str) -> tuple[list[Person], list[list[Person]]]:
    """Owners and the persons of houses, registered where the office does not know them yet."""
    known = _known({entry.person for entry in entries if entry.person})
    wanted: list[NewPerson] = []
    places: dict[tuple[str, str], int] = {}
    owners: list[int | Person] = []
    houses: list[range] = []
    for entry in entries:
        told = entry.told
        phone = told.get("phone") or ""
        key = (phone, rules.sort_name(told.get("owner")))
        if entry.person:
            owners.append(known[entry.person])
        elif phone and key in places:
            owners.append(places[key])
        else:
            owners.append(places.setdefault(key, len(wanted)) if phone else len(wanted))
            wanted.append(
                NewPerson(told.get("owner"), told.get("salutation") or Salutation.NONE, phone=phone)
            )
        first = len(wanted)
        wanted += [NewPerson(name) for name in told.get("members") or ()]
        houses.append(range(first, len(wanted)))
    made = register_persons(wanted, by=by) if wanted else []
    return (
        [made[owner] if isinstance(owner, int) else owner for owner in owners],
        [[made[place] for place in house] for house in houses],
    )


def _known(numbers: set[int]) -> dict[int, Person]:
    return {
        number: person
        for part in in_parts(numbers)
        for number, person in Person.objects.in_bulk(part).items()
    }


def _write_changed(entries: list[Entry], *, by: str) -> Iterator[str]:
    values = {
        entry.maker: {change.field: change.after for change in entry.changes}
        for entry in entries
        if entry.maker
    }
    salts = write_changes(values, by=by)
    for entry in entries:
        told = told_of_entry(entry)
        salt = salts[entry.maker or 0]
        said = [[field, salted_digest(salt, canonical({"v": after}))] for field, _b, after in told["changes"]]
        yield canonical({"maker": f"maker:{entry.maker}", "changes": said})
