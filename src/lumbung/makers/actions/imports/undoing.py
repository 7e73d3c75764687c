"""Taking a file back: makers that came with it go, changed ones become what they were, as far as that can be."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation import clock
from foundation.errors import refuse
from foundation.relations import hanging_on, in_parts
from foundation.vendor.locks import hold_table
from lumbung.makers import queries, rules
from lumbung.makers.actions.imports.checking import Say, in_silence
from lumbung.makers.actions.imports.keeping import locked
from lumbung.makers.actions.imports.writing import makers_with, write_changes
from lumbung.makers.choices import FILE_TAKEN_BACK, ImportState, Outcome
from lumbung.makers.models import BusyWeek, Good, Household, ImportedMaker, Maker, MakerImport
from lumbung.organisations.models import Membership, Party
from lumbung.people.actions import remove_persons
from lumbung.people.models import Person, PersonalRead
from lumbung.records.actions import leave_record
from lumbung.records.queries import subjects_told
from lumbung.records.rules import canonical

BATCH = 1000
OWN: tuple[type[Model], ...] = (Good, Household, ImportedMaker, BusyWeek)
"""What belongs to the entry itself: busy weeks leave records, which are asked after besides."""
OF_A_PERSON: tuple[type[Model], ...] = (Maker, Household, Membership, PersonalRead.persons.through)
"""What an owner has through the entry; who read a phone is kept with the person, and holds back no maker."""


@dataclass
class _Back:
    """What becomes of each maker of the file."""

    removed: list[Maker] = field(default_factory=list)
    restored: dict[int, dict[str, Any]] = field(default_factory=dict)
    kept: list[ImportedMaker] = field(default_factory=list)


def undo_import(*, batch: MakerImport, by: str, say: Say = in_silence) -> MakerImport:
    """Take back what nobody has built on since; for the rest it is said why it stays. Once, and for good."""
    say(0, 0, _("Looking at what hangs on these makers"))
    with transaction.atomic():
        hold_table(Maker)
        batch = locked(batch)
        if batch.state == ImportState.UNDONE:
            return batch
        refuse(rules.why_not_undo(batch.state))
        back = _Back()
        _take_out_new(batch, back, by=by)
        _set_back(batch, back, by=by)
        ImportedMaker.objects.bulk_update(back.kept, ["kept_because"], batch_size=BATCH)
        batch.undone_at, batch.undone_by, batch.state = clock.now(), by, ImportState.UNDONE
        batch.undone_makers = len(back.removed) + len(back.restored)
        batch.save()
        leave_record(subject=batch.key, deed=FILE_TAKEN_BACK, by=by, content=_told(batch, back))
    return batch


def _told(batch: MakerImport, back: _Back) -> dict[str, Any]:
    digest = hashlib.sha256()
    lines: list[dict[str, Any]] = [{"removed": maker.key} for maker in back.removed]
    lines += [
        {"set_back": f"maker:{number}", "fields": sorted(given)} for number, given in back.restored.items()
    ]
    for line in lines:
        digest.update(canonical(line).encode() + b"\n")
    return {
        "file": batch.file_hash,
        "removed": len(back.removed),
        "set_back": len(back.restored),
        "kept": len(back.kept),
        "hash": digest.hexdigest(),
    }


# Makers that came with the file


def _take_out_new(batch: MakerImport, back: _Back, *, by: str) -> None:
    rows = list(batch.makers.filter(outcome=Outcome.NEW, maker__isnull=False))
    makers = {maker.pk: maker for maker in makers_with({row.maker_id for row in rows if row.maker_id})}
    reasons = _reasons(batch, makers)
    for row in rows:
        reason = reasons.get(row.maker_id or 0)
        if reason:
            row.kept_because = reason[:250]
            back.kept.append(row)
        elif row.maker_id in makers:
            back.removed.append(makers[row.maker_id])
    persons = _persons_of(back.removed)
    _delete(back.removed)
    _let_go(batch, persons, by=by)


def _reasons(batch: MakerImport, makers: dict[int, Maker]) -> dict[int, str]:
    """Why a maker that came with the file stays."""
    told = subjects_told({maker.key for maker in makers.values()})
    later = queries.changed_since(batch, makers)
    found: dict[int, str] = {
        number: _("It was changed since, by hand or by another file.")
        for number, maker in makers.items()
        if maker.key in told or number in later
    }
    hangs = _("Something hangs on it: %(what)s.")
    for number, what in hanging_on(Maker, makers, but=OWN).items():
        found.setdefault(number, hangs % {"what": what})
    goods = dict(_of_makers(Good, makers).values_list("pk", "maker_id"))
    for good, what in hanging_on(Good, goods).items():
        found.setdefault(goods[good], hangs % {"what": what})
    owners = {maker.owner_id: number for number, maker in makers.items() if _came_with(batch, maker.owner)}
    for owner, what in hanging_on(Person, owners, but=OF_A_PERSON).items():
        found.setdefault(owners[owner], hangs % {"what": what})
    parties = {maker.party_id: number for number, maker in makers.items()}
    for party, what in hanging_on(Party, parties, but=(Maker, Membership)).items():
        found.setdefault(parties[party], hangs % {"what": what})
    return found


def _came_with(batch: MakerImport, person: Person) -> bool:
    return batch.taken_at is not None and person.joined_at >= batch.taken_at


def _of_makers(model: type[Model], makers: Collection[int]) -> Any:
    """The rows of a table that belong to these makers; all of them where the makers are many."""
    rows = model._default_manager.order_by("pk")
    if len(makers) <= 900:
        return rows.filter(maker__in=list(makers))
    low, high = min(makers), max(makers)
    return rows.filter(maker__gte=low, maker__lte=high)


def _persons_of(makers: list[Maker]) -> set[int]:
    numbers = {maker.pk for maker in makers}
    persons = {maker.owner_id for maker in makers}
    for part in in_parts(numbers):
        persons |= set(Household.objects.filter(maker__in=part).values_list("person_id", flat=True))
    return persons


def _delete(makers: list[Maker]) -> None:
    for part in in_parts([maker.pk for maker in makers]):
        Good.objects.filter(maker__in=part).delete()
        Household.objects.filter(maker__in=part).delete()
        ImportedMaker.objects.filter(maker__in=part).update(maker=None)
        Maker.objects.filter(pk__in=part).delete()
    for part in in_parts([maker.party_id for maker in makers]):
        Membership.objects.filter(party__in=part).delete()
        Party.objects.filter(pk__in=part).delete()


def _let_go(batch: MakerImport, persons: set[int], *, by: str) -> None:
    """Persons who came with the file, and of whom nothing else tells."""
    came: list[Person] = []
    for part in in_parts(persons):
        rows = Person.objects.filter(pk__in=part, joined_at__gte=batch.taken_at, has_account=False)
        came += list(rows.order_by("pk"))
    hangs = hanging_on(Person, [person.pk for person in came])
    told = subjects_told({person.key for person in came})
    remove_persons([p for p in came if p.pk not in hangs and p.key not in told], by=by)


# Makers that the file changed


def _set_back(batch: MakerImport, back: _Back, *, by: str) -> None:
    rows = list(batch.makers.filter(outcome=Outcome.CHANGED, maker__isnull=False))
    makers = {maker.pk: maker for maker in makers_with({row.maker_id for row in rows if row.maker_id})}
    goods = {(good.maker_id, good.kind_id): good for good in _of_makers(Good, makers)} if makers else {}
    hangs = hanging_on(Good, [good.pk for good in goods.values()])
    out: list[int] = []
    for row in rows:
        maker = makers[row.maker_id or 0]
        restored, stays = {}, []
        for name, before, after in row.changes:
            if name.startswith("good:"):
                good = goods.get((maker.pk, name.partition(":")[2]))
                if good is None or _numbers(good) != after:
                    stays.append(name)
                elif before is not None:
                    restored[name] = before
                elif good.pk in hangs:
                    stays.append(name)
                else:
                    out.append(good.pk)
                    restored[name] = None
            elif name == "members":
                _members_leave(batch, maker, after, by=by)
                restored["unnamed_households"] = restored.get("unnamed_households", maker.unnamed_households)
            elif _READ[name](maker) != after or (name == "phone" and maker.owner.has_account):
                stays.append(name)
            else:
                restored[name] = before
        if stays:
            row.kept_because = ngettext(
                "%(count)s value was changed since: it stays.",
                "%(count)s values were changed since: they stay.",
                len(stays),
            ) % {"count": len(stays)}
            back.kept.append(row)
        if restored:
            back.restored[maker.pk] = restored
    for part in in_parts(out):
        Good.objects.filter(pk__in=part).delete()
    write_changes(back.restored, by=by)


def _numbers(good: Good) -> list[int]:
    """A good that was stopped since is no longer what the file wrote."""
    return [] if good.stopped_on else [good.price_rupiah, good.weekly_capacity, good.minimum_lot]


_READ: dict[str, Callable[[Maker], Any]] = {
    "name": lambda maker: maker.party.name,
    "village": lambda maker: maker.village_id,
    "hamlet": lambda maker: maker.hamlet,
    "house": lambda maker: maker.house,
    "bank_name": lambda maker: maker.bank_name,
    "bank_account": lambda maker: maker.bank_account,
    "nib": lambda maker: maker.nib,
    "last_made_on": lambda maker: maker.last_made_on.isoformat() if maker.last_made_on else "",
    "phone": lambda maker: maker.owner.phone,
    "unnamed_households": lambda maker: maker.unnamed_households,
}


def _members_leave(batch: MakerImport, maker: Maker, names: list[str], *, by: str) -> None:
    houses = Household.objects.filter(
        maker=maker, person__full_name__in=names, person__joined_at__gte=batch.taken_at
    )
    persons = set(houses.values_list("person_id", flat=True))
    houses.delete()
    _let_go(batch, persons, by=by)
